/** A catalogue that lasts: namespaces, tables, views and functions in a warehouse folder, for any number of processes. */
import { defaultLockTimeout, withLock } from "../storage/lock.ts";
import { joinPath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import { CatalogueFiles, pathOf } from "./catalogue-files.ts";
import { namespaceExists, namespaceNotEmpty, noSuchNamespace, routineExists, tableExists } from "./errors.ts";
import type { CatalogueRelation, FunctionObject, NamespaceObject, QualifiedName, TableObject } from "./objects.ts";
import { type PendingChange, settlePending } from "./pending.ts";

/** The namespace that is always there. */
export const defaultNamespace = "default";

/** What may be done to a relation while no other process changes it. */
export interface RelationChange {
  /** What stands under the name now. */
  readonly current: CatalogueRelation | undefined;
  /** @throws AnalysisError `TABLE_OR_VIEW_ALREADY_EXISTS`, `SCHEMA_NOT_FOUND` */
  create(object: CatalogueRelation): Promise<void>;
  replace(object: CatalogueRelation): Promise<void>;
  /** Takes the relation away, and the files of a managed table. */
  drop(object: CatalogueRelation): Promise<void>;
  /** Gives a table another name and place; the change must be one of both names. */
  rename(from: TableObject, object: TableObject): Promise<void>;
  /** Makes or replaces a table by a write of data: killed at any moment, both are done or neither. */
  write(object: TableObject, writeId: string, publish: () => Promise<void>): Promise<void>;
}

/**
 * The objects of a warehouse, one file an object.
 *
 * A file appears whole or not at all. What looks first and writes then holds the lock of the object, which a process
 * that dies lets go. Changes that concern data too are noted before they begin; whoever meets the note of a dead process
 * finishes its change.
 */
export class Catalogue {
  /** The absolute path of the warehouse: where managed tables of the default namespace lie. */
  readonly warehouse: string;
  readonly storage: Storage;
  readonly #files: CatalogueFiles;

  constructor(storage: Storage, warehouse: string) {
    this.storage = storage;
    this.warehouse = warehouse;
    this.#files = new CatalogueFiles(storage, warehouse);
  }

  // ---------------------------------------------------------------------------------------------- namespaces

  /** The names of all namespaces, sorted. */
  async namespaces(): Promise<readonly string[]> {
    return [...new Set([defaultNamespace, ...(await this.#files.names("namespaces"))])].sort();
  }

  async findNamespace(name: string): Promise<NamespaceObject | undefined> {
    const found = await this.#files.read<NamespaceObject>("namespaces", name);
    return found ?? (name === defaultNamespace ? this.#defaultNamespace() : undefined);
  }

  /** @throws AnalysisError `SCHEMA_NOT_FOUND` */
  async namespace(name: string): Promise<NamespaceObject> {
    const found = await this.findNamespace(name);
    if (found === undefined) throw noSuchNamespace(name, await this.namespaces());
    return found;
  }

  /** @throws AnalysisError `SCHEMA_ALREADY_EXISTS` */
  async createNamespace(object: NamespaceObject): Promise<void> {
    const isNew = object.name !== defaultNamespace && (await this.#files.create("namespaces", object.name, object));
    if (!isNew) throw namespaceExists(object.name);
  }

  /** @throws AnalysisError `SCHEMA_NOT_FOUND` */
  async alterNamespace(name: string, change: (object: NamespaceObject) => NamespaceObject): Promise<void> {
    await this.#locked(name, async () => this.#files.replace("namespaces", name, change(await this.namespace(name))));
  }

  /** @throws AnalysisError `SCHEMA_NOT_FOUND`, `SCHEMA_NOT_EMPTY` */
  async dropNamespace(name: string): Promise<void> {
    await this.#locked(name, async () => {
      const { location } = await this.namespace(name);
      const underWay = await this.#files.names("pending", name);
      const objects = [...(await this.relations(name)), ...(await this.functions(name)), ...underWay];
      if (objects.length > 0) throw namespaceNotEmpty(name);
      await this.#files.delete("namespaces", name);
      await this.storage.deleteEmptyFolder(location).catch(() => false);
    });
  }

  /** The folder of a managed table that does not say where it lies. */
  async locationOf({ namespace, name }: QualifiedName): Promise<string> {
    return joinPath((await this.namespace(namespace)).location, name);
  }

  // ---------------------------------------------------------------------------------------------- tables and views

  /** The names of a namespace's tables and views, sorted. */
  relations(namespace: string): Promise<readonly string[]> {
    return this.#files.names("relations", namespace);
  }

  async relation(name: QualifiedName): Promise<CatalogueRelation | undefined> {
    if ((await this.#files.read("pending", pathOf(name))) !== undefined) {
      return this.changeRelation(name, async ({ current }) => current);
    }
    return this.#files.read("relations", pathOf(name));
  }

  /**
   * Does something to a relation while no other process changes it.
   *
   * @param change - gets what stands under the name, and what may be done to it
   */
  changeRelation<T>(name: QualifiedName, change: (relation: RelationChange) => Promise<T>): Promise<T> {
    return this.#locked(pathOf(name), async () => {
      const pending = await this.#files.read<PendingChange>("pending", pathOf(name));
      if (pending !== undefined) await settlePending(this.storage, this.#files, pending);
      const current = await this.#files.read<CatalogueRelation>("relations", pathOf(name));
      return change(this.#relationChange(name, current));
    });
  }

  #relationChange(name: QualifiedName, current: CatalogueRelation | undefined): RelationChange {
    const noted = async (pending: PendingChange, publish?: () => Promise<void>): Promise<void> => {
      await this.#inNamespace(pending.object.namespace, () => this.#note(name, pending));
      // What fails may have been put in place in part; the note says what to do about it.
      try {
        await publish?.();
      } finally {
        await settlePending(this.storage, this.#files, pending);
      }
    };
    return {
      current,
      create: (object) => this.#inNamespace(name.namespace, () => this.#create(name, object)),
      replace: (object) => this.#files.replace("relations", pathOf(name), object),
      drop: (object) => noted({ change: "drop", object }),
      rename: (from, object) => noted({ change: "rename", object, from }),
      write: (object, writeId, publish) => noted({ change: "write", object, writeId }, publish),
    };
  }

  // A renaming concerns two names; both have the note, so that nobody takes the new one before it is done.
  async #note(name: QualifiedName, pending: PendingChange): Promise<void> {
    if (pending.change === "rename") await this.#files.replace("pending", pathOf(pending.object), pending);
    await this.#files.replace("pending", pathOf(name), pending);
  }

  async #create(name: QualifiedName, object: CatalogueRelation): Promise<void> {
    if (!(await this.#files.create("relations", pathOf(name), object))) throw tableExists(name);
  }

  // ---------------------------------------------------------------------------------------------- functions

  functions(namespace: string): Promise<readonly string[]> {
    return this.#files.names("functions", namespace);
  }

  function(name: QualifiedName): Promise<FunctionObject | undefined> {
    return this.#files.read("functions", pathOf(name));
  }

  /** @throws AnalysisError `ROUTINE_ALREADY_EXISTS` unless `replace`, `SCHEMA_NOT_FOUND` */
  async createFunction(object: FunctionObject, replace: boolean): Promise<void> {
    await this.#inNamespace(object.namespace, async () => {
      if (replace) return this.#files.replace("functions", pathOf(object), object);
      if (!(await this.#files.create("functions", pathOf(object), object))) throw routineExists(object);
    });
  }

  dropFunction(name: QualifiedName): Promise<void> {
    return this.#files.delete("functions", pathOf(name));
  }

  // ---------------------------------------------------------------------------------------------- inside

  /** Makes something in a namespace, which cannot go meanwhile. */
  #inNamespace(namespace: string, change: () => Promise<void>): Promise<void> {
    return this.#locked(namespace, async () => {
      await this.namespace(namespace);
      await change();
    });
  }

  #locked<T>(name: string, change: () => Promise<T>): Promise<T> {
    return withLock(this.storage, this.#files.lockFolder(name), defaultLockTimeout, change);
  }

  #defaultNamespace(): NamespaceObject {
    return {
      name: defaultNamespace,
      location: this.warehouse,
      comment: "default database",
      owner: process.env.USER ?? "",
      properties: {},
    };
  }
}
