/** A function that is worth a thread: a few microseconds of arithmetic a row. */
export function heavy({ amount }: { amount: number }): number {
  let value = amount;
  for (let step = 0; step < 500; step++) value = Math.sqrt(value + step);
  return value;
}
