/** Files that are gone or cannot be read to their end, which `ignoreMissingFiles` and `ignoreCorruptFiles` pass over. */
import { isLakewrightError } from "../../../errors.ts";
import { isMissing } from "../../../storage/local-file-system.ts";
import { flag, type Options } from "./text/options.ts";

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

const isPassedOver = (error: unknown, options: Options): boolean =>
  isMissing(error) ? flag(options, "ignoreMissingFiles") : isDamage(error) && flag(options, "ignoreCorruptFiles");

const isDamage = (error: unknown): boolean =>
  isLakewrightError(error) && error.condition?.startsWith("FAILED_READ_FILE.") === true;
