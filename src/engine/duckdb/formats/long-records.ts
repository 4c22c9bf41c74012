/** The longest record of a query's files, which tells why the memory was not enough. */
import { constants } from "node:buffer";
import { ExecutionError } from "../../../errors.ts";

const megabyte = 1024 * 1024;
const longFrom = 16 * megabyte;

const size = (bytes: number): string => `${Math.round(bytes / megabyte).toLocaleString("en")} MB`;

export class LongRecords {
  #path = "";
  #bytes = 0;

  /** Remembers the longest record of a file. */
  note(path: string, bytes: number): void {
    if (bytes <= this.#bytes) return;
    this.#path = path;
    this.#bytes = bytes;
  }

  /** The error of a query, with the record that asked for the memory, if one did. */
  explained(error: unknown): unknown {
    const isTooMuch = error instanceof ExecutionError && error.condition === "OUT_OF_MEMORY";
    if (!isTooMuch || this.#bytes < longFrom) return error;
    const reason = error.message.split("\n")[0]!.replace(/^\[OUT_OF_MEMORY\] /, "");
    return new ExecutionError(`The file ${this.#path} has a record of ${size(this.#bytes)}. ${reason}`, {
      condition: "OUT_OF_MEMORY",
      parameters: { path: this.#path },
      hint: 'A record takes several times its size in memory. Raise the setting "lakewright.memory" (such as 8GB), or cut the record in parts.',
      cause: error,
    });
  }
}

/** The most characters that a text can have in JavaScript. */
export const longestText = constants.MAX_STRING_LENGTH;

export const tooLongText = (path: string): ExecutionError =>
  new ExecutionError(
    `The file ${path} has a record of more than ${size(longestText)}, the longest that a text can be`,
    {
      condition: "FAILED_READ_FILE.NO_HINT",
      sqlState: "KD001",
      parameters: { path },
      hint: "Cut the record in parts, or say what ends a record: lineSep.",
    },
  );
