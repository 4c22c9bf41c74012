/** The names of the files in `_delta_log`. */

export const logFolder = "_delta_log";
export const sidecarFolder = "_sidecars";
export const lastCheckpointName = "_last_checkpoint";

/** What a file of the log is, by its name alone. */
export type LogFile =
  | { readonly is: "commit"; readonly version: number }
  /** The actions of the versions `from` to `version` put together. */
  | { readonly is: "compaction"; readonly from: number; readonly version: number }
  | { readonly is: "checksum"; readonly version: number }
  | CheckpointFile;

/** `classic` is one file, `parts` several, `v2` one that may name sidecars. */
export type CheckpointFile =
  | { readonly is: "checkpoint"; readonly form: "classic"; readonly version: number }
  | {
      readonly is: "checkpoint";
      readonly form: "parts";
      readonly version: number;
      /** From 1 on. */
      readonly part: number;
      readonly parts: number;
    }
  | {
      readonly is: "checkpoint";
      readonly form: "v2";
      readonly version: number;
      readonly id: string;
      readonly format: "json" | "parquet";
    };

const digits = (value: number, count: number): string => String(value).padStart(count, "0");

/** A version as names have it: twenty digits, so that names sort as versions do. */
export const versionDigits = (version: number): string => digits(version, 20);

export const commitName = (version: number): string => `${versionDigits(version)}.json`;

export const checksumName = (version: number): string => `${versionDigits(version)}.crc`;

export const compactionName = (from: number, to: number): string =>
  `${versionDigits(from)}.${versionDigits(to)}.compacted.json`;

export const classicCheckpointName = (version: number): string => `${versionDigits(version)}.checkpoint.parquet`;

/** @param part - from 1 on */
export const checkpointPartName = (version: number, part: number, parts: number): string =>
  `${versionDigits(version)}.checkpoint.${digits(part, 10)}.${digits(parts, 10)}.parquet`;

/** @param id - a UUID */
export const v2CheckpointName = (version: number, id: string, format: "json" | "parquet"): string =>
  `${versionDigits(version)}.checkpoint.${id}.${format}`;

const patterns: readonly (readonly [RegExp, (parts: readonly string[]) => LogFile])[] = [
  [/^(\d{20})\.json$/, ([version]) => ({ is: "commit", version: Number(version) })],
  [
    /^(\d{20})\.(\d{20})\.compacted\.json$/,
    ([from, version]) => ({ is: "compaction", from: Number(from), version: Number(version) }),
  ],
  [/^(\d{20})\.crc$/, ([version]) => ({ is: "checksum", version: Number(version) })],
  [/^(\d{20})\.checkpoint\.parquet$/, ([version]) => ({ is: "checkpoint", form: "classic", version: Number(version) })],
  [
    /^(\d{20})\.checkpoint\.(\d{10})\.(\d{10})\.parquet$/,
    ([version, part, parts]) => ({
      is: "checkpoint",
      form: "parts",
      version: Number(version),
      part: Number(part),
      parts: Number(parts),
    }),
  ],
  [
    /^(\d{20})\.checkpoint\.([0-9A-Za-z-]+)\.(json|parquet)$/,
    ([version, id, format]) => ({
      is: "checkpoint",
      form: "v2",
      version: Number(version),
      id: id!,
      format: format as "json" | "parquet",
    }),
  ],
];

/**
 * What a file of the log is; undefined for other files, which are none of the log's business.
 *
 * @param name - without its folder
 */
export function logFileOf(name: string): LogFile | undefined {
  for (const [pattern, read] of patterns) {
    const match = pattern.exec(name);
    if (match !== null) return read(match.slice(1));
  }
  return undefined;
}
