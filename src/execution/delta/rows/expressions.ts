/** Expressions that statements about rows are made of. */
import type { Expression } from "../../../plan/expression.ts";
import type { Relation } from "../../../plan/relation.ts";
import { booleanType, type DataType, intType, stringType } from "../../../types/data-type.ts";

export const column = (name: string): Expression => ({ kind: "attribute", name: [name] });

export const named = (input: Expression, name: string): Expression => ({ kind: "alias", input, names: [name] });

export const call = (name: string, ...args: readonly Expression[]): Expression => ({
  kind: "call",
  name: [name],
  arguments: args,
});

export const nothing = (type: DataType): Expression => ({ kind: "literal", type, value: null });

export const text = (value: string): Expression => ({ kind: "literal", type: stringType, value });

export const number = (value: number): Expression => ({ kind: "literal", type: intType, value });

export const always: Expression = { kind: "literal", type: booleanType, value: true };

export const never: Expression = { kind: "literal", type: booleanType, value: false };

export const isThere = (input: Expression): Expression => call("isnotnull", input);

/** The parts of a condition that must all be true. */
export const conjuncts = (condition: Expression): readonly Expression[] =>
  condition.kind === "call" && condition.name.at(-1)?.toLowerCase() === "and"
    ? condition.arguments.flatMap(conjuncts)
    : [condition];

/** The value of the first case whose condition is true; null, or the last value, where none is. */
export function firstOf(
  cases: readonly (readonly [condition: Expression, value: Expression])[],
  otherwise: Expression,
): Expression {
  return cases.length === 0 ? otherwise : call("when", ...cases.flat(), otherwise);
}

/** One of some numbers. */
export const isOneOf = (input: Expression, numbers: readonly number[]): Expression =>
  numbers.length === 0
    ? never
    : numbers.map((each) => call("=", input, number(each))).reduce((left, right) => call("or", left, right));

export const project = (input: Relation, expressions: readonly Expression[]): Relation => ({
  kind: "project",
  input,
  expressions,
});

export const filter = (input: Relation, condition: Expression): Relation => ({ kind: "filter", input, condition });

export const join = (
  left: Relation,
  right: Relation,
  type: "inner" | "left" | "left anti",
  condition: Expression,
): Relation => ({ kind: "join", left, right, type, condition, using: [] });

export const union = (relations: readonly Relation[]): Relation =>
  relations.reduce((left, right) => ({
    kind: "set operation",
    left,
    right,
    operation: "union",
    all: true,
    byName: false,
    allowMissingColumns: false,
  }));
