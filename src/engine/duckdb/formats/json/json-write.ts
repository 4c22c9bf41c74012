/** Writes values as JSON that DuckDB reads back into the same values, whatever their original spelling. */
import { ExecutionError } from "../../../../errors.ts";
import { dateText, microsPerDay } from "../../../../types/calendar.ts";
import type { DataType, StructType, TypeKind } from "../../../../types/data-type.ts";
import type { Cell } from "../text/cell.ts";

type Write = (cell: never, type: DataType) => string;

const day = BigInt(microsPerDay);
const leastTimestamp = -9_223_372_022_400_000_000n;
const mostTimestamp = 9_223_372_036_854_775_806n;

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
const quoted = (cell: string): string => `"${cell}"`;

function floating(cell: number): string {
  return Object.is(cell, -0) ? "-0.0" : String(cell);
}

function decimal(cell: bigint, { scale }: Extract<DataType, { kind: "decimal" }>): string {
  const digits = (cell < 0n ? -cell : cell).toString().padStart(scale + 1, "0");
  const fraction = scale === 0 ? "" : `.${digits.slice(-scale)}`;
  return quoted(`${cell < 0n ? "-" : ""}${digits.slice(0, digits.length - scale)}${fraction}`);
}

// DuckDB's years have no plus sign.
const date = (cell: number): string => quoted(dateText(cell).replace("+", ""));

function timestamp(cell: bigint): string {
  if (cell < leastTimestamp || cell > mostTimestamp) {
    throw new ExecutionError(`A timestamp of ${cell} microseconds is beyond what the engine stores`, {
      condition: "DATETIME_OVERFLOW",
      sqlState: "22008",
      hint: "Timestamps reach from the year -290308 to the year 294247.",
    });
  }
  const days = cell >= 0n ? cell / day : -((day - 1n - cell) / day);
  const micros = Number(cell - days * day);
  const part = (unit: number, most: number): string => String(Math.floor(micros / unit) % most).padStart(2, "0");
  const clock = `${part(3_600_000_000, 24)}:${part(60_000_000, 60)}:${part(1_000_000, 60)}.${String(micros % 1_000_000).padStart(6, "0")}`;
  return quoted(`${dateText(Number(days)).replace("+", "")} ${clock}`);
}

const writes: { readonly [Kind in TypeKind]?: (cell: never, type: Extract<DataType, { kind: Kind }>) => string } = {
  boolean: String,
  tinyint: integer,
  smallint: integer,
  int: integer,
  bigint: integer,
  float: floating,
  double: floating,
  decimal,
  string: text,
  char: text,
  varchar: text,
  binary: (cell: Uint8Array) => quoted(Buffer.from(cell).toString("base64")),
  date,
  timestamp,
  timestamp_ntz: timestamp,
  array: (cell: readonly Cell[], { element }) => `[${cell.map((item) => jsonValue(item, element)).join(",")}]`,
  map: (cell: readonly (readonly [string, Cell])[], { value }) =>
    `{${cell.map(([key, item]) => `${text(key)}:${jsonValue(item, value)}`).join(",")}}`,
  struct: (cell: readonly Cell[], type) => jsonObject(jsonNames(type), type, cell),
  udt: (cell: Cell, { storage }) => jsonValue(cell, storage),
};
