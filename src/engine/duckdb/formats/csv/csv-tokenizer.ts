/** Cuts CSV into values exactly where univocity's parser, which Spark uses, does. */
import { ExecutionError, UnsupportedError } from "../../../../errors.ts";
import { Malformed } from "../text/malformed.ts";
import { Appender, CharacterInput, endOfInput, isSpace, lineFeed, noCharacter } from "./csv-input.ts";

/** What becomes of a quote within a value that is not escaped; Spark's option `unescapedQuoteHandling`. */
export type QuoteHandling =
  | "STOP_AT_DELIMITER"
  | "STOP_AT_CLOSING_QUOTE"
  | "BACK_TO_DELIMITER"
  | "SKIP_VALUE"
  | "RAISE_ERROR";

export interface TokenRules {
  readonly delimiter: string;
  /** A character, or nothing for none; so are the next two. */
  readonly quote: string;
  readonly escape: string;
  readonly escapeOfEscape: string | undefined;
  /** What stands for a value without characters, bare and in quotes. */
  readonly nullValue: string;
  readonly emptyValue: string;
  readonly ignoreLeadingSpace: boolean;
  readonly ignoreTrailingSpace: boolean;
  readonly quoteHandling: QuoteHandling;
  /** The character that begins a comment's line, if there is one. */
  readonly comment: string | undefined;
  /** The most values of a record, and characters of a value. */
  readonly maxColumns: number;
  readonly maxCharacters: number;
}

export type Tokens = readonly (string | null)[];

/** No character: Unicode promises that no text has it. */
const standIn = "\ufdd0";

const codeOf = (text: string): number => (text === "" ? noCharacter : text.charCodeAt(0));

export class CsvTokenizer {
  readonly #rules: TokenRules;
  readonly #input = new CharacterInput();
  /** Whether the delimiter has several characters: one that no text has then stands in for it. */
  readonly #several: boolean;
  readonly #delimiter: number;
  readonly #quote: number;
  readonly #escape: number;
  readonly #escapeEscape: number;
  readonly #wanted: readonly number[] | undefined;
  readonly #collecting: Appender;
  readonly #passing: Appender;
  #appender: Appender;
  #values: (string | null)[] = [];
  #pending: (string | null)[][] = [];
  #character = noCharacter;
  #previous = noCharacter;
  #sawUnescaped = false;
  #trims = false;

  /**
   * @param rules - the format's characters and options
   * @param wanted - the columns to give, in order; all when absent
   */
  constructor(rules: TokenRules, wanted?: readonly number[]) {
    this.#rules = rules;
    this.#several = rules.delimiter.length > 1;
    this.#delimiter = codeOf(this.#several ? standIn : rules.delimiter);
    this.#quote = codeOf(rules.quote);
    this.#escape = codeOf(rules.escape);
    this.#escapeEscape =
      rules.escapeOfEscape === undefined
        ? this.#quote === this.#escape
          ? noCharacter
          : this.#escape
        : codeOf(rules.escapeOfEscape);
    this.#wanted = wanted;
    this.#collecting = new Appender(true, rules.emptyValue);
    this.#passing = new Appender(false, rules.emptyValue);
    this.#appender = this.#appenderOf(0);
  }

  /** The values of a line, which has no line end. */
  line(text: string): Tokens | undefined {
    this.#input.open(this.#toStandIn(text));
    const tokens = this.#record();
    return tokens && this.#fromStandIn(tokens);
  }

