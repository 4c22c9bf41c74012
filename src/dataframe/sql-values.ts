/** What programs put into SQL text: values of markers, and what stands between the pieces of a template. */
import { AnalysisError, UnsupportedError } from "../errors.ts";
import { expressionOf, valueExpression } from "../functions/column.ts";
import { type SqlHole, SqlName, type SqlParameters } from "../functions/parsers.ts";
import type { Command } from "../plan/command.ts";
import type { Expression } from "../plan/expression.ts";
import type { Relation } from "../plan/relation.ts";
import { DataFrame } from "./dataframe.ts";
import { nextPlanId } from "./derive.ts";

/** The values of markers: by name for `:name`, in order for `?`. A value is whatever `lit` takes, or a column. */
export type SqlValues = Readonly<Record<string, unknown>> | readonly unknown[];

/** The values of markers as expressions. */
export function parametersOf(values: SqlValues): SqlParameters {
  if (Array.isArray(values)) return { positional: values.map(boundValue) };
  return { named: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, boundValue(value)])) };
}

function boundValue(value: unknown): Expression {
  if (!(value instanceof DataFrame) && !(value instanceof SqlName)) return valueExpression(value);
  throw new AnalysisError("The value of a marker must be a value or a column", {
    condition: "INVALID_SQL_ARG",
    sqlState: "42K08",
    hint: "Use spark.sql as a template tag for DataFrames, and ident(name) in it for names.",
  });
}

/**
 * What stands between two pieces of a template.
 *
 * @throws UnsupportedError for an object that is no value, column, DataFrame or name
 */
export function holeOf(value: unknown): SqlHole {
  if (value instanceof SqlName) return value;
  return value instanceof DataFrame ? value.plan : (expressionOf(value) ?? valueExpression(value));
}

/** The pieces of a template as they are written: escapes are SQL's, but for those that JavaScript needs. */
export const piecesOf = (template: TemplateStringsArray): readonly string[] =>
  template.raw.map((piece) => piece.replace(/\\([`$])/g, "$1"));

/** A query with a plan id, so that its columns can be told from others. */
export const identifiedQuery = (query: Relation): Relation => Object.freeze({ ...query, planId: nextPlanId() });

export const changesSomething = (kind: Command["kind"]): UnsupportedError =>
  new UnsupportedError(`the statement (${kind}) changes something, which spark.sql(…) does not`, {
    hint: "Use await spark.execute(text).",
  });
