/** Calls of functions and operators as SQL text. */
import type { Call, Expression, SortOrder } from "../../plan/expression.ts";
import { quoted } from "../../types/identifier.ts";
import { nameText, pathText } from "./names.ts";
import { list, type Printer } from "./printer.ts";

/** Operators between two operands. */
const infix: ReadonlySet<string> = new Set([
  ...[
    "OR",
    "AND",
    "=",
    "<=>",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "|",
    "^",
    "&",
    "+",
    "-",
    "*",
    "/",
    "%",
    "div",
    "<<",
    ">>",
    ">>>",
  ],
]);
const prefix: ReadonlySet<string> = new Set(["-", "+", "~", "NOT"]);

type Form = (args: readonly Expression[], printer: Printer) => string | undefined;

const quantified =
  (words: string): Form =>
  ([value, ...patterns], { operand, expression }) =>
    `${operand(value!)} ${words} (${list(patterns, expression)})`;

/** Whether an expression is a word in quotes, such as the field of EXTRACT. */
const wordOf = (expression: Expression | undefined): string | undefined =>
  expression?.kind === "literal" && typeof expression.value === "string" && /^[A-Za-z_]+$/.test(expression.value)
    ? expression.value
    : undefined;

const withUnit =
  (name: string): Form =>
  ([unit, ...rest], { expression }) => {
    const word = wordOf(unit);
    return word === undefined || rest.length !== 2 ? undefined : `${name}(${word}, ${list(rest, expression)})`;
  };

/** Trimming is written with the characters first. */
const trimmed =
  (side: string): Form =>
  ([value, characters, ...more], { expression }) =>
    characters === undefined || more.length > 0
      ? undefined
      : `TRIM(${side} ${expression(characters)} FROM ${expression(value!)})`;

/** Calls that have words of their own; undefined where the call is written as any other. */
const forms: Readonly<Record<string, Form>> = {
  when: (args, { expression }) => {
    if (args.length < 2) return undefined;
    const branches = Array.from({ length: Math.trunc(args.length / 2) }, (_, index) => {
      const [condition, value] = [args[2 * index]!, args[2 * index + 1]!];
      return ` WHEN ${expression(condition)} THEN ${expression(value)}`;
    });
    const otherwise = args.length % 2 === 1 ? ` ELSE ${expression(args.at(-1)!)}` : "";
    return `CASE${branches.join("")}${otherwise} END`;
  },
  in: ([value, ...members], { operand, expression }) =>
    members.length === 0 ? undefined : `${operand(value!)} IN (${list(members, expression)})`,
  between: ([value, lower, upper], { operand }) =>
    `${operand(value!)} BETWEEN ${operand(lower!)} AND ${operand(upper!)}`,
  likeall: quantified("LIKE ALL"),
  likeany: quantified("LIKE ANY"),
  notlikeall: quantified("NOT LIKE ALL"),
  notlikeany: quantified("NOT LIKE ANY"),
  extract: ([field, value], { expression }) => {
    const word = wordOf(field);
    return word === undefined || value === undefined ? undefined : `EXTRACT(${word} FROM ${expression(value)})`;
  },
  struct: (args, { expression }) => `struct(${list(args, expression)})`,
  timestampadd: withUnit("timestampadd"),
  timestampdiff: withUnit("timestampdiff"),
  trim: trimmed("BOTH"),
  ltrim: trimmed("LEADING"),
  rtrim: trimmed("TRAILING"),
};

/** Forms that are whole, so that nothing has to stand around them beside an operator. */
const whole: ReadonlySet<string> = new Set([
  "when",
  "extract",
  "struct",
  "timestampadd",
  "timestampdiff",
  "trim",
  "ltrim",
  "rtrim",
]);

export interface Written {
  readonly text: string;
  /** Whether it needs no parentheses beside an operator. */
  readonly atomic: boolean;
}

/** The text of a call. */
export function callSql(call: Call, printer: Printer): Written {
  const [name, ...more] = call.name;
  const isPlain =
    more.length === 0 && call.distinct !== true && call.filter === undefined && call.withinGroup === undefined;
  if (isPlain && call.ignoreNulls !== true) {
    const special = operatorSql(name!, call.arguments, printer);
    if (special !== undefined) return { text: special, atomic: false };
    const form = Object.hasOwn(forms, name!) ? forms[name!]!(call.arguments, printer) : undefined;
    if (form !== undefined) return { text: form, atomic: whole.has(name!) };
  }
  return { text: plainCall(call, printer), atomic: true };
}

function operatorSql(name: string, args: readonly Expression[], { operand }: Printer): string | undefined {
  if (args.length === 2 && infix.has(name)) return `${operand(args[0]!)} ${name} ${operand(args[1]!)}`;
  if (args.length !== 1 || !prefix.has(name)) return undefined;
  const value = operand(args[0]!);
  if (name === "NOT") return `NOT ${value}`;
  // A sign before a number would be part of it.
  return /^[\d.-]/.test(value) ? `${name}(${value})` : `${name}${value}`;
}

/** Calls of two arguments that are read in the other order. */
const turnedRound: ReadonlySet<string> = new Set(["trim", "ltrim", "rtrim"]);

function plainCall(call: Call, printer: Printer): string {
  const { expression } = printer;
  const distinct = call.distinct === true ? "DISTINCT " : "";
  const group =
    call.withinGroup === undefined ? "" : ` WITHIN GROUP (ORDER BY ${ordersSql(call.withinGroup, printer)})`;
  const filter = call.filter === undefined ? "" : ` FILTER (WHERE ${expression(call.filter)})`;
  const nulls = call.ignoreNulls === true ? " IGNORE NULLS" : "";
  const isTurned = call.arguments.length === 2 && turnedRound.has(call.name.at(-1)!.toLowerCase());
  const args = isTurned ? call.arguments.toReversed() : call.arguments;
  // Behind TRIM, DISTINCT would be read as what to trim.
  const isQuoted = call.distinct === true && turnedRound.has(call.name.at(-1)!.toLowerCase());
  const name = isQuoted ? call.name.map(quoted).join(".") : functionName(call.name);
  return `${name}(${distinct}${list(args, expression)})${group}${filter}${nulls}`;
}

// The name of an operator that is called as a function stands in back-ticks.
const functionName = (name: readonly string[]): string =>
  name.length === 1 && /^[A-Za-z_]\w*$/.test(name[0]!) && !unusual.has(name[0]!.toUpperCase())
    ? name[0]!
    : name.length === 1
      ? nameText(name[0]!)
      : pathText(name);

const unusual: ReadonlySet<string> = new Set([
  "CASE",
  "EXISTS",
  "SELECT",
  "IDENTIFIER",
  "NOT",
  "CAST",
  "TRY_CAST",
  "TABLE",
]);

/** Sort orders with commas between. */
export const ordersSql = (orders: readonly SortOrder[], { expression }: Printer): string =>
  list(orders, (order) => `${expression(order.input)}${directionSql(order)}`);

/** ` DESC NULLS FIRST`, without what goes without saying. */
export function directionSql({ direction, nulls }: Pick<SortOrder, "direction" | "nulls">): string {
  const isDescending = direction === "descending";
  const usual = isDescending ? "last" : "first";
  return `${isDescending ? " DESC" : ""}${nulls === usual ? "" : ` NULLS ${nulls.toUpperCase()}`}`;
}
