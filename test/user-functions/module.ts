/** Functions that tests run in worker threads. */
import type { Timestamp } from "lakewright";

export const twice = ({ id }: { id: number }): number => id * 2;

export async function later({ n }: { n: number }): Promise<number> {
  await Promise.resolve();
  return n + 1;
}

export function describeRow(row: {
  n: number | null;
  text: string | null;
  list: string[] | null;
  moment: Timestamp | null;
}) {
  return {
    n: row.n === null ? null : row.n + 1,
    text: row.text?.toUpperCase() ?? null,
    size: row.list?.length ?? 0,
    year: row.moment?.toDate().getUTCFullYear() ?? null,
  };
}

export function throws({ n }: { n: number }): number {
  if (n === 2) throw new RangeError("two");
  return n;
}

export const text = (): string => "text";

export const leaves = (): never => process.exit(7);

export function takesAll(): number {
  const kept: number[][] = [];
  for (;;) kept.push(new Array(100_000).fill(kept.length));
}

export function hangs(): number {
  for (;;);
}
