/**
 * Recognises CSV lines that DuckDB reads exactly as Spark does.
 *
 * A line is plain when it has as many values as there are columns, bare without a quote or in quotes without quotes and
 * escapes inside, and every wanted value is spelt in a way on which the two agree. What is not plain is not wrong: it is
 * left to the slow reader. The check is a kernel, `plain-csv.as`; this module writes its program.
 */
import { type DataType, type StructType, stringType } from "../../../../types/data-type.ts";
import type { LineProgram } from "../text/line-kernel.ts";
import { kinds, type PlainLines, ProgramWriter } from "../text/plain-program.ts";
import type { CsvOptions } from "./csv-options.ts";
import { module } from "./plain-csv-wasm.ts";

const flags = { oddEmptyQuoted: 1, oddNullQuoted: 2, oddBlank: 4, oddSpace: 8 } as const;
const noCharacter = 255;

/**
 * The program that recognises plain lines.
 *
 * @param file - all columns of the files
 * @param wanted - the names of those whose values matter
 * @param options - of the CSV source
 * @returns undefined when no line is plain
 */
export function plainCsv(file: StructType, wanted: ReadonlySet<string>, options: CsvOptions): PlainLines | undefined {
  const writer = new ProgramWriter(options.isUtc);
  const columns = file.fields.map(({ name, type }) =>
    valueProgram(writer, wanted.has(name) ? type : stringType, name, options),
  );
  return columns.includes(undefined)
    ? undefined
    : writer.program(module, rootProgram(writer, columns as number[], options));
}

/**
 * The program that recognises lines from which inferred types learn nothing.
 *
 * @param types - what is known of each column; VOID ones were always null
 * @param options - of the CSV source
 */
export function knownCsv(types: readonly DataType[], options: CsvOptions): LineProgram | undefined {
  const writer = new ProgramWriter(options.isUtc);
  const columns = types.map((type) => knownProgram(writer, type, options));
  return writer.program(module, rootProgram(writer, columns, options))?.program;
}

function valueProgram(
  writer: ProgramWriter,
  type: DataType,
  column: string,
  { hasPattern }: CsvOptions,
): number | undefined {
  const { kind } = type;
  if (kind === "udt") return undefined;
  // Only the slow reader reads by patterns.
  if ((kind === "date" || kind === "timestamp" || kind === "timestamp_ntz") && hasPattern[kind])
    return writer.words([kinds.none]);
  return kind === "binary" ? writer.words([kinds.text]) : writer.scalar(type, column);
}

/** What is inferred from a value again when it is of a type already. */
function knownProgram(writer: ProgramWriter, type: DataType, { hasPattern, preferDate }: CsvOptions): number {
  switch (type.kind) {
    case "string":
      return writer.words([kinds.text]);
    case "double":
      return writer.words([kinds.number]);
    case "int":
    case "boolean":
      return writer.scalar(type, undefined)!;
    case "bigint":
      return writer.words([kinds.integer, 18, 0, 0]);
    case "date":
      return writer.words([preferDate && !hasPattern.date ? kinds.date : kinds.none]);
    case "timestamp":
      return hasPattern.timestamp || hasPattern.timestamp_ntz
        ? writer.words([kinds.none])
        : writer.words([kinds.timestamp, 0, 1]);
    default:
      return writer.words([kinds.none]);
  }
}

function rootProgram(writer: ProgramWriter, columns: readonly number[], { rules }: CsvOptions): number {
  const code = (text: string | undefined): number =>
    text === undefined || text === "" ? noCharacter : text.charCodeAt(0);
  const { nullValue, emptyValue } = rules;
  const odd = [
    emptyValue === "" && nullValue === "" ? 0 : flags.oddEmptyQuoted,
    // Where quoted values are never null to DuckDB, those that are to Spark are odd.
    nullValue === "" ? 0 : flags.oddNullQuoted,
    columns.length < 2 ? flags.oddBlank : 0,
    rules.ignoreLeadingSpace || rules.ignoreTrailingSpace ? flags.oddSpace : 0,
  ].reduce((all, flag) => all | flag);
  return writer.words([
    code(rules.delimiter),
    code(rules.quote),
    code(rules.escape),
    code(rules.comment),
    ...writer.text(nullValue),
    odd,
    columns.length,
    ...columns,
  ]);
}
