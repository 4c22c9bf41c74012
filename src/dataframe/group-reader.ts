/** Reading groups out of batches in which they lie one after the other. */
import { type ColumnArrays, lateColumns } from "../functions/column-arrays.ts";
import type { Batch, FixedVector } from "../types/batch.ts";
import type { StructType } from "../types/data-type.ts";
import { type Values, vectorValues } from "../types/vector-values.ts";

/** Rows in the order of their groups: the input's columns, the group's keys, and its number, which only grows. */
export interface GroupRows {
  readonly schema: StructType;
  readonly keys: number;
  readonly batches: AsyncIterable<Batch>;
}

/** The values of a group's key by name. */
export type Key = Readonly<Record<string, unknown>>;

/** The rows of one group; without rows there is no key. */
export interface Group {
  readonly columns: ColumnArrays;
  readonly rows: number;
  readonly key: Key | undefined;
}

/** A batch whose values are read when a column is first looked at. */
interface Page {
  readonly rows: number;
  readonly column: (index: number) => Values;
  readonly numbers: Int32Array;
}

/** The rows of a page that belong to one group. */
interface Part {
  readonly page: Page;
  readonly start: number;
  readonly end: number;
}

/** Gives the groups of one input, in order. */
export class GroupReader {
  readonly #names: readonly string[];
  readonly #keyNames: readonly string[];
  readonly #columns: ReturnType<typeof lateColumns>;
  readonly #iterator: AsyncIterator<Batch>;
  #page: Page | undefined;
  #row = 0;

  constructor({ schema, keys, batches }: GroupRows) {
    const names = schema.fields.map(({ name }) => name);
    this.#names = names.slice(0, names.length - keys - 1);
    this.#keyNames = names.slice(names.length - keys - 1, -1);
    this.#columns = lateColumns(this.#names);
    this.#iterator = batches[Symbol.asyncIterator]();
  }

  /** The number of the next group; infinite when there is none. Only where a batch is to be waited for it is a promise. */
  next(): number | Promise<number> {
    const page = this.#page;
    return page === undefined || this.#row === page.rows ? this.#nextPage() : page.numbers[this.#row]!;
  }

  /** The rows of a group, of which there may be none; as `next`, a promise where more batches belong to it. */
  take(number: number): Group | Promise<Group> {
    const parts: Part[] = [];
    const next = this.next();
    if (typeof next !== "number") return this.#takeRest(number, parts);
    if (next === number) parts.push(this.#takePart(number));
    const isWhole = parts.length === 0 || this.#row < parts[0]!.page.rows;
    return isWhole ? this.#group(parts) : this.#takeRest(number, parts);
  }

  async close(): Promise<void> {
    await this.#iterator.return?.();
  }

  async #nextPage(): Promise<number> {
    do {
      const { done, value } = await this.#iterator.next();
      if (done === true) return Number.POSITIVE_INFINITY;
      this.#page = this.#read(value);
      this.#row = 0;
    } while (this.#page.rows === 0);
    return this.#page.numbers[0]!;
  }

  async #takeRest(number: number, parts: Part[]): Promise<Group> {
    while ((await this.next()) === number) parts.push(this.#takePart(number));
    return this.#group(parts);
  }

  #read({ rows, columns }: Batch): Page {
    const names = [...this.#names, ...this.#keyNames];
    const read: Values[] = [];
    const column = (index: number): Values => (read[index] ??= vectorValues(columns[index]!, { column: names[index] }));
    return { rows, column, numbers: (columns[names.length] as FixedVector).values as Int32Array };
  }

  #takePart(number: number): Part {
    const page = this.#page!;
    const start = this.#row;
    let end = start;
    while (end < page.rows && page.numbers[end] === number) end++;
    this.#row = end;
    return { page, start, end };
  }

  #group(parts: readonly Part[]): Group {
    const columns = this.#columns((index) => joined(parts.map((of) => partOf(of, index))));
    const rows = parts.reduce((sum, { start, end }) => sum + end - start, 0);
    return { columns, rows, key: parts.length === 0 ? undefined : this.#keyOf(parts[0]!) };
  }

  #keyOf({ page, start }: Part): Key {
    const first = this.#names.length;
    return Object.fromEntries(this.#keyNames.map((name, index) => [name, page.column(first + index)[start]]));
  }
}

const partOf = ({ page, start, end }: Part, index: number): Values => part(page.column(index), start, end);

/** Typed arrays are not copied: functions may read what they are given, not change it. */
const part = (values: Values, start: number, end: number): Values =>
  ArrayBuffer.isView(values) ? (values as Int32Array).subarray(start, end) : (values as unknown[]).slice(start, end);

function joined(parts: readonly Values[]): Values {
  const [first] = parts;
  if (first === undefined) return [];
  if (parts.length === 1) return first;
  if (ArrayBuffer.isView(first) && parts.every((other) => other.constructor === first.constructor))
    return joinedNumbers(parts as readonly Int32Array[]);
  return parts.flatMap((values) => Array.from(values));
}

function joinedNumbers(parts: readonly Int32Array[]): Int32Array {
  const rows = parts.reduce((sum, { length }) => sum + length, 0);
  const whole = new (parts[0]!.constructor as new (length: number) => Int32Array)(rows);
  let at = 0;
  for (const values of parts) {
    whole.set(values, at);
    at += values.length;
  }
  return whole;
}
