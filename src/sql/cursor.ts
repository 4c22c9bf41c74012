/** A place in SQL text, with what the grammar needs to know wherever it is. */
import type { ComputedName, SqlOptions, SqlParameters } from "../functions/parsers.ts";
import type { Expression } from "../plan/expression.ts";
import type { Origin } from "../plan/node.ts";
import type { Relation } from "../plan/relation.ts";
import type { DataType } from "../types/data-type.ts";
import { DdlCursor } from "../types/ddl-cursor.ts";
import { type Token, tokensOf } from "../types/ddl-token.ts";
import type { SqlSource } from "./template.ts";

/** The roots of the grammar, which hold each other: expressions have queries in them. */
export interface Grammar {
  readonly expression: (cursor: SqlCursor) => Expression;
  readonly value: (cursor: SqlCursor) => Expression;
  readonly query: (cursor: SqlCursor) => Relation;
  readonly joined: (cursor: SqlCursor) => Relation;
}

/** A text in double quotes as the name that it is where those are names. */
const named = (token: Token): Token =>
  token.kind === "string" && token.text.startsWith('"')
    ? { ...token, kind: "quoted", value: token.text.slice(1, -1).replaceAll('""', '"') }
    : token;

export class SqlCursor extends DdlCursor {
  readonly #grammar: Grammar;
  /** The zone of timestamps that name none, where it is known. */
  readonly timeZone: string | undefined;
  readonly parameters: SqlParameters | undefined;
  /** Whether `IDENTIFIER(…)` stands for whole names only. */
  readonly legacyIdentifierClause: boolean;
  readonly computedName: ComputedName | undefined;
  readonly #quotedPatterns: boolean;
  #inSelectList = false;
  readonly #holes: ReadonlyMap<number, Relation | Expression>;
  /** The common table expressions in sight, innermost last, in lower case. */
  #commonTables: readonly string[] = [];
  #markers = 0;
  #noAlias: string | undefined;
  #closing: Int32Array | undefined;
  #runs: Int32Array | undefined;

  /**
   * @param source - SQL text, with its tokens where they are known
   * @param grammar - how expressions and queries are read
   * @param options - what the meaning of the text depends on
   * @throws ParseError when it cannot be split into tokens
   */
  constructor(source: SqlSource, grammar: Grammar, options: SqlOptions = {}) {
    const {
      timeZone,
      timestampType,
      parameters,
      doubleQuotedIdentifiers = false,
      legacyIdentifierClause = false,
      quotedPatterns = false,
    } = options;
    const tokens = source.tokens ?? tokensOf(source.text);
    super(source.text, doubleQuotedIdentifiers ? tokens.map(named) : tokens, timestampType);
    this.legacyIdentifierClause = legacyIdentifierClause;
    this.#quotedPatterns = quotedPatterns;
    this.computedName = options.computedName;
    this.#grammar = grammar;
    this.#holes = source.holes ?? new Map();
    this.timeZone = timeZone;
    if (options.stringType !== undefined) this.stringType = options.stringType;
    this.parameters = parameters;
  }

  /** Reads an expression. */
  expression(): Expression {
    return this.#grammar.expression(this);
  }

  /** Reads a value: an expression without AND, OR, NOT and predicates. */
  value(): Expression {
    return this.#grammar.value(this);
  }

  /** Reads a query. */
  query(): Relation {
    return this.#grammar.query(this);
  }

  /** Reads a relation and the joins behind it. */
  joined(): Relation {
    return this.#grammar.joined(this);
  }

  /** The word that stands here, or further on, in capitals. */
  word(ahead = 0): string | undefined {
    const { kind, value } = this.peek(ahead);
    return kind === "word" ? value : undefined;
  }

  /** Whether one of these words stands here, or further on. */
  seesAny(words: ReadonlySet<string>, ahead = 0): boolean {
    const { kind, value } = this.peek(ahead);
    return kind === "word" && words.has(value);
  }

  /** Whether a sign stands here, or further on. */
  seesSign(sign: string, ahead = 0): boolean {
    const { kind, value } = this.peek(ahead);
    return value === sign && kind === "sign";
  }

  /** Takes the first of these words and signs that stands here. */
  acceptAny<Value extends string>(...values: readonly Value[]): Value | undefined {
    return values.find((value) => this.accept(value));
  }

  /** Takes words and signs that must stand here, one after the other. */
  expectAll(...values: readonly string[]): void {
    for (const value of values) this.expect(value);
  }

