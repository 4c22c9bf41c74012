/** Bits of Parquet files read as a type that they were not written as: Spark takes the number, whatever it stood for. */
import type { DataType, TypeKind } from "../../../types/data-type.ts";
import type { FileType } from "./file-type.ts";

/** SQL of a file's value as another type, where that is not what a cast gives. */
export function otherType(value: string, file: FileType, type: DataType): string | undefined {
  return file.is === "plain" ? otherwise[type.kind]?.(value, file) : undefined;
}

type Plain = Extract<FileType, { is: "plain" }>;

/** SQL of the whole number that stands for a value in its file; undefined where it is one. */
function rawNumber(value: string, { name }: Plain): string | undefined {
  if (name === "DATE") return `(${value} - DATE '1970-01-01')`;
  if (name === "TIMESTAMP" || name === "TIMESTAMP WITH TIME ZONE") return `epoch_us(${value})`;
  return name === "DECIMAL" ? `replace(${value}::VARCHAR, '.', '')::BIGINT` : undefined;
}

type Otherwise = (value: string, file: Plain) => string | undefined;

/** As much of a whole number as has room in fewer bits. */
const lowBits =
  (bits: number, target: string): Otherwise =>
  (value, file) =>
    `((((${rawNumber(value, file) ?? value})::BIGINT + ${2 ** (bits - 1)}) & ${2 ** bits - 1}) - ${2 ** (bits - 1)})::${target}`;

const raw =
  (target: string): Otherwise =>
  (value, file) => {
    const number = rawNumber(value, file);
    return number === undefined ? undefined : `(${number})::${target}`;
  };

const otherwise: { readonly [Kind in TypeKind]?: Otherwise } = {
  tinyint: lowBits(8, "TINYINT"),
  smallint: lowBits(16, "SMALLINT"),
  int: raw("INTEGER"),
  bigint: raw("BIGINT"),
  double: raw("DOUBLE"),
  "year-month interval": raw("INTEGER"),
  "day-time interval": raw("BIGINT"),
  date: (value, file) => `(DATE '1970-01-01' + (${rawNumber(value, file) ?? value})::INTEGER)`,
  string: (value, { name }) => (name === "BLOB" ? `decode(${value})` : undefined),
  binary: (value, { name }) => (name === "VARCHAR" ? `encode(${value})` : undefined),
};
