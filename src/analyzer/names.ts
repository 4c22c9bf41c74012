/** The names that Spark gives to columns without an alias, written as its `toPrettySQL` does. */
import type { Call, Expression, ExpressionKind, Literal, SortOrder, Window, WindowFrame } from "../plan/expression.ts";
import { literalText } from "../plan/literal-text.ts";
import { sqlName } from "../types/type-name.ts";

type Writer<Kind extends ExpressionKind> = (expression: Extract<Expression, { kind: Kind }>) => string;

/** The name of a column that computes `expression`. */
export function columnName(expression: Expression): string {
  if (expression.kind === "alias") return expression.names[0]!;
  if (expression.kind === "attribute") return expression.name.at(-1)!;
  if (expression.kind === "cast" && expression.input.kind === "attribute") return expression.input.name.at(-1)!;
  return prettyText(expression);
}

/** The expression as Spark shows it in names and messages. */
export function prettyText(expression: Expression): string {
  return (writers[expression.kind] as (expression: Expression) => string)(expression);
}

const list = (expressions: readonly Expression[]): string => expressions.map(prettyText).join(", ");

const infix = new Set(["+", "-", "*", "/", "%", "div", "=", "<=>", "<", ">", "<=", ">=", "AND", "OR", "&", "|", "^"]);

/** Calls that are not written `name(arguments)`. */
const forms: Readonly<Record<string, (args: readonly string[]) => string>> = {
  "!=": ([left, right]) => `(NOT (${left} = ${right}))`,
  "<>": ([left, right]) => `(NOT (${left} = ${right}))`,
  NOT: ([value]) => `(NOT ${value})`,
  negative: ([value]) => `(- ${value})`,
  positive: ([value]) => `(+ ${value})`,
  "~": ([value]) => `~${value}`,
  isnull: ([value]) => `(${value} IS NULL)`,
  isnotnull: ([value]) => `(${value} IS NOT NULL)`,
  in: ([value, ...rest]) => `(${value} IN (${rest.join(", ")}))`,
  like: ([value, pattern]) => `${value} LIKE ${pattern}`,
  ilike: ([value, pattern]) => `ilike(${value}, ${pattern})`,
  rlike: ([value, pattern]) => `RLIKE(${value}, ${pattern})`,
  between: ([value, low, high]) => `between(${value}, ${low}, ${high})`,
  when: caseText,
};

function caseText(args: readonly string[]): string {
  const parts: string[] = [];
  for (let at = 0; at + 1 < args.length; at += 2) parts.push(`WHEN ${args[at]} THEN ${args[at + 1]}`);
  if (args.length % 2 === 1) parts.push(`ELSE ${args.at(-1)}`);
  return `CASE ${parts.join(" ")} END`;
}

function callText(call: Call): string {
  const written = call.name.at(-1)!;
  const name = forms[written] !== undefined || infix.has(written) ? written : written.toLowerCase();
  const args = call.arguments.map((argument) =>
    name === "count" && argument.kind === "star" && argument.target === undefined ? "1" : prettyText(argument),
  );
  const filter = call.filter === undefined ? "" : ` FILTER (WHERE ${prettyText(call.filter)})`;
  if (infix.has(name)) return `(${args[0]} ${name} ${args[1]})`;
  const form = forms[name];
  if (form !== undefined) return form(args);
  return `${name}(${call.distinct === true ? "DISTINCT " : ""}${args.join(", ")})${filter}`;
}

function windowText({ call, partitionBy, orderBy, frame }: Window): string {
  const parts = [
    partitionBy.length > 0 ? `PARTITION BY ${list(partitionBy)}` : "",
    orderBy.length > 0 ? `ORDER BY ${list(orderBy)}` : "",
    frameText(frame ?? defaultFrame(call, orderBy.length > 0)),
  ];
  return `${prettyText(call)} OVER (${parts.filter((part) => part !== "").join(" ")})`;
}

const ranking = new Set(["row_number", "rank", "dense_rank", "percent_rank", "ntile", "cume_dist"]);

