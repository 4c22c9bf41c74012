/** The names that Spark gives to columns without an alias, written as its `toPrettySQL` does. */
import { capitalNames } from "../functions/generated-name.ts";
import { withLambdas } from "../functions/lambda-rules.ts";
import type {
  Attribute,
  Call,
  Cast,
  Expression,
  ExpressionKind,
  ExtractValue,
  Lambda,
  Literal,
  SortOrder,
  Subquery,
  UpdateField,
  Window,
  WindowFrame,
} from "../plan/expression.ts";
import { literalText } from "../plan/literal-text.ts";
import type { ResolvedExpression } from "../plan/resolved.ts";
import { rewriteExpressions } from "../plan/rewrite.ts";
import { unboundedText } from "../types/bounded-text.ts";
import { holdsCollation } from "../types/collation.ts";
import type { DataType, TypeKind } from "../types/data-type.ts";
import { quotedIfNeeded } from "../types/identifier.ts";
import { sqlName } from "../types/type-name.ts";
import { clockAt } from "../types/zone-offset.ts";
import { alignsTexts } from "./collated-call.ts";
import { collationOfLiterals } from "./common-collation.ts";
import { wholeComparison } from "./decimal-comparison.ts";
import { boundConversion } from "./frame-bound.ts";
import { movedName } from "./moved-name.ts";
import { irregularForms, type NameForm, operatorForms, passingNulls } from "./name-forms.ts";
import { byPosition } from "./named-arguments.ts";
import { scaledName } from "./scaled-name.ts";
import type { NameMatch, Scope } from "./scope.ts";

/** What expressions were resolved to, as far as that is known: Spark's names depend on it here and there. */
export type Resolutions = Pick<WeakMap<Expression, ResolvedExpression>, "get"> & {
  readonly lateral?: Pick<WeakSet<Expression>, "has">;
  /** Names that mean a column of the query around, as Spark writes that. */
  readonly outer?: Pick<WeakMap<Expression, string>, "get">;
  /** The zone in which timestamps are written; UTC when absent. */
  readonly timeZone?: string;
};

type Text = (expression: Expression) => string;
type Writer<Kind extends ExpressionKind> = (
  expression: Extract<Expression, { kind: Kind }>,
  text: Text,
  known: Resolutions,
) => string;

const nothingKnown: Resolutions = new WeakMap();

/** Functions that SQL calls without parentheses where no column has their name, and what Spark calls them then. */
const bareCalls: ReadonlyMap<string, string> = new Map([
  ["current_date", "current_date"],
  ["current_timestamp", "current_timestamp"],
  ["current_time", "current_time"],
  ["current_user", "current_user"],
  ["user", "current_user"],
  ["session_user", "current_user"],
  ["grouping__id", "grouping_id"],
]);

/** The call that a name means where it is no column. */
export function calledWithoutParentheses(name: readonly string[]): Call | undefined {
  const called = name.length === 1 ? bareCalls.get(name[0]!.toLowerCase()) : undefined;
  return called === undefined ? undefined : { kind: "call", name: [called], arguments: [] };
}

const bareCall = ({ name }: Attribute, known: ResolvedExpression | undefined): Call | undefined =>
  known?.kind === "call" && known.arguments.length === 0 ? calledWithoutParentheses(name) : undefined;

/** What an alias names; any other expression as it is. */
export const withoutAlias = (expression: Expression): Expression =>
  expression.kind === "alias" ? expression.input : expression;

/** The name of a column that computes `expression`. */
export function columnName(expression: Expression, known: Resolutions = nothingKnown): string {
  if (expression.kind === "alias") return expression.names[0]!;
  if (expression.kind === "attribute") {
    const called = bareCall(expression, known.get(expression))?.name[0];
    if (called === undefined) return expression.name.at(-1)!;
    if (called === "grouping_id") return "grouping__id";
  }
  if (expression.kind === "cast" && hasName(expression.input, known)) return columnName(expression.input);
  return prettyText(expression, known);
}

// A field of a column has no name of its own under a cast.
function hasName(expression: Expression, known: Resolutions): boolean {
  if (expression.kind === "alias") return true;
  return expression.kind === "attribute" && (known.get(expression)?.kind ?? "column") === "column";
}

