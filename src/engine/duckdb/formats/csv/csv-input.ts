/** Characters in and values out for the CSV parser: univocity's input reader and appenders. */

/** Thrown at the end of the input; always this one object, since every line ends with it. */
export const endOfInput = Object.freeze({ endOfInput: true });

/** No character: what stands for an option that is off, and for no previous character. */
export const noCharacter = 0;
export const lineFeed = 10;
const carriageReturn = 13;
const space = 32;

/** White space is everything up to the space, as for Java's `trim`. */
export const isSpace = (character: number): boolean => character <= space;

export class CharacterInput {
  #text = "";
  #at = 0;
  #ended = true;
  #first = lineFeed;
  #second = noCharacter;
  #normalizes = true;

  /** Begins to read a text whose lines end with `separator`, which is read as a line feed. */
  open(text: string, separator = "\n"): void {
    this.#text = text;
    this.#at = 0;
    this.#ended = text === "";
    this.#first = separator.charCodeAt(0);
    this.#second = separator.length > 1 ? separator.charCodeAt(1) : noCharacter;
    this.#normalizes = true;
  }

  /** Moves behind the next line end. */
  skipLine(): void {
    while (!this.#ended && this.next() !== lineFeed);
  }

  /** Where the next character is; behind the last one the text has ended. */
  get position(): number {
    return this.#at;
  }

  get text(): string {
    return this.#text;
  }

  get hasEnded(): boolean {
    return this.#ended;
  }

  /** Whether line ends are read as line feeds. */
  normalizes(normalizes: boolean): void {
    this.#normalizes = normalizes;
  }

  next(): number {
    if (this.#ended) throw endOfInput;
    let character = this.#take();
    if (character === this.#first && this.#isLineEnd(this.#at) && this.#normalizes) {
      character = lineFeed;
      if (this.#second !== noCharacter) this.#take();
    }
    return character;
  }

  #take(): number {
    const character = this.#text.charCodeAt(this.#at++);
    if (this.#at >= this.#text.length) this.#ended = true;
    return character;
  }

  #isLineEnd(behind: number): boolean {
    return this.#second === noCharacter || (!this.#ended && this.#text.charCodeAt(behind) === this.#second);
  }

  skipSpace(character: number, delimiter: number, quote: number): number {
    let current = character;
    while (isSpace(current) && current !== delimiter && current !== lineFeed && current !== quote)
      current = this.next();
    return current;
  }

  /**
   * The rest of a quoted value, if it is simple: without escapes, and its closing quote directly before a delimiter.
   * Otherwise nothing is read.
   */
  simpleQuoted(quote: number, escape: number, escapeEscape: number, delimiter: number): string | undefined {
    const end = this.#simpleEnd(quote, escape, escapeEscape, delimiter);
    return end < 0 ? undefined : this.#upTo(end);
  }

  /** Passes over a quoted value that nobody wants; every escape keeps a quote from closing it, even an escaped one. */
  skipQuoted(quote: number, escape: number, delimiter: number): boolean {
    if (this.#ended) return false;
    for (let at = this.#at; at < this.#text.length && !this.#isLineEndAt(at); at++) {
      if (this.#text.charCodeAt(at) !== quote || this.#text.charCodeAt(at - 1) === escape) continue;
      if (!this.#endsValue(at + 1, delimiter)) return false;
      this.#upTo(at);
      return true;
    }
    return false;
  }

  #simpleEnd(quote: number, escape: number, escapeEscape: number, delimiter: number): number {
    for (let at = this.#at; !this.#ended && at < this.#text.length && !this.#isLineEndAt(at); at++) {
      const character = this.#text.charCodeAt(at);
      if (character === quote)
        return this.#text.charCodeAt(at - 1) !== escape && this.#endsValue(at + 1, delimiter) ? at : -1;
      if (character !== escape) continue;
      const next = this.#text.charCodeAt(at + 1);
      if (next === quote || next === escapeEscape) return -1;
    }
    return -1;
  }

  #endsValue(at: number, delimiter: number): boolean {
    const character = this.#text.charCodeAt(at);
    return character === delimiter || character === lineFeed;
  }

  #isLineEndAt(at: number): boolean {
    if (!this.#normalizes || this.#text.charCodeAt(at) !== this.#first) return false;
    return this.#second === noCharacter || this.#text.charCodeAt(at + 1) === this.#second;
  }

  #upTo(end: number): string {
    const value = this.#text.slice(this.#at, end);
    this.#at = end + 1;
    if (this.#at >= this.#text.length) this.#ended = true;
    return value;
  }

  /** Reads a bare value up to its delimiter or line end, if there is one; undefined, and nothing read, at the text's last value. */
  simpleBare(delimiter: number): string | undefined {
    if (this.#ended) return undefined;
    const start = this.#at - 1;
    for (let at = start; at < this.#text.length; at++) {
      const character = this.#text.charCodeAt(at);
      const isEnd =
        character === delimiter ||
        (character === this.#first && (this.#second === noCharacter || this.#text.charCodeAt(at + 1) === this.#second));
      if (!isEnd) continue;
      this.#at = at;
      return this.#text.slice(start, at);
    }
    return undefined;
  }
}

/** Collects the characters of one value. */
export class Appender {
  /** False for a column that nobody wants. */
  readonly collects: boolean;
  readonly #empty: string;
  #value = "";
  #spaces = 0;

  constructor(collects: boolean, empty: string) {
    this.collects = collects;
    this.#empty = empty;
  }

  /** -1 where nothing is collected. */
  get length(): number {
    return this.collects ? this.#value.length - this.#spaces : -1;
  }

  get value(): string {
    return this.#value;
  }

  append(character: number): void {
    if (this.collects) this.#value += String.fromCharCode(character);
  }

  appendText(text: string): void {
    if (this.collects) this.#value += text;
  }

  prepend(character: number): void {
    if (this.collects) this.#value = String.fromCharCode(character) + this.#value;
  }

  /** Drops the first characters. */
  remove(count: number): void {
    this.#value = this.#value.slice(count);
  }

  reset(): void {
    this.#value = "";
    this.#spaces = 0;
  }

  /** Leaves the white space at the end out of the value. */
  trimEnd(): void {
    if (!this.collects) return;
    this.#spaces = 0;
    while (this.#spaces < this.#value.length && isSpace(this.#value.charCodeAt(this.#value.length - 1 - this.#spaces)))
      this.#spaces++;
  }

  /** Appends from `character` on until one of `stops`, which it returns. */
  appendUntil(character: number, input: CharacterInput, stops: readonly number[]): number {
    let current = character;
    for (; !stops.includes(current); current = input.next()) this.append(current);
    return current;
  }

  take(): string | null {
    if (!this.collects) return null;
    const value = this.length > 0 ? this.#value.slice(0, this.length) : this.#empty;
    this.reset();
    return value;
  }
}

/** How the lines of a text end: as its first one does. */
export function separatorOf(text: string): string {
  const at = text.search(/[\r\n]/);
  if (at < 0 || text.charCodeAt(at) === lineFeed) return "\n";
  return text.charCodeAt(at + 1) === lineFeed ? "\r\n" : String.fromCharCode(carriageReturn);
}
