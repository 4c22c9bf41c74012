/** Files that are gone or cannot be read to their end, which `ignoreMissingFiles` and `ignoreCorruptFiles` pass over. */
import { isLakewrightError } from "../../../errors.ts";
import { isMissing } from "../../../storage/local-file-system.ts";
import type { EngineSettings } from "../../engine.ts";
import { flag, type Options } from "./text/options.ts";

/** What the session lets pass, as options. */
export const passedOver = ({ ignoreCorruptFiles, ignoreMissingFiles }: EngineSettings): Options =>
  new Map([
    ["ignorecorruptfiles", String(ignoreCorruptFiles)],
    ["ignoremissingfiles", String(ignoreMissingFiles)],
  ]);

/** What is read of a file; nothing where the options let its fault pass. */
export async function unlessFaulty<Result>(options: Options, read: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isPassedOver(error, options)) return undefined;
    throw error;
  }
}

/** The rows of a file; those before its fault where the options let that pass. */
export async function* untilFault<Row>(options: Options, rows: AsyncIterable<Row>): AsyncGenerator<Row> {
  try {
    yield* rows;
  } catch (error) {
    if (!isPassedOver(error, options)) throw error;
  }
}

/** The files without those whose faults the options let pass. */
export async function withoutFaulty<File>(
  options: Options,
  files: readonly File[],
  faultOf: (file: File) => Promise<Error | undefined>,
): Promise<readonly File[]> {
  if (!flag(options, "ignoreCorruptFiles") && !flag(options, "ignoreMissingFiles")) return files;
  const kept: File[] = [];
  for (const file of files) if (!isPassedOver(await faultOf(file), options)) kept.push(file);
  return kept;
}

/** Whether the options let a fault of a file pass. */
export const isPassedOver = (error: unknown, options: Options): boolean =>
  isMissing(error) ? flag(options, "ignoreMissingFiles") : isDamage(error) && flag(options, "ignoreCorruptFiles");

const isDamage = (error: unknown): boolean =>
  isLakewrightError(error) && error.condition?.startsWith("FAILED_READ_FILE.") === true;