  #toStandIn(text: string): string {
    return this.#several ? text.replaceAll(this.#rules.delimiter, standIn) : text;
  }

  #fromStandIn(tokens: Tokens): Tokens {
    return this.#several ? tokens.map((token) => token?.replaceAll(standIn, this.#rules.delimiter) ?? null) : tokens;
  }

  /** All records of a text with the source of each; quoted values may span lines. */
  *records(whole: string, separator: string): Generator<{ readonly tokens: Tokens; readonly source: string }> {
    const text = this.#toStandIn(whole);
    this.#input.open(text, separator);
    while (!this.#input.hasEnded || this.#pending.length > 0) {
      const start = this.#input.position;
      if (this.#rules.comment !== undefined && text.startsWith(this.#rules.comment, start)) {
        this.#input.skipLine();
        continue;
      }
      const tokens = this.#record();
      if (tokens === undefined) continue;
      const source = text.slice(start, this.#input.position).replace(/\r?\n$/, "");
      yield { tokens: this.#fromStandIn(tokens), source: source.replaceAll(standIn, this.#rules.delimiter) };
    }
  }

  #record(): Tokens | undefined {
    try {
      if (this.#pending.length > 0) return this.#given(this.#pending.shift()!);
      this.#character = this.#input.next();
      this.#parseRecord();
      return this.#row();
    } catch (error) {
      if (error === recordEnd) return this.#row();
      if (error === endOfInput) return this.#lastRow();
      throw this.#cleared(error);
    }
  }

  #cleared(error: unknown): unknown {
    this.#values = [];
    this.#collecting.reset();
    this.#appender = this.#appenderOf(0);
    this.#pending = [];
    return error;
  }

  #appenderOf(column: number): Appender {
    return this.#wanted === undefined || this.#wanted.includes(column) ? this.#collecting : this.#passing;
  }

  #push(value: string | null): void {
    const { maxColumns, maxCharacters } = this.#rules;
    if (this.#values.length === maxColumns)
      throw unreadable(`a record has more than ${maxColumns} values: set maxColumns`);
    if (value !== null && value.length > maxCharacters)
      throw unreadable(`a value has more than ${maxCharacters} characters: set maxCharsPerColumn`);
    this.#values.push(value);
    this.#appender = this.#appenderOf(this.#values.length);
  }

  #pushEmpty(): void {
    this.#push(this.#rules.nullValue);
  }

  #pushAppended(): void {
    if (this.#trims) this.#appender.trimEnd();
    this.#push(this.#appender.take());
  }

  #row(): Tokens | undefined {
    if (this.#pending.length > 0) {
      if (this.#values.length > 0) this.#pending.push(this.#values);
      this.#values = [];
      this.#appender = this.#appenderOf(0);
      return this.#given(this.#pending.shift()!);
    }
    if (this.#values.length === 0) return undefined;
    const values = this.#values;
    this.#values = [];
    this.#appender = this.#appenderOf(0);
    return this.#given(values);
  }

  #given(values: readonly (string | null)[]): Tokens {
    if (this.#wanted === undefined) return values;
    return this.#wanted.map((column) => (column < values.length ? values[column]! : this.#rules.nullValue));
  }

  /** What the end of the input leaves: the value that was being read, or one without characters behind a delimiter. */
  #lastRow(): Tokens | undefined {
    const isValue = this.#consumesAtEnd();
    if (isValue || this.#appender.length > 0) this.#pushAppended();
    else this.#pushEmpty();
    return this.#row();
  }

  #consumesAtEnd(): boolean {
    if (this.#character === this.#quote) {
      if (this.#previous === this.#quote) return true;
      if (!this.#sawUnescaped) this.#appender.append(this.#quote);
    }
    const consumes =
      this.#previous !== noCharacter && this.#character !== this.#delimiter && this.#character !== lineFeed;
    this.#character = noCharacter;
    this.#previous = noCharacter;
    return consumes;
  }

  #advance(): void {
    this.#character = this.#input.next();
  }

  get #isEnd(): boolean {
    return this.#character === this.#delimiter || this.#character === lineFeed;
  }

  #skipSpace(): void {
    if (!this.#rules.ignoreLeadingSpace || !isSpace(this.#character)) return;
    this.#character = this.#input.skipSpace(this.#character, this.#delimiter, this.#quote);
  }

  #parseRecord(): void {
    this.#skipSpace();
    while (this.#character !== lineFeed) {
      this.#skipSpace();
      if (this.#isEnd) this.#pushEmpty();
      else if (this.#parseValue()) continue;
      if (this.#character === lineFeed) continue;
      this.#advance();
      if (this.#character === lineFeed) this.#pushEmpty();
    }
  }

  /** Whether the value was simple, so that what follows its delimiter is the current character already. */
  #parseValue(): boolean {
    this.#sawUnescaped = false;
    this.#previous = noCharacter;
    if (this.#character !== this.#quote) {
      this.#parseBare();
      return false;
    }
    if (!this.#several && this.#parseSimpleQuoted()) return true;
    this.#trims = false;
    this.#parseQuoted();
    if (!(this.#sawUnescaped && this.#rules.quoteHandling === "BACK_TO_DELIMITER" && this.#appender.length === 0))
      this.#pushAppended();
    return false;
  }

  #parseSimpleQuoted(): boolean {
    const { length } = this.#appender;
    if (length === 0) {
      const value = this.#input.simpleQuoted(this.#quote, this.#escape, this.#escapeEscape, this.#delimiter);
      if (value === undefined) return false;
      this.#push(value === "" ? this.#rules.emptyValue : value);
    } else if (length === -1 && this.#input.skipQuoted(this.#quote, this.#escape, this.#delimiter))
      this.#pushAppended();
    else return false;
    this.#afterSimpleQuoted();
    return true;
  }

  #afterSimpleQuoted(): void {
    this.#advance();
    if (this.#character !== this.#delimiter) return;
    if (this.#input.hasEnded) {
      this.#pushEmpty();
      throw recordEnd;
    }
    this.#advance();
    if (this.#character === lineFeed) this.#pushEmpty();
  }

  #parseBare(): void {
    const isSimple = this.#appender.length === 0 && !this.#several;
    const simple = isSimple ? this.#input.simpleBare(this.#delimiter) : undefined;
    if (simple === undefined) {
      this.#trims = this.#rules.ignoreTrailingSpace;
      this.#appendBare();
      this.#pushAppended();
      return;
    }
    const value = this.#rules.ignoreTrailingSpace ? trimmedEnd(simple) : simple;
    this.#push(value === "" ? this.#rules.nullValue : value);
    this.#advance();
  }

  #appendBare(): void {
    // Letter by letter, univocity knows the last one when the input ends, and takes a quote there for one to keep.
    while (this.#several && !this.#isEnd) {
      this.#appender.append(this.#character);
      this.#advance();
    }
    this.#character = this.#appender.appendUntil(this.#character, this.#input, [this.#delimiter, lineFeed]);
  }

  #parseQuoted(): void {
    if (this.#previous !== noCharacter && this.#stopsAtDelimiter) this.#parseRestAsBare();
    else this.#parseWithinQuotes();
  }

  get #stopsAtDelimiter(): boolean {
    const { quoteHandling } = this.#rules;
    return (
      quoteHandling === "STOP_AT_DELIMITER" || quoteHandling === "SKIP_VALUE" || quoteHandling === "BACK_TO_DELIMITER"
    );
  }

  #parseRestAsBare(): void {
    if (this.#rules.quoteHandling === "SKIP_VALUE") {
      this.#skipValue();
      return;
    }
    this.#appender.prepend(this.#quote);
    this.#advance();
    this.#trims = this.#rules.ignoreTrailingSpace;
    this.#appendBare();
  }

  #parseWithinQuotes(): void {
    this.#advance();
    while (this.#previous !== this.#quote || !(isSpace(this.#character) || this.#isEnd)) {
      if (this.#character !== this.#quote && this.#character !== this.#escape) {
        if (this.#previous === this.#quote) {
          this.#parseAfterUnescapedQuote();
          return;
        }
        if (this.#previous === this.#escape && this.#escape !== noCharacter) this.#appender.append(this.#escape);
        this.#character = this.#appender.appendUntil(this.#character, this.#input, [
          this.#quote,
          this.#escape,
          this.#escapeEscape,
        ]);
        this.#previous = this.#character;
        this.#advance();
      } else {
        this.#processEscape();
        this.#previous = this.#character;
        this.#advance();
        if (this.#sawUnescaped && this.#isEnd) return;
      }
    }
    this.#parseAfterQuotes();
  }

  /** White space behind the closing quote is dropped, unless something follows it. */
  #parseAfterQuotes(): void {
    if (!this.#isEnd && isSpace(this.#character) && !this.#parseSpaceAfterQuotes()) return;
    if (!this.#isEnd) throw new Malformed("an unexpected character follows a quoted value");
  }

  #parseSpaceAfterQuotes(): boolean {
    let spaces = "";
    do {
      spaces += String.fromCharCode(this.#character);
      this.#advance();
      if (this.#character === lineFeed) return false;
    } while (isSpace(this.#character) && this.#character !== this.#delimiter);
    if (this.#character === this.#delimiter || this.#rules.quoteHandling === "RAISE_ERROR") return true;
    this.#refuseWithSeveral();
    this.#appender.append(this.#quote);
    this.#appender.appendText(spaces);
    if (this.#stopsAtDelimiter || (this.#character !== this.#quote && this.#character !== this.#escape))
      this.#appender.append(this.#character);
    this.#previous = this.#character;
    this.#parseQuoted();
    return true;
  }

  #processEscape(): void {
    const character = this.#character;
    const previous = this.#previous;
    if (character === this.#escape && previous === this.#escapeEscape && this.#escapeEscape !== noCharacter) {
      this.#appender.append(this.#escape);
      this.#character = noCharacter;
    } else if (previous === this.#escape) {
      if (character === this.#quote) {
        this.#appender.append(this.#quote);
        this.#character = noCharacter;
      } else this.#appender.append(previous);
    } else if (character === this.#quote && previous === this.#quote) this.#appender.append(this.#quote);
    else if (previous === this.#quote) this.#parseAfterUnescapedQuoteInValue();
  }

  #parseAfterUnescapedQuote(): void {
    this.#refuseWithSeveral();
    this.#sawUnescaped = true;
    const { quoteHandling } = this.#rules;
    if (quoteHandling === "BACK_TO_DELIMITER") {
      this.#goBackToDelimiter();
      return;
    }
    if (quoteHandling !== "STOP_AT_DELIMITER" && quoteHandling !== "STOP_AT_CLOSING_QUOTE") {
      this.#skipOrRaise();
      return;
    }
    this.#appender.append(this.#quote);
    this.#appender.append(this.#character);
    this.#previous = this.#character;
    this.#parseQuoted();
  }

  /** The quoted value was none: what was read so far is cut at its delimiters after all. */
  #goBackToDelimiter(): void {
    for (let at = this.#appender.value.search(this.#ends); at >= 0; at = this.#appender.value.search(this.#ends)) {
      const isLineEnd = this.#appender.value.charCodeAt(at) === lineFeed;
      this.#push(this.#appender.value.slice(0, at));
      if (isLineEnd) {
        this.#pending.push(this.#values);
        this.#values = [];
      }
      this.#collecting.remove(at + 1);
    }
    this.#appender.append(this.#character);
    this.#previous = noCharacter;
    this.#parseQuoted();
  }

  get #ends(): RegExp {
    return new RegExp(`[\n${String.fromCharCode(this.#delimiter).replace(/[\\\]^-]/, "\\$&")}]`);
  }

  #parseAfterUnescapedQuoteInValue(): void {
    this.#refuseWithSeveral();
    const { quoteHandling } = this.#rules;
    if (quoteHandling === "SKIP_VALUE" || quoteHandling === "RAISE_ERROR") {
      this.#skipOrRaise();
      return;
    }
    this.#appender.append(this.#quote);
    this.#previous = this.#character;
    this.#parseEscapedBare();
  }

  #parseEscapedBare(): void {
    while (!this.#isEnd) {
      if (this.#character !== this.#quote && this.#character !== this.#escape) {
        if (this.#previous === this.#quote) {
          this.#parseAfterUnescapedQuoteInValue();
          return;
        }
        this.#appender.append(this.#character);
      } else this.#processEscape();
      this.#previous = this.#character;
      this.#advance();
    }
  }

  /** What univocity makes of such quotes depends on where the separator's characters stand, not only on the separator. */
  #refuseWithSeveral(): void {
    if (!this.#several) return;
    throw new UnsupportedError(
      "a quote stands within a quoted CSV value without an escape, and the separator has several characters",
      {
        hint: "Escape the quotes of the file, or separate its values by one character.",
      },
    );
  }

  #skipOrRaise(): void {
    if (this.#rules.quoteHandling === "RAISE_ERROR") throw unreadable("an unescaped quote stands inside a value");
    this.#skipValue();
  }

  #skipValue(): void {
    this.#collecting.reset();
    this.#appender = this.#passing;
    this.#appendBare();
  }
}

/** Ends a record at the end of the input with all its values read. */
const recordEnd = Object.freeze({ recordEnd: true });

/** What univocity gives up for, in every mode. */
const unreadable = (reason: string): ExecutionError =>
  new ExecutionError(`Encountered error while reading CSV: ${reason}`, {
    condition: "FAILED_READ_FILE.NO_HINT",
    sqlState: "KD001",
    hint: "The option mode does not help here: mend the file, or change the option.",
  });

const trimmedEnd = (text: string): string => {
  let end = text.length;
  while (end > 0 && isSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(0, end);
};
