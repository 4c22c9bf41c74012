import type { Command } from "./command.ts";
import type { Expression } from "./expression.ts";
import type { Relation } from "./relation.ts";

/** The fields that say where a node is from, not what it means. */
const ignored: ReadonlySet<string> = new Set(["planId", "origin", "written"]);

/**
 * Whether two plans mean the same word for word: same nodes, names, constants and, by reference, local data.
 *
 * Plan ids and origins are ignored, except that columns bound to a relation (`df.col("x")`) must be bound to relations
 * in the same places.
 */
export function equalPlans(left: Relation | Expression | Command, right: Relation | Expression | Command): boolean {
  return equalValues(left, right, { rightOf: new Map(), leftOf: new Map() });
}

interface PairedIds {
  readonly rightOf: Map<number, number>;
  readonly leftOf: Map<number, number>;
}

function equalValues(left: unknown, right: unknown, planIds: PairedIds): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  if (ArrayBuffer.isView(left) || ArrayBuffer.isView(right)) return equalBytes(left, right);
  if (Array.isArray(left) || Array.isArray(right)) return equalArrays(left, right, planIds);
  return equalRecords(left as Record<string, unknown>, right as Record<string, unknown>, planIds);
}

function equalArrays(left: unknown, right: unknown, planIds: PairedIds): boolean {
  if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
  return left.every((item, index) => equalValues(item, right[index], planIds));
}

function equalBytes(left: unknown, right: unknown): boolean {
  if (!(left instanceof Uint8Array && right instanceof Uint8Array) || left.length !== right.length) return false;
  return left.every((byte, index) => byte === right[index]);
}

function equalRecords(left: Record<string, unknown>, right: Record<string, unknown>, planIds: PairedIds): boolean {
  if (left.kind === "attribute" || left.kind === "star") {
    if (!samePlan(left.planId, right.planId, planIds)) return false;
  }
  const names = fieldNames(left);
  if (names.length !== fieldNames(right).length) return false;
  const equal = names.every((name) => name in right && equalValues(left[name], right[name], planIds));
  return equal && (typeof left.planId !== "number" || samePlan(left.planId, right.planId, planIds));
}

// The first pair of ids seen together decides which id of the right stands for which of the left, and the other way round.
function samePlan(left: unknown, right: unknown, { rightOf, leftOf }: PairedIds): boolean {
  if (typeof left !== "number" || typeof right !== "number")
    return left === right || left === undefined || right === undefined;
  if (rightOf.has(left) || leftOf.has(right)) return rightOf.get(left) === right && leftOf.get(right) === left;
  rightOf.set(left, right);
  leftOf.set(right, left);
  return true;
}

const fieldNames = (record: Record<string, unknown>): string[] =>
  Object.keys(record).filter((name) => !ignored.has(name) && record[name] !== undefined);
