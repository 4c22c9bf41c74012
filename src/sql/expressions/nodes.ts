/** Short constructors of the nodes that the grammar makes most. */
import type { Call, Expression, Literal } from "../../plan/expression.ts";
import { booleanType, type DataType, intType, stringType } from "../../types/data-type.ts";

export const call = (name: string, ...args: readonly Expression[]): Call => ({
  kind: "call",
  name: [name],
  arguments: args,
});

export const literal = (type: DataType, value: unknown): Literal => ({ kind: "literal", type, value });
export const text = (value: string): Literal => literal(stringType, value);
export const whole = (value: number): Literal => literal(intType, value);
export const truth = (value: boolean): Literal => literal(booleanType, value);

export const not = (condition: Expression): Call => call("NOT", condition);

/**
 * Conditions joined two by two, so that a long chain makes no deep tree: Spark's `AstBuilder.reduceToExpressionTree`.
 *
 * @param name - `AND` or `OR`
 */
export function balanced(
  name: string,
  operands: readonly Expression[],
  low = 0,
  high = operands.length - 1,
): Expression {
  if (low === high) return operands[low]!;
  if (high - low === 1) return call(name, operands[low]!, operands[high]!);
  const middle = low + Math.trunc((high - low) / 2);
  return call(name, balanced(name, operands, low, middle), balanced(name, operands, middle + 1, high));
}