function defaultFrame(call: Expression, ordered: boolean): WindowFrame {
  const name = call.kind === "call" ? call.name.at(-1)!.toLowerCase() : "";
  if (name === "lag" || name === "lead") {
    const offset = call.kind === "call" && call.arguments[1]?.kind === "literal" ? Number(call.arguments[1].value) : 1;
    const bound = integer(name === "lag" ? -offset : offset);
    return { kind: "window frame", unit: "rows", lower: bound, upper: bound };
  }
  if (name === "cume_dist") return { kind: "window frame", unit: "range", lower: "unbounded", upper: "current row" };
  if (ranking.has(name)) return { kind: "window frame", unit: "rows", lower: "unbounded", upper: "current row" };
  return ordered
    ? { kind: "window frame", unit: "range", lower: "unbounded", upper: "current row" }
    : { kind: "window frame", unit: "rows", lower: "unbounded", upper: "unbounded" };
}

const integer = (value: number): Literal => ({ kind: "literal", type: { kind: "int" }, value });

function frameText({ unit, lower, upper }: WindowFrame): string {
  return `${unit.toUpperCase()} BETWEEN ${boundText(lower, "PRECEDING")} AND ${boundText(upper, "FOLLOWING")}`;
}

function boundText(bound: WindowFrame["lower"], side: string): string {
  if (bound === "unbounded") return `UNBOUNDED ${side}`;
  if (bound === "current row") return "CURRENT ROW";
  const text = prettyText(bound);
  return `${text} FOLLOWING`;
}

function orderText({ input, direction, nulls }: SortOrder): string {
  return `${prettyText(input)} ${direction === "ascending" ? "ASC" : "DESC"} NULLS ${nulls.toUpperCase()}`;
}

const writers: { [Kind in ExpressionKind]: Writer<Kind> } = {
  literal: (expression) => literalText(expression, "pretty"),
  attribute: ({ name }) => name.join("."),
  star: ({ target }) => [...(target ?? []), "*"].join("."),
  "regular expression star": ({ pattern }) => `\`${pattern}\``,
  "metadata attribute": ({ name }) => name,
  call: callText,
  "named argument": ({ name, value }) => `${name} => ${prettyText(value)}`,
  alias: ({ input, names }) => `${prettyText(input)} AS ${names.join(", ")}`,
  cast: ({ input, type, mode }) => `${mode === "try" ? "TRY_CAST" : "CAST"}(${prettyText(input)} AS ${sqlName(type)})`,
  "sort order": orderText,
  window: windowText,
  "window frame": frameText,
  lambda: ({ parameters, body }) =>
    `lambdafunction(${prettyText(body)}, ${parameters.map(() => "namedlambdavariable()").join(", ")})`,
  "lambda parameter": () => "namedlambdavariable()",
  "extract value": ({ input, extraction }) =>
    extraction.kind === "literal" && extraction.type.kind === "string" && input.kind !== "call"
      ? `${prettyText(input)}.${extraction.value as string}`
      : `${prettyText(input)}[${prettyText(extraction)}]`,
  "update field": ({ input, field, value }) =>
    value === undefined
      ? `update_fields(${prettyText(input)}, dropfield(${field.join(".")}))`
      : `update_fields(${prettyText(input)}, WithField(${field.join(".")}, ${prettyText(value)}))`,
  subquery: ({ form, values }) => (form === "in" ? `(${list(values ?? [])} IN (listquery()))` : form === "exists" ? "exists()" : "scalarsubquery()"),
  "user function": ({ name, arguments: args }) => `${name}(${list(args)})`,
  variable: ({ name }) => name.join("."),
  "table function call": ({ name, arguments: args }) => `${name.join(".")}(${list(args)})`,
  "user table function": ({ name, arguments: args }) => `${name}(${list(args)})`,
  "merge action": ({ action }) => action,
  "merge assignment": ({ column, value }) => `${prettyText(column)} = ${prettyText(value)}`,
};
