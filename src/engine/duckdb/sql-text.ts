/** Pieces of DuckDB SQL. Every name and constant that goes into SQL passes through here. */
import { UnsupportedError } from "../../errors.ts";

/**
 * An identifier, quoted.
 *
 * @throws UnsupportedError for a name with a zero character, at which DuckDB takes a statement to end
 */
export function identifier(name: string): string {
  if (name.includes("\0"))
    throw new UnsupportedError(`the name ${JSON.stringify(name)} with a zero character is not supported here`, {
      hint: "Rename the column first, with withColumnRenamed or toDF.",
    });
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text constant, quoted. */
export const text = (value: string): string => `'${value.replaceAll("'", "''").replaceAll("\0", "")}'`;

/** The name of a column by its id. */
export const columnName = (id: number): string => `c${id}`;

/** What marks an error of ours in DuckDB's message. */
export const errorMark = "lakewright:";

/** Which expression the errors that are written belong to; compiling is synchronous. */
let site = "";

/** The mark of an expression by its number. */
export const siteOf = (number: number): string => `@${number}`;

/** Writes SQL whose errors tell that they come from an expression. */
export function writtenAt(mark: string, write: () => string): string {
  const outer = site;
  site = mark;
  try {
    return write();
  } finally {
    site = outer;
  }
}

/**
 * An expression that fails with a Spark condition.
 *
 * @param condition - Spark's error condition
 * @param parameters - SQL expressions of the condition's parameters, by name
 */
export const sqlError = (condition: string, parameters: Readonly<Record<string, string>> = {}): string =>
  `error(${message(condition, parameters)})`;

/** An expression that fails where Spark has no condition. */
export const plainError = (sentence: string): string => sqlError("", { message: text(sentence) });

/** One of several errors: a condition with its parameters, where a test holds. */
export interface ErrorCase {
  readonly when: string;
  readonly condition: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** An expression that fails with the first of some conditions whose test holds, in the order of rows. */
export const sqlErrorOf = (cases: readonly ErrorCase[]): string =>
  `error(CASE ${cases.map(({ when, condition, parameters }) => `WHEN ${when} THEN ${message(condition, parameters)}`).join(" ")} END)`;

function message(condition: string, parameters: Readonly<Record<string, string>>): string {
  const parts: string[] = [];
  let constant = errorMark + condition + site;
  for (const [name, value] of Object.entries(parameters)) {
    constant += `\u001f${name}=`;
    const known = constantText.exec(value)?.[1];
    if (known === undefined) parts.push(text(constant), `coalesce((${value})::VARCHAR, 'NULL')`);
    constant = known === undefined ? "" : constant + known.replaceAll("''", "'");
  }
  return [...parts, text(`${constant}\u001e`)].join(" || ");
}

const constantText = /^'((?:[^']|'')*)'$/;
