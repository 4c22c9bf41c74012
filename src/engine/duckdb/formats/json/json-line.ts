/** One JSON record as Spark reads it: `JacksonParser` over Jackson's token stream. */

import { UnsupportedError } from "../../../../errors.ts";
import type { DataType, StructType, TypeKind } from "../../../../types/data-type.ts";
import { sqlName } from "../../../../types/type-name.ts";
import { wellFormed } from "../../../../types/well-formed.ts";
import { type Cell, decimalCell } from "../text/cell.ts";
import { asciiDigits } from "../text/java-numbers.ts";
import { Malformed } from "../text/malformed.ts";
import { nearestFloat } from "../text/nearest-float.ts";
import type { TemporalReaders } from "../text/temporal-readers.ts";
import { storedVariant } from "../text/variant-text.ts";
import type { JsonFeatures } from "./jackson-bytes.ts";
import { JacksonTokens, type JsonToken, more } from "./jackson-tokens.ts";
import { writeValue } from "./json-copy.ts";
import { namedNumbers, variantOf } from "./json-variant.ts";

/** What a record gives: its rows, and why it is malformed if it is. A malformed record keeps what could be read. */
export interface JsonRecord {
  readonly rows: readonly (readonly Cell[])[];
  readonly reason: string | undefined;
}

export interface JsonReading {
  readonly features: JsonFeatures;
  readonly temporal: TemporalReaders;
  /** Whether what is no text is copied token by token where text is wanted, as of texts that are parsed: of files it is left as it is. */
  readonly copiesValues?: boolean;
}

type Converter = (tokens: JacksonTokens) => Cell;
type Accept = (token: JsonToken, tokens: JacksonTokens) => Cell | undefined;

/** Thrown like `Malformed`, with the part of a struct, array or map that could be read. */
class Partial extends Malformed {
  readonly value: readonly Cell[];
  constructor(value: readonly Cell[], reason: string) {
    super(reason);
    this.value = value;
  }
}

const longRange = 1n << 63n;
const fromBytes = new TextDecoder();

/**
 * A reader of records of one schema.
 *
 * @param schema - the columns wanted, without the column of corrupt records
 * @param reading - the parser's features and how dates and times are read
 * @returns a function from a record's bytes to its rows; white space alone gives none
 * @throws UnsupportedError for a type that is not read from JSON
 */
export function jsonRecordReader(
  schema: StructType,
  reading: JsonReading,
): (input: Uint8Array, start: number, end: number) => JsonRecord {
  const tokens = new JacksonTokens(reading.features);
  const root = objectConverter(schema, reading);
  const element = converterOf(schema, reading);
  return (input, start, end) => {
    tokens.open(input, start, end);
    try {
      return { rows: rootRows(tokens, root, element), reason: undefined };
    } catch (error) {
      if (error instanceof PartialRows) return { rows: error.rows, reason: error.reason };
      if (error instanceof Partial) return { rows: [error.value], reason: error.reason };
      if (error instanceof Malformed) return { rows: [schema.fields.map(() => null)], reason: error.reason };
      throw error;
    }
  };
}

/**
 * A reader of texts each of which is one struct, array or map. A struct is not read of an array of objects, but an array of
 * structs of one object.
 *
 * @param type - what the texts hold
 * @param reading - the parser's features and how dates and times are read
 * @returns a function from a text's bytes to its value as the only cell of a row; white space alone gives no row
 */
export function jsonValueReader(
  type: DataType,
  reading: JsonReading,
): (input: Uint8Array, start: number, end: number) => JsonRecord {
  const tokens = new JacksonTokens(reading.features);
  const root = rootConverter(type, reading);
  return (input, start, end) => {
    tokens.open(input, start, end);
    try {
      return tokens.nextToken() === undefined
        ? { rows: [], reason: undefined }
        : { rows: [[root(tokens)]], reason: undefined };
    } catch (error) {
      if (error instanceof Partial) return { rows: [[error.value]], reason: error.reason };
      if (error instanceof Malformed) return { rows: [[null]], reason: error.reason };
      throw error;
    }
  };
}