  /** The place from an offset to the end of the last token that was taken. */
  origin(start: number): Origin {
    const last = this.peek(-1);
    return { from: "sql", text: this.text, start, end: Math.max(start, last.start + last.text.length) };
  }

  /** A node that was read from an offset on, with its place. */
  placed<Node extends Expression | Relation>(start: number, node: Node): Node {
    (node as { origin?: Origin }).origin = this.origin(start);
    return Object.freeze(node);
  }

  /** What the hole of a template that stands here holds. */
  hole(): Relation | Expression | undefined {
    return this.#holes.get(this.peek().start);
  }

  /** The number of the next `?`, from 0 on. */
  nextMarker(): number {
    return this.#markers++;
  }

  /** Whether a name is that of a common table expression in sight. */
  isCommonTable(name: string): boolean {
    return this.#commonTables.includes(name.toLowerCase());
  }

  /** Reads while common table expressions are in sight. */
  withCommonTables<Result>(names: readonly string[], read: () => Result): Result {
    const outer = this.#commonTables;
    this.#commonTables = [...outer, ...names.map((name) => name.toLowerCase())];
    try {
      return read();
    } finally {
      this.#commonTables = outer;
    }
  }

  /** Reads while texts are of a type, those that are written and those that STRING names. */
  withTexts<Result>(type: DataType, read: () => Result): Result {
    const outer = this.stringType;
    this.stringType = type;
    try {
      return read();
    } finally {
      this.stringType = outer;
    }
  }

  /** Whether a name that was just read is a regular expression of names. */
  get endsPattern(): boolean {
    const { kind, value } = this.peek(-1);
    return this.#quotedPatterns && this.#inSelectList && kind === "quoted" && !/^\w+$/.test(value);
  }

  /** Reads an item of a select list, in which quoted names may be regular expressions. */
  selectItem<Result>(read: () => Result): Result {
    const outer = this.#inSelectList;
    this.#inSelectList = true;
    try {
      return read();
    } finally {
      this.#inSelectList = outer;
    }
  }

  /** Whether the word here ends the query that is read, so that it is no alias. */
  get endsQuery(): boolean {
    return this.#noAlias !== undefined && this.sees(this.#noAlias);
  }

  /** Reads while a word that may be an alias elsewhere is none. */
  withoutAlias<Result>(word: string, read: () => Result): Result {
    const outer = this.#noAlias;
    this.#noAlias = word;
    try {
      return read();
    } finally {
      this.#noAlias = outer;
    }
  }

  /** How many opening parentheses stand here in a row. */
  openParentheses(): number {
    this.#runs ??= parenthesisRuns(this.tokens);
    return this.#runs[this.position]!;
  }

  /** How many of the parentheses here hold nothing but the next one: 2 for `(((a, b)))`, none for `((a) + b)`. */
  redundantParentheses(): number {
    this.#closing ??= closingParentheses(this.tokens);
    const closing = (ahead: number): number => this.#closing![this.position + ahead]!;
    const depth = this.openParentheses();
    let redundant = 0;
    while (redundant < depth - 1 && closing(redundant + 1) + 1 === closing(redundant)) redundant++;
    return redundant;
  }

  /** The token that follows the parenthesis closing the one `ahead` of here. */
  afterClosing(ahead: number): Token {
    this.#closing ??= closingParentheses(this.tokens);
    return this.peek(this.#closing[this.position + ahead]! + 1 - this.position);
  }
}

/** For each opening parenthesis the position of the one that closes it; the end where there is none. */
function closingParentheses(tokens: readonly Token[]): Int32Array {
  const closing = new Int32Array(tokens.length).fill(tokens.length - 1);
  const open: number[] = [];
  tokens.forEach(({ kind, value }, position) => {
    if (kind !== "sign") return;
    if (value === "(") open.push(position);
    else if (value === ")" && open.length > 0) closing[open.pop()!] = position;
  });
  return closing;
}

/** For each token the number of opening parentheses in a row from there on. */
function parenthesisRuns(tokens: readonly Token[]): Int32Array {
  const runs = new Int32Array(tokens.length);
  for (let position = tokens.length - 2; position >= 0; position--) {
    const { kind, value } = tokens[position]!;
    if (kind === "sign" && value === "(") runs[position] = runs[position + 1]! + 1;
  }
  return runs;
}
