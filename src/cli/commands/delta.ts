/** `lakewright delta`: what is in Delta tables, and what looks after them. */
import { Command } from "commander";
import { type DataFrame, SparkSession } from "../../index.ts";
import { resolveUri } from "../../storage/path.ts";
import { quoted, stringLiteral } from "../../types/identifier.ts";
import { UsageError } from "../failure.ts";
import { interruption } from "../interruption.ts";
import { formatOption, type OutputFormat, print } from "../output.ts";

interface TableOptions {
  readonly format: OutputFormat;
}

interface Given extends TableOptions {
  readonly dryRun?: boolean;
  readonly full?: boolean;
  readonly limit?: string;
  readonly retainHours?: string;
  readonly timestamp?: string;
  readonly version?: string;
  readonly where?: string;
  readonly zorderBy?: string;
}

/** A statement about a table, its name being quoted already. */
type StatementOf = (table: string, options: Given) => string;

const dryRun = ["--dry-run", "only name the files"] as const;

/** The commands: what each says of itself, its options, and the statement that it runs. */
const commands: Readonly<
  Record<
    string,
    {
      readonly about: string;
      readonly options: readonly (readonly [string, string])[];
      readonly statement: StatementOf;
    }
  >
> = {
  history: {
    about: "the commits, the newest first",
    options: [["--limit <n>", "how many commits"]],
    statement: (table, { limit }) => `DESCRIBE HISTORY ${table}${limit === undefined ? "" : ` LIMIT ${whole(limit)}`}`,
  },
  detail: {
    about: "the table's size, properties and protocol",
    options: [],
    statement: (table) => `DESCRIBE DETAIL ${table}`,
  },
  vacuum: {
    about: "delete files that no version within the retention needs",
    options: [["--retain-hours <n>", "how long files of older versions stay"], dryRun],
    statement: (table, { retainHours, ...options }) =>
      `VACUUM ${table}${retainHours === undefined ? "" : ` RETAIN ${whole(retainHours)} HOURS`}${dry(options)}`,
  },
  optimize: {
    about: "put small files together",
    options: [
      ["--where <condition>", "only these partitions"],
      ["--zorder-by <columns>", "place rows by these columns, with commas between"],
    ],
    statement: (table, { where, zorderBy }) =>
      `OPTIMIZE ${table}${where === undefined ? "" : ` WHERE ${where}`}${zorderBy === undefined ? "" : ` ZORDER BY (${zorderBy})`}`,
  },
  restore: {
    about: "make the table what it was, as a new version",
    options: [
      ["--version <n>", "at a version"],
      ["--timestamp <time>", "at a time, such as '2026-01-31 12:00:00'"],
    ],
    statement: (table, options) => `RESTORE TABLE ${table} TO ${momentOf(options)}`,
  },
  fsck: {
    about: "take files out of the table that are gone, mend its checksum",
    options: [dryRun],
    statement: (table, options) => `FSCK REPAIR TABLE ${table}${dry(options)}`,
  },
};

export const deltaCommand = (): Command => {
  const command = new Command("delta").description("look into Delta tables, and look after them");
  for (const [name, { about, options, statement }] of Object.entries(commands)) {
    const each = new Command(name)
      .description(about)
      .argument("<path>", "the table's folder")
      .addOption(formatOption());
    for (const [flags, meaning] of options) each.option(flags, meaning);
    command.addCommand(
      each.action((path: string, given: Given) => run(statement(nameOf(path), given), given)).exitOverride(),
    );
  }
  return command;
};

const nameOf = (path: string): string => `delta.${quoted(resolveUri(path))}`;

const dry = ({ dryRun: isDry }: Pick<Given, "dryRun">): string => (isDry === true ? " DRY RUN" : "");

function whole(text: string): string {
  if (/^\d+$/.test(text)) return text;
  throw new UsageError(`${text} is not a whole number`);
}

function momentOf({ version, timestamp }: Given): string {
  if ((version === undefined) === (timestamp === undefined)) throw new UsageError("give --version or --timestamp");
  return version === undefined ? `TIMESTAMP AS OF ${stringLiteral(timestamp!)}` : `VERSION AS OF ${whole(version)}`;
}

async function run(statement: string, { format }: TableOptions): Promise<void> {
  using interrupted = interruption((line) => process.stderr.write(`${line}\n`));
  await using spark = SparkSession.create({ "lakewright.recordOrigins": false });
  interrupted.signal.throwIfAborted();
  await print((await spark.execute(statement)) as DataFrame, { format });
}
