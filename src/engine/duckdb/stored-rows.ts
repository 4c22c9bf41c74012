/** Tables that keep rows of plans. One that is dropped stays until nobody reads it any more. */

interface StoredTable {
  readonly name: string;
  /** Counts the tables in the order in which they were begun. */
  readonly number: number;
  readers: number;
  isDropped: boolean;
}

/** A table that stays as long as it is read. */
export interface ReadTable {
  readonly name: string;
  readonly end: () => Promise<void>;
}

/** Drops a table of the database. */
export type DropTable = (name: string) => Promise<void>;

let tables = 0;

/** The tables of entries, by their names. */
export class StoredRows {
  readonly #current = new Map<string, StoredTable>();
  readonly #drop: DropTable;

  constructor(drop: DropTable) {
    this.#drop = drop;
  }

  /** Stores rows under the name of an entry, in a table of their own: those that it had are read still, maybe. */
  async store(entry: string, fill: (table: string) => Promise<void>): Promise<void> {
    tables += 1;
    const table: StoredTable = { name: `cached_${entry}_${tables}`, number: tables, readers: 0, isDropped: false };
    await fill(table.name);
    const other = this.#current.get(entry);
    // What was begun earlier may hold rows of an earlier time.
    const isLate = other !== undefined && other.number > table.number;
    if (!isLate) this.#current.set(entry, table);
    const dropped = isLate ? table : other;
    if (dropped !== undefined) await this.#leave(dropped);
  }

  /** The table of an entry for one reader; undefined where it holds no rows. */
  read(entry: string): ReadTable | undefined {
    const table = this.#current.get(entry);
    if (table === undefined) return undefined;
    table.readers += 1;
    const end = async (): Promise<void> => {
      table.readers -= 1;
      await this.#dropUnread(table);
    };
    return { name: table.name, end };
  }

  async drop(entry: string): Promise<void> {
    const table = this.#current.get(entry);
    if (table === undefined) return;
    this.#current.delete(entry);
    await this.#leave(table);
  }

  async #leave(table: StoredTable): Promise<void> {
    table.isDropped = true;
    await this.#dropUnread(table);
  }

  async #dropUnread({ name, readers, isDropped }: StoredTable): Promise<void> {
    if (isDropped && readers === 0) await this.#drop(name);
  }
}
