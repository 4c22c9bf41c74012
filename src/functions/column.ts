/** `Column`: an expression of a program, and the methods that make larger ones of it. */
import { inspect } from "node:util";
import { AnalysisError } from "../errors.ts";
import type { Expression, SortOrder } from "../plan/expression.ts";
import type { DataType } from "../types/data-type.ts";
import { literalOf } from "./literal.ts";
import { type Operator, operators, sqlName } from "./operators.ts";
import type { Aliased, Call, CastTo, ColumnLike, LiteralValue, phantom, TriedCast, ValueExp } from "./phantom.ts";

/** What an operator takes: a column or a value; a string is a value. */
export type Operand = ColumnLike | LiteralValue;

type Operation<Name extends Operator, Arguments> = Column<Call<(typeof operators)[Name], Arguments>>;

/** A window over which a function is computed; made by `Window`. */
export interface WindowLike {
  readonly partitionBy: unknown;
}

/** `Column` alone is the dynamic column: what a helper takes and returns when it does not care. */
export interface Column<out E = unknown> extends ColumnLike {
  readonly [phantom]: E;
  /** The expression of the plan. */
  readonly expression: Expression;
  plus<const B extends Operand>(other: B): Operation<"plus", [E, ValueExp<B>]>;
  as<const N extends string>(name: N): Column<Aliased<N, E>>;
  cast<const T extends string>(type: T | DataType): Column<CastTo<T, E>>;
  tryCast<const T extends string>(type: T | DataType): Column<TriedCast<T, E>>;
}

class ExpressionColumn {
  readonly expression: Expression;

  constructor(expression: Expression) {
    this.expression = Object.isFrozen(expression) ? expression : Object.freeze(expression);
  }
}

/** The only place where the type of a column is claimed: the compiler checks its use, the analyzer its meaning. */
export function makeColumn<E>(expression: Expression): Column<E> {
  return new ExpressionColumn(expression) as unknown as Column<E>;
}

/** The expression of a column; undefined for any other value. */
export function expressionOf(value: unknown): Expression | undefined {
  return value instanceof ExpressionColumn ? value.expression : undefined;
}
