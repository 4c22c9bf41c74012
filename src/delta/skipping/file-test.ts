/** Conditions as tests of files: whether a file may hold a row for which a condition is true. */
import type { ResolvedExpression } from "../../plan/resolved.ts";
import type { DataType } from "../../types/data-type.ts";
import { type Bound, compareBounds, converted } from "./bound-values.ts";
import type { ColumnBounds, StatisticsColumn } from "./file-statistics.ts";

/** Tells of the file in a row of a chunk whether it may hold such a row of the table. */
export type FileTest = (row: number) => boolean;

/** What compiling a test needs. */
export interface TestContext {
  /** The column of an expression that is one, or a field of one. */
  readonly columnOf: (expression: ResolvedExpression) => StatisticsColumn | undefined;
  readonly bounds: (column: StatisticsColumn) => ColumnBounds;
  readonly timeZone: string;
}

/** A column, or a conversion of it that keeps the order. */
interface Operand {
  readonly column: StatisticsColumn;
  readonly convert: (bound: Bound | undefined) => Bound | undefined;
}

/** A test of a condition; undefined where any file may hold such a row. */
export function fileTest(condition: ResolvedExpression, context: TestContext): FileTest | undefined {
  if (condition.kind === "constant")
    return condition.value === true ? undefined : isFalse(condition.value) ? () => false : undefined;
  if (condition.kind !== "call") return undefined;
  return tests[condition.name]?.(condition.arguments, context);
}

const isFalse = (value: unknown): boolean => value === false || value === null;

type Compile = (args: readonly ResolvedExpression[], context: TestContext) => FileTest | undefined;

const all = (parts: readonly (FileTest | undefined)[]): FileTest | undefined => {
  const tested = parts.filter((part) => part !== undefined);
  return tested.length === 0 ? undefined : (row) => tested.every((test) => test(row));
};

const any = (parts: readonly (FileTest | undefined)[]): FileTest | undefined =>
  parts.some((part) => part === undefined) ? undefined : (row) => parts.some((test) => test!(row));

type Comparison = "<" | "<=" | ">" | ">=" | "=" | "!=";

const turned: Readonly<Record<Comparison, Comparison>> = {
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
  "=": "=",
  "!=": "!=",
};

