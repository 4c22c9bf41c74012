/** The lines of a file as text. */
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
  let rest = "";
  for await (const chunk of decoded(path)) {
    rest += chunk;
    if (wholeText) continue;
    // A carriage return at the end may be half of a line end.
    const complete = separator === undefined && rest.endsWith("\r") ? rest.slice(0, -1) : rest;
    const lines = complete.split(separator ?? /\r\n|\n|\r/);
    const last = lines.pop()!;
    rest = complete === rest ? last : `${last}\r`;
    yield* lines;
  }
  if (wholeText) yield rest;
  else if (rest !== "" && rest !== "\r") yield* rest.endsWith("\r") ? [rest.slice(0, -1)] : [rest];
  else if (rest === "\r") yield "";
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
