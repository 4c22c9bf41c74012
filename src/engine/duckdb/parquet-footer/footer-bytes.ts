/** The footer of a Parquet file: read, and written anew where the file ends. */
import { type FileHandle, open } from "node:fs/promises";
import { InternalError } from "../../../errors.ts";

/** The length of the footer in four bytes, and the four that end every file. */
const tailLength = 8;
const magic = "PAR1";

/**
 * The footer of a file.
 *
 * @throws InternalError for a file that does not end as a Parquet file does
 */
export async function readFooter(path: string): Promise<Uint8Array> {
  await using file = await open(path, "r");
  return (await located(file)).footer;
}

/** Changes the footer of a file in its place; where `change` gives the same bytes the file stays as it is. */
export async function changeFooter(path: string, change: (footer: Uint8Array) => Uint8Array): Promise<void> {
  await using file = await open(path, "r+");
  const { footer, start } = await located(file);
  const changed = change(footer);
  if (changed === footer) return;
  const tail = Buffer.alloc(tailLength);
  tail.writeUInt32LE(changed.length);
  tail.write(magic, 4, "latin1");
  await file.truncate(start);
  await file.write(Buffer.concat([changed, tail]), 0, undefined, start);
}

async function located(file: FileHandle): Promise<{ readonly footer: Uint8Array; readonly start: number }> {
  const { size } = await file.stat();
  const tail = await part(file, Math.max(0, size - tailLength), tailLength);
  const length = tail.readUInt32LE(0);
  const start = size - tailLength - length;
  if (tail.toString("latin1", 4) !== magic || start < 0) throw new InternalError("the file is no Parquet file");
  return { footer: await part(file, start, length), start };
}

async function part(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  await file.read(buffer, 0, length, position);
  return buffer;
}
