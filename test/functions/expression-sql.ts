/** Expressions of the plan as SQL that Spark reads, for what the examples of functions are made of. */

import type { Call, Expression, Literal, SortOrder, Window } from "../../src/plan/expression.ts";
import type { DataType } from "../../src/types/data-type.ts";
import { simpleString } from "../../src/types/type-name.ts";

type Writers = { readonly [Kind in Expression["kind"]]?: (expression: Extract<Expression, { kind: Kind }>) => string };

// Names of plain types are written as they always were, so that what was recorded is found.
const typeText = (type: DataType): string => (type.kind === "array" ? simpleString(type) : type.kind);

const infix = new Set(["+", "-", "*", "/", "%", "=", "!=", ">", ">=", "<", "<=", "<=>", "AND", "OR", "&", "|", "^"]);

const writers: Writers = {
  literal,
  attribute: ({ name }) => name.join("."),
  star: () => "*",
  call,
  alias: ({ input, names }) => `${sqlOf(input)} AS ${names.join(", ")}`,
  cast: ({ input, type, mode }) => `${mode === "try" ? "try_cast" : "cast"}(${sqlOf(input)} AS ${typeText(type)})`,
  lambda: ({ parameters, body }) =>
    `${parameters.length === 1 ? parameters[0] : `(${parameters.join(", ")})`} -> ${sqlOf(body)}`,
  "lambda parameter": ({ name }) => name,
  window,
};

/** The SQL of an expression. */
export function sqlOf(expression: Expression): string {
  const writer = writers[expression.kind] as ((expression: Expression) => string) | undefined;
  if (writer === undefined) throw new Error(`no SQL for ${expression.kind}`);
  return writer(expression);
}

function literal({ type, value }: Literal): string {
  if (value === null) return "NULL";
  if (type.kind === "string") return `'${String(value).replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
  if (type.kind === "double") return Number.isNaN(value) ? "double('NaN')" : `${value}D`;
  if (type.kind === "bigint") return `${value}L`;
  if (type.kind === "int" || type.kind === "boolean") return String(value);
  throw new Error(`no SQL for a literal ${type.kind}`);
}

function call({ name, arguments: args, distinct }: Call): string {
  const written = args.map(sqlOf);
  const [operator] = name as [string];
  if (operator.startsWith("timestamp") && args.length === 3) written[0] = written[0]!.replaceAll("'", "");
  if (infix.has(operator)) return `(${written.join(` ${operator} `)})`;
  if (operator === "NOT" || operator === "~") return `(${operator} ${written[0]})`;
  return `${operator}(${distinct === true ? "DISTINCT " : ""}${written.join(", ")})`;
}

function window({ call: inner, partitionBy, orderBy }: Window): string {
  const partition = partitionBy.length === 0 ? "" : `PARTITION BY ${partitionBy.map(sqlOf).join(", ")} `;
  return `${sqlOf(inner)} OVER (${partition}ORDER BY ${orderBy.map(order).join(", ")})`;
}

const order = ({ input, direction, nulls }: SortOrder): string =>
  `${sqlOf(input)} ${direction === "descending" ? "DESC" : "ASC"} NULLS ${nulls.toUpperCase()}`;
