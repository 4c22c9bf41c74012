/** What an analysed plan means, as a text that says nothing of how often it was analysed. */
import type { Leaf, OutputColumn, ResolvedRelation } from "../plan/resolved.ts";

const batchNumbers = new WeakMap<object, number>();
let batches = 0;

/**
 * The plan with its columns numbered by where they come first and its leaves by what they read, whether or not rows of a
 * part are kept.
 *
 * Spark: `QueryPlan.canonicalized`.
 */
export function semanticsOf(plan: ResolvedRelation, leaves: readonly Leaf[]): string {
  const numbers = new Map<unknown, number>();
  return JSON.stringify(withoutCache(plan), (key, found: unknown) => {
    const value = withoutCache(found);
    if (key === "origin" || key === "metadata" || key === "entry") return undefined;
    if (key === "id" || key === "groupingId") return numberOf(value, numbers);
    if (key === "leaf") return sourceOf(leaves.find(({ id }) => id === value));
    if (key === "batches") return (value as readonly object[]).map(batchNumber);
    if (typeof value === "bigint") return `${value}n`;
    return isColumn(value) ? { ...value, name: undefined } : value;
  });
}

function withoutCache(value: unknown): unknown {
  const relation = value as Partial<ResolvedRelation> | null;
  return typeof relation === "object" && relation?.kind === "cached" ? withoutCache(relation.input) : value;
}

const sourceOf = (leaf: Leaf | undefined): unknown =>
  leaf === undefined ? undefined : { format: leaf.format, files: leaf.files, paths: leaf.paths, options: leaf.options };

function numberOf(id: unknown, numbers: Map<unknown, number>): unknown {
  if (typeof id !== "number") return id;
  if (!numbers.has(id)) numbers.set(id, numbers.size);
  return numbers.get(id);
}

function batchNumber(batch: object): number {
  if (!batchNumbers.has(batch)) {
    batches += 1;
    batchNumbers.set(batch, batches);
  }
  return batchNumbers.get(batch)!;
}

// Only columns have an id, a name and a type.
const isColumn = (value: unknown): value is OutputColumn =>
  typeof value === "object" && value !== null && "id" in value && "name" in value && "type" in value;
