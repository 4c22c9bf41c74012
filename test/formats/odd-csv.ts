/** Odd lines of CSV, shared by the test against a running Spark and the one against its recorded answers. */
import { writeFileSync } from "node:fs";
import type { SparkSession } from "lakewright";
import type { SparkValue } from "../../services/client.ts";
import { sparkValue } from "../services/spark-value.ts";
import { type Random, random } from "./random.ts";

/** A set of options under which the lines are read. */
export interface CsvStyle {
  readonly name: string;
  readonly options: Readonly<Record<string, string>>;
  /** Which lines are read under them; all where absent. */
  readonly takes?: (line: string) => boolean;
}

/** Whether values that begin with a quote have but that and one at their end. */
function hasPlainQuotes(line: string): boolean {
  return line.split(/\|\||\r/).every((value) => !value.startsWith('"') || /^"[^"\\]*"$/.test(value));
}

export const csvStyles: readonly CsvStyle[] = [
  { name: "plain", options: {} },
  { name: "quotes escape quotes", options: { escape: '"' } },
  { name: "other signs", options: { sep: ";", quote: "'", escape: "^", comment: "#" } },
  { name: "white space", options: { ignoreLeadingWhiteSpace: "true", ignoreTrailingWhiteSpace: "true" } },
  { name: "texts of null", options: { nullValue: "null", emptyValue: "EMPTY", nanValue: "nan", positiveInf: "inf" } },
  { name: "no quotes", options: { quote: "" } },
  { name: "closing quote", options: { unescapedQuoteHandling: "STOP_AT_CLOSING_QUOTE" } },
  { name: "back to the delimiter", options: { unescapedQuoteHandling: "BACK_TO_DELIMITER" } },
  { name: "values skipped", options: { unescapedQuoteHandling: "SKIP_VALUE" } },
  { name: "a separator of several characters", options: { sep: "||" }, takes: hasPlainQuotes },
  { name: "escapes of escapes", options: { charToEscapeQuoteEscaping: "^" } },
];

export const oddCsvSchema =
  "a STRING, b INT, c DOUBLE, d BOOLEAN, e DATE, f TIMESTAMP, g DECIMAL(10,2), h STRING, _corrupt_record STRING";

const pieces: readonly string[] = [
  ...'abc,,,,;"""\'\'\\\\^#  ',
  ...["\t", "\r", '"a"', '"a,b"', '""', '\\"', "null", "nan", "inf", "EMPTY", "NaN", "Inf", "-Inf", "x y", "||", "|"],
  ...["1", "-7", "007", "1.5", "1e3", "99999999999", "true", "FALSE", "2024-01-02", "2024-1-2", "2024-02-30"],
  ...["2024-01-02T03:04:05", "2024-01-02 03:04:05.123456", "1,234.5", "\u00e9", "\u{1f600}", "+", "0x1F", "\u00a0"],
];

/** Values that fit the columns, which odd pieces then break. */
const tidy: readonly (readonly string[])[] = [
  ["a", "'q'", '"x, y"', "", " s "],
  ["1", "-2", "", "2147483648"],
  ["1.5", "", "1e3", "NaN"],
  ["true", "false", ""],
  ["2024-01-02", ""],
  ["2024-01-02T03:04:05", "2024-01-02 03:04:05+01:00", ""],
  ["1.25", "123456789.1", ""],
  ["end", '"the ""end"""', ""],
];

/** Lines without line feeds. */
export function oddCsvLines(seed: number, count: number, { options, takes = () => true }: CsvStyle): string[] {
  const source = random(seed);
  const line = (): string => (source.oneIn(3) ? tidyLine(source, options.sep ?? ",") : oddLine(source));
  const lines: string[] = [];
  while (lines.length < count) lines.push(...[line()].filter(takes));
  return lines;
}

const oddLine = (source: Random): string =>
  Array.from({ length: 1 + source.int(14) }, () => source.pick(pieces)).join("");

function tidyLine(source: Random, separator: string): string {
  const values = tidy.slice(0, 1 + source.int(tidy.length)).map((choices) => source.pick(choices));
  if (source.oneIn(2)) values[source.int(values.length)] = oddLine(source);
  return values.join(separator);
}

/** Stands between the odd lines and tells which one was before. */
const marker = (index: number): string => `mark ${index} mark`;

export const writeOddCsv = (path: string, lines: readonly string[]): void =>
  writeFileSync(path, lines.map((line, index) => `${line}\n${marker(index)}\n`).join(""));

export async function readOddCsv(spark: SparkSession, path: string, { options }: CsvStyle): Promise<SparkValue[][]> {
  const frame = spark.read.schema(oddCsvSchema).options(options).csv(path);
  const { fields } = await frame.schema();
  const rows = (await frame.collect({ rows: "array", longs: "bigint" })) as unknown as unknown[][];
  return rows.map((row) => fields.map(({ type }, index) => sparkValue(row[index], type)));
}

/** The rows of each line, by its number. */
export function csvByLine(rows: readonly (readonly SparkValue[])[]): SparkValue[][][] {
  const lines: SparkValue[][][] = [];
  let current: SparkValue[][] = [];
  for (const row of rows) {
    const index = /^mark (\d+) mark$/.exec(String(row[0]))?.[1];
    if (index === undefined) current.push([...row]);
    else {
      lines[Number(index)] = current;
      current = [];
    }
  }
  return lines;
}