/** What was written without knowing more: each operand of a long chain is a part of all that stand around it. */
const texts = new WeakMap<Expression, string>();

/** The expression as Spark shows it in names and messages. */
export function prettyText(expression: Expression, known: Resolutions = nothingKnown): string {
  if (known !== nothingKnown) return writtenText(expression, known);
  const text = texts.get(expression) ?? writtenText(expression, known);
  texts.set(expression, text);
  return text;
}

function writtenText(expression: Expression, known: Resolutions): string {
  const text: Text = (inner) => prettyText(inner, known);
  return (writers[expression.kind] as (expression: Expression, text: Text, known: Resolutions) => string)(
    expression,
    text,
    known,
  );
}

const list = (expressions: readonly Expression[], text: Text): string =>
  expressions.map((expression) => text(expression)).join(", ");

// The name of a relation is left out, the path inside a column is not.
function attributeText(attribute: Attribute, text: Text, known: Resolutions): string {
  if (known.lateral?.has(attribute) === true) return `lateralAliasReference(${attribute.name.join(".")})`;
  const outer = known.outer?.get(attribute);
  if (outer !== undefined) return outer;
  const called = bareCall(attribute, known.get(attribute));
  if (called !== undefined) return text(called);
  let path = 1;
  for (let at = known.get(attribute); at !== undefined && at.kind !== "column"; at = inputOf(at)) path += 1;
  return (known.get(attribute) === undefined ? attribute.name : attribute.name.slice(-path)).join(".");
}

/** How Spark writes a column of the query around. */
export function outerText({ column, fields }: NameMatch, { columns }: Scope): string {
  const qualifier = columns.find((own) => own.column.id === column.id)?.qualifier ?? [];
  const path = fields.length === 0 ? "" : `.${fields.join(".")} AS ${fields.at(-1)}`;
  return `outer(${[...qualifier, column.name].join(".")})${path}`;
}

const inputOf = (expression: ResolvedExpression): ResolvedExpression | undefined =>
  expression.kind === "field" ? expression.input : expression.kind === "call" ? expression.arguments[0] : undefined;

// ------------------------------------------------------------------------------------------------ calls

const capitals: ReadonlySet<string> = new Set(capitalNames);
const forms: Readonly<Record<string, NameForm>> = { ...irregularForms, ...operatorForms };

function callText(call: Call, text: Text, known: Resolutions): string {
  const written = call.name.at(-1)!;
  const name = operatorForms[written] === undefined ? written.toLowerCase() : written;
  const whole = wholeComparison(call, (operand) => known.get(operand)?.type);
  if (whole !== undefined && whole.position === undefined) return String(whole.answer);
  const collated = collatedLiterals(name, call, known);
  const args = call.arguments.map((argument, index) => {
    if (whole?.position === index) return text(whole.constant);
    if (name === "count" && isStar(argument)) return "1";
    const collation = collated.get(argument);
    return collation === undefined ? text(argument) : `${literalText(argument as Literal, "sql")} collate ${collation}`;
  });
  const filter = call.filter === undefined ? "" : ` FILTER (WHERE ${text(call.filter)})`;
  const shown = writerOf(name, call, known) ?? name;
  const distinct = call.distinct === true ? "DISTINCT " : "";
  const given = args.map((arg, index) => (index === 0 ? `${distinct}${arg}` : arg));
  if (call.withinGroup !== undefined && shown !== "mode") return `${groupText(shown, given, call, text)}${filter}`;
  if (shown === "mode" && call.withinGroup?.length === 1)
    return `mode() ${modeOrder(call.withinGroup[0]!, text)}${filter}`;
  if (shown === "mode" && isFalse(call.arguments[1])) return `mode(${given[0]})${filter}`;
  const form = forms[`${shown}/${args.length}`] ?? forms[shown];
  const binary = kindOf(call.arguments[0], known) === "binary";
  if (shown === "to_char" && binary) return bytesText(args, name);
  if (binary && padded.has(shown) && args.length === 2) return `${shown}(${[...args, "X'00'"].join(", ")})`;
  if (shown === "time_bucket" && args.length === 2)
    return `${shown}(${[...args, firstOrigin(call, known)].join(", ")})`;
  const moved = spanCall(name, call, args, known);
  if (moved !== undefined) return moved;
  const passing = shown === "nth_value" && call.ignoreNulls === true ? passingNulls : "";
  if (form !== undefined) return `${form(given, shown)}${filter}`;
  return `${capitals.has(shown) ? shown.toUpperCase() : shown}(${given.join(", ")})${passing}${filter}`;
}

