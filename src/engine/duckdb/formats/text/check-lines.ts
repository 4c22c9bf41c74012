/** Which lines of a file a kernel does not vouch for. */
import { isUtf8 } from "node:buffer";
import { lineChunks, type Range } from "./line-chunks.ts";
import type { LineKernel } from "./line-kernel.ts";

/** What checking a file, or a part of one, has found. Plain data, so that a worker can send it. */
export interface CheckedLines {
  /** Lines that are plain, blank ones apart. */
  readonly rows: number;
  /** The length of the longest line, in bytes. */
  readonly longest: number;
  /** Columns, as bits, whose times have offsets from UTC here or in what was checked before. */
  readonly offsets: number;
  /** All lines, blank ones too, and those that end with a carriage return too, where the kernel counts them. */
  readonly lines: number;
  readonly returns: number;
  /** Positions and lengths of the odd lines, in pairs and in order. */
  readonly odd: Float64Array;
}

const lineFeed = 10;

/**
 * Checks lines.
 *
 * @param path - the file
 * @param kernel - knows what is plain; it checks no other lines meanwhile
 * @param range - where a line must begin to be checked; all of the file where absent
 * @param signal - ends the check with its reason
 */
export async function checkLines(
  path: string,
  kernel: LineKernel,
  range?: Range,
  signal?: AbortSignal,
): Promise<CheckedLines> {
  kernel.begin();
  const odd: number[] = [];
  let notUtf8 = 0;
  for await (const { bytes, length, position } of lineChunks(path, (size) => kernel.room(size), range)) {
    signal?.throwIfAborted();
    const found: [number, number][] = [];
    kernel.check(bytes, length, (start, size) => found.push([start, size]));
    if (!isUtf8(bytes.subarray(0, length))) notUtf8 += addBroken(bytes, length, found);
    for (const [start, size] of found) odd.push(position + start, size);
  }
  const { longest, offsets, lineEnds } = kernel;
  return { rows: kernel.rows - notUtf8, longest, offsets, ...lineEnds, odd: Float64Array.from(odd) };
}

/** Adds the lines that are not UTF-8 to the odd ones; how many of them there are. */
function addBroken(bytes: Uint8Array, length: number, found: [number, number][]): number {
  const known = new Set(found.map(([start]) => start));
  const before = found.length;
  for (let start = 0; start < length; ) {
    const end = bytes.indexOf(lineFeed, start);
    if (!known.has(start) && !isUtf8(bytes.subarray(start, end))) found.push([start, end - start]);
    start = end + 1;
  }
  found.sort(([left], [right]) => left - right);
  return found.length - before;
}
