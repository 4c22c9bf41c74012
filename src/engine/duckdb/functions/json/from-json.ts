/** `from_json`: DuckDB's own parser for texts that a kernel vouches for, Spark's rules for all others. */
import { type ExecutionError, UnsupportedError } from "../../../../errors.ts";
import type { ResolvedCall } from "../../../../plan/resolved.ts";
import type { Batch, TextVector } from "../../../../types/batch.ts";
import {
  booleanType,
  type DataType,
  type StructType,
  structField,
  structType,
  variantType,
} from "../../../../types/data-type.ts";
import type { StoredValue } from "../../../../types/stored-value.ts";
import { isNullAt } from "../../../../types/validity.ts";
import { vectorBuilder } from "../../../../types/vector-builder.ts";
import { structFieldName } from "../../duck-type.ts";
import { readType, storedValue } from "../../formats/json/json-columns.ts";
import { isMadeHere } from "../../formats/json/json-deep.ts";
import { arraysAreNoStructs, jsonValueReader, jsonVariantReader } from "../../formats/json/json-line.ts";
import { type JsonOptions, jsonOptions } from "../../formats/json/json-options.ts";
import { plainJson } from "../../formats/json/plain-json.ts";
import type { Cell } from "../../formats/text/cell.ts";
import { LineKernel, type LineProgram } from "../../formats/text/line-kernel.ts";
import { arrayForStruct, malformedRecord } from "../../formats/text/malformed-error.ts";
import { text as quoted } from "../../sql-text.ts";
import type { ScalarFunction } from "../../trampoline.ts";
import { type LoweringContext, once } from "../lowering.ts";
import { modeUnsupported, optionsOf } from "./call-options.ts";

/** The SQL of a text parsed into the call's type. */
export function fromJson(text: string, context: LoweringContext): string {
  const { call } = context;
  const options = jsonOptions(optionsOf(call, optionsAt), context.timeZone);
  if (options.mode === "DROPMALFORMED") throw modeUnsupported("from_json", options.mode);
  const parse = () => context.bind(parser(call.type, options))(text);
  const program = plainTexts(call, context.timeZone);
  if (program === undefined || call.type.kind !== "struct") return parse();
  const { type } = call;
  const native = (): string =>
    once("j", `from_json(${text}, ${quoted(structure(type, options))})`, values("j", type, options));
  const checked = context.checkedTexts(call);
  if (checked === undefined)
    return `CASE WHEN ${context.bind(checker(program))(text)} THEN ${native()} ELSE ${parse()} END`;
  if (checked.odd !== undefined)
    return `CASE WHEN ${text} IN (FROM ${checked.odd}) THEN ${parse()} ELSE ${native()} END`;
  // DuckDB computes an expression once that stands in one place several times.
  return values(`from_json(${text}, ${quoted(structure(type, options))})`, type, options);
}

const optionsAt = 2;

/** Recognises the texts that DuckDB parses as Spark does, for a call of `from_json`; undefined where none is known to be. */
export function plainTexts(call: ResolvedCall, timeZone: string): LineProgram | undefined {
  const options = jsonOptions(optionsOf(call, optionsAt), timeZone);
  return call.type.kind === "struct" ? plainProgram(call.type, options) : undefined;
}

const withoutCorrupt = ({ fields }: StructType, { corruptColumn }: JsonOptions): StructType =>
  structType(fields.filter(({ name }) => name !== corruptColumn));

// Moments with offsets from UTC would need a look at each text; variants and what is nested deep are made here.
function plainProgram(type: StructType, options: JsonOptions): LineProgram | undefined {
  if (!options.isStandard || options.singleVariant || type.fields.some((field) => isReadByText(field.type)))
    return undefined;
  if (isMadeHere(type)) return undefined;
  return plainJson(withoutCorrupt(type, options), { isUtc: options.isUtc, reservedName: options.corruptColumn })
    ?.program;
}

function isReadByText(type: DataType): boolean {
  if (type.kind === "array") return isReadByText(type.element);
  if (type.kind === "map") return isReadByText(type.value);
  if (type.kind === "struct") return type.fields.some((field) => isReadByText(field.type));
  return type.kind === "timestamp" || type.kind === "timestamp_ntz" || type.kind === "variant";
}

const structure = (type: StructType, options: JsonOptions): string =>
  JSON.stringify(
    Object.fromEntries(withoutCorrupt(type, options).fields.map((field) => [field.name, readType(field.type)])),
  );

/** What is stored of a plain text's values; it is no corrupt record. */
function values(read: string, { fields }: StructType, { corruptColumn }: JsonOptions): string {
  const members = fields.map(({ name, type }, index) => {
    const value =
      name === corruptColumn ? "NULL::VARCHAR" : storedValue(`struct_extract(${read}, ${quoted(name)})`, type);
    return `${structFieldName(index)}: ${value}`;
  });
  return `{${members.join(", ")}}`;
}

/** Tells which texts DuckDB parses as Spark does. */
function checker(program: LineProgram): ScalarFunction {
  const kernel = new LineKernel(program);
  return {
    name: "plain_json",
    parameters: [{ kind: "string" }],
    result: booleanType,
    deterministic: true,
    call: (batch) => ({ layout: "fixed", type: booleanType, length: batch.rows, values: plainRows(batch, kernel) }),
  };
}

const lineFeed = 10;

