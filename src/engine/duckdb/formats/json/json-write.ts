/** Writes values as JSON that DuckDB reads back into the same values, whatever their original spelling. */

import { timeText } from "../../../../types/calendar.ts";
import type { DataType, StructType, TypeKind } from "../../../../types/data-type.ts";
import type { Cell } from "../text/cell.ts";
import { decimalText, floatingText, isoDate, isoTimestamp } from "../text/cell-text.ts";

type Write = (cell: never, type: DataType) => string;

/**
 * A row as an object on one line; nulls are left out.
 *
 * @param names - the members' names, in JSON
 * @param schema - the types of the values
 * @param row - the values
 */
export function jsonObject(names: readonly string[], { fields }: StructType, row: readonly Cell[]): string {
  const members = row.flatMap((cell, index) =>
    cell === null ? [] : [`${names[index]}:${jsonValue(cell, fields[index]!.type)}`],
  );
  return `{${members.join(",")}}`;
}

/** The names of a struct's fields, in JSON. */
export const jsonNames = ({ fields }: StructType): readonly string[] => fields.map(({ name }) => JSON.stringify(name));

function jsonValue(cell: Cell, type: DataType): string {
  return cell === null ? "null" : (writes[type.kind] as Write)(cell as never, type);
}

const integer = (cell: number | bigint): string => cell.toString();
const text = (cell: string): string => JSON.stringify(cell);
const timestamp = (cell: bigint): string => `"${isoTimestamp(cell)}"`;

const writes: { readonly [Kind in TypeKind]?: (cell: never, type: Extract<DataType, { kind: Kind }>) => string } = {
  boolean: String,
  tinyint: integer,
  smallint: integer,
  int: integer,
  bigint: integer,
  float: floatingText,
  double: floatingText,
  decimal: (cell: bigint, { scale }) => `"${decimalText(cell, scale)}"`,
  string: text,
  char: text,
  varchar: text,
  binary: (cell: Uint8Array) => `"${Buffer.from(cell).toString("base64")}"`,
  date: (cell: number) => `"${isoDate(cell)}"`,
  timestamp,
  timestamp_ntz: timestamp,
  time: (cell: bigint) => `"${timeText(Number(cell))}"`,
  array: (cell: readonly Cell[], { element }) => `[${cell.map((item) => jsonValue(item, element)).join(",")}]`,
  map: (cell: readonly (readonly [string, Cell])[], { value }) =>
    `{${cell.map(([key, item]) => `${text(key)}:${jsonValue(item, value)}`).join(",")}}`,
  struct: (cell: readonly Cell[], type) => jsonObject(jsonNames(type), type, cell),
  udt: (cell: Cell, { storage }) => jsonValue(cell, storage),
};
