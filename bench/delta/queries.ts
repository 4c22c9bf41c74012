/** The queries of the Delta benchmarks, in SQL that all contestants take, and what has to come out. */

/** Seconds since 1970 of the row numbered 0; each row is a second later than the one before it. */
export const firstSecond = 1_735_689_600;

const momentOf = (row: number): string =>
  new Date((firstSecond + row) * 1000).toISOString().slice(0, 19).replace("T", " ");

/** Hundredths of the amount of a row. */
const amountOf = (row: number): number => (row * 7919) % 100_000;

/** Every row, and four of its columns. */
export const wholeTable = (table: string): string =>
  `SELECT count(*) AS n, sum(amount) AS amount, max(note) AS note, sum(quantity) AS quantity, count(DISTINCT country) AS countries FROM ${table}`;

/** Rows of a span of time, which few row groups hold. */
export function spanOfTime(table: string, rows: number): string {
  const [from, to] = spanOf(rows);
  return `SELECT count(*) AS n, sum(amount) AS amount, max(id) AS id FROM ${table} WHERE moment >= TIMESTAMP '${momentOf(from)}' AND moment < TIMESTAMP '${momentOf(to)}'`;
}

/** The first row of the span, and the one after its last. */
export const spanOf = (rows: number): readonly [number, number] => {
  const from = Math.floor(rows / 2);
  return [from, from + Math.ceil(rows / 200)];
};

/** What a table holds that was merged into. */
export const mergedSums = (table: string): string => `SELECT count(*) AS n, sum(amount) AS amount FROM ${table}`;

/** A filter that leaves a hundredth of the files, a thousand rows each, and how many these are. */
export function hundredth(files: number): { readonly condition: string; readonly files: number } {
  const kept = Math.max(1, Math.round(files / 100));
  const from = Math.floor(files / 2) * 1000;
  return { condition: `id >= ${from} AND id < ${from + kept * 1000}`, files: kept };
}

/** The sum of the amounts of rows, as text. */
export function amounts(from: number, to: number, more = 0): string {
  let sum = more * 100;
  for (let row = from; row < to; row++) sum += amountOf(row);
  return (sum / 100).toFixed(2);
}
