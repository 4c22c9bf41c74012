import type { LakewrightError, ParseError } from "../errors.ts";
import { type DataType, stringType, timestampType, voidType } from "./data-type.ts";
import { type Token, tokensOf } from "./ddl-token.ts";
import { type SourceFault, sourceError, syntaxError } from "./source-error.ts";

/** A place in the tokens of SQL text. Words are compared in capitals; a name in back-ticks is never a keyword. */
export class DdlCursor {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** The type that TIMESTAMP names. */
  readonly timestampType: DataType;
  /** The type that STRING names. */
  stringType: DataType = stringType;
  #next = 0;
  #refusal: LakewrightError | undefined;

  /**
   * @param text - SQL text
   * @param tokens - those of the text, where they are known
   * @param timestamp - the type that TIMESTAMP names
   * @throws ParseError when it cannot be split into tokens
   */
  constructor(text: string, tokens: readonly Token[] = tokensOf(text), timestamp: DataType = timestampType) {
    this.text = text;
    this.tokens = tokens;
    this.timestampType = timestamp;
  }

  /** The token here, or one further on. */
  peek(ahead = 0): Token {
    return this.tokens[Math.min(this.#next + ahead, this.tokens.length - 1)]!;
  }

  /** How many tokens were taken: a place to come back to. */
  get position(): number {
    return this.#next;
  }

  /** Goes back to a place, to read the tokens from there on in another way. */
  rewind(position: number): void {
    this.#next = position;
  }

  /** Whether these words and signs stand here, one after the other. */
  sees(...values: readonly string[]): boolean {
    return values.every((value, ahead) => {
      const token = this.peek(ahead);
      return token.value === value && (token.kind === "word" || token.kind === "sign");
    });
  }

  take(): Token {
    const token = this.peek();
    this.#next++;
    return token;
  }

  /** Takes these words and signs if they stand here. */
  accept(...values: readonly string[]): boolean {
    const seen = this.sees(...values);
    if (seen) this.#next += values.length;
    return seen;
  }

  /**
   * Takes a word or sign that must stand here.
   *
   * @throws ParseError `PARSE_SYNTAX_ERROR` if another does
   */
  expect(value: string): void {
    if (!this.accept(value)) throw this.unexpected(`'${value}'`);
  }

  /** `PARSE_SYNTAX_ERROR` at the token here. */
  unexpected(wanted: string): ParseError {
    const { start, text } = this.peek();
    return syntaxError(this.text, start, text, `Expected ${wanted}.`);
  }

  /**
   * Ends the reading.
   *
   * @throws ParseError `PARSE_SYNTAX_ERROR` if anything is left
   * @throws LakewrightError the first type that was refused
   */
  finish(): void {
    if (this.peek().kind !== "end") throw this.unexpected("',' or the end of the text");
    if (this.#refusal !== undefined) throw this.#refusal;
  }

  /** Refuses a type, but only once the whole text is known to be well formed: Spark reports faults of syntax first. */
  refuse(error: LakewrightError): DataType {
    this.#refusal ??= error;
    return voidType;
  }

  /** An error with a condition of its own, at a token. */
  fault(at: Token, sentence: string, fault: SourceFault): ParseError {
    return sourceError(this.text, at.start, sentence, fault);
  }
}
