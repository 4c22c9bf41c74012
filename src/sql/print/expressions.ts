/** Expressions as SQL text, by their kinds. */
import type { Call, Expression, ExpressionKind, Subquery, Window, WindowFrame } from "../../plan/expression.ts";
import { stringLiteral } from "../../types/identifier.ts";
import { sqlName } from "../../types/type-name.ts";
import { callSql, ordersSql, type Written } from "./calls.ts";
import { literalSql } from "./literals.ts";
import { namesText, nameText, pathText } from "./names.ts";
import { list, type Printer, unprintable } from "./printer.ts";

type Write<Kind extends ExpressionKind> = (
  expression: Extract<Expression, { kind: Kind }>,
  printer: Printer,
) => Written;

const atomic = (text: string): Written => ({ text, atomic: true });
const loose = (text: string): Written => ({ text, atomic: false });

const refused = (what: string, hint: string) => (): never => {
  throw unprintable(what, hint);
};
const programs = refused("A function of the program", "Compute it before: write the rows to a table, and read that.");
const merges = refused("A clause of MERGE", "Write the statement itself.");

const writers: { readonly [Kind in ExpressionKind]: Write<Kind> } = {
  literal: (literal) => {
    const text = literalSql(literal);
    return { text, atomic: !text.startsWith("-") };
  },
  attribute: ({ name }) => atomic(pathText(name)),
  star: ({ target, except }) => {
    const names = except === undefined ? "" : ` EXCEPT (${list(except, pathText)})`;
    return atomic(`${target === undefined ? "" : `${pathText(target)}.`}*${names}`);
  },
  "regular expression star": refused("A star by a regular expression", "List the columns."),
  "metadata attribute": ({ name }) => atomic(nameText(name)),
  call: callSql,
  "named argument": ({ name, value }, { expression }) => loose(`${nameText(name)} => ${expression(value)}`),
  alias: ({ input, names, metadata }, { expression, operand }) => {
    const path = variantPath(input);
    if (path !== undefined) return atomic(`${operand((input as Call).arguments[0]!)}:${path}`);
    if (metadata !== undefined) throw unprintable("A column with metadata", "Leave the metadata out.");
    return loose(`${expression(input)} AS ${names.length === 1 ? nameText(names[0]!) : namesText(names)}`);
  },
  cast: ({ input, type, mode }, { expression }) =>
    atomic(`${mode === "try" ? "TRY_CAST" : "CAST"}(${expression(input)} AS ${sqlName(type)})`),
  "sort order": (order, printer) => loose(ordersSql([order], printer)),
  window: (window, printer) => atomic(`${printer.expression(window.call)} OVER ${windowSql(window, printer)}`),
  "window frame": (frame, printer) => loose(frameSql(frame, printer)),
  lambda: ({ parameters, body }, { expression }) => loose(`${namesText(parameters)} -> ${expression(body)}`),
  "lambda parameter": ({ name }) => atomic(nameText(name)),
  "extract value": ({ input, extraction }, { operand, expression }) =>
    atomic(`${operand(input)}[${expression(extraction)}]`),
  "update field": refused("A struct with another field", "Write the struct with named_struct(…)."),
  subquery: subquerySql,
  "user function": programs,
  "expanded call": ({ input }, { operand }) => atomic(operand(input)),
  "function argument": ({ input }, { operand }) => atomic(operand(input)),
  variable: ({ form, name }) => {
    if (form === "positional parameter")
      throw unprintable("A marker ?", "Bind a value to it, or give it a name, :name.");
    return atomic(`${form === "session" ? "" : ":"}${pathText(name)}`);
  },
  "table function call": ({ name, arguments: args }, { expression }) =>
    atomic(`${pathText(name)}(${list(args, expression)})`),
  "user table function": programs,
  "merge action": merges,
  "merge assignment": merges,
};

/** The path behind a variant's colon; such a part has a name inside other expressions too. */
function variantPath(expression: Expression): string | undefined {
  if (expression.kind !== "call" || expression.name.at(-1) !== "variant_get") return undefined;
  const [path, type] = expression.arguments
    .slice(1)
    .map((given) => (given.kind === "literal" ? given.value : undefined));
  if (typeof path !== "string" || type !== "variant") return undefined;
  const steps = path
    .slice(1)
    .replace(/\['[^']*'\]|\.([^.[]+)/g, (step, name?: string) => (name === undefined ? step : `.${nameText(name)}`));
  return steps.replace(/^\./, "");
}

/** The text of an expression. */
export const expressionSql = (expression: Expression, printer: Printer): Written =>
  (writers[expression.kind] as Write<ExpressionKind>)(expression as never, printer);

// ------------------------------------------------------------------------------------------------ queries inside

function subquerySql(subquery: Subquery, printer: Printer): Written {
  const query = `(${printer.query(subquery.plan)})`;
  if (subquery.form === "scalar") return atomic(query);
  if (subquery.form === "exists") return loose(`EXISTS ${query}`);
  if (subquery.form === "table") return loose(`TABLE ${query}${partitioningSql(subquery, printer)}`);
  const values = subquery.values ?? [];
  const value = values.length === 1 ? printer.operand(values[0]!) : `(${list(values, printer.expression)})`;
  return loose(`${value} IN ${query}`);
}

function partitioningSql({ singlePartition, partitionBy, orderBy }: Subquery, printer: Printer): string {
  return [
    singlePartition === true ? " WITH SINGLE PARTITION" : "",
    partitionBy === undefined ? "" : ` PARTITION BY ${list(partitionBy, printer.expression)}`,
    orderBy === undefined ? "" : ` ORDER BY ${ordersSql(orderBy, printer)}`,
  ].join("");
}

// ------------------------------------------------------------------------------------------------ windows

function windowSql({ reference, partitionBy, orderBy, frame }: Window, printer: Printer): string {
  if (reference !== undefined) return nameText(reference);
  const parts = [
    partitionBy.length === 0 ? "" : `PARTITION BY ${list(partitionBy, printer.expression)}`,
    orderBy.length === 0 ? "" : `ORDER BY ${ordersSql(orderBy, printer)}`,
    frame === undefined ? "" : frameSql(frame as WindowFrame, printer),
  ];
  return `(${parts.filter((part) => part !== "").join(" ")})`;
}

function frameSql({ unit, lower, upper }: WindowFrame, printer: Printer): string {
  const bounds = `${boundSql(lower, "PRECEDING", printer)} AND ${boundSql(upper, "FOLLOWING", printer)}`;
  return `${unit.toUpperCase()} BETWEEN ${bounds}`;
}

/** An offset that is the negative of another is before the row. */
function boundSql(bound: WindowFrame["lower"], unbounded: string, { operand }: Printer): string {
  if (bound === "unbounded") return `UNBOUNDED ${unbounded}`;
  if (bound === "current row") return "CURRENT ROW";
  const isBefore = bound.kind === "call" && bound.name[0] === "-" && bound.arguments.length === 1;
  return `${operand(isBefore ? bound.arguments[0]! : bound)} ${isBefore ? "PRECEDING" : "FOLLOWING"}`;
}

/** The text in quotes of a value of an option. */
export const optionSql = ([name, value]: readonly [string, string]): string =>
  `${stringLiteral(name)} = ${stringLiteral(value)}`;
