/** Where the files of a write lie and what they are called. */
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { partFileName } from "../../../storage/part-file.ts";
import { partitionPath } from "../../../storage/partition-path.ts";
import { storageError } from "../../../storage/storage-error.ts";
import type { FileRequest, WrittenFile } from "../../engine.ts";

/** Which file: its partition, the values of its folders, and which of the files with the same. */
export interface FilePlace {
  readonly task: number;
  readonly values: readonly (string | null)[];
  readonly counter: number;
}

/** The names of one write's files. */
export class FileNames {
  readonly #request: FileRequest;
  readonly #extension: string;

  constructor(request: FileRequest, extension: string) {
    this.#request = request;
    this.#extension = extension;
  }

  /** The folder in which the engine makes files before they have their names. */
  get unnamed(): string {
    const { folder, logged, writeId } = this.#request;
    return logged === undefined ? `${folder}/unnamed` : `${folder}/_unnamed-${writeId}`;
  }

  /** The absolute path of a file whose folders exist. */
  async made({ task, values, counter }: FilePlace): Promise<string> {
    const { folder, partitionBy, writeId, bucketed } = this.#request;
    const of = bucketed ? { task: 0, bucket: task } : { task };
    const partitioned = partitionBy.length > 0;
    const below = partitioned
      ? `${partitionPath(partitionBy.map((name, index) => [name, values[index] ?? null]))}/`
      : "";
    const path = `${folder}/${below}${partFileName({ writeId, ...of, counter, partitioned, extension: this.#extension })}`;
    if (partitioned) await makePartition(dirname(path));
    return path;
  }

  /** Gives a file its name. */
  async moved(from: string, place: FilePlace): Promise<string> {
    const path = await this.made(place);
    await rename(from, path);
    return path;
  }

  /** What is told of a file. */
  async written(path: string, rows: number, told: Partial<WrittenFile> = {}): Promise<WrittenFile> {
    const { size } = await stat(path);
    if (this.#request.logged !== undefined) await synced([path, dirname(path)]);
    return { path: path.slice(this.#request.folder.length + 1), rows, bytes: size, ...told };
  }
}

async function makePartition(path: string): Promise<void> {
  await mkdir(path, { recursive: true }).catch((cause: unknown) => {
    throw storageError(cause, { verb: "write", writes: true }, path);
  });
}

/** Removes what a write that failed has left in a folder that others write to as well. */
export async function removeWritten({ folder, writeId }: FileRequest): Promise<void> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const own = names.filter((name) => name.includes(writeId));
  for (const name of own) await rm(join(folder, name), { recursive: true, force: true });
}

// A log that names a file has to find it after a loss of power.
async function synced(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const handle = await open(path, "r");
    await handle.sync().finally(() => handle.close());
  }
}
