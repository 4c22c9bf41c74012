/** The lowest layer of a JSON reader that accepts, rejects and recovers exactly where Jackson's UTF-8 parser does. */

import { Malformed } from "../text/malformed.ts";

/** What Spark's JSON options switch on in the parser, under the option's own name. */
export interface JsonFeatures {
  readonly allowComments: boolean;
  readonly allowUnquotedFieldNames: boolean;
  readonly allowSingleQuotes: boolean;
  readonly allowNumericLeadingZeros: boolean;
  readonly allowNonNumericNumbers: boolean;
  readonly allowBackslashEscapingAnyCharacter: boolean;
  readonly allowUnquotedControlChars: boolean;
  readonly maxNestingDepth: number;
  /** In characters. */
  readonly maxNumLen: number;
  /** In characters. */
  readonly maxStringLen: number;
}

/** What the parser refuses unless options say otherwise. */
export const usualLimits = { maxNestingDepth: 1000, maxNumLen: 1000, maxStringLen: 100_000_000 } as const;

export const code = (character: string): number => character.charCodeAt(0);
const tab = 9;
const lineFeed = 10;
const carriageReturn = 13;
const space = 32;
const quote = code('"');
const apostrophe = code("'");
const slash = code("/");
const backslash = code("\\");
const colon = code(":");
const star = code("*");
const maximumNameLength = 50_000;
const simpleEscapes: ReadonlyMap<number, string> = new Map(
  Object.entries({ b: "\b", t: "\t", n: "\n", f: "\f", r: "\r", '"': '"', "/": "/", "\\": "\\" }).map(
    ([letter, text]) => [code(letter), text],
  ),
);
const identifierPart = /^[\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Sc}\p{Pc}\0-\x08\x0e-\x1b\x7f-\x9f]$/u;
const fromBytes = new TextDecoder();

export const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;

/** Reads characters of UTF-8 text; `at` is always the next byte to read, as recovery after an error depends on it. */
export class JacksonBytes {
  protected input: Uint8Array = new Uint8Array();
  protected at = 0;
  protected end = 0;
  /** Strings that nobody asked for are only checked for their end, as Jackson does. */
  protected skipping = false;
  protected readonly features: JsonFeatures;

  constructor(features: JsonFeatures) {
    this.features = features;
  }

  protected fail(reason: string): never {
    throw new Malformed(reason);
  }

  /** The next byte; running out of input is an error. */
  protected take(): number {
    if (this.at >= this.end) this.fail("Unexpected end-of-input");
    return this.input[this.at++]!;
  }

  /** The first byte that is neither white space nor a comment, or -1 at the end. */
  protected skipSpace(): number {
    while (this.at < this.end) {
      const byte = this.input[this.at++]!;
      if (byte > space) {
        if (byte !== slash) return byte;
        this.skipComment();
      } else if (byte !== space && byte !== tab && byte !== lineFeed && byte !== carriageReturn) {
        this.fail(`Illegal character (code ${byte}): only regular white space is allowed between tokens`);
      }
    }
    return -1;
  }

  protected skipColon(): number {
    if (this.skipSpaceOrFail() !== colon) this.fail("was expecting a colon to separate field name and value");
    return this.skipSpaceOrFail();
  }

  protected skipSpaceOrFail(): number {
    const byte = this.skipSpace();
    return byte < 0 ? this.fail("Unexpected end-of-input within/between entries") : byte;
  }

  private skipComment(): void {
    if (!this.features.allowComments) this.fail("a comment is not allowed: option allowComments is off");
    const second = this.take();
    if (second === slash) while (this.at < this.end && !isLineEnd(this.commentByte()));
    else if (second !== star) this.fail("was expecting either '*' or '/' for a comment");
    else while (this.commentByte() !== star || this.input[this.at] !== slash);
    if (second === star) this.at++;
  }

  private commentByte(): number {
    const byte = this.take();
    if (byte > 127) this.multiByte(byte);
    if (byte < space && byte !== tab && !isLineEnd(byte)) this.fail(`Illegal character (code ${byte}) in a comment`);
    return byte;
  }

  /** The text up to `terminator`, which is consumed. */
  protected readText(terminator: number): string {
    const start = this.at;
    while (this.at < this.end) {
      const byte = this.input[this.at]!;
      if (byte === terminator) return latin(this.input, start, this.at++);
      if (byte < space || byte === backslash || byte > 127) break;
      this.at++;
    }
    return latin(this.input, start, this.at) + this.oddText(terminator);
  }

  private oddText(terminator: number): string {
    let text = "";
    for (let byte = this.take(); byte !== terminator; byte = this.take()) {
      text += byte < space ? this.controlCharacter(byte) : this.character(byte);
    }
    return text;
  }

  private controlCharacter(byte: number): string {
    if (this.features.allowUnquotedControlChars) return String.fromCharCode(byte);
    return this.fail(`Illegal unquoted character (code ${byte}): has to be escaped using backslash`);
  }

  protected escaped(): string {
    const byte = this.take();
    const simple = simpleEscapes.get(byte);
    if (simple !== undefined) return simple;
    if (byte === code("u")) return String.fromCharCode(this.hexadecimal());
    const character = this.characterForError(byte);
    if (this.features.allowBackslashEscapingAnyCharacter) return character;
    if (byte === apostrophe && this.features.allowSingleQuotes) return character;
    return this.fail(`Unrecognized character escape '${character}'`);
  }

