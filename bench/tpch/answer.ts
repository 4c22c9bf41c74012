/** The answers of a contestant: a line of JSON for each query, on standard output. */

/** What a program says of one query. */
export interface Answer {
  readonly name: string;
  /** Of the query alone, without starting the program. */
  readonly seconds: number;
  /** Absent where it cannot run the query. */
  readonly rows?: readonly (readonly unknown[])[];
  readonly error?: string;
}

const TOLERANCE = 1e-6;

/**
 * Whether two answers are the same: numbers to six digits, since quotients have other scales elsewhere.
 *
 * Rows are compared in their order, which every query settles.
 */
export const sameRows = (one: Answer["rows"], other: Answer["rows"]): boolean =>
  one !== undefined &&
  other !== undefined &&
  one.length === other.length &&
  one.every((row, index) => row.every((value, column) => sameValue(value, other[index]![column])));

/** Rows whose values are text, as other programs write them. */
export const asText = (rows: readonly (readonly unknown[])[]): NonNullable<Answer["rows"]> =>
  rows.map((row) => row.map((value) => (value === null ? null : String(value))));

function sameValue(one: unknown, other: unknown): boolean {
  if (one === null || other === null) return one === other;
  const [left, right] = [Number(one), Number(other)];
  if (Number.isNaN(left) || Number.isNaN(right)) return String(one) === String(other);
  return Math.abs(left - right) <= TOLERANCE * Math.max(1, Math.abs(left), Math.abs(right));
}
