/** Odd files of XML, shared by the test against a running Spark and the one against its recorded answers. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SparkSession } from "lakewright";
import type { SparkPeer, SparkValue } from "../../services/client.ts";
import { sparkValue } from "../services/spark-value.ts";
import { type Random, random } from "./random.ts";

/** A set of options under which the files are read. */
export interface XmlStyle {
  readonly name: string;
  readonly options: Readonly<Record<string, string>>;
}

const row = { rowTag: "r" };
export const xmlStyles: readonly XmlStyle[] = [
  { name: "plain", options: row },
  { name: "spaces kept", options: { ...row, ignoreSurroundingSpaces: "false" } },
  { name: "texts of null", options: { ...row, nullValue: "", mode: "DROPMALFORMED" } },
  { name: "other names", options: { ...row, attributePrefix: "@", valueTag: "#", ignoreNamespace: "true" } },
];

export const oddXmlSchema = [
  ...[
    "a STRING",
    "b INT",
    "c DOUBLE",
    "d ARRAY<INT>",
    "f MAP<STRING, BIGINT>",
    "h DATE",
    "i TIMESTAMP",
    "j DECIMAL(10, 2)",
  ],
  ...["k BOOLEAN", "l BINARY", "m SMALLINT", "n FLOAT", "o ARRAY<STRING>", "_VALUE STRING", "_p STRING"],
  "e STRUCT<a: INT, b: STRING, _k: INT, _VALUE: STRING, e: STRUCT<a: INT, d: ARRAY<DOUBLE>>>",
  "g ARRAY<STRUCT<a: BIGINT, _p: STRING, b: ARRAY<STRING>>>",
  "s MAP<STRING, STRUCT<a: INT, _p: STRING>>",
  "_corrupt_record STRING",
].join(", ");

const names = [..."abcdefghijklmnos", ..."abdefgs", "z", "A", "x:a", "q:z"];
const texts = [
  ...[
    "1",
    "-7",
    "+5",
    "--5",
    "007",
    "1.5",
    "1e3",
    "-2147483648",
    "99999999999",
    "NaN",
    "-Infinity",
    "1,000",
    "x",
    "x y",
  ],
  ...["true", "FALSE", "0", "2024-01-02", "2024-1-2", "2024-02-30", "2024-01-02T03:04:05", "2024-01-02 03:04:05+01:00"],
  ...[
    "[61 62]",
    "61",
    " 1 ",
    " ",
    "\n",
    "&lt;",
    "&amp;",
    "&#65;",
    "<![CDATA[<q>]]>",
    "<!-- c -->",
    "<?p i?>",
    "\u00e9",
    "\u{1f600}",
  ],
];
/** Files of one to three rows each; one in four is cut short. */
export function oddXmlFiles(seed: number, count: number): readonly string[] {
  const source = random(seed);
  return Array.from({ length: count }, () => (source.oneIn(4) ? cut(source) : document(source)));
}

const several = (source: Random, most: number, make: () => string): string =>
  Array.from({ length: source.int(most + 1) }, make).join("");

function document(source: Random): string {
  const rows = Array.from({ length: 1 + source.int(3) }, () => element(source, "r", 3));
  return `<ROWS>${rows.join(source.pick(["", "\n"]))}</ROWS>`;
}

function element(source: Random, name: string, depth: number): string {
  const attributes = several(source, 1, () => ` ${source.pick(["p", "k"])}="${source.pick(["1", "x", " ", ""])}"`);
  if (source.oneIn(8)) return `<${name}${attributes}/>`;
  const child = (): string =>
    depth === 0 || source.oneIn(3)
      ? source.pick(texts)
      : element(source, source.pick(names), depth - 1 - source.int(2) < 0 ? 0 : depth - 1);
  const content =
    name === "r" ? several(source, 6, child) : source.oneIn(2) ? source.pick(texts) : several(source, 3, child);
  return `<${name}${attributes}>${content}</${name}>`;
}

// After other faults Spark goes on in ways of its own, and after a cut in an entity or in the sign of CDATA too.
function cut(source: Random): string {
  const whole = document(source);
  return whole.slice(0, source.int(whole.length)).replace(/(?:&[^;]*|<!\[?[A-Z]*)$/, "");
}

const fileName = (index: number): string => `f${String(index).padStart(5, "0")}.xml`;

export function writeOddXml(folder: string, files: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  for (const [index, content] of files.entries()) writeFileSync(join(folder, fileName(index)), content);
}

/** What the embedded engine reads, with the name of each row's file. */
export async function readOddXml(spark: SparkSession, folder: string, { options }: XmlStyle): Promise<SparkValue[][]> {
  const frame = spark.read.schema(oddXmlSchema).options(options).xml(folder).select("*", "_metadata.file_name");
  const { fields } = await frame.schema();
  const rows = (await frame.collect({ rows: "array", longs: "bigint" })) as unknown as unknown[][];
  return rows.map((values) => fields.map(({ type }, index) => sparkValue(values[index], type)));
}

/** What Spark reads. */
export async function sparksOddXml(peer: SparkPeer, path: string, { options }: XmlStyle) {
  const code = `result = spark.read.schema(schema).options(**options).xml(path).select("*", "_metadata.file_name")`;
  return (await peer.python(code, { schema: oddXmlSchema, options, path })).rows;
}

/** The rows of each file, in their order, by its number; none where it gave none. */
export function xmlByFile(rows: readonly (readonly SparkValue[])[]): SparkValue[][][] {
  const files: SparkValue[][][] = [];
  for (const values of rows) {
    const index = Number(String(values.at(-1)).slice(1, -".xml".length));
    files[index] = [...(files[index] ?? []), values.slice(0, -1)];
  }
  return files;
}
