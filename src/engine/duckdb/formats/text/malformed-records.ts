/** What becomes of malformed records: kept, dropped, an end of the scan, or set aside in files. */
import { createReadStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ExecutionError } from "../../../../errors.ts";
import type { SourceFile } from "../format.ts";
import { malformedRecord } from "./malformed-error.ts";
import type { ParseMode } from "./options.ts";
import type { RecordBytes } from "./records.ts";

/** Decides about malformed records of a scan. */
export interface MalformedRecords {
  /**
   * Whether the rows of a malformed record are kept.
   *
   * @throws MalformedStop when the mode is FAILFAST
   */
  keeps(path: string, record: RecordBytes, reason: string): boolean;
  /** Writes the records set aside. */
  finish(): Promise<void>;
}

/** Ends a scan at its first malformed record. */
class MalformedStop extends Error {
  readonly path: string;
  readonly position: number;
  readonly record: string;

  constructor(path: string, { position, ...record }: RecordBytes, reason: string) {
    super(reason);
    this.path = path;
    this.position = position;
    this.record = recordText({ position, ...record });
  }
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const lineFeed = 10;

/** A record as text; what is not UTF-8 becomes the replacement character. */
export const recordText = ({ bytes, start, end }: RecordBytes): string => decoder.decode(bytes.subarray(start, end));

/** The options that say what becomes of malformed records. */
export interface MalformedOptions {
  readonly mode: ParseMode;
  /** A folder to set them aside in, whatever the mode. */
  readonly badRecordsPath: string | undefined;
}

/**
 * Reads files some of whose records may be malformed.
 *
 * @param files - the files of the scan
 * @param read - reads them all; the records set aside are written after it
 * @throws ExecutionError `MALFORMED_RECORD_IN_PARSING` at the first malformed record when the mode is FAILFAST
 */
export async function withMalformedRecords<Result>(
  files: readonly SourceFile[],
  options: MalformedOptions,
  read: (malformed: MalformedRecords) => Promise<Result>,
): Promise<Result> {
  const malformed = malformedRecords(options, files);
  try {
    const result = await read(malformed);
    await malformed.finish();
    return result;
  } catch (error) {
    throw error instanceof MalformedStop ? await failFastError(error, files) : error;
  }
}

function malformedRecords({ mode, badRecordsPath }: MalformedOptions, files: readonly SourceFile[]): MalformedRecords {
  if (badRecordsPath !== undefined) return setAside(badRecordsPath, toldPaths(files));
  const keeps = (path: string, record: RecordBytes, reason: string): boolean => {
    if (mode === "FAILFAST") throw new MalformedStop(path, record, reason);
    return mode === "PERMISSIVE";
  };
  return { keeps, finish: async () => undefined };
}

/** What files are called, by the paths from which they are read. */
const toldPaths = (files: readonly SourceFile[]): ReadonlyMap<string, string> =>
  new Map(files.map(({ path, original }) => [path, original?.path ?? path]));

/** Files as Databricks writes them: `TIME/bad_records/part-…` of JSON lines with path, record and reason. */
function setAside(folder: string, told: ReadonlyMap<string, string>): MalformedRecords {
  const lines: string[] = [];
  const keeps = (path: string, record: RecordBytes, reason: string): boolean => {
    lines.push(JSON.stringify({ path: `file:${told.get(path) ?? path}`, record: recordText(record), reason }));
    return false;
  };
  const finish = async (): Promise<void> => {
    if (lines.length === 0) return;
    const time = new Date().toISOString().replace(/[-:]|\.\d+Z$/g, "");
    const target = join(folder.replace(/^file:(?:\/\/)?/, ""), time, "bad_records");
    await mkdir(target, { recursive: true });
    await writeFile(join(target, `part-00000-${crypto.randomUUID()}`), `${lines.join("\n")}\n`);
  };
  return { keeps, finish };
}

/** The error that a program sees when a scan stopped at a malformed record. */
async function failFastError(
  { path, position, record, message }: MalformedStop,
  files: readonly SourceFile[],
): Promise<ExecutionError> {
  const line = await lineOf(path, position);
  const shown = record.length > 200 ? `${record.slice(0, 200)}…` : record;
  const context = { origin: `${toldPaths(files).get(path) ?? path}:${line}`, line };
  return malformedRecord(record, message, { shown, context });
}

async function lineOf(path: string, position: number): Promise<number> {
  let line = 1;
  if (position === 0) return line;
  for await (const chunk of createReadStream(path, { end: position - 1 })) {
    for (const byte of chunk as Buffer) if (byte === lineFeed) line++;
  }
  return line;
}
