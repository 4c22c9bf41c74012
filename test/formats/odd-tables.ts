/** Tables of random types, names and values, as SQL that gives the same rows on either engine. */
import { type Random, random } from "./random.ts";

/** What a format can hold; types beyond have no place in it. */
export interface Holds {
  readonly leaves: readonly Leaf[];
  /** The keys of maps. */
  readonly keys: readonly Leaf[];
  /** How deep values may be nested in each other; 0 for plain values only. */
  readonly depth: number;
  readonly names: readonly string[];
  readonly columns: number;
}

export interface OddTable {
  /** A query of the rows. */
  readonly sql: string;
  /** The schema as DDL, for formats that have no types. */
  readonly schema: string;
}

/** A type with what SQL makes a random value of it. */
interface OddType {
  readonly ddl: string;
  readonly value: (source: Random) => string;
}

const rowsOfTable = 8;

/** A table of as many columns as the format is given. */
export function oddTable(seed: number, holds: Holds): OddTable {
  const source = random(seed);
  const names = someNames(source, holds.columns, holds.names);
  const types = names.map(() => oddType(source, holds, source.int(holds.depth + 1)));
  const row = (): string => `(${types.map((type) => cast(orNull(source, type), type)).join(", ")})`;
  const rows = Array.from({ length: rowsOfTable }, row);
  return {
    sql: `SELECT * FROM VALUES ${rows.join(",\n")} AS t(${names.map(quoted).join(", ")})`,
    schema: names.map((name, index) => `${quoted(name)} ${types[index]!.ddl}`).join(", "),
  };
}

const quoted = (name: string): string => `\`${name.replaceAll("`", "``")}\``;

const cast = (value: string, { ddl }: OddType): string => `CAST(${value} AS ${ddl})`;

const orNull = (source: Random, { value }: OddType): string => (source.oneIn(6) ? "NULL" : value(source));

/** Names that differ by more than case. */
function someNames(source: Random, count: number, names: readonly string[]): readonly string[] {
  const found = new Map<string, string>();
  while (found.size < count) {
    const name = `${source.pick(names)}${source.oneIn(3) ? source.int(count * 2) : ""}`;
    if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), name);
  }
  return [...found.values()];
}

function oddType(source: Random, holds: Holds, depth: number): OddType {
  if (depth === 0) return oddLeaf(source, source.pick(holds.leaves));
  const inner = (): OddType => oddType(source, holds, source.int(depth));
  return source.pick([arrayOf, mapOf, structOf])(source, inner, holds);
}

function arrayOf(_: Random, inner: () => OddType): OddType {
  const element = inner();
  const ddl = `ARRAY<${element.ddl}>`;
  const items = (source: Random) => several(source, () => cast(orNull(source, element), element));
  return { ddl, value: (source) => cast(`array(${items(source).join(", ")})`, { ...element, ddl }) };
}

function mapOf(source: Random, inner: () => OddType, { keys }: Holds): OddType {
  const [key, item] = [oddLeaf(source, source.pick(keys)), inner()];
  const ddl = `MAP<${key.ddl}, ${item.ddl}>`;
  const entries = (given: Random): readonly string[] =>
    [...new Set(several(given, () => cast(key.value(given), key)))].map(
      (name) => `${name}, ${cast(orNull(given, item), item)}`,
    );
  return { ddl, value: (given) => cast(`map(${entries(given).join(", ")})`, { ...item, ddl }) };
}

function structOf(source: Random, inner: () => OddType, { names }: Holds): OddType {
  const fields = someNames(source, 1 + source.int(3), names).map((name) => ({ name, type: inner() }));
  const ddl = `STRUCT<${fields.map(({ name, type }) => `${quoted(name)}: ${type.ddl}`).join(", ")}>`;
  const parts = (given: Random): readonly string[] =>
    fields.map(({ name, type }) => `${textSql(name)}, ${cast(orNull(given, type), type)}`);
  return { ddl, value: (given) => `named_struct(${parts(given).join(", ")})` };
}

const several = <Item>(source: Random, make: () => Item): Item[] => Array.from({ length: source.int(4) }, make);

const textSql = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

const from =
  (ddl: string, ...texts: readonly string[]) =>
  (): OddType => ({ ddl, value: (source) => cast(textSql(source.pick(texts)), { ddl, value: () => "" }) });

const pieces = [
  ...["a", "Z", "\u00e9", "e\u0301", "\u{1f600}", "\u6771", " ", "  ", "\t", "\n", "\r", "\r\n", ",", ";", "|", '"'],
  ...[
    "'",
    "\\",
    "\\n",
    "/",
    "<",
    ">",
    "&",
    "&amp;",
    "]]>",
    "{",
    "}",
    "[",
    "null",
    "NaN",
    "1",
    "-0",
    "true",
    "2024-01-02",
  ],
  ...["\u00a0", "\u2028", "\u0085", "\ufeff", "\u0001", "\u007f", "#", "=", "%20", "`", "."],
];

const oddText = (source: Random): string => Array.from({ length: source.int(5) }, () => source.pick(pieces)).join("");

