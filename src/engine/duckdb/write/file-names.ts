/** Where the files of a write lie and what they are called. */
import { mkdir, rename, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { partFileName } from "../../../storage/part-file.ts";
import { partitionPath } from "../../../storage/partition-path.ts";
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
    return `${this.#request.folder}/unnamed`;
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
    if (partitioned) await mkdir(dirname(path), { recursive: true });
    return path;
  }

  /** Gives a file its name. */
  async moved(from: string, place: FilePlace): Promise<string> {
    const path = await this.made(place);
    await rename(from, path);
    return path;
  }

  /** What is told of a file. */
  async written(path: string, rows: number): Promise<WrittenFile> {
    const { size } = await stat(path);
    return { path: path.slice(this.#request.folder.length + 1), rows, bytes: size };
  }
}
