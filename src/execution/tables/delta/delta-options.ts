/** The options of reads of Delta tables. */
import { AnalysisError, UnsupportedError } from "../../../errors.ts";
import type { Read } from "../../../plan/relation.ts";

/** A version, or a time as it was written: a date, or a date and a time. */
export type VersionOrTime = { readonly version: number } | { readonly timestamp: string };

export interface DeltaReadOptions {
  readonly path: string;
  /** The version that is read; the newest where it is absent. */
  readonly at?: VersionOrTime;
  /** Present where the change feed is read. */
  readonly changes?: AskedChanges;
}

/** The first and the last changes that are read; those of a bound itself are left out where it is excluded. */
export interface AskedChanges {
  readonly from: VersionOrTime;
  readonly excludesFrom: boolean;
  readonly to?: VersionOrTime;
  readonly excludesTo: boolean;
}

/** `@v3`, or `@` and the digits of a moment down to milliseconds. */
const travel = /@(?:v(\d+)|(\d{17}))$/;

type Given = ReadonlyMap<string, string>;

/** @throws AnalysisError for paths and options that contradict each other or cannot be read */
export function readOptions({ paths, options }: Pick<Read, "paths" | "options">): DeltaReadOptions {
  const given: Given = new Map(Object.entries(options).map(([name, value]) => [name.toLowerCase(), value]));
  const written = onePath(paths, given.get("path"));
  const suffix = travel.exec(written);
  const path = suffix === null ? written : written.slice(0, suffix.index);
  const at = either(
    given.get("versionasof") ?? suffix?.[1],
    given.get("timestampasof") ?? (suffix?.[2] === undefined ? undefined : spelled(suffix[2])),
  );
  const changes = changesOf(given);
  return { path, ...(at === undefined ? {} : { at }), ...(changes === undefined ? {} : { changes }) };
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

function changesOf(given: Given): DeltaReadOptions["changes"] {
  const asked = given.get("readchangefeed") ?? given.get("readchangedata");
  if (asked?.toLowerCase() !== "true") return undefined;
  const from = either(given.get("startingversion"), given.get("startingtimestamp"));
  const to = either(given.get("endingversion"), given.get("endingtimestamp"));
  if (from === undefined)
    throw new AnalysisError("No startingVersion or startingTimestamp provided for CDC read", {
      condition: "DELTA_NO_START_FOR_CDC_READ",
      sqlState: "42601",
      hint: "Give startingVersion or startingTimestamp: the first commit whose changes are read.",
    });
  checkDeduplication(given.get("deduplicationmode"));
  const excludes = (name: string) => given.get(name)?.toLowerCase() === "false";
  return {
    from,
    excludesFrom: excludes("startingboundinclusive"),
    ...(to === undefined ? {} : { to }),
    excludesTo: excludes("endingboundinclusive"),
  };
}

/** What becomes of several changes of a row; the feed of Delta has no rows that were only carried over. */
const deduplicationModes = ["none", "dropCarryovers", "netChanges"];

function checkDeduplication(mode = "none"): void {
  const known = deduplicationModes.find((name) => name.toLowerCase() === mode.toLowerCase());
  if (known === undefined)
    throw new AnalysisError(
      `Invalid Change Data Capture (CDC) option. Invalid \`deduplicationMode\`: '${mode}'. Expected one of: ${deduplicationModes.join(", ")}`,
      { condition: "INVALID_CDC_OPTION.INVALID_DEDUPLICATION_MODE", sqlState: "42K03", parameters: { mode } },
    );
  if (known === "netChanges")
    throw new UnsupportedError("Net changes of the rows of a Delta table are not supported", {
      hint: "Take the first and the last change of each key by a window over _commit_version.",
    });
}

function either(version: string | undefined, timestamp: string | undefined): VersionOrTime | undefined {
  if (version !== undefined && timestamp !== undefined) throw bothGiven();
  if (timestamp !== undefined) return { timestamp };
  return version === undefined ? undefined : { version: versionOf(version) };
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
  new AnalysisError("Cannot specify both a version and a timestamp of a Delta table", {
    condition: "DELTA_TIMETRAVEL_WITH_VERSION_AND_TIMESTAMP",
    sqlState: "42613",
    hint: "Leave one of the two options out.",
  });