const dates = [
  ...["0001-01-01", "0099-12-31", "1000-02-28", "1500-02-28", "1582-10-04", "1582-10-05", "1582-10-14", "1582-10-15"],
  ...["1600-02-29", "1899-12-31", "1969-12-31", "1970-01-01", "2024-02-29", "9999-12-31"],
];
const times = ["00:00:00", "00:00:00.000001", "12:34:56.789", "23:59:59.999999"];
const moments = dates.flatMap((date) => times.map((time) => `${date} ${time}`));

const decimals: readonly (readonly [precision: number, scale: number])[] = [
  ...([
    [1, 0],
    [4, 2],
    [9, 0],
    [9, 9],
    [10, 0],
    [18, 3],
    [19, 0],
    [28, 10],
    [38, 0],
    [38, 18],
    [38, 38],
  ] as const),
];

function oddDecimal(source: Random): OddType {
  const [precision, scale] = source.pick(decimals);
  const number = (given: Random, digit: () => string): string =>
    `${given.pick(["", "-"])}${Array.from({ length: precision - scale }, digit).join("") || "0"}.${Array.from({ length: scale }, digit).join("")}`;
  const digits = [() => "9", () => "0"];
  return {
    ddl: `DECIMAL(${precision}, ${scale})`,
    value: (given) => textSql(number(given, given.pick([...digits, () => String(given.int(10))]))),
  };
}

/** The plain types. */
const leaves = {
  boolean: from("BOOLEAN", "true", "false"),
  tinyint: from("TINYINT", "-128", "-1", "0", "127"),
  smallint: from("SMALLINT", "-32768", "-1", "0", "32767"),
  int: from("INT", "-2147483648", "-1", "0", "7", "2147483647"),
  bigint: from("BIGINT", "-9223372036854775808", "-1", "0", "9007199254740993", "9223372036854775807"),
  float: from("FLOAT", "0", "-0.0", "1.5", "0.1", "1e-45", "3.4028235E38", "16777216", "NaN", "Infinity", "-Infinity"),
  double: from(
    "DOUBLE",
    "0",
    "-0.0",
    "0.1",
    "5e-324",
    "1.7976931348623157E308",
    "1e7",
    "1e-3",
    "123456789",
    "NaN",
    "-Infinity",
  ),
  decimal: oddDecimal,
  string: (): OddType => ({ ddl: "STRING", value: (source) => textSql(oddText(source)) }),
  binary: from("BINARY", "", "a", "\u00e9", "\u0000\u0001", "abcdefghijklmnopq", '\n,"'),
  date: from("DATE", ...dates),
  timestamp: from("TIMESTAMP", ...moments),
  timestamp_ntz: from("TIMESTAMP_NTZ", ...moments),
  "year-month interval": from("INTERVAL YEAR TO MONTH", "0-0", "-1-11", "178956970-7"),
  "day-time interval": from("INTERVAL DAY TO SECOND", "0 00:00:00", "-1 02:03:04.000005", "106751991 04:00:54.775807"),
} as const satisfies Readonly<Record<string, (source: Random) => OddType>>;

export type Leaf = keyof typeof leaves;

const allLeaves = Object.keys(leaves) as readonly Leaf[];

const oddLeaf = (source: Random, leaf: Leaf): OddType => leaves[leaf](source);

const plainNames = ["a", "b", "value", "Key", "id", "x1", "long_name_of_a_column"];
const oddNames = [
  ...plainNames,
  ...["a.b", "x`y", "\u{1f600}", "n\nl", "c,d", " lead", "trail ", "\u00e9", "SELECT", "1", '"q"', "'s'", "a b", "<t>"],
  ...["=", "%", "{}", "(c)", ";", "\t", "\\", "/", "[0]", "#", "-", "\u6771", "_x"],
];

const textLeaves: readonly Leaf[] = [
  ...(["boolean", "tinyint", "smallint", "int", "bigint", "float", "double", "decimal", "string", "date"] as const),
  ...(["timestamp", "timestamp_ntz"] as const),
];
const anyKeys: readonly Leaf[] = ["string", "int", "date"];
const onlyTexts: readonly Leaf[] = ["string"];

/** What each format is given. */
export const holdsOf = {
  parquet: { leaves: allLeaves, keys: anyKeys, depth: 3, names: oddNames, columns: 12 },
  avro: {
    leaves: [...textLeaves, "binary", "year-month interval", "day-time interval"],
    keys: onlyTexts,
    depth: 3,
    names: plainNames,
    columns: 10,
  },
  json: { leaves: [...textLeaves, "binary"], keys: onlyTexts, depth: 3, names: oddNames, columns: 10 },
  csv: { leaves: textLeaves, keys: anyKeys, depth: 0, names: oddNames, columns: 10 },
  // What is nested in lists of lists is read by neither, and maps have keys that are no names of elements.
  xml: { leaves: [...textLeaves, "binary"], keys: onlyTexts, depth: 1, names: plainNames, columns: 1 },
  text: { leaves: onlyTexts, keys: onlyTexts, depth: 0, names: ["value"], columns: 1 },
} as const satisfies Readonly<Record<string, Holds>>;

export type TableFormat = keyof typeof holdsOf;
