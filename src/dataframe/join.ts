/** Joins as programs write them: Spark's names of types, and the forms of `on`. */
import { AnalysisError, listed } from "../errors.ts";
import { columnExpression } from "../functions/column.ts";
import type { Expression } from "../plan/expression.ts";
import type { JoinType, Relation } from "../plan/relation.ts";
import type { Unidentified } from "./derive.ts";
import type { JoinName, LateralJoinName } from "./join-kinds.ts";

/** How two DataFrames are joined. */
export interface JoinOptions<How extends JoinName = JoinName> {
  readonly how?: How;
}

const types: Readonly<Record<JoinName, JoinType>> = {
  inner: "inner",
  cross: "cross",
  left: "left",
  leftouter: "left",
  left_outer: "left",
  right: "right",
  rightouter: "right",
  right_outer: "right",
  full: "full",
  outer: "full",
  fullouter: "full",
  full_outer: "full",
  semi: "left semi",
  leftsemi: "left semi",
  left_semi: "left semi",
  anti: "left anti",
  leftanti: "left anti",
  left_anti: "left anti",
};

/**
 * The relation of a join.
 *
 * @param on - a name, names, a boolean column, several that must all hold, or nothing
 * @param how - Spark's name of the type, or options that hold it
 * @throws AnalysisError `UNSUPPORTED_JOIN_TYPE` for an unknown type
 */
export function joinRelation(
  left: Relation,
  right: Relation,
  on: unknown,
  how: JoinName | JoinOptions | undefined,
): Unidentified {
  const type = joinType((typeof how === "object" ? how.how : how) ?? "inner");
  return { kind: "join", left, right, type, ...joinedOn(on) };
}

/** What pairs of rows have in common: columns by their names, or a condition. */
export function joinedOn(on: unknown): { readonly using: readonly string[]; readonly condition?: Expression } {
  const keys = on === undefined || on === null ? [] : Array.isArray(on) ? (on as unknown[]) : [on];
  if (keys.every((key) => typeof key === "string")) return { using: keys };
  return { using: [], condition: keys.map((key) => columnExpression(key)).reduce(both) };
}

/**
 * The relation of a lateral join.
 *
 * @param on - a boolean column, or nothing
 * @throws AnalysisError `UNSUPPORTED_JOIN_TYPE` for other types than inner, left and cross
 */
export function lateralJoinRelation(
  left: Relation,
  right: Relation,
  on: unknown,
  how: JoinName | JoinOptions | undefined,
): Unidentified {
  const name = (typeof how === "object" ? how.how : how) ?? "inner";
  const type = typeNamed(name);
  if (type !== "inner" && type !== "left" && type !== "cross") throw unsupportedType(name, lateralNames);
  const condition = on === undefined || on === null ? {} : { condition: columnExpression(on) };
  return { kind: "lateral join", left, right, type, ...condition };
}

const lateralNames: readonly LateralJoinName[] = ["inner", "leftouter", "left", "left_outer", "cross"];

function joinType(name: string): JoinType {
  const type = typeNamed(name);
  if (type !== undefined) return type;
  throw unsupportedType(name, Object.keys(types));
}

/** The type of Spark's name for it, in any case. */
export const typeNamed = (name: string): JoinType | undefined =>
  Object.hasOwn(types, name.toLowerCase()) ? types[name.toLowerCase() as JoinName] : undefined;

export const unsupportedType = (name: string, supported: readonly string[]): AnalysisError =>
  new AnalysisError(`Unsupported join type '${name}'. Supported join types include: ${listed(supported)}`, {
    condition: "UNSUPPORTED_JOIN_TYPE",
    sqlState: "0A000",
    parameters: { typ: name },
  });

const both = (left: Expression, right: Expression): Expression =>
  Object.freeze({ kind: "call", name: ["AND"], arguments: [left, right] });
