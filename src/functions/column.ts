/** `Column` at run time: one small class behind the typed interface. */
import { AnalysisError } from "../errors.ts";
import type { Call, Expression, SortOrder } from "../plan/expression.ts";
import { printExpression } from "../plan/print.ts";
import type { DataType } from "../types/data-type.ts";
import { parseType } from "../types/ddl.ts";
import { inspection } from "../types/inspect.ts";
import type { MetadataValue } from "../types/metadata.ts";
import type { Column, PlanHolder, WindowLike } from "./column-methods.ts";
import { namedExpression, nameParts } from "./column-name.ts";
import { literalOf } from "./literal.ts";
import { type Operator, operators, sqlName } from "./operators.ts";

export type { Column, Operand, PlanHolder, When, WindowLike } from "./column-methods.ts";

const isPlanHolder = (value: unknown): value is PlanHolder =>
  typeof value === "object" && value !== null && "plan" in value;

// The fields of a struct are compared with columns of rows, each with its own.
const isStruct = (expression: Expression): expression is Call =>
  expression.kind === "call" && expression.name.length === 1 && expression.name[0] === "struct";

class ExpressionColumn {
  readonly expression: Expression;

  constructor(expression: Expression) {
    this.expression = Object.freeze(expression);
  }

  between(lower: unknown, upper: unknown) {
    const { expression } = this;
    const from = call(">=", expression, valueExpression(lower)).expression;
    return call("AND", from, call("<=", expression, valueExpression(upper)).expression);
  }

  isin(...values: readonly unknown[]) {
    const [rows] = values;
    if (values.length === 1 && isPlanHolder(rows)) {
      const inside = isStruct(this.expression) ? this.expression.arguments : [this.expression];
      return new ExpressionColumn({ kind: "subquery", form: "in", plan: rows.plan, values: inside });
    }
    const listed = values.length === 1 && Array.isArray(values[0]) ? (values[0] as unknown[]) : values;
    return call("in", this.expression, ...listed.map(valueExpression));
  }

  outer() {
    return this;
  }

  transform(step: (column: unknown) => unknown) {
    return step(this);
  }

  getItem(key: unknown) {
    return new ExpressionColumn({ kind: "extract value", input: this.expression, extraction: valueExpression(key) });
  }

  getField(name: string) {
    return this.getItem(name);
  }

  withField(name: string, value: unknown) {
    const field = nameParts(name);
    return new ExpressionColumn({ kind: "update field", input: this.expression, field, value: valueExpression(value) });
  }

  dropFields(...names: readonly string[]) {
    const dropped = names.reduce<Expression>(
      (input, name) => Object.freeze({ kind: "update field", input, field: nameParts(name) }),
      this.expression,
    );
    return new ExpressionColumn(dropped);
  }

  as(...names: readonly (string | { metadata?: { readonly [name: string]: MetadataValue } })[]) {
    const options = names.at(-1);
    const metadata =
      typeof options === "object" && options.metadata !== undefined ? { metadata: options.metadata } : {};
    const given = names.filter((name) => typeof name === "string");
    return new ExpressionColumn({ kind: "alias", input: this.expression, names: given, ...metadata });
  }

  cast(type: string | DataType) {
    return new ExpressionColumn({ kind: "cast", input: this.expression, type: typeOf(type), mode: "ansi" });
  }

  tryCast(type: string | DataType) {
    return new ExpressionColumn({ kind: "cast", input: this.expression, type: typeOf(type), mode: "try" });
  }

  over(window: WindowLike) {
    return new ExpressionColumn({ kind: "window", call: this.expression, ...window.specification });
  }

  when(condition: unknown, value: unknown) {
    return call("when", ...openBranches(this.expression), valueExpression(condition), valueExpression(value));
  }

  otherwise(value: unknown) {
    return call("when", ...openBranches(this.expression), valueExpression(value));
  }

