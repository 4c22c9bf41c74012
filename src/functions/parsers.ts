/** The parser of SQL text; `index.ts` binds it, since the parser itself is made of columns and plans. */
import { UnsupportedError } from "../errors.ts";
import type { Command } from "../plan/command.ts";
import type { Expression } from "../plan/expression.ts";
import type { Relation } from "../plan/relation.ts";
import { textType } from "../types/collation.ts";
import { type DataType, timestampNtzType, timestampType } from "../types/data-type.ts";

/** What a statement means: rows, or a change. */
export type Statement = Relation | Command;

/** What the markers of a text stand for: `:name` and `?`. */
export interface SqlParameters {
  readonly named?: Readonly<Record<string, Expression>>;
  readonly positional?: readonly Expression[];
  /** Hears of each marker that is read. */
  readonly onMarker?: (form: "named" | "positional") => void;
}

/** What the meaning of a text depends on. */
export interface SqlOptions {
  /** The zone of timestamps that name none; that of the session which analyses them when absent. */
  readonly timeZone?: string;
  /** What TIMESTAMP means: without a zone where the session says so, else with one. */
  readonly timestampType?: DataType;
  /** The type of texts; STRING without a collation when absent. */
  readonly stringType?: DataType;
  readonly parameters?: SqlParameters;
  /** Whether what stands in double quotes is a name and no text. */
  readonly doubleQuotedIdentifiers?: boolean;
  /** Whether `IDENTIFIER(…)` stands for whole names of tables, functions and columns alone, as in Spark before 4.1. */
  readonly legacyIdentifierClause?: boolean;
  /** Whether a quoted name in a select list that is no plain one is a regular expression of names. */
  readonly quotedPatterns?: boolean;
  /** The name that an expression in `IDENTIFIER(…)` computes, where it is known; such expressions are refused when absent. */
  readonly computedName?: ComputedName;
}

/** @param written - the expression as it stands in the text */
export type ComputedName = (expression: Expression, written: string) => string | undefined;

/** What a session's settings say to the parser. */
export function sqlOptions(setting: (key: string, byDefault: string) => string): SqlOptions {
  const isOn = (key: string, byDefault = "false"): boolean => setting(key, byDefault).toLowerCase() === "true";
  return {
    timeZone: setting("spark.sql.session.timeZone", "UTC"),
    timestampType: timestampTypeOf(setting("spark.sql.timestampType", "TIMESTAMP_LTZ")),
    doubleQuotedIdentifiers: isOn("spark.sql.ansi.doubleQuotedIdentifiers") && isOn("spark.sql.ansi.enabled", "true"),
    legacyIdentifierClause: isOn("spark.sql.legacy.identifierClause"),
    quotedPatterns: isOn("spark.sql.parser.quotedRegexColumnNames"),
  };
}

/** What a view or a function keeps for the text that it is made of. */
interface KeptText {
  readonly settings?: Readonly<Record<string, string>>;
  /** Of the texts that it writes or makes. */
  readonly collation?: string;
}

/** What a view or a function says to the parser of its text. */
export const keptOptions = ({ settings = {}, collation }: KeptText): SqlOptions => ({
  ...sqlOptions((key, byDefault) => settings[key] ?? byDefault),
  stringType: textType(collation),
});

/** The type that TIMESTAMP names under a setting `spark.sql.timestampType`. */
export const timestampTypeOf = (setting: string): DataType =>
  setting.toUpperCase() === "TIMESTAMP_NTZ" ? timestampNtzType : timestampType;

/** A name inside a template of SQL text, part by part: quoted where it needs to be. */
export class SqlName {
  readonly parts: readonly string[];

  constructor(parts: readonly string[]) {
    this.parts = parts;
  }
}

/** What a hole of a template holds: a name, a relation or an expression. */
export type SqlHole = SqlName | Relation | Expression;

/** SQL text with holes between its pieces. */
export interface SqlTemplate {
  readonly pieces: readonly string[];
  readonly holes: readonly SqlHole[];
}

/** The front end that reads SQL text, and writes it. */
export interface SqlParser {
  readonly expression: (text: string, options?: SqlOptions) => Expression;
  readonly query: (text: string, options?: SqlOptions) => Relation;
  readonly statement: (text: string | SqlTemplate, options?: SqlOptions) => Statement;
  /** The texts of the statements of a script, without the semicolons between them. */
  readonly split: (text: string) => readonly string[];
  /** Whether a text ends with the semicolon of its last statement, outside of texts and comments. */
  readonly isComplete: (text: string) => boolean;
  /** The text of a query that is read to the same plan. */
  readonly print: (plan: Relation) => string;
  /** The text of an expression that is read to the same plan. */
  readonly printExpression: (expression: Expression) => string;
}

const bound: { parser?: SqlParser } = {};

/** Binds the parser of the process; called once, where the package is put together. */
export function bindSqlParser(parser: SqlParser): void {
  bound.parser = parser;
}

/**
 * The parser of SQL text.
 *
 * @throws UnsupportedError when none is bound
 */
export function sqlParser(): SqlParser {
  if (bound.parser !== undefined) return bound.parser;
  throw new UnsupportedError("SQL text cannot be parsed: no SQL parser is bound", {
    hint: 'Import "lakewright" too, which binds it, or write it with col(…) and the functions of lakewright/functions.',
  });
}

/**
 * Parses an SQL expression, `amount * 2 AS double`.
 *
 * @param text - the expression
 * @throws ParseError when the text is no expression
 * @throws UnsupportedError when no parser is bound
 */
export const parseExpression = (text: string): Expression => sqlParser().expression(text);
