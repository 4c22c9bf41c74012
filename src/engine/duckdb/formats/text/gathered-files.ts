/** Many small files as one: DuckDB takes longer to open a file than to read what is in a small one. */
import { type FileHandle, open } from "node:fs/promises";
import { folderOf } from "../../../../storage/path.ts";
import { metadataName } from "../../../metadata-column.ts";
import type { ScanContext, SourceFile } from "../format.ts";
import { smallSize } from "./byte-source.ts";
import type { Copies } from "./copies.ts";
import { lineChunks, plainRoom } from "./line-chunks.ts";
import { markLength } from "./records.ts";

/** A file of lines that DuckDB reads in place of another, or itself. */
export interface LinesFile {
  readonly source: SourceFile;
  readonly path: string;
  /** Where the records begin: behind the header, if there is one. */
  readonly start: number;
}

/** One whose records were looked at. */
export interface ReadableFile extends LinesFile {
  readonly rows: number;
  /** The length of the longest record, in bytes. */
  readonly longest: number;
}

/** How files are gathered. */
export interface Gathering<File extends LinesFile> {
  /** What files must have in common to be gathered. */
  readonly kindOf: (file: File) => string;
  /** What is known of files that are one. */
  readonly together: (files: readonly File[]) => File;
}

/** What is known of the records of files that are one. */
export const recordsTogether = <File extends ReadableFile>(files: readonly File[]): File => ({
  ...files[0]!,
  rows: files.reduce((sum, { rows }) => sum + rows, 0),
  longest: files.reduce((most, { longest }) => Math.max(most, longest), 0),
});

const fewFiles = 100;
const bytesPerWrite = 1 << 20;

/** The files, small ones of which are gathered in copies, unless their rows have to tell from which file they are. */
export async function gathered<File extends LinesFile>(
  files: readonly File[],
  { schema, partitionSchema, signal }: ScanContext,
  { kindOf, together }: Gathering<File>,
  copies: Copies,
): Promise<readonly File[]> {
  const wanted = new Set(schema.fields.map(({ name }) => name));
  if (files.length <= fewFiles || wanted.has(metadataName)) return files;
  // Files of one folder have the same partition values.
  const hasPartitions = partitionSchema.fields.some(({ name }) => wanted.has(name));
  const groupOf = (file: File): string =>
    file.source.size > smallSize ? "" : `${hasPartitions ? folderOf(file.source.path) : ""}\0${kindOf(file)}`;
  const groups = Map.groupBy(files, groupOf);
  const results: File[] = [];
  for (const [name, group] of groups) {
    if (name === "" || group.length === 1) results.push(...group);
    else results.push({ ...together(group), path: await joined(group, copies, signal), start: 0 });
  }
  return results;
}

async function joined(files: readonly LinesFile[], copies: Copies, signal: AbortSignal | undefined): Promise<string> {
  const path = await copies.next("txt");
  await using copy = await open(path, "wx", 0o600);
  const room = plainRoom();
  const pieces = new Pieces(copy);
  for (const file of files) {
    signal?.throwIfAborted();
    for await (const { bytes, length, position } of lineChunks(file.path, room, { start: file.start, end: Infinity })) {
      // DuckDB passes over a byte order mark at the start of a file only.
      await pieces.add(bytes.slice(position === 0 ? markLength(bytes, 0) : 0, length));
    }
  }
  await pieces.write();
  return path;
}

/** Bytes that are written together. */
class Pieces {
  readonly #file: FileHandle;
  #pieces: Uint8Array[] = [];
  #bytes = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async add(piece: Uint8Array): Promise<void> {
    this.#pieces.push(piece);
    this.#bytes += piece.length;
    if (this.#bytes >= bytesPerWrite) await this.write();
  }

  async write(): Promise<void> {
    await this.#file.write(Buffer.concat(this.#pieces));
    this.#pieces = [];
    this.#bytes = 0;
  }
}
