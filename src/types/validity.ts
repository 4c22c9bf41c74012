/** A bit a row, least significant first, set where the row has a value: the layout of Arrow and of DuckDB. */
export type Validity = Uint8Array;

/** How many bytes the validity of so many rows takes. */
export const validityBytes = (rows: number): number => (rows + 7) >> 3;

export const hasValue = (validity: Validity, row: number): boolean => (validity[row >> 3]! & (1 << (row & 7))) !== 0;

export const isNullAt = (validity: Validity | undefined, row: number): boolean =>
  validity !== undefined && !hasValue(validity, row);

export const noValues = (rows: number): Validity => new Uint8Array(validityBytes(rows));

export function setValue(validity: Validity, row: number): void {
  validity[row >> 3]! |= 1 << (row & 7);
}

/** Whether each of the first `rows` bits is set; bits behind them do not count. */
export function allValid(validity: Validity, rows: number): boolean {
  const whole = rows >> 3;
  for (let byte = 0; byte < whole; byte++) if (validity[byte] !== 0xff) return false;
  const rest = (1 << (rows & 7)) - 1;
  return rest === 0 || (validity[whole]! & rest) === rest;
}

/** Rows that have a value on both sides. */
export function bothValid(left: Validity | undefined, right: Validity | undefined): Validity | undefined {
  if (left === undefined) return right;
  if (right === undefined) return left;
  return left.map((byte, index) => byte & right[index]!);
}

/** The bits of `rows` rows from row `start` on, moved to the front. */
export function validitySlice(validity: Validity, start: number, rows: number): Validity {
  const first = start >> 3;
  const shift = start & 7;
  if (shift === 0) return validity.subarray(first, first + validityBytes(rows));
  const slice = noValues(rows);
  for (let byte = 0; byte < slice.length; byte++) {
    slice[byte] = (validity[first + byte]! >> shift) | ((validity[first + byte + 1] ?? 0) << (8 - shift));
  }
  return slice;
}

/** The bits of the named rows, in their order; a negative row has no value. */
export function validityOf(validity: Validity | undefined, rows: Int32Array): Validity {
  const picked = noValues(rows.length);
  rows.forEach((row, index) => {
    if (row >= 0 && !isNullAt(validity, row)) setValue(picked, index);
  });
  return picked;
}