  [Symbol.toPrimitive](hint: string): never {
    throw new AnalysisError("a Column has no value of its own in a program", {
      condition: "CANNOT_CONVERT_COLUMN_INTO_BOOL",
      hint: primitiveHints[hint] ?? primitiveHints.default!,
    });
  }

  [inspection](): string {
    return `Column<${printExpression(this.expression)}>`;
  }
}

/** The only place where the type of a column is claimed: the compiler checks its use, the analyzer its meaning. */
export function makeColumn<E>(expression: Expression): Column<E> {
  return new ExpressionColumn(expression) as unknown as Column<E>;
}

/**
 * The expression of a column.
 *
 * @param value - a column or anything else, which has none
 */
export function expressionOf(value: unknown): Expression | undefined {
  return value instanceof ExpressionColumn ? value.expression : undefined;
}

/**
 * The expression of an operand: a column's own, or the literal of a value.
 *
 * @param value - a column or a value; a string is a value
 */
export function valueExpression(value: unknown): Expression {
  return expressionOf(value) ?? literalOf(value);
}

/**
 * The expression of an argument where PySpark takes a column or its name.
 *
 * @param value - a column, a name, or a value that is no string
 */
export function columnExpression(value: unknown, planId?: number): Expression {
  return typeof value === "string" ? namedExpression(value, planId) : valueExpression(value);
}

const primitiveHints: Readonly<Record<string, string>> = {
  number:
    "Use .gt(…), .lt(…), .eq(…) to compare and .plus(…), .minus(…) to compute; .and(…), .or(…), .not() for logic.",
  string: "Use concat(…) or formatString(…) to build text of columns, and .as(…) to name a column.",
  default: "Use .plus(…) or concat(…) for +, and .eq(…) for ==.",
};

const call = (name: string, ...expressions: readonly Expression[]) =>
  new ExpressionColumn({ kind: "call", name: [name], arguments: Object.freeze(expressions) });

function openBranches(expression: Expression): readonly Expression[] {
  if (expression.kind === "call" && expression.name[0] === "when" && expression.arguments.length % 2 === 0) {
    return expression.arguments;
  }
  throw new AnalysisError("when() and otherwise() follow a when() that has no otherwise() yet", {
    condition: "INVALID_WHEN_USAGE",
  });
}

const typeOf = (type: string | DataType): DataType => (typeof type === "string" ? parseType(type) : type);

/** Operators whose methods are made of their definitions: the column first, then the operands. */
const shortNames = { eq: "equalTo", ne: "notEqual", gte: "geq", lte: "leq" } as const satisfies Record<
  string,
  Operator
>;

const orders: Readonly<Record<string, Pick<SortOrder, "direction" | "nulls">>> = {
  asc: { direction: "ascending", nulls: "first" },
  ascNullsFirst: { direction: "ascending", nulls: "first" },
  ascNullsLast: { direction: "ascending", nulls: "last" },
  desc: { direction: "descending", nulls: "last" },
  descNullsFirst: { direction: "descending", nulls: "first" },
  descNullsLast: { direction: "descending", nulls: "last" },
};

function install(name: string, method: (this: ExpressionColumn, ...args: readonly unknown[]) => ExpressionColumn) {
  if (!(name in ExpressionColumn.prototype)) Object.defineProperty(ExpressionColumn.prototype, name, { value: method });
}

for (const [name, operator] of [...Object.keys(operators).map((key) => [key, key]), ...Object.entries(shortNames)]) {
  const sql = sqlName(operators[operator as Operator]);
  install(name!, function (...operands) {
    return call(sql, this.expression, ...operands.map(valueExpression));
  });
}
for (const [name, order] of Object.entries(orders)) {
  install(name, function () {
    return new ExpressionColumn({ kind: "sort order", input: this.expression, ...order });
  });
}
Object.defineProperty(ExpressionColumn.prototype, "alias", { value: ExpressionColumn.prototype.as });
