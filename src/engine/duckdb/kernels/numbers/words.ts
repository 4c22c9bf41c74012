/** The two halves of a double, which fdlibm works on. */

const view = new DataView(new ArrayBuffer(8));

/** The sign, the exponent and the first bits of the mantissa. */
export function highWord(value: number): number {
  view.setFloat64(0, value);
  return view.getInt32(0);
}

/** The value with another high half. */
export function withHighWord(value: number, high: number): number {
  view.setFloat64(0, value);
  view.setInt32(0, high);
  return view.getFloat64(0);
}

/** The value with its low half cleared. */
export function withoutLowWord(value: number): number {
  view.setFloat64(0, value);
  view.setInt32(4, 0);
  return view.getFloat64(0);
}