const isText = (argument: Expression): argument is Literal =>
  argument.kind === "literal" && argument.type.kind === "string" && argument.value !== null;

/** The literals of a call that get a collation from what they meet, and that collation. */
function collatedLiterals(
  name: string,
  { arguments: args }: Call,
  known: Resolutions,
): ReadonlyMap<Expression, string> {
  const branches = name === "when" || name === "if";
  if (!args.some(isText) || !(branches || alignsTexts(name))) return new Map();
  const meeting = branches ? args.filter((_, index) => isBranch(index, args.length)) : args;
  const values = meeting.flatMap((argument) => known.get(argument) ?? []);
  if (!values.some(({ type }) => holdsCollation(type))) return new Map();
  const collation = collationOfLiterals(values);
  return new Map(collation === undefined ? [] : meeting.filter(isText).map((literal) => [literal, collation]));
}

// Every second argument, and the last one where there is an ELSE.
const isBranch = (index: number, count: number): boolean => index % 2 === 1 || (index === count - 1 && count % 2 === 1);

/** A call with the order of its values. */
function groupText(name: string, args: readonly string[], { withinGroup }: Call, text: Text): string {
  const joins = name === "listagg" || name === "string_agg";
  const given = joins
    ? `listagg(${(args.length === 1 ? [...args, "NULL"] : args).join(", ")})`
    : `${name}(${args.join(", ")})`;
  const orders = withinGroup!.map((order) => (joins ? orderText(order, text) : fallsText(order, text)));
  return `${given} WITHIN GROUP (ORDER BY ${orders.join(", ")})`;
}

const fallsText = ({ input, direction }: SortOrder, text: Text): string =>
  `${text(input)}${direction === "descending" ? " DESC" : ""}`;

// Spark shows the order the other way round.
const modeOrder = ({ input, direction }: SortOrder, text: Text): string =>
  `WITHIN GROUP (ORDER BY ${text(input)}${direction === "descending" ? "" : " DESC"})`;

const isFalse = (argument: Expression | undefined): boolean => argument?.kind === "literal" && argument.value === false;

const isStar = (expression: Expression): boolean => expression.kind === "star" && expression.target === undefined;

/** Functions that fill up bytes with zeros and text with spaces. */
const padded: ReadonlySet<string> = new Set(["lpad", "rpad"]);

const kindOf = (argument: Expression | undefined, known: Resolutions): TypeKind | undefined =>
  argument === undefined ? undefined : known.get(argument)?.type.kind;

/** Where spans of time begin unless a call says so, in the type of its moments. */
const firstOrigin = (call: Call, known: Resolutions): string =>
  `${kindOf(call.arguments[1], known) === "timestamp_ntz" ? "TIMESTAMP_NTZ" : "TIMESTAMP"} '1970-01-01 00:00:00'`;

/** Bytes are written by the function that the format names. */
const bytesText = ([value, format]: readonly string[], written: string): string => {
  const writer = format!.trim().toLowerCase();
  const name = written === "to_varchar" ? written : writer === "utf-8" ? "decode" : writer;
  return writer === "utf-8" ? `${name}(${value}, ${format})` : `${name}(${value})`;
};

// What writes a number is another function for a time.
function writerOf(name: string, { arguments: [value] }: Call, known: Resolutions): string | undefined {
  if (name !== "to_char" && name !== "to_varchar") return undefined;
  const kind = kindOf(value, known);
  return kind?.startsWith("timestamp") || kind === "date" ? "date_format" : "to_char";
}

/** What writes the operators that Spark writes otherwise where intervals are among their operands. */
const spanNames: Readonly<Record<string, typeof movedName>> = {
  "+": movedName,
  "-": movedName,
  "*": scaledName,
  "/": scaledName,
};

