/** Which types a column of a Parquet file is read as (Spark's `ParquetVectorUpdaterFactory`). */
import type { DataType, TypeKind } from "../../../types/data-type.ts";
import { simpleString } from "../../../types/type-name.ts";
import type { FileType } from "./file-type.ts";

type Plain = Extract<FileType, { is: "plain" }>;

/** Where the values of a file's type have a place: types whose readers take them, and decimals with that many whole digits. */
interface Readable {
  readonly kinds: readonly TypeKind[];
  readonly wholeDigits?: number;
}

/** What Spark reads from 32 and from 64 bits, whatever they stand for. */
const of32: readonly TypeKind[] = ["tinyint", "smallint", "int", "bigint", "double", "date", "year-month interval"];
const of64: readonly TypeKind[] = ["bigint", "day-time interval"];
const narrow: Readable = { kinds: of32, wholeDigits: 10 };
const text: Readable = { kinds: ["string", "char", "varchar", "binary"] };
const wallClock: Readable = { kinds: ["timestamp", "timestamp_ntz"] };

/** By DuckDB's name. Types that are not here are read as whatever they can be cast to. */
const readable: Readonly<Record<string, Readable>> = {
  BOOLEAN: { kinds: ["boolean"] },
  TINYINT: narrow,
  SMALLINT: narrow,
  INTEGER: narrow,
  UTINYINT: narrow,
  USMALLINT: narrow,
  BIGINT: { kinds: of64, wholeDigits: 20 },
  UINTEGER: { kinds: ["bigint"] },
  UBIGINT: { kinds: [], wholeDigits: 20 },
  FLOAT: { kinds: ["float", "double"] },
  DOUBLE: { kinds: ["double"] },
  VARCHAR: text,
  BLOB: text,
  DATE: { kinds: [...of32, "timestamp_ntz"] },
  VARIANT: { kinds: ["variant"] },
  VOID: { kinds: ["void"] },
  TIMESTAMP: wallClock,
  "TIMESTAMP WITH TIME ZONE": wallClock,
};

/** A column, or a part of one, that cannot be read as the type that was asked for. */
export interface Mismatch {
  /** `amount`, `address.zip`, `tags.element`. */
  readonly column: string;
  readonly file: string;
  readonly wanted: string;
  /** Whether one of the two has parts and the other has none, or others. */
  readonly isOfShape: boolean;
}

/**
 * The first part of a column whose values have no place in a type; undefined when all have.
 *
 * @param column - its name
 * @param file - the type in the file
 * @param wanted - the type it is read as
 */
export function mismatchOf(column: string, file: FileType, wanted: DataType): Mismatch | undefined {
  const inner = innerPairs(file, wanted);
  if (inner !== undefined)
    return firstOf(inner.map(([name, part, type]) => mismatchOf(`${column}.${name}`, part, type)));
  if (wanted.kind === "udt") return mismatchOf(column, file, wanted.storage);
  const isFine =
    file.is === "plain" &&
    wanted.kind !== "struct" &&
    wanted.kind !== "array" &&
    wanted.kind !== "map" &&
    holds(file, wanted);
  if (isFine) return undefined;
  const isOfShape = file.is !== "plain" || wanted.kind === "struct" || wanted.kind === "variant";
  return { column, file: fileTypeText(file), wanted: simpleString(wanted), isOfShape };
}

type Pair = readonly [name: string, file: FileType, wanted: DataType];

function innerPairs(file: FileType, wanted: DataType): readonly Pair[] | undefined {
  if (file.is === "list" && wanted.kind === "array") return [["element", file.element, wanted.element]];
  if (file.is === "map" && wanted.kind === "map")
    return [
      ["key", file.key, wanted.key],
      ["value", file.value, wanted.value],
    ];
  if (file.is === "struct" && wanted.kind === "variant") return [];
  if (file.is !== "struct" || wanted.kind !== "struct") return undefined;
  return wanted.fields.flatMap(({ name, type }): Pair[] => {
    const own = file.fields.find((field) => field.name.toLowerCase() === name.toLowerCase());
    return own === undefined ? [] : [[name, own.type, type]];
  });
}

/** Decimals of so many digits are stored in 32 bits, those of more in 64. */
const digitsOf32 = 9;

function holds({ name, parameters, isWhole = false }: Plain, wanted: DataType): boolean {
  const [precision = 0, scale = 0] = parameters;
  if (isWhole && (name === "DECIMAL" && precision <= digitsOf32 ? of32 : of64).includes(wanted.kind)) return true;
  if (name === "DECIMAL") {
    return wanted.kind === "decimal" && wanted.scale >= scale && wanted.precision - wanted.scale >= precision - scale;
  }
  const known = readable[name];
  if (known === undefined || known.kinds.includes(wanted.kind)) return true;
  return (
    wanted.kind === "decimal" && known.wholeDigits !== undefined && wanted.precision - wanted.scale >= known.wholeDigits
  );
}

const firstOf = (found: readonly (Mismatch | undefined)[]): Mismatch | undefined =>
  found.find((mismatch) => mismatch !== undefined);

function fileTypeText(file: FileType): string {
  switch (file.is) {
    case "list":
      return `${fileTypeText(file.element)}[]`;
    case "map":
      return `MAP(${fileTypeText(file.key)}, ${fileTypeText(file.value)})`;
    case "struct":
      return `STRUCT(${file.fields.map(({ name, type }) => `${name} ${fileTypeText(type)}`).join(", ")})`;
    case "plain":
      return file.parameters.length === 0 ? file.name : `${file.name}(${file.parameters.join(", ")})`;
  }
}
