/** Files that a scan writes for DuckDB to read in place of the originals. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Paths in a folder that lasts as long as the query. */
export class Copies {
  readonly #onEnd: (cleanup: () => Promise<void>) => void;
  #folder: Promise<string> | undefined;
  #count = 0;

  /** @param onEnd - takes what is to be done when the query is over */
  constructor(onEnd: (cleanup: () => Promise<void>) => void) {
    this.#onEnd = onEnd;
  }

  /** The path of a new file. */
  async next(extension: string): Promise<string> {
    this.#folder ??= this.#makeFolder();
    return join(await this.#folder, `${this.#count++}.${extension}`);
  }

  async #makeFolder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), "lakewright-scan-"));
    this.#onEnd(() => rm(folder, { recursive: true, force: true }));
    return folder;
  }
}