/** A sum or a difference that moves a date or a timestamp, or an interval that is multiplied or divided. */
function spanCall(name: string, { arguments: args }: Call, texts: readonly string[], known: Resolutions) {
  const types = args.map((argument) => known.get(argument)?.type);
  const named = Object.hasOwn(spanNames, name) ? spanNames[name] : undefined;
  if (named === undefined || types.length !== 2) return undefined;
  return types.every((type) => type !== undefined) ? named(name, types, texts) : undefined;
}

// ------------------------------------------------------------------------------------------------ windows

function windowText(window: Window, text: Text, known: Resolutions): string {
  return `${text(window.call)} OVER ${specificationText(window, text, known)}`;
}

/** The specification of a window in parentheses, with the frame that Spark gives it. */
export function specificationText(
  { call, partitionBy, orderBy, frame }: Window,
  text: Text = prettyText,
  known: Resolutions = nothingKnown,
): string {
  const parts = [
    partitionBy.length > 0 ? `PARTITION BY ${list(partitionBy, text)}` : "",
    orderBy.length > 0 ? `ORDER BY ${orderBy.map((order) => orderText(order, text)).join(", ")}` : "",
    frameText(frame ?? frameOfFunction({ call, orderBy }), text, known, orderBy),
  ];
  return `(${parts.filter((part) => part !== "").join(" ")})`;
}

const ranking = new Set(["row_number", "rank", "dense_rank", "percent_rank", "ntile", "cume_dist"]);