function rootConverter(type: DataType, reading: JsonReading): Converter {
  const convert = converterOf(type, reading);
  const single =
    type.kind === "array" && type.element.kind === "struct" ? converterOf(type.element, reading) : undefined;
  return (tokens) => {
    if (tokens.token === "VALUE_NULL") throw new Malformed("the text is null");
    if (type.kind === "struct" && tokens.token === "START_ARRAY") throw new Malformed(arraysAreNoStructs);
    return single !== undefined && tokens.token === "START_OBJECT" ? onlyElement(single, tokens) : convert(tokens);
  };
}

function onlyElement(convert: Converter, tokens: JacksonTokens): readonly Cell[] {
  try {
    return [convert(tokens)];
  } catch (error) {
    if (error instanceof Partial) throw new Partial([error.value], error.reason);
    throw error;
  }
}

/** Why an array is not read as a struct. */
export const arraysAreNoStructs = "Parsing JSON arrays as structs is forbidden";

/**
 * A reader of records each of which is one variant.
 *
 * @param schema - the column wanted, or none
 */
export function jsonVariantReader(
  schema: StructType,
  { features }: JsonReading,
): (input: Uint8Array, start: number, end: number) => JsonRecord {
  const tokens = new JacksonTokens(features);
  const rowOf = (cell: Cell): readonly Cell[] => schema.fields.map(() => cell);
  return (input, start, end) => {
    tokens.open(input, start, end);
    try {
      if (tokens.nextToken() === undefined) return { rows: [], reason: undefined };
      return { rows: [rowOf(storedVariant(variantOf(tokens)))], reason: undefined };
    } catch (error) {
      if (error instanceof Malformed) return { rows: [rowOf(null)], reason: error.reason };
      throw error;
    }
  };
}

/** The reader of a source's records, of columns or as a whole. */
export const jsonReader = (schema: StructType, options: JsonReading & { readonly singleVariant: boolean }) =>
  options.singleVariant ? jsonVariantReader(schema, options) : jsonRecordReader(schema, options);

/** Thrown with the rows of a top-level array of which some element was malformed in part. */
class PartialRows extends Malformed {
  readonly rows: readonly (readonly Cell[])[];
  constructor(rows: readonly (readonly Cell[])[], reason: string) {
    super(reason);
    this.rows = rows;
  }
}

function rootRows(tokens: JacksonTokens, root: Converter, element: Converter): readonly (readonly Cell[])[] {
  const token = tokens.nextToken();
  if (token === undefined) return [];
  if (token === "START_OBJECT") return [root(tokens) as readonly Cell[]];
  if (token !== "START_ARRAY") throw new Malformed(`a record must be an object or an array of objects, not ${token}`);
  const { values, reason } = elements(tokens, element);
  if (values.includes(null)) throw new Malformed("an element of a top-level array is null");
  const rows = values as (readonly Cell[])[];
  if (reason !== undefined) throw new PartialRows(rows, reason);
  return rows;
}

function elements(tokens: JacksonTokens, element: Converter): { values: Cell[]; reason: string | undefined } {
  const values: Cell[] = [];
  let reason: string | undefined;
  while (more(tokens, "END_ARRAY")) {
    try {
      values.push(element(tokens));
    } catch (error) {
      if (!(error instanceof Partial)) throw error;
      reason ??= error.reason;
      values.push(error.value);
    }
  }
  return { values, reason };
}

/** A field that fails is null and makes the record malformed; the object is read on from where the parser then is. */
function objectConverter(schema: StructType, reading: JsonReading): Converter {
  const converters = schema.fields.map(({ type }) => converterOf(type, reading));
  const indexes = new Map(schema.fields.map(({ name }, index) => [name, index]));
  return (tokens) => {
    const row: Cell[] = schema.fields.map(() => null);
    let reason: string | undefined;
    while (more(tokens, "END_OBJECT")) {
      const index = indexes.get(tokens.currentName!);
      if (index === undefined) tokens.skipChildren();
      else {
        const failure = convertField(tokens, row, index, converters[index]!);
        reason ??= failure;
      }
    }
    if (reason !== undefined) throw new Partial(row, reason);
    return row;
  };
}

