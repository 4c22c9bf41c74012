/** `lakewright show PATH`. */
import { Command } from "commander";
import { type DataFrame, SparkSession } from "../../index.ts";
import { UsageError } from "../failure.ts";
import { interruption } from "../interruption.ts";
import { numberOf } from "../job-options.ts";
import { formatOption, type OutputFormat, print } from "../output.ts";
import { detectFormat } from "../source-format.ts";

interface ShowOptions {
  readonly schema?: boolean;
  readonly limit: string;
  readonly format: OutputFormat;
}

export const showCommand = (): Command =>
  new Command("show")
    .description("show the rows or the schema of files")
    .argument("<path>", "a file or folder of Parquet, JSON lines or CSV")
    .option("--schema", "show the schema instead of rows")
    .option("--limit <n>", "how many rows to show", "20")
    .addOption(formatOption())
    .action(show);

async function show(path: string, { schema, limit, format }: ShowOptions): Promise<void> {
  const rows = numberOf("limit", limit);
  if (!Number.isInteger(rows) || rows < 0) throw new UsageError(`--limit ${limit} is not a number of rows`);
  using interrupted = interruption((line) => process.stderr.write(`${line}\n`));
  await using spark = SparkSession.create({ "lakewright.recordOrigins": false });
  const source = await detectFormat(path);
  const frame = spark.read
    .format(source)
    .options(source === "csv" ? { header: true, inferSchema: true } : {})
    .load(path);
  interrupted.signal.throwIfAborted();
  if (schema === true) await showSchema(frame, format);
  else await print(frame, { format, limit: rows });
}

async function showSchema(frame: DataFrame, format: OutputFormat): Promise<void> {
  if (format === "table") return frame.printSchema();
  const { fields } = await frame.schema();
  const types = await frame.dtypes();
  await print(
    fields.map(({ name, nullable }, index) => ({ name, type: types[index]![1], nullable })),
    { format },
  );
}
