/** One CSV record as Spark reads it: `UnivocityParser` over its tokenizer. */
import { UnsupportedError } from "../../../../errors.ts";
import type { DataType, StructType, TypeKind } from "../../../../types/data-type.ts";
import { sqlName } from "../../../../types/type-name.ts";
import { wellFormed } from "../../../../types/well-formed.ts";
import { type Cell, decimalCell } from "../text/cell.ts";
import { asciiDigits, javaDouble, javaFloat, javaInteger } from "../text/java-numbers.ts";
import { Malformed } from "../text/malformed.ts";
import { nullVariant, storedVariant } from "../text/variant-text.ts";
import type { CsvOptions } from "./csv-options.ts";
import { CsvTokenizer, type Tokens } from "./csv-tokenizer.ts";
import { variantReader } from "./csv-variant.ts";

/** A record's row, and why it is malformed if it is. A malformed record keeps the values that could be read. */
export interface CsvRecord {
  readonly row: readonly Cell[];
  readonly reason: string | undefined;
}

/** The value of a token, or undefined for one that cannot be read. */
type Convert = (token: string) => Cell | undefined;

/** Which of a file's columns are wanted. */
export interface CsvColumns {
  /** All columns of the files, without that of corrupt records. */
  readonly file: StructType;
  readonly wanted: StructType;
  /** Whether the others are passed over unread, so that nobody counts them. */
  readonly isPruned: boolean;
}

/** Reads records, each a row. */
export interface CsvReader {
  readonly tokenizer: CsvTokenizer;
  /** The row of a line. */
  line(text: string): CsvRecord;
  /** The row of a record's values. */
  record(tokens: Tokens | undefined): CsvRecord;
}

/** Reads records of one schema. */
export class CsvRecordReader implements CsvReader {
  readonly tokenizer: CsvTokenizer;
  readonly #converters: readonly Convert[];
  /** Where each wanted column's token is. */
  readonly #places: readonly number[];
  readonly #count: number;
  readonly #nullValue: string;
  /** What each wanted column has where its token is null. */
  readonly #nulls: readonly Cell[];

  /**
   * @param columns - the columns of the files and those wanted
   * @param options - of the CSV source
   * @throws UnsupportedError for a type that is not read from CSV
   */
  constructor({ file, wanted, isPruned }: CsvColumns, options: CsvOptions) {
    const places = wanted.fields.map(({ name }) => file.fields.findIndex((field) => field.name === name));
    const isSelected = isPruned && wanted.fields.length < file.fields.length;
    this.tokenizer = new CsvTokenizer(options.rules, isSelected ? places : undefined);
    this.#places = isSelected ? places.map((_, index) => index) : places;
    this.#count = isSelected ? places.length : file.fields.length;
    this.#converters = wanted.fields.map(({ type }) => converterOf(type, options));
    this.#nullValue = options.rules.nullValue;
    this.#nulls = wanted.fields.map(({ type }) => (type.kind === "variant" ? nullVariant : null));
  }

  line(text: string): CsvRecord {
    try {
      return this.record(this.tokenizer.line(text));
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      return { row: this.#converters.map(() => null), reason: error.reason };
    }
  }

  record(tokens: Tokens | undefined): CsvRecord {
    if (tokens === undefined) return { row: this.#converters.map(() => null), reason: "the record has no values" };
    let reason =
      tokens.length === this.#count
        ? undefined
        : `the record has ${tokens.length} values where ${this.#count} are expected`;
    const row = this.#places.map((place, index) => {
      if (place >= tokens.length) return null;
      const token = tokens[place]!;
      if (token === null || token === this.#nullValue) return this.#nulls[index]!;
      const cell = this.#converters[index]!(token);
      if (cell === undefined) reason ??= `a value cannot be read: ${token}`;
      return cell ?? null;
    });
    return { row, reason };
  }
}

const integer =
  (least: bigint, most: bigint): Convert =>
  (token) => {
    const value = javaInteger(token, least, most);
    return value === undefined ? undefined : Number(value);
  };

function floating(
  { nanValue, negativeInfinity, positiveInfinity }: CsvOptions,
  parse: (text: string) => number | undefined,
): Convert {
  const named = new Map([
    [positiveInfinity, Number.POSITIVE_INFINITY],
    [negativeInfinity, Number.NEGATIVE_INFINITY],
    [nanValue, Number.NaN],
  ]);
  return (token) => named.get(token) ?? parse(token);
}

const boolean: Convert = (token) => {
  const text = token.toLowerCase();
  return text === "true" ? true : text === "false" ? false : undefined;
};

const string: Convert = (token) => wellFormed(token);
const longRange = 1n << 63n;
const encoder = new TextEncoder();

type Converters = { [Kind in TypeKind]?: (type: Extract<DataType, { kind: Kind }>, options: CsvOptions) => Convert };

const converters: Converters = {
  tinyint: () => integer(-128n, 127n),
  smallint: () => integer(-32_768n, 32_767n),
  int: () => integer(-2_147_483_648n, 2_147_483_647n),
  bigint: () => (token) => javaInteger(token, -longRange, longRange - 1n),
  float: (_, options) => floating(options, javaFloat),
  double: (_, options) => floating(options, javaDouble),
  boolean: () => boolean,
  decimal: (type) => (token) => decimalCell(asciiDigits(token.replaceAll(",", "")), type),
  date: (_, { temporal }) => temporal.date,
  timestamp: (_, { temporal }) => temporal.timestamp,
  timestamp_ntz: (_, { temporal }) => temporal.localTimestamp,
  time: (_, { temporal }) => temporal.time,
  string: () => string,
  char: () => string,
  varchar: () => string,
  binary: () => (token) => encoder.encode(wellFormed(token)),
  variant: (_, options) => {
    const read = variantReader(options);
    return (token) => storedVariant(read(token));
  },
  udt: ({ storage }, options) => converterOf(storage, options),
};

function converterOf(type: DataType, options: CsvOptions): Convert {
  const converter = converters[type.kind] as ((type: DataType, options: CsvOptions) => Convert) | undefined;
  if (converter !== undefined) return converter(type, options);
  throw new UnsupportedError(`the CSV source does not read values of type ${sqlName(type)}`, {
    condition: "UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE",
    sqlState: "0A000",
    parameters: { format: "CSV", columnType: sqlName(type) },
  });
}
