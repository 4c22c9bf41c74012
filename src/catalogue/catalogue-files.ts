/** Where the objects of a catalogue lie, and how their files are read and written. */
import { joinPath, nameOf } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import { systemCode } from "../storage/storage-error.ts";
import { workFolderInside } from "../storage/work-names.ts";
import { objectOf, objectText } from "./object-json.ts";
import type { QualifiedName } from "./objects.ts";

/** The folders of the files, one for each sort of object. */
export type Sort = "namespaces" | "relations" | "functions" | "pending";

/** In the warehouse; its name starts with a dot, so that no reader of data lists it. */
const folderName = ".catalogue";

/** Objects as files: one an object, so that processes that change different objects never meet. */
export class CatalogueFiles {
  readonly #storage: Storage;
  readonly #root: string;

  /** @param warehouse - an absolute path */
  constructor(storage: Storage, warehouse: string) {
    this.#storage = storage;
    this.#root = joinPath(warehouse, folderName);
  }

  /** The object of a file; undefined when there is none. */
  async read<T>(sort: Sort, name: string): Promise<T | undefined> {
    const path = this.#path(sort, name);
    try {
      if ((await this.#storage.stat(path)) === undefined) return undefined;
      await using file = await this.#storage.open(path);
      return objectOf<T>(new TextDecoder().decode(await file.read(0, file.size)), path);
    } catch (error) {
      // Dropped by another process between the look and the opening.
      if (systemCode(error) === "ENOENT") return undefined;
      throw error;
    }
  }

  /** Makes a file unless there is one; tells whether it did. */
  async create(sort: Sort, name: string, object: object): Promise<boolean> {
    await this.#storage.makeFolder(this.#folder(sort, name));
    return this.#storage.putIfAbsent(this.#path(sort, name), bytes(object));
  }

  async replace(sort: Sort, name: string, object: object): Promise<void> {
    await this.#storage.makeFolder(this.#folder(sort, name));
    await this.#storage.replace(this.#path(sort, name), bytes(object));
  }

  delete(sort: Sort, name: string): Promise<void> {
    return this.#storage.delete(this.#path(sort, name));
  }

  /** The names of the files in a folder, sorted. */
  async names(sort: Sort, namespace?: string): Promise<readonly string[]> {
    const children = await this.#storage.children(joinPath(this.#root, sort, namespace ?? ""));
    return (children ?? [])
      .filter(({ kind, name }) => kind === "file" && name.endsWith(".json") && !name.startsWith("."))
      .map(({ name }) => name.slice(0, -".json".length));
  }

  /** Where processes queue that want to change an object. */
  lockFolder(name: string): string {
    return workFolderInside(joinPath(this.#root, "locks", name));
  }

  #path(sort: Sort, name: string): string {
    return joinPath(this.#root, sort, `${name}.json`);
  }

  #folder(sort: Sort, name: string): string {
    return this.#path(sort, name).slice(0, -nameOf(`${name}.json`).length - 1);
  }
}

const bytes = (object: object): Uint8Array => new TextEncoder().encode(objectText(object));

/** The path of an object below the folder of its sort. */
export const pathOf = ({ namespace, name }: QualifiedName): string => `${namespace}/${name}`;
