/** The types of files as DuckDB tells them, read into trees. */
import { InternalError } from "../../../errors.ts";

/** A type of a file's column. */
export type FileType =
  | {
      readonly is: "plain";
      readonly name: string;
      readonly parameters: readonly number[];
      /** Whether a decimal or a time is stored as a whole number; only of columns themselves it is known. */
      readonly isWhole?: boolean;
    }
  | { readonly is: "list"; readonly element: FileType }
  | { readonly is: "map"; readonly key: FileType; readonly value: FileType }
  | { readonly is: "struct"; readonly fields: readonly { readonly name: string; readonly type: FileType }[] };

/**
 * Reads DuckDB's text of a type.
 *
 * @param text - `STRUCT(a INTEGER, "b c" VARCHAR[])`
 */
export function parseFileType(text: string): FileType {
  const reader = new Reader(text);
  const type = reader.type();
  if (!reader.atEnd) throw new InternalError(`the type ${text} of a file is not understood`);
  return type;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  type(): FileType {
    let type = this.#base();
    while (this.#take(/\[\d*\]/y) !== undefined) type = { is: "list", element: type };
    return type;
  }

  #base(): FileType {
    const name = this.#take(/[A-Z_0-9]+(?: WITH TIME ZONE)?/iy);
    if (name === undefined) throw new InternalError(`the type ${this.#text} of a file is not understood`);
    if (this.#take(/\(/y) === undefined) return { is: "plain", name: name.toUpperCase(), parameters: [] };
    if (name === "STRUCT") return { is: "struct", fields: this.#fields() };
    if (name === "MAP") return this.#map();
    return { is: "plain", name: name.toUpperCase(), parameters: this.#numbers() };
  }

  #fields(): { name: string; type: FileType }[] {
    const fields: { name: string; type: FileType }[] = [];
    do {
      const quoted = this.#take(/"(?:[^"]|"")*"/y);
      const name = quoted === undefined ? this.#take(/[^\s(),"]+/y)! : quoted.slice(1, -1).replaceAll('""', '"');
      this.#take(/\s+/y);
      fields.push({ name, type: this.type() });
    } while (this.#take(/,\s*/y) !== undefined);
    this.#take(/\)/y);
    return fields;
  }

  #map(): FileType {
    const key = this.type();
    this.#take(/,\s*/y);
    const value = this.type();
    this.#take(/\)/y);
    return { is: "map", key, value };
  }

  #numbers(): number[] {
    const text = this.#take(/[^)]*/y) ?? "";
    this.#take(/\)/y);
    return text.split(",").map(Number);
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }
}