function convertField(tokens: JacksonTokens, row: Cell[], index: number, convert: Converter): string | undefined {
  try {
    row[index] = convert(tokens);
    return undefined;
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    if (error instanceof Partial) row[index] = error.value;
    else tokens.skipChildren();
    return error.reason;
  }
}

function arrayConverter(element: Converter): Converter {
  return (tokens) => {
    const { values, reason } = elements(tokens, element);
    if (reason !== undefined) throw new Partial(values, reason);
    return values;
  };
}

/** A map with a bad value is lost as a whole, but read to its end; values that are bad in part are kept. */
function mapConverter(value: Converter): Converter {
  return (tokens) => {
    const pairs: Cell[] = [];
    let partial: string | undefined;
    let bad: Malformed | undefined;
    while (more(tokens, "END_OBJECT")) {
      const key = wellFormed(tokens.currentName ?? "");
      try {
        pairs.push([key, value(tokens)]);
      } catch (error) {
        if (!(error instanceof Malformed)) throw error;
        if (error instanceof Partial) {
          partial ??= error.reason;
          pairs.push([key, error.value]);
        } else {
          bad ??= error;
          tokens.skipChildren();
        }
      }
    }
    if (bad !== undefined) throw bad;
    if (partial !== undefined) throw new Partial(pairs, partial);
    return pairs;
  };
}

/** Null for null, else what `accept` makes of the token; what it does not take is malformed. */
function scalar(type: DataType, accept: Accept): Converter {
  return (tokens) => {
    while (tokens.token === "FIELD_NAME") tokens.nextToken();
    const { token } = tokens;
    if (token === undefined || token === "VALUE_NULL") return null;
    const cell = accept(token, tokens);
    if (cell !== undefined) return cell;
    // Spark looks at the text before it gives up, so that a string is read, or fails, here.
    if (token === "VALUE_STRING") tokens.text();
    throw new Malformed(`Cannot parse the value of the field ${tokens.currentName} (${token}) as ${sqlName(type)}`);
  };
}

function integer(tokens: JacksonTokens, least: bigint, most: bigint): bigint {
  const value = BigInt(tokens.text());
  if (value < least || value > most) throw new Malformed(`Numeric value (${tokens.text()}) out of range`);
  return value;
}

const smallInteger =
  (least: number, most: number): Accept =>
  (token, tokens) =>
    token === "VALUE_NUMBER_INT" ? Number(integer(tokens, BigInt(least), BigInt(most))) : undefined;

// Jackson takes 128 to 255 for a byte, and wraps them.
const byte: Accept = (token, tokens) =>
  token === "VALUE_NUMBER_INT" ? (Number(integer(tokens, -128n, 255n)) << 24) >> 24 : undefined;

const floating =
  (features: JsonFeatures, round: (text: string) => number): Accept =>
  (token, tokens) => {
    if (token === "VALUE_NUMBER_INT") return wholeNumber(tokens.text(), round);
    if (token === "VALUE_NUMBER_FLOAT") return namedNumbers.get(tokens.text()) ?? round(tokens.text());
    return token === "VALUE_STRING" && features.allowNonNumericNumbers ? namedNumbers.get(tokens.text()) : undefined;
  };

/** Integers have no negative zero, and those beyond 64 bits pass through a double. */
function wholeNumber(text: string, round: (text: string) => number): number {
  const value = BigInt(text);
  return value >= -longRange && value < longRange ? round(text) + 0 : round(String(Number(text)));
}

const textOf = (token: JsonToken, tokens: JacksonTokens): string | undefined =>
  token === "VALUE_STRING" && tokens.text() !== "" ? tokens.text() : undefined;

