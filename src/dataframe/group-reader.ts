/** Reading groups out of batches in which they lie one after the other. */
import type { ColumnArrays } from "../functions/column-arrays.ts";
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

/** A batch with its values read. */
interface Page {
  readonly rows: number;
  readonly columns: readonly Values[];
  readonly numbers: Int32Array;
}

/** Gives the groups of one input, in order. */
export class GroupReader {
  readonly #names: readonly string[];
  readonly #keyNames: readonly string[];
  readonly #iterator: AsyncIterator<Batch>;
  #page: Page | undefined;
  #row = 0;

  constructor({ schema, keys, batches }: GroupRows) {
    const names = schema.fields.map(({ name }) => name);
    this.#names = names.slice(0, names.length - keys - 1);
    this.#keyNames = names.slice(names.length - keys - 1, -1);
    this.#iterator = batches[Symbol.asyncIterator]();
  }

  /** The number of the next group; infinite when there is none. */
  async next(): Promise<number> {
    while (this.#page === undefined || this.#row === this.#page.rows) {
      const { done, value } = await this.#iterator.next();
      if (done === true) return Number.POSITIVE_INFINITY;
      this.#page = this.#read(value);
      this.#row = 0;
    }
    return this.#page.numbers[this.#row]!;
  }

  /** The rows of a group, of which there may be none. */
  async take(number: number): Promise<Group> {
    const parts: (readonly Values[])[] = [];
    let key: Key | undefined;
    while ((await this.next()) === number) {
      key ??= this.#keyAt();
      parts.push(this.#takePart(number));
    }
    const columns = this.#names.map((name, index) => [name, joined(parts.map((part) => part[index]!))] as const);
    return {
      columns: Object.fromEntries(columns),
      rows: parts.reduce((rows, part) => rows + part.at(-1)!.length, 0),
      key,
    };
  }

  async close(): Promise<void> {
    await this.#iterator.return?.();
  }

  #read({ rows, columns }: Batch): Page {
    const names = [...this.#names, ...this.#keyNames];
    const values = names.map((column, index) => vectorValues(columns[index]!, { column }));
    return { rows, columns: values, numbers: (columns.at(-1) as FixedVector).values as Int32Array };
  }

  #keyAt(): Key {
    const first = this.#names.length;
    const values = this.#keyNames.map((name, index) => [name, this.#page!.columns[first + index]![this.#row]]);
    return Object.fromEntries(values);
  }

  /** The columns of the group's rows in this page, its number last. */
  #takePart(number: number): readonly Values[] {
    const { columns, numbers, rows } = this.#page!;
    const start = this.#row;
    let end = start;
    while (end < rows && numbers[end] === number) end++;
    this.#row = end;
    return [...columns.slice(0, this.#names.length), numbers].map((values) => part(values, start, end));
  }
}

/** Typed arrays are not copied: functions may read what they are given, not change it. */
const part = (values: Values, start: number, end: number): Values =>
  ArrayBuffer.isView(values) ? (values as Int32Array).subarray(start, end) : (values as unknown[]).slice(start, end);

function joined(parts: readonly Values[]): Values {
  const [first] = parts;
  if (parts.length === 1) return first!;
  if (
    first !== undefined &&
    ArrayBuffer.isView(first) &&
    parts.every((other) => other.constructor === first.constructor)
  )
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