const opposite: Readonly<Record<string, string>> = { "<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "=" };

const comparison =
  (operator: Comparison): Compile =>
  ([left, right], context) => {
    const straight = compared(left!, operator, right!, context);
    return straight ?? compared(right!, turned[operator], left!, context);
  };

function compared(
  left: ResolvedExpression,
  operator: Comparison,
  right: ResolvedExpression,
  context: TestContext,
): FileTest | undefined {
  const operand = operandOf(left, context);
  const value = constantOf(right, context.timeZone);
  if (operand === undefined || value === undefined) return undefined;
  if (value === null) return () => false;
  const { column, convert } = operand;
  const { min, max } = context.bounds(column);
  const low = (row: number): Bound | undefined => convert(min(row));
  const high = (row: number): Bound | undefined => convert(max(row));
  const within = rangeTest(operator, value, low, high, column.type);
  const hasValue = valueTest(context.bounds(column));
  return (row) => within(row) && hasValue(row);
}

/** Whether some row may have a value. */
const valueTest =
  ({ nulls, records }: ColumnBounds): FileTest =>
  (row) => {
    const count = nulls(row);
    return count === undefined || count !== records(row);
  };

type At = (row: number) => Bound | undefined;

/** Whether some value between two bounds stands in a relation to a constant. */
function rangeTest(operator: Comparison, value: Bound, low: At, high: At, type: DataType): FileTest {
  // NaN is greater than all numbers, and bounds leave it out.
  const mayBeNaN = type.kind === "float" || type.kind === "double";
  const below = (row: number, orEqual: boolean): boolean => may(low(row), (bound) => isBelow(bound, value, orEqual));
  const above = (row: number, orEqual: boolean): boolean =>
    mayBeNaN || may(high(row), (bound) => isBelow(value, bound, orEqual));
  const notAbove = (row: number): boolean => may(high(row), (bound) => isBelow(value, bound, true));
  switch (operator) {
    case "<":
      return (row) => below(row, false);
    case "<=":
      return (row) => below(row, true);
    case ">":
      return (row) => above(row, false);
    case ">=":
      return (row) => above(row, true);
    case "=":
      return (row) => below(row, true) && (Number.isNaN(value) || notAbove(row));
    case "!=":
      return (row) => mayBeNaN || !isOnly(low(row), high(row), value);
  }
}

const may = (bound: Bound | undefined, test: (bound: Bound) => boolean): boolean => bound === undefined || test(bound);

function isBelow(left: Bound, right: Bound, orEqual: boolean): boolean {
  const order = compareBounds(left, right);
  return order < 0 || (orEqual && order === 0);
}

// A text that was cut to a bound may stand for others; those that are whole are equal to both bounds.
const isOnly = (low: Bound | undefined, high: Bound | undefined, value: Bound): boolean =>
  typeof value !== "string" &&
  low !== undefined &&
  high !== undefined &&
  compareBounds(low, value) === 0 &&
  compareBounds(high, value) === 0;

const isNull: Compile = ([value], context) => {
  const column = context.columnOf(value!);
  if (column === undefined) return undefined;
  const { nulls } = context.bounds(column);
  return (row) => nulls(row) !== 0;
};

const isNotNull: Compile = ([value], context) => {
  const column = context.columnOf(value!);
  if (column === undefined) return undefined;
  return valueTest(context.bounds(column));
};

const isIn: Compile = ([value, ...list], context) => any(list.map((item) => comparison("=")([value!, item], context)));

/** Texts that begin with others lie between that and what follows all such texts. */
function beginsWith(value: ResolvedExpression, prefix: string, context: TestContext): FileTest | undefined {
  const column = context.columnOf(value);
  if (column === undefined || prefix === "") return undefined;
  const { min, max } = context.bounds(column);
  const hasValue = valueTest(context.bounds(column));
  return (row) =>
    hasValue(row) &&
    may(min(row), (low) => compareBounds(String(low).slice(0, prefix.length), prefix) <= 0) &&
    may(max(row), (high) => compareBounds(String(high).slice(0, prefix.length), prefix) >= 0);
}

const startsWith: Compile = ([value, prefix], context) =>
  prefix?.kind === "constant" && typeof prefix.value === "string"
    ? beginsWith(value!, prefix.value, context)
    : undefined;

const like: Compile = ([value, pattern], context) => {
  if (pattern?.kind !== "constant" || typeof pattern.value !== "string" || pattern.value.includes("\\"))
    return undefined;
  return beginsWith(value!, /^[^%_]*/.exec(pattern.value)![0], context);
};

const not: Compile = ([condition], context) => {
  if (condition?.kind !== "call") return undefined;
  const { name, arguments: args } = condition;
  const negated = (argument: ResolvedExpression): FileTest | undefined => not([argument], context);
  if (name === "NOT") return fileTest(args[0]!, context);
  if (name === "AND") return any(args.map(negated));
  if (name === "OR") return all(args.map(negated));
  if (name === "isnull") return isNotNull(args, context);
  if (name === "isnotnull") return isNull(args, context);
  const other = opposite[name];
  return other === undefined ? undefined : comparison(other as Comparison)(args, context);
};

const nullSafe: Compile = ([left, right], context) => {
  const isNothing = (value: ResolvedExpression): boolean => value.kind === "constant" && value.value === null;
  if (isNothing(right!)) return isNull([left!], context);
  return isNothing(left!) ? isNull([right!], context) : comparison("=")([left!, right!], context);
};

const tests: Readonly<Record<string, Compile>> = {
  AND: (args, context) => all(args.map((argument) => fileTest(argument, context))),
  OR: (args, context) => any(args.map((argument) => fileTest(argument, context))),
  NOT: not,
  "<": comparison("<"),
  "<=": comparison("<="),
  ">": comparison(">"),
  ">=": comparison(">="),
  "=": comparison("="),
  "==": comparison("="),
  "!=": comparison("!="),
  "<>": comparison("!="),
  "<=>": nullSafe,
  isnull: isNull,
  isnotnull: isNotNull,
  in: isIn,
  startswith: startsWith,
  like,
};

function operandOf(expression: ResolvedExpression, context: TestContext): Operand | undefined {
  const column = context.columnOf(expression);
  if (column !== undefined) return { column, convert: (bound) => bound };
  if (expression.kind !== "cast") return undefined;
  const input = operandOf(expression.input, context);
  const from = expression.input.type;
  if (input === undefined || from.kind === "string") return undefined;
  const zone = expression.timeZone ?? context.timeZone;
  const convert = (bound: Bound | undefined): Bound | undefined =>
    bound === undefined ? undefined : converted(bound, from, expression.type, zone);
  return { column: input.column, convert: (bound) => convert(input.convert(bound)) };
}

/** The value of a constant, or of a conversion of one; undefined where it is not known here. */
export function constantOf(expression: ResolvedExpression, timeZone: string): Bound | null | undefined {
  if (expression.kind === "constant") return boundOf(expression.value);
  if (expression.kind !== "cast") return undefined;
  const value = constantOf(expression.input, timeZone);
  return value === undefined || value === null
    ? value
    : converted(value, expression.input.type, expression.type, expression.timeZone ?? timeZone);
}

function boundOf(value: unknown): Bound | null | undefined {
  if (value === null || typeof value === "string" || typeof value === "number") return value;
  return typeof value === "bigint" || typeof value === "boolean" ? value : undefined;
}
