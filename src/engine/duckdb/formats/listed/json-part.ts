/** Parts of JSON texts as values of a type. */
import type { DataType } from "../../../../types/data-type.ts";
import { duckType } from "../../duck-type.ts";
import { text } from "../../sql-text.ts";

/** The parts of JSON texts that a scan asks for: each text is read once for all of them. */
export class JsonParts {
  readonly #pointers = new Map<string, string[]>();

  /**
   * SQL of a part, over what `from` gives.
   *
   * @param json - SQL of the text
   * @param names - that lead to the part
   */
  value(json: string, names: readonly string[], type: DataType): string {
    const pointers = this.#pointers.get(json) ?? [];
    this.#pointers.set(json, pointers);
    const wanted = pointer(names);
    if (!pointers.includes(wanted)) pointers.push(wanted);
    const column = [...this.#pointers.keys()].indexOf(json);
    return ofType(`parts_${column}[${pointers.indexOf(wanted) + 1}]`, type);
  }

  /** A table expression with the parts beside its columns. */
  from(files: string): string {
    if (this.#pointers.size === 0) return files;
    const parts = [...this.#pointers].map(
      ([json, pointers], column) =>
        `json_extract_string(${json}, [${pointers.map(text).join(", ")}]) AS parts_${column}`,
    );
    return `(SELECT *, file_index, file_row_number, ${parts.join(", ")} FROM ${files})`;
  }
}

const pointer = (names: readonly string[]): string =>
  names.map((name) => `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

function ofType(value: string, type: DataType): string {
  switch (type.kind) {
    case "string":
    case "char":
    case "varchar":
      return value;
    case "timestamp":
      return `CASE WHEN NOT ${isUtc(value)} AND ${hasOffset(value)} THEN make_timestamp(epoch_us(TRY_CAST(${value} AS TIMESTAMPTZ))) ELSE TRY_CAST(${value} AS TIMESTAMP) END`;
    case "timestamp_ntz":
      return `CASE WHEN ${isUtc(value)} OR ${hasOffset(value)} THEN NULL ELSE TRY_CAST(${value} AS TIMESTAMP) END`;
    default:
      return `TRY_CAST(${value} AS ${duckType(type)})`;
  }
}

const isUtc = (value: string): string => `suffix(${value}, 'Z')`;

// DuckDB's cast to TIMESTAMP passes over what a text says of its zone.
const hasOffset = (value: string): string => `regexp_matches(${value}, '[+-]\\d\\d:?\\d\\d$')`;
