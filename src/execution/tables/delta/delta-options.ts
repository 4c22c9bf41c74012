/** The options of reads of Delta tables. */
import { AnalysisError } from "../../../errors.ts";
import type { Read } from "../../../plan/relation.ts";

export interface DeltaReadOptions {
  readonly path: string;
  readonly version?: number;
  /** As it was written: a date, or a date and a time. */
  readonly timestamp?: string;
}

/** `@v3`, or `@` and the digits of a moment down to milliseconds. */
const travel = /@(?:v(\d+)|(\d{17}))$/;

/** @throws AnalysisError for paths and options that contradict each other or cannot be read */
export function readOptions({ paths, options }: Pick<Read, "paths" | "options">): DeltaReadOptions {
  const given = new Map(Object.entries(options).map(([name, value]) => [name.toLowerCase(), value]));
  const written = onePath(paths, given.get("path"));
  const suffix = travel.exec(written);
  const path = suffix === null ? written : written.slice(0, suffix.index);
  const version = given.get("versionasof") ?? suffix?.[1];
  const timestamp = given.get("timestampasof") ?? (suffix?.[2] === undefined ? undefined : spelled(suffix[2]));
  if (version !== undefined && timestamp !== undefined) throw bothGiven();
  return {
    path,
    ...(version === undefined ? {} : { version: versionOf(version) }),
    ...(timestamp === undefined ? {} : { timestamp }),
  };
}

function onePath(paths: readonly string[], option: string | undefined): string {
  const [path = option, ...more] = paths;
  if (path === undefined)
    throw new AnalysisError("'path' is not specified", {
      condition: "DELTA_PATH_NOT_SPECIFIED",
      hint: 'Name the table: spark.read.format("delta").load("/data/sales").',
    });
  if (more.length > 0)
    throw new AnalysisError("Delta Lake does not support multiple input paths", {
      condition: "DELTA_MULTIPLE_PATHS",
      hint: "Read each table by itself and put them together with union.",
    });
  return path;
}

function versionOf(text: string): number {
  const version = Number(text.trim());
  if (/^\d+$/.test(text.trim()) && Number.isSafeInteger(version)) return version;
  throw new AnalysisError(`The provided version (${text}) is not a valid version`, {
    condition: "DELTA_INVALID_VERSION",
    sqlState: "42815",
    parameters: { version: text },
    hint: "Give a whole number from 0 on.",
  });
}

const spelled = (digits: string): string =>
  digits.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})$/, "$1-$2-$3 $4:$5:$6.$7");

const bothGiven = (): AnalysisError =>
  new AnalysisError("Cannot specify both version and timestamp when time travelling the table", {
    condition: "DELTA_TIMETRAVEL_WITH_VERSION_AND_TIMESTAMP",
    sqlState: "42613",
    hint: "Leave versionAsOf or timestampAsOf out.",
  });