function plainRows({ columns, rows }: Batch, kernel: LineKernel): Uint8Array {
  const { bytes, offsets } = (columns[0] as TextVector).text.utf8();
  const size = offsets[rows]! - offsets[0]!;
  const room = kernel.room(size + rows);
  const plain = new Uint8Array(rows).fill(1);
  const starts = new Int32Array(rows + 1);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    starts[row] = at;
    const value = bytes.subarray(offsets[row]!, offsets[row + 1]!);
    room.set(value, at);
    at += value.length;
    room[at++] = lineFeed;
    if (isBlank(value)) plain[row] = 0;
  }
  starts[rows] = at;
  markOdd(kernel, room, at, starts, plain);
  return plain;
}

const space = 32;

// The kernel passes over blank lines.
const isBlank = (bytes: Uint8Array): boolean => !(bytes[0]! > space) && bytes.every((byte) => byte <= space);

// A line feed inside a text cuts it in two: neither half is plain, and both lie within the row.
function markOdd(kernel: LineKernel, room: Uint8Array, length: number, starts: Int32Array, plain: Uint8Array): void {
  let row = 0;
  kernel.check(room, length, (position) => {
    while (row + 1 < plain.length && starts[row + 1]! <= position) row++;
    plain[row] = 0;
  });
  for (
    let at = room.indexOf(lineFeed), next = 0;
    at >= 0 && at < length && next < plain.length;
    at = room.indexOf(lineFeed, at + 1)
  ) {
    while (next < plain.length && starts[next + 1]! <= at) next++;
    if (next < plain.length && at !== starts[next + 1]! - 1) plain[next] = 0;
  }
}

const nothing = new Uint8Array();

/** Parses texts by Spark's rules, one by one; what is blank is null. */
function parser(type: DataType, options: JsonOptions): ScalarFunction {
  const read = readerOf(type, options);
  const encoder = new TextEncoder();
  return {
    name: "from_json",
    parameters: [{ kind: "string" }],
    result: type,
    deterministic: true,
    call: ({ columns, rows }) => {
      const column = columns[0] as TextVector;
      const texts = column.text.strings();
      const builder = vectorBuilder(type, rows);
      for (let row = 0; row < rows; row++) {
        const bytes = isNullAt(column.validity, row) ? nothing : encoder.encode(texts[row]!);
        builder.append(isBlank(bytes) ? null : read(bytes, texts[row]!));
      }
      return builder.finish();
    },
  };
}

function readerOf(type: DataType, options: JsonOptions): Read {
  if (type.kind === "struct") return structReader(type, options);
  return type.kind === "variant" ? variantReader(options) : valueReader(type, options);
}

type Read = (bytes: Uint8Array, text: string) => StoredValue;

function structReader(type: StructType, options: JsonOptions): Read {
  const data = withoutCorrupt(type, options);
  const read = options.singleVariant
    ? wholeRecord(data, options)
    : jsonValueReader(data, { ...options, copiesValues: true });
  const corrupt = type.fields.findIndex(({ name }) => name === options.corruptColumn);
  return (bytes, text) => {
    const { rows, reason } = read(bytes, 0, bytes.length);
    if (reason !== undefined && options.mode === "FAILFAST") throw malformed(text, reason);
    const cells = (rows[0]?.[0] ?? data.fields.map(() => null)) as readonly Cell[];
    const values = cells.map((cell, index) => stored(cell, data.fields[index]!.type));
    if (corrupt >= 0) values.splice(corrupt, 0, reason === undefined ? null : text);
    return values;
  };
}

/** A reader of texts that are one variant each, as a struct of one field. */
function wholeRecord(data: StructType, options: JsonOptions): ReturnType<typeof jsonValueReader> {
  const read = jsonVariantReader(data, options);
  return (...range) => {
    const { rows, reason } = read(...range);
    return { rows: rows.map((row) => [row]), reason };
  };
}

const malformed = (text: string, reason: string): ExecutionError =>
  reason === arraysAreNoStructs ? arrayForStruct(text) : malformedRecord(text, reason);

function variantReader(options: JsonOptions): Read {
  const read = jsonVariantReader(structType([structField("value", variantType)]), options);
  return (bytes, text) => {
    const { rows, reason } = read(bytes, 0, bytes.length);
    if (reason !== undefined && options.mode === "FAILFAST") throw malformedRecord(text, reason);
    return stored(rows[0]?.[0] ?? null, variantType);
  };
}

function valueReader(type: DataType, options: JsonOptions): Read {
  if (type.kind !== "array" && type.kind !== "map") {
    throw new UnsupportedError(`from_json to ${type.kind} is not supported by the embedded engine`);
  }
  const read = jsonValueReader(type, { ...options, copiesValues: true });
  return (bytes, text) => {
    const { rows, reason } = read(bytes, 0, bytes.length);
    if (reason !== undefined && options.mode === "FAILFAST") throw malformedRecord(text, reason);
    return stored(rows[0]?.[0] ?? null, type);
  };
}

function stored(cell: Cell, type: DataType): StoredValue {
  if (cell === null) return null;
  if (type.kind === "array") return (cell as readonly Cell[]).map((item) => stored(item, type.element));
  if (type.kind === "struct")
    return (cell as readonly Cell[]).map((item, index) => stored(item, type.fields[index]!.type));
  if (type.kind === "map") {
    const pairs = cell as readonly (readonly [Cell, Cell])[];
    return {
      keys: pairs.map(([key]) => stored(key, type.key)),
      values: pairs.map(([, value]) => stored(value, type.value)),
    };
  }
  return cell as StoredValue;
}
