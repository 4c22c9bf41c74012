import { type Acceptor, acceptorOf } from "./acceptor.ts";
import type { FixedValues, Vector } from "./batch.ts";
import type { DataType, TypeKind } from "./data-type.ts";
import { fixedArrayOf } from "./layout.ts";
import { textOfStrings } from "./text.ts";
import { noValues, type Validity } from "./validity.ts";
import { vectorBuilder } from "./vector-builder.ts";

/** How a loop puts a result into a column, as JavaScript of `result`, `row`, `values` and `words`. */
export interface Store {
  /** True of results that are stored as they are. */
  readonly test: string;
  readonly put: string;
}

/** The types whose usual results need no check beyond a test. */
const stores: { readonly [K in TypeKind]?: Store } = {
  double: { test: 'typeof result === "number"', put: "values[row] = result" },
  float: { test: 'typeof result === "number"', put: "values[row] = result" },
  int: { test: 'typeof result === "number" && (result | 0) === result', put: "values[row] = result" },
  smallint: { test: 'typeof result === "number" && ((result << 16) >> 16) === result', put: "values[row] = result" },
  tinyint: { test: 'typeof result === "number" && ((result << 24) >> 24) === result', put: "values[row] = result" },
  boolean: { test: 'typeof result === "boolean"', put: "values[row] = result ? 1 : 0" },
  string: { test: 'typeof result === "string"', put: "values[row] = result" },
  // By halves, which is faster than making a big integer.
  bigint: {
    test: "Number.isSafeInteger(result)",
    put: "words[row * 2] = result; words[row * 2 + 1] = Math.floor(result / 4294967296)",
  },
};

/** Nothing is stored without a check. */
const checked: Store = { test: "false", put: "" };

/** How results of a type are stored. */
export const storeOf = (type: DataType): Store => stores[type.kind] ?? checked;

/** A column that is filled row by row with what a program gives. */
export interface ResultColumn {
  /** What `Store.put` writes to. */
  readonly values: FixedValues | string[];
  readonly words: Int32Array;
  /** Takes a result that `Store.test` does not vouch for; null and undefined are null. */
  readonly other: (row: number, result: unknown) => void;
  finish(): Vector;
}

/**
 * Starts a column of results.
 *
 * @param type - their type
 * @param rows - how many there will be
 * @param last - a column of the same type that nobody reads any more: numbers go where its numbers were
 * @throws ValueFault from `other` for a value that does not fit
 */
export function resultColumn(type: DataType, rows: number, last?: ResultColumn): ResultColumn {
  const accept = acceptorOf(type, true, {});
  if (stores[type.kind] === undefined) return builtColumn(type, rows, accept);
  const values = type.kind === "string" ? new Array<string>(rows) : numbersFor(type, rows, last);
  const words = values instanceof BigInt64Array ? new Int32Array(values.buffer) : noWords;
  let validity: Validity | undefined;
  const missing = (row: number): void => {
    validity ??= noValues(rows).fill(0xff);
    validity[row >> 3]! &= ~(1 << (row & 7));
    if (Array.isArray(values)) values[row] = "";
  };
  return {
    values,
    words,
    other(row, result) {
      const stored = accept(result);
      if (stored === null) missing(row);
      else (values as unknown[])[row] = stored;
    },
    finish: () => vectorOf(type, values, validity),
  };
}

const noWords = new Int32Array(0);

function numbersFor(type: DataType, rows: number, last: ResultColumn | undefined): FixedValues {
  if (last?.values.length === rows) return last.values as FixedValues;
  return new (fixedArrayOf(type))(rows);
}

function vectorOf(type: DataType, values: FixedValues | string[], validity: Validity | undefined): Vector {
  const column = { type, length: values.length, ...(validity === undefined ? {} : { validity }) };
  return Array.isArray(values)
    ? { ...column, layout: "text", text: textOfStrings(values) }
    : { ...column, layout: "fixed", values };
}

function builtColumn(type: DataType, rows: number, accept: Acceptor): ResultColumn {
  const builder = vectorBuilder(type, rows);
  return {
    values: [],
    words: noWords,
    other: (_row, result) => builder.append(accept(result)),
    finish: () => builder.finish(),
  };
}