/** The frame of a window that states none. */
export function frameOfFunction({ call, orderBy }: Pick<Window, "call" | "orderBy">): WindowFrame {
  const ordered = orderBy.length > 0;
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

/** The frame of a window in words. */
export function frameText(
  { unit, lower, upper }: WindowFrame,
  text: Text = prettyText,
  known: Resolutions = nothingKnown,
  orderBy: readonly Expression[] = [],
): string {
  const order = unit === "range" && orderBy.length === 1 ? typeOfOrder(orderBy[0]!, known) : undefined;
  const bound = (written: WindowFrame["lower"], side: string) => boundText(written, side, order, text, known);
  return `${unit.toUpperCase()} BETWEEN ${bound(lower, "PRECEDING")} AND ${bound(upper, "FOLLOWING")}`;
}

const typeOfOrder = (order: Expression, known: Resolutions): DataType | undefined =>
  known.get(order.kind === "sort order" ? order.input : order)?.type;

const unwritten: ReadonlySet<string> = new Set(["array", "map", "struct"]);

// Spark leaves casts to nested types out.
function castText({ input, type, mode }: Cast, text: Text): string {
  if (unwritten.has(type.kind)) return text(input);
  return `${mode === "try" ? "TRY_CAST" : "CAST"}(${text(input)} AS ${sqlName(unboundedText(type))})`;
}

// What SQL counts back is the negative of a number to Spark: PRECEDING while it is that, FOLLOWING once it is cast.
function boundText(
  bound: WindowFrame["lower"],
  side: string,
  order: DataType | undefined,
  text: Text,
  known: Resolutions,
): string {
  if (bound === "unbounded") return `UNBOUNDED ${side}`;
  if (bound === "current row") return "CURRENT ROW";
  const type = known.get(bound)?.type;
  const isCast = type !== undefined && order !== undefined && boundConversion(type, order) !== undefined;
  const isBefore = bound.kind === "call" && bound.name[0] === "-" && bound.arguments.length === 1;
  return isBefore && !isCast ? `${text(bound.arguments[0]!)} PRECEDING` : `${text(bound)} FOLLOWING`;
}

function orderText({ input, direction, nulls }: SortOrder, text: Text): string {
  return `${text(input)} ${direction === "ascending" ? "ASC" : "DESC"} NULLS ${nulls.toUpperCase()}`;
}

// ------------------------------------------------------------------------------------------------ lambdas, fields

const parameterText = "namedlambdavariable()";

// SQL writes parameters as plain names; those are no columns.
function lambdaText({ parameters, body }: Lambda, text: Text): string {
  const own = rewriteExpressions(body, (inner) => {
    if (inner.kind !== "attribute" || !parameters.includes(inner.name[0]!)) return inner;
    return { ...inner, name: [parameterText, ...inner.name.slice(1)] };
  });
  return `lambdafunction(${[text(own), ...parameters.map(() => parameterText)].join(", ")})`;
}

function extractText({ input, extraction }: ExtractValue, text: Text, known: Resolutions): string {
  const isName =
    extraction.kind === "literal" && typeof extraction.value === "string" && known.get(input)?.type.kind !== "map";
  return isName ? `${text(input)}.${extraction.value}` : `${text(input)}[${text(extraction)}]`;
}

// One change after another is one expression to Spark.
function updateText(update: UpdateField, text: Text): string {
  const changes: string[] = [];
  let at: Expression = update;
  for (; at.kind === "update field"; at = at.input)
    changes.unshift(at.value === undefined ? "dropfield()" : `WithField(${text(at.value)})`);
  return `update_fields(${[text(at), ...changes].join(", ")})`;
}

function subqueryText(subquery: Subquery, text: Text, known: Resolutions): string {
  const resolved = known.get(subquery);
  const outer = resolved?.kind === "subquery" ? resolved.outer.map(({ name }) => name).join(", ") : "";
  if (subquery.form === "in") return `(${comparedText(subquery.values ?? [], text)} IN (listquery(${outer})))`;
  return subquery.form === "exists" ? `exists(${outer})` : `scalarsubquery(${outer})`;
}

// Several values are a struct to Spark, whose fields it names after what has a name.
function comparedText(values: readonly Expression[], text: Text): string {
  if (values.length < 2) return list(values, text);
  const fields = values.map(
    (value, index) => `'${fieldName(value, index, text).replaceAll("'", "\\'")}', ${text(value)}`,
  );
  return `named_struct(${fields.join(", ")})`;
}

function fieldName(value: Expression, index: number, text: Text): string {
  if (value.kind === "alias") return value.names[0]!;
  return value.kind === "attribute" || value.kind === "literal" ? text(value) : `_${index}`;
}

// Spark writes moments in the zone of the session.
function onClock(literal: Literal, zone: string | undefined): Literal {
  if (zone === undefined || literal.type.kind !== "timestamp" || literal.onClock === true || literal.value === null)
    return literal;
  return { ...literal, value: clockAt(literal.value as bigint, zone) };
}

const writers: { [Kind in ExpressionKind]: Writer<Kind> } = {
  literal: (literal, _, known) =>
    literal.type.kind === "string" && literal.type.collation !== undefined && literal.value !== null
      ? `${literalText(literal, "sql")} collate ${literal.type.collation}`
      : literalText(onClock(literal, known.timeZone), "pretty"),
  attribute: attributeText,
  star: ({ target }) => [...(target ?? []), "*"].join("."),
  "regular expression star": ({ pattern }) => `\`${pattern}\``,
  "metadata attribute": ({ name }) => name,
  call: (call, text, known) => callText(withLambdas(byPosition(call)), text, known),
  "named argument": ({ name, value }, text) => `${name} => ${text(value)}`,
  alias: ({ input, names }, text) => `${text(input)} AS ${names.map(quotedIfNeeded).join(", ")}`,
  cast: castText,
  "sort order": orderText,
  window: windowText,
  "window frame": (frame, text, known) => frameText(frame, text, known),
  lambda: lambdaText,
  "lambda parameter": () => parameterText,
  "extract value": extractText,
  "update field": updateText,
  subquery: subqueryText,
  "user function": ({ name, arguments: args }, text) => `${name}(${list(args, text)})`,
  "expanded call": ({ text: written }) => written,
  "function argument": ({ input }, text) => text(input),
  variable: ({ name }) => name.join("."),
  "table function call": ({ name, arguments: args }, text) => `${name.join(".")}(${list(args, text)})`,
  "user table function": ({ name, arguments: args }, text) => `${name}(${list(args, text)})`,
  "merge action": ({ action }) => action,
  "merge assignment": ({ column, value }, text) => `${text(column)} = ${text(value)}`,
};
