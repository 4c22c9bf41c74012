/** The lines of a file as text. */
import { longestText, tooLongText } from "../long-records.ts";
import { openBytes } from "./byte-source.ts";

export interface LineRules {
  /** A whole file is one line. */
  readonly wholeText: boolean;
  /** What ends a line; any line end when absent. */
  readonly separator: string | undefined;
}

const chunkBytes = 1024 * 1024;

/**
 * The lines of a file in order, without what ends them. Bytes that are no UTF-8 become U+FFFD, as in Java.
 *
 * @param path - a file, compressed or not
 */
export async function* linesOf(path: string, { wholeText, separator }: LineRules): AsyncGenerator<string> {
  const line = new GrowingLine(path);
  for await (const chunk of decoded(path)) yield* wholeText ? line.grow(chunk) : line.cut(chunk, separator);
  const rest = line.end();
  if (wholeText) yield rest;
  else if (rest !== "") yield separator === undefined ? rest.replace(/\r$/, "") : rest;
}

const anyEnd = /\r\n|\n|\r/;

/** A line in the parts that were read of it: only what is new is looked at, however long it is. */
class GrowingLine {
  readonly #path: string;
  #parts: string[] = [];
  #length = 0;
  /** What may be the beginning of a line end. */
  #held = "";

  constructor(path: string) {
    this.#path = path;
  }

  grow(text: string): readonly string[] {
    this.#parts.push(text);
    this.#length += text.length;
    if (this.#length > longestText) throw tooLongText(this.#path);
    return [];
  }

  /** The lines that a chunk ends. */
  cut(chunk: string, separator: string | undefined): readonly string[] {
    const text = this.#held + chunk;
    // A carriage return at the end may be half of a line end.
    const isHalf = separator === undefined && text.endsWith("\r");
    const lines = (isHalf ? text.slice(0, -1) : text).split(separator ?? anyEnd);
    const last = lines.pop()!;
    const begun = separator === undefined ? 0 : begunSeparator(last, separator);
    this.#held = isHalf ? "\r" : last.slice(last.length - begun);
    if (lines.length > 0) lines[0] = this.#taken() + lines[0]!;
    this.grow(last.slice(0, last.length - begun));
    return lines;
  }

  end(): string {
    return this.#taken() + this.#held;
  }

  #taken(): string {
    const line = this.#parts.join("");
    this.#parts = [];
    this.#length = 0;
    return line;
  }
}

/** How many characters at the end of a text may begin a separator. */
function begunSeparator(text: string, separator: string): number {
  for (let count = Math.min(separator.length - 1, text.length); count > 0; count--)
    if (text.endsWith(separator.slice(0, count))) return count;
  return 0;
}

async function* decoded(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const source = await openBytes(path);
  try {
    const buffer = new Uint8Array(chunkBytes);
    for (let size = await source.read(buffer); size > 0; size = await source.read(buffer)) {
      yield decoder.decode(buffer.subarray(0, size), { stream: true });
    }
    yield decoder.decode();
  } finally {
    await source.close();
  }
}
