/**
 * Records what a real Spark answers, for the tests that run without one:
 * `node services/run.ts --exec node --conditions=lakewright:source test/formats/record.ts`.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectSpark } from "../../services/client.ts";
import { fileCases } from "./file-cases.ts";
import { sparksFiles } from "./file-outcome.ts";
import { handPicked, oddJsonLines } from "./json-lines.ts";
import { csvByLine, csvStyles, oddCsvLines, oddCsvSchema, writeOddCsv } from "./odd-csv.ts";
import { byLine, comparable, oddJsonSchema, writeOddJson } from "./odd-json.ts";
import { oddXmlFiles, sparksOddXml, writeOddXml, xmlByFile, xmlStyles } from "./odd-xml.ts";
import { answerOf, askedTypes, parquetColumns, writeColumn } from "./parquet-types.ts";

const answers = join(import.meta.dirname, "../answers/formats");
const folder = mkdtempSync(join(tmpdir(), "record-"));
mkdirSync(answers, { recursive: true });
const spark = await connectSpark();
try {
  await recordJsonLines();
  await recordCsvLines();
  await recordXmlFiles();
  await recordFiles();
  await recordParquetTypes();
} finally {
  await spark.close();
  rmSync(folder, { recursive: true });
}

async function recordJsonLines(): Promise<void> {
  const lines = [...handPicked(), ...oddJsonLines(7, 250)];
  const path = join(folder, "odd.jsonl");
  writeOddJson(path, lines);
  const { rows } = await spark.read({ format: "json", path, schema: oddJsonSchema });
  const entries = byLine(comparable(rows)).map((given, index) =>
    JSON.stringify({ line: Buffer.from(lines[index]!).toString("base64"), rows: given }),
  );
  writeFileSync(join(answers, "json-lines.json"), `[\n${entries.join(",\n")}\n]\n`);
}

async function recordCsvLines(): Promise<void> {
  const entries: string[] = [];
  for (const style of csvStyles) {
    const lines = oddCsvLines(7, 30, style);
    const path = join(folder, "odd.csv");
    writeOddCsv(path, lines);
    const { rows } = await spark.read({ format: "csv", path, schema: oddCsvSchema, options: style.options });
    for (const [index, given] of csvByLine(rows).entries())
      entries.push(JSON.stringify({ style: style.name, line: lines[index], rows: given }));
  }
  writeFileSync(join(answers, "csv-lines.json"), `[\n${entries.join(",\n")}\n]\n`);
}

async function recordXmlFiles(): Promise<void> {
  const entries: string[] = [];
  for (const style of xmlStyles) {
    const files = oddXmlFiles(7, 60);
    const path = join(folder, `xml ${style.name}`);
    writeOddXml(path, files);
    const given = xmlByFile(await sparksOddXml(spark, path, style));
    for (const [index, content] of files.entries())
      entries.push(JSON.stringify({ style: style.name, content, rows: given[index] ?? [] }));
  }
  writeFileSync(join(answers, "xml-files.json"), `[\n${entries.join(",\n")}\n]\n`);
}

async function recordFiles(): Promise<void> {
  const entries: string[] = [];
  for (const [index, given] of fileCases.entries()) {
    const recorded = await sparksFiles(given, join(folder, String(index)), spark);
    entries.push(`${JSON.stringify(given.name)}: ${JSON.stringify(recorded)}`);
  }
  writeFileSync(join(answers, "files.json"), `{\n${entries.join(",\n")}\n}\n`);
}

async function recordParquetTypes(): Promise<void> {
  const entries: string[] = [];
  for (const column of parquetColumns) {
    const path = join(folder, `column ${column.name}`);
    await writeColumn(spark, column, path);
    const file = readFileSync(join(path, readdirSync(path).find((name) => name.startsWith("part-"))!));
    const read = async (type: string) =>
      (await sparksFiles({ name: type, format: "parquet", schema: `v ${type}` }, path, spark)).outcome;
    const answered: [string, unknown][] = [];
    for (const type of askedTypes) answered.push([type, answerOf(await read(type))]);
    const recorded = { file: file.toString("base64"), answers: Object.fromEntries(answered) };
    entries.push(`${JSON.stringify(column.name)}: ${JSON.stringify(recorded)}`);
  }
  writeFileSync(join(answers, "parquet-types.json"), `{\n${entries.join(",\n")}\n}\n`);
}
