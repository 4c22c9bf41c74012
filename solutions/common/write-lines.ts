/** Writes generated lines to a file, block by block. */
import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";

const BLOCK = 1 << 20;

/**
 * Writes lines as they are made, never holding more than a block of them.
 *
 * @param path - replaced when it exists
 * @param lines - each with its end of line; characters of Latin-1
 * @throws when the file cannot be written, or the signal's reason
 */
export async function writeLines(path: string, lines: Iterable<string>, signal?: AbortSignal): Promise<void> {
  const file = createWriteStream(path, { encoding: "latin1", ...(signal === undefined ? {} : { signal }) });
  try {
    for (const block of blocks(lines)) await written(file, block);
    file.end();
    await once(file, "finish");
  } finally {
    file.destroy();
  }
}

async function written(file: WriteStream, block: string): Promise<void> {
  if (!file.write(block)) await once(file, "drain");
}

function* blocks(lines: Iterable<string>): Generator<string> {
  let block = "";
  for (const line of lines) {
    block += line;
    if (block.length < BLOCK) continue;
    yield block;
    block = "";
  }
  yield block;
}
