/** Where an error was caused: a call in a program or a span of SQL text. */
export interface ErrorContext {
  /** `sales.ts:12:4 .filter(…)`, or the SQL fragment. */
  readonly origin?: string;
  readonly line?: number;
  readonly column?: number;
  readonly fragment?: string;
  /** The same place as Spark tells it. */
  readonly query?: QueryContext;
}

/** The place of an error as Spark's query contexts tell it. */
export interface QueryContext {
  /** Whether the place is a fragment of SQL text or a method that a program called. */
  readonly contextType: "SQL" | "DataFrame";
  /** What holds the SQL text, such as `VIEW`; empty for the text of the query itself. */
  readonly objectType: string;
  readonly objectName: string;
  /** The first and the last letter of the fragment, from 0 on; -1 where the place is no SQL text. */
  readonly startIndex: number;
  readonly stopIndex: number;
  /** The fragment of SQL text, or the name of the method. */
  readonly fragment: string;
  /** The file and the line that called the method; empty for SQL text. */
  readonly callSite: string;
  /** The place as messages show it, its lines with carets below the fragment. */
  readonly summary: string;
}

/** What an error is made of besides its sentence. */
export interface ErrorDetails {
  /** Spark's error condition, such as `UNRESOLVED_COLUMN.WITH_SUGGESTION`. */
  readonly condition?: string;
  /** The five-character SQLSTATE of the condition. */
  readonly sqlState?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly context?: ErrorContext;
  /** One sentence that says what to do. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/**
 * The root of every error that Lakewright throws on purpose.
 *
 * `condition`, `sqlState` and `parameters` are Spark's where Spark has the error, so that programs can test them.
 *
 * @example
 * ```ts
 * const error = new LakewrightError("no such table: sales", { condition: "TABLE_OR_VIEW_NOT_FOUND", sqlState: "42P01" });
 * console.log(error.condition); // TABLE_OR_VIEW_NOT_FOUND
 * ```
 */
export class LakewrightError extends Error {
  /** The class of the error. */
  override readonly name: string = "LakewrightError";
  /** Spark's error condition, such as `DIVIDE_BY_ZERO`; undefined where Spark has none. */
  readonly condition: string | undefined;
  /** The five-character SQLSTATE of the condition. */
  readonly sqlState: string | undefined;
  /** What the sentence names, by Spark's names of it. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The place in the program or in SQL text, once it is known. */
  context: ErrorContext | undefined;
  /** One sentence that says what to do. */
  readonly hint: string | undefined;
  readonly #sentence: string;
  readonly #details: ErrorDetails;

  constructor(sentence: string, details: ErrorDetails = {}) {
    super(compose(sentence, details), details.cause === undefined ? undefined : { cause: details.cause });
    this.condition = details.condition;
    this.sqlState = details.sqlState;
    this.parameters = details.parameters ?? {};
    this.context = details.context;
    this.hint = details.hint;
    this.#sentence = sentence;
    this.#details = details;
  }

  /**
   * The place that caused the error, as Spark's clients give it: a list of one, or of none where the place is not known.
   *
   * @example
   * ```ts
   * const error = new LakewrightError("no such table: sales");
   * console.log(error.getQueryContext()); // []
   * ```
   */
  getQueryContext(): readonly QueryContext[] {
    return this.context?.query === undefined ? [] : [this.context.query];
  }

  /**
   * Notes the place that caused the error, once it is known; the first place stays.
   *
   * @internal
   */
  locate(context: ErrorContext): this {
    if (this.context !== undefined) return this;
    this.context = context;
    this.message = compose(this.#sentence, { ...this.#details, context });
    return this;
  }
}

/** SQL text, a DDL string or a path pattern that cannot be parsed. */
export class ParseError extends LakewrightError {
  override readonly name: string = "ParseError";
}

/** A plan that has no meaning: unknown columns, wrong types, aggregates in wrong places. */
export class AnalysisError extends LakewrightError {
  override readonly name: string = "AnalysisError";
}

/** A plan that failed on the data: overflow, bad casts, unreadable files, a function that threw. */
export class ExecutionError extends LakewrightError {
  override readonly name: string = "ExecutionError";
}

/** Something that Spark has and Lakewright, or this engine, does not. */
export class UnsupportedError extends LakewrightError {
  override readonly name: string = "UnsupportedError";

  constructor(sentence: string, details: ErrorDetails = {}) {
    super(sentence, { condition: "UNSUPPORTED_FEATURE", sqlState: "0A000", ...details });
  }
}

/** A fault of ours, never of the program that met it. */
export class InternalError extends LakewrightError {
  override readonly name: string = "InternalError";

  constructor(sentence: string, details: ErrorDetails = {}) {
    super(`${sentence}. This is a bug in Lakewright, please report it`, {
      condition: "INTERNAL_ERROR",
      sqlState: "XX000",
      ...details,
    });
  }
}

/**
 * Tells whether a caught value is one of Lakewright's errors.
 *
 * @param value - anything that was thrown
 * @example
 * ```ts
 * console.log(isLakewrightError(new Error("other"))); // false
 * ```
 */
export function isLakewrightError(value: unknown): value is LakewrightError {
  return value instanceof LakewrightError;
}

/**
 * The names nearest to a misspelt one, best first: same letters in another case, then few edits away.
 *
 * @param name - what was written
 * @param names - what exists
 * @param most - how many to return
 */
export function nearest(name: string, names: readonly string[], most = 3): string[] {
  const wanted = name.toLowerCase();
  return names
    .map((candidate) => ({ candidate, distance: editDistance(wanted, candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= Math.max(2, Math.floor(candidate.length / 3)))
    .sort((left, right) => left.distance - right.distance)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/**
 * A list of names for a sentence, cut after `most`.
 *
 * @param names - what exists
 * @param most - how many to write out
 */
export function listed(names: readonly string[], most = 20): string {
  if (names.length === 0) return "none";
  return names.length <= most ? names.join(", ") : `${names.slice(0, most).join(", ")}, … (${names.length} in all)`;
}

function compose(sentence: string, { condition, sqlState, context, hint }: ErrorDetails): string {
  const ended = `${sentence}.`.replace(/([.!?])\.$/, "$1");
  const head = condition === undefined ? ended : `[${condition}] ${ended}`;
  const state = sqlState === undefined ? "" : ` SQLSTATE: ${sqlState}`;
  const where = context === undefined ? "" : placeText(context);
  return `${head}${state}${where}${hint === undefined ? "" : `\n  ${hint}`}`;
}

const placeText = ({ origin, query }: ErrorContext): string =>
  origin === undefined ? `\n${(query?.summary ?? "").trimEnd()}`.trimEnd() : `\n  at ${origin}`;

/**
 * The number of letters to insert, remove or replace to turn one text into another.
 *
 * @param left - one text
 * @param right - the other
 */
export function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const current = [i];
    for (let j = 1; j <= right.length; j++) {
      const change = left[i - 1] === right[j - 1] ? 0 : 1;
      current[j] = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + change);
    }
    previous = current;
  }
  return previous[right.length]!;
}