  private hexadecimal(): number {
    let value = 0;
    for (let count = 0; count < 4; count++) {
      const digit = Number.parseInt(String.fromCharCode(this.take()), 16);
      if (Number.isNaN(digit)) this.fail("expected a hex-digit for character escape sequence");
      value = value * 16 + digit;
    }
    return value;
  }

  /** Decodes as Jackson does: overlong forms pass; surrogates, wrong lead and continuation bytes do not. */
  private multiByte(lead: number): string {
    if ((lead & 0xe0) === 0xc0) return String.fromCharCode(this.continued(lead & 0x1f, 1));
    if ((lead & 0xf0) === 0xe0) return String.fromCharCode(this.noSurrogate(this.continued(lead & 0x0f, 2)));
    if ((lead & 0xf8) !== 0xf0) this.fail(`Invalid UTF-8 start byte 0x${lead.toString(16)}`);
    const point = this.continued(lead & 0x07, 3) - 0x10000;
    return String.fromCharCode(0xd800 | (point >> 10), 0xdc00 | (point & 0x3ff));
  }

  private noSurrogate(value: number): number {
    if (!this.skipping && value >= 0xd800 && value <= 0xdfff) this.fail("Invalid UTF-8: a surrogate character");
    return value;
  }

  private continued(first: number, count: number): number {
    let value = first;
    for (let index = 0; index < count; index++) {
      const byte = this.take();
      if ((byte & 0xc0) !== 0x80) this.fail(`Invalid UTF-8 middle byte 0x${byte.toString(16)}`);
      value = (value << 6) | (byte & 0x3f);
    }
    return value;
  }

  private characterForError(byte: number): string {
    return byte > 127 ? this.multiByte(byte).charAt(0) : String.fromCharCode(byte);
  }

  /** A field name: escapes are undone first and the bytes decoded after, so that a bad byte fails behind the name. */
  protected name(first: number): string {
    if (first === quote || (first === apostrophe && this.features.allowSingleQuotes)) return this.quotedName(first);
    if (!this.features.allowUnquotedFieldNames) this.fail("was expecting double-quote to start field name");
    if (!isNameByte(first)) this.fail("was expecting a valid name character or double-quote to start field name");
    const start = this.at - 1;
    while (isNameByte(this.peek())) this.at++;
    return this.decodedName(start, this.at);
  }

  private peek(): number {
    return this.at < this.end ? this.input[this.at]! : this.fail("Unexpected end-of-input in field name");
  }

  private quotedName(terminator: number): string {
    const start = this.at;
    for (let byte = this.take(); byte !== terminator; byte = this.take()) {
      if (byte === backslash) this.escapedPair();
      else if (byte < space) this.controlCharacter(byte);
    }
    if (this.at - start > maximumNameLength)
      this.fail(`Name length exceeds the maximum allowed (${maximumNameLength})`);
    return this.decodedName(start, this.at - 1);
  }

  /** In names, unlike in values, surrogates must come in pairs. */
  private escapedPair(): void {
    const first = this.escaped();
    if (isLow(first)) this.fail("Unexpected low surrogate in field name");
    if (!isHigh(first)) return;
    if (this.take() !== backslash || !isLow(this.escaped())) this.fail("Broken surrogate pair in field name");
  }

  private decodedName(start: number, stop: number): string {
    const { at, end } = this;
    this.at = start;
    this.end = stop;
    try {
      let name = "";
      while (this.at < stop) name += this.character(this.take());
      return name;
    } finally {
      this.at = at;
      this.end = end;
    }
  }

  private character(byte: number): string {
    if (byte === backslash) return this.escaped();
    return byte > 127 ? this.multiByte(byte) : String.fromCharCode(byte);
  }

  /** Consumes `word`, whose first `matched` characters were read, and checks that it ends there. */
  protected expectWord(word: string, matched: number): void {
    for (let index = matched; index < word.length; index++) {
      if (this.at >= this.end || this.input[this.at] !== word.charCodeAt(index)) this.invalidToken();
      this.at++;
    }
    const next = this.at < this.end ? this.input[this.at]! : 0;
    if (next < 48 || next === code("]") || next === code("}")) return;
    if (identifierPart.test(this.characterAhead())) this.invalidToken();
  }

  private characterAhead(): string {
    return this.characterForError(this.input[this.at]!);
  }

  /** Consumes what looks like a token, and the character behind it, as Jackson does to quote it in its message. */
  protected invalidToken(): never {
    const start = this.at;
    while (this.at < this.end && identifierPart.test(this.characterForError(this.input[this.at++]!)));
    return this.fail(`Unrecognized token '${latin(this.input, start, this.at).slice(0, 100)}'`);
  }
}

const isHigh = (character: string): boolean => character >= "\ud800" && character < "\udc00";
const isLow = (character: string): boolean => character >= "\udc00" && character <= "\udfff";
const isLineEnd = (byte: number): boolean => byte === lineFeed || byte === carriageReturn;

const isNameByte = (byte: number): boolean =>
  byte >= 127 ||
  isDigit(byte) ||
  (byte >= 64 && byte <= 90) ||
  (byte >= 97 && byte <= 122) ||
  "#*-_+$".includes(String.fromCharCode(byte));

const latin = (bytes: Uint8Array, start: number, end: number): string =>
  end - start < 32 ? String.fromCharCode(...bytes.subarray(start, end)) : fromBytes.decode(bytes.subarray(start, end));
