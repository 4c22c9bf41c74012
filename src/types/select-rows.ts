import type { FixedValues, Vector, VectorLayout } from "./batch.ts";
import { concatBytes, lazyText, type Text, type Utf8 } from "./text.ts";
import { allValid, type Validity, validityOf } from "./validity.ts";

type Selectors = {
  [L in VectorLayout]: (vector: Extract<Vector, { layout: L }>, rows: Int32Array) => Extract<Vector, { layout: L }>;
};

/**
 * The named rows of a vector, in the order they are named; a row may come twice or not at all.
 *
 * @param vector - where the rows are
 * @param rows - row numbers from 0; a negative one gives a row without a value
 */
export function selectRows(vector: Vector, rows: Int32Array): Vector {
  const select = selectors[vector.layout] as (vector: Vector, rows: Int32Array) => Vector;
  const { validity: _, ...selected } = select(vector, rows);
  const validity = vector.layout === "void" ? undefined : selectedValidity(vector.validity, rows);
  return { ...selected, length: rows.length, ...(validity === undefined ? {} : { validity }) } as Vector;
}

function selectedValidity(validity: Validity | undefined, rows: Int32Array): Validity | undefined {
  const selected = validityOf(validity, rows);
  return allValid(selected, rows.length) ? undefined : selected;
}

const selectors = {
  fixed: (vector, rows) => ({ ...vector, values: selectValues(vector.values, rows) }),
  wide: (vector, rows) => ({ ...vector, words: selectWords(vector.words, rows) }),
  text: (vector, rows) => ({ ...vector, text: selectText(vector.text, rows) }),
  binary: (vector, rows) => ({ ...vector, ...selectBytes(vector, rows) }),
  list: (vector, rows) => {
    const { offsets, elements } = selectLists(vector.offsets, rows);
    return { ...vector, offsets, child: selectRows(vector.child, elements) };
  },
  map: (vector, rows) => {
    const { offsets, elements } = selectLists(vector.offsets, rows);
    return { ...vector, offsets, keys: selectRows(vector.keys, elements), values: selectRows(vector.values, elements) };
  },
  struct: (vector, rows) => ({ ...vector, children: vector.children.map((child) => selectRows(child, rows)) }),
  void: (vector) => vector,
} satisfies Selectors;

type Numbers = { [row: number]: number };
type NewValues = new (length: number) => FixedValues;

function selectValues(values: FixedValues, rows: Int32Array): FixedValues {
  const selected = new (values.constructor as NewValues)(rows.length);
  for (let index = 0; index < rows.length; index++) {
    if (rows[index]! >= 0) (selected as Numbers)[index] = (values as Numbers)[rows[index]!]!;
  }
  return selected;
}

function selectWords(words: BigInt64Array, rows: Int32Array): BigInt64Array {
  const selected = new BigInt64Array(rows.length * 2);
  for (let index = 0; index < rows.length; index++) {
    if (rows[index]! >= 0) selected.set(words.subarray(rows[index]! * 2, rows[index]! * 2 + 2), index * 2);
  }
  return selected;
}

const selectText = (text: Text, rows: Int32Array): Text =>
  lazyText(
    rows.length,
    () => selectStrings(text.strings(), rows),
    () => selectBytes(text.utf8(), rows),
  );

const selectStrings = (strings: readonly string[], rows: Int32Array): string[] =>
  Array.from(rows, (row) => (row < 0 ? "" : strings[row]!));

const selectBytes = ({ bytes, offsets }: Utf8, rows: Int32Array): Utf8 =>
  concatBytes(
    Array.from(rows, (row) => (row < 0 ? bytes.subarray(0, 0) : bytes.subarray(offsets[row], offsets[row + 1]))),
  );

function selectLists(offsets: Int32Array, rows: Int32Array): { offsets: Int32Array; elements: Int32Array } {
  const selected = new Int32Array(rows.length + 1);
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!;
    selected[index + 1] = selected[index]! + (row < 0 ? 0 : offsets[row + 1]! - offsets[row]!);
  }
  const elements = new Int32Array(selected[rows.length]!);
  rows.forEach((row, index) => {
    for (let to = selected[index]!, from = offsets[row]!; to < selected[index + 1]!; to++, from++) elements[to] = from;
  });
  return { offsets: selected, elements };
}
