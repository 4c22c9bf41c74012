/** `lakewright sql`: statements of Spark SQL from the command line or a file. */
import { readFile } from "node:fs/promises";
import { Command } from "commander";
import { sqlParser } from "../../functions/parsers.ts";
import { type DataFrame, isLakewrightError, SparkSession, simpleString } from "../../index.ts";
import { encodedRows } from "../answers.ts";
import { engineOption, engineSettings } from "../engine-option.ts";
import { UsageError } from "../failure.ts";
import { interruption } from "../interruption.ts";
import { formatOption, type OutputFormat, print } from "../output.ts";
import { historyFile, prompt } from "../sql-prompt.ts";
import { paint } from "../terminal.ts";

interface SqlOptions {
  readonly file?: string;
  readonly format: OutputFormat;
  readonly engine?: string;
  readonly keepGoing?: boolean;
  readonly param: readonly string[];
  readonly set: readonly string[];
  readonly warehouse?: string;
}

const listOf = (value: string, previous: readonly string[]): readonly string[] => [...previous, value];

export const sqlCommand = (): Command =>
  new Command("sql")
    .description("run statements of Spark SQL; a prompt without any")
    .argument("[statements]", "what to run, with semicolons between statements")
    .option("-f, --file <file>", "a file of statements")
    .addOption(formatOption())
    .addOption(engineOption())
    .option("--keep-going", "go on after a statement that failed")
    .option("--param <name=value>", "a text for :name in the statements", listOf, [])
    .option("--set <key=value>", "a setting of the session", listOf, [])
    .option("--warehouse <dir>", "the folder of the catalogue's tables")
    .action(sql);

async function sql(statements: string | undefined, options: SqlOptions): Promise<void> {
  if (statements === undefined && options.file === undefined && process.stdin.isTTY) return promptFor(options);
  const text = await textOf(statements, options);
  using interrupted = interruption((line) => process.stderr.write(`${line}\n`));
  await using spark = SparkSession.create(settingsOf(options));
  const failed = await runAll(spark, sqlParser().split(text), options, interrupted.signal);
  if (failed > 0) process.exitCode = 1;
}

async function promptFor(options: SqlOptions): Promise<void> {
  await using spark = SparkSession.create(settingsOf(options));
  const run = async (statement: string, signal: AbortSignal): Promise<void> => {
    await runAll(spark, [statement], { ...options, keepGoing: true }, signal).catch((error: unknown) =>
      tellFailure(error, statement, options.format),
    );
  };
  await prompt({ spark, input: process.stdin, output: process.stdout, run, history: historyFile() });
}

async function textOf(statements: string | undefined, { file }: SqlOptions): Promise<string> {
  if (statements !== undefined && file !== undefined) throw new UsageError("give statements or --file, not both");
  if (statements !== undefined) return statements;
  try {
    return await readFile(file === undefined || file === "-" ? "/dev/stdin" : file, "utf8");
  } catch (cause) {
    throw new UsageError(`the file ${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

function settingsOf({ set, warehouse, engine }: SqlOptions): Record<string, string | boolean> {
  const given = Object.fromEntries(set.map((pair) => pairOf("--set", pair)));
  const folder = warehouse === undefined ? {} : { "spark.sql.warehouse.dir": warehouse };
  return { "lakewright.recordOrigins": false, ...engineSettings(engine), ...folder, ...given };
}

function pairOf(option: string, pair: string): [string, string] {
  const at = pair.indexOf("=");
  if (at < 1) throw new UsageError(`${option} ${pair} is not name=value`);
  return [pair.slice(0, at), pair.slice(at + 1)];
}

async function runAll(
  spark: SparkSession,
  statements: readonly string[],
  options: SqlOptions,
  signal: AbortSignal,
): Promise<number> {
  const parameters =
    options.param.length === 0 ? undefined : Object.fromEntries(options.param.map((pair) => pairOf("--param", pair)));
  let failed = 0;
  for (const statement of statements) {
    signal.throwIfAborted();
    try {
      await show(await spark.execute(statement, parameters, { signal }), statement, options.format, signal);
    } catch (error) {
      failed += 1;
      if (options.keepGoing !== true || signal.aborted) throw error;
      tellFailure(error, statement, options.format);
    }
  }
  return failed;
}

async function show(frame: DataFrame, statement: string, format: OutputFormat, signal: AbortSignal): Promise<void> {
  if (format !== "jsonl") {
    if ((await frame.columns()).length > 0) await print(frame, { format });
    return;
  }
  const schema = await frame.schema();
  const rows = (await frame.collect({ rows: "array", longs: "bigint", signal })) as unknown[][];
  const columns = schema.fields.map(({ name, type, nullable }) => [name, simpleString(type), nullable]);
  writeLine({ sql: statement, schema: columns, rows: encodedRows(schema, rows) });
}

function tellFailure(error: unknown, statement: string, format: OutputFormat): void {
  const message = error instanceof Error ? error.message : String(error);
  if (format !== "jsonl") {
    process.stderr.write(`${paint("red", "error")}: ${message}\n`);
    return;
  }
  const [condition, sqlState] = isLakewrightError(error)
    ? [error.condition ?? null, error.sqlState ?? null]
    : [null, null];
  writeLine({ sql: statement, error: { condition, sqlState, message } });
}

const writeLine = (value: unknown): void => {
  process.stdout.write(`${JSON.stringify(value)}\n`);
};