const isNumber = (token: JsonToken): boolean => token === "VALUE_NUMBER_INT" || token === "VALUE_NUMBER_FLOAT";

const string =
  (_: DataType, { copiesValues = false }: JsonReading): Accept =>
  (token, tokens) => {
    if (token === "VALUE_STRING") return wellFormed(tokens.text());
    return copiesValues ? writeValue(tokens) : fromBytes.decode(tokens.rawValue());
  };

function decimalText(token: JsonToken, tokens: JacksonTokens): string | undefined {
  const text = textOf(token, tokens);
  return text === undefined ? undefined : asciiDigits(text.replaceAll(",", ""));
}

const fromText =
  (read: (text: string) => Cell | undefined): Accept =>
  (token, tokens) => {
    const text = textOf(token, tokens);
    return text === undefined ? undefined : read(text);
  };

function epochSeconds(tokens: JacksonTokens): bigint {
  return BigInt.asIntN(64, integer(tokens, -longRange, longRange - 1n) * 1_000_000n);
}

type Accepts = {
  [Kind in TypeKind]?: (type: Extract<DataType, { kind: Kind }>, reading: JsonReading) => Accept;
};

const accepts = {
  boolean: () => (token) => (token === "VALUE_TRUE" ? true : token === "VALUE_FALSE" ? false : undefined),
  tinyint: () => byte,
  smallint: () => smallInteger(-32_768, 32_767),
  int: () => smallInteger(-2_147_483_648, 2_147_483_647),
  bigint: () => (token, tokens) =>
    token === "VALUE_NUMBER_INT" ? integer(tokens, -longRange, longRange - 1n) : undefined,
  float: (_, { features }) => floating(features, nearestFloat),
  double: (_, { features }) => floating(features, Number),
  decimal: (type) => (token, tokens) => {
    const text = isNumber(token) ? tokens.text() : decimalText(token, tokens);
    return text === undefined ? undefined : decimalCell(text, type);
  },
  string,
  char: string,
  varchar: string,
  binary: () => (token, tokens) => (token === "VALUE_STRING" ? tokens.binary() : undefined),
  date: (_, { temporal }) => fromText(temporal.date),
  timestamp: (_, { temporal }) => {
    const accept = fromText(temporal.timestamp);
    return (token, tokens) => (token === "VALUE_NUMBER_INT" ? epochSeconds(tokens) : accept(token, tokens));
  },
  timestamp_ntz: (_, { temporal }) => fromText(temporal.localTimestamp),
  time: (_, { temporal }) => fromText(temporal.time),
  void: () => () => null,
} satisfies Accepts;

function converterOf(type: DataType, reading: JsonReading): Converter {
  if (type.kind === "struct") return structured(type, "START_OBJECT", objectConverter(type, reading));
  if (type.kind === "array") return structured(type, "START_ARRAY", arrayConverter(converterOf(type.element, reading)));
  if (type.kind === "map") return structured(type, "START_OBJECT", mapConverter(converterOf(type.value, reading)));
  if (type.kind === "variant") return variantConverter;
  if (type.kind === "udt") return converterOf(type.storage, reading);
  const accept = (accepts as Accepts)[type.kind] as ((type: DataType, reading: JsonReading) => Accept) | undefined;
  if (accept === undefined) throw unread(type);
  return scalar(type, accept(type, reading));
}

const unread = (type: DataType): UnsupportedError =>
  new UnsupportedError(`values of type ${sqlName(type)} are not read from JSON`, {
    condition: "UNSUPPORTED_DATATYPE",
    parameters: { typeName: `"${sqlName(type)}"` },
  });

const variantConverter: Converter = (tokens) => {
  while (tokens.token === "FIELD_NAME") tokens.nextToken();
  return tokens.token === undefined ? null : storedVariant(variantOf(tokens));
};

const structured = (type: DataType, start: JsonToken, convert: Converter): Converter =>
  scalar(type, (token, tokens) => (token === start ? convert(tokens) : undefined));
