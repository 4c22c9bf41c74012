/** Common tables that read themselves. */
import type { CommonTable, Relation, SetOperation } from "../../plan/relation.ts";
import type { OutputColumn, Recursion, RecursiveReference, ResolvedRelation } from "../../plan/resolved.ts";
import { inputsOf, reference, resolvedChildren } from "../../plan/resolved-rewrite.ts";
import { ownExpressions, relationsBelow, subqueryPlans } from "../../plan/resolved-walk.ts";
import { someNode } from "../../plan/rewrite.ts";
import { sameType } from "../../types/same-type.ts";
import { sqlName } from "../../types/type-name.ts";
import type { Analysed } from "../context.ts";
import { columnCountMismatch, misplaced } from "../errors.ts";
import { projection, type RelationContext, visible } from "../relation-context.ts";
import { scopeOf, withoutMetadata } from "../scope.ts";

/** Spark's defaults of `spark.sql.cteRecursionLevelLimit` and `spark.sql.cteRecursionRowLimit`. */
const levelLimit = 100;
const rowLimit = 1_000_000;

/** Whether a common table reads itself. */
export const isRecursive = ({ name, plan }: CommonTable): boolean => reads(plan, name);

const reads = (plan: Relation, name: string): boolean =>
  someNode(plan, (node) => node.kind === "common table reference" && node.name.toLowerCase() === name.toLowerCase());

/**
 * The rows of a table that reads itself.
 *
 * Spark: `ResolveWithCTE` and `CTEUtils.checkForSelfReferenceInSubquery`.
 *
 * @param within - analyses the step while the table's name means the rows that were added last
 */
export function analyseRecursion(
  table: CommonTable,
  within: (rows: Analysed, step: Relation) => Analysed,
  context: RelationContext,
): Analysed {
  const union = unionOf(table);
  const anchor = visible(context.input(union.left));
  const id = context.analysis.newColumn(table.name, { kind: "void" }, true).id;
  const output = columnsOf(anchor, table, context);
  const rows: RecursiveReference = { kind: "recursive reference", recursion: id, output };
  const step = visible(within({ relation: rows, scope: scopeOf(output) }, union.right));
  checkStep(anchor.relation, step.relation, rows);
  const relation: Recursion = {
    kind: "recursion",
    id,
    anchor: anchor.relation,
    step: step.relation,
    levels: table.maxRecursion ?? levelLimit,
    rows: rowLimit,
    output,
  };
  return { relation, scope: scopeOf(output) };
}

function unionOf(table: CommonTable): SetOperation {
  const { plan } = table;
  if (plan.kind !== "set operation" || plan.operation !== "union" || reads(plan.left, table.name)) throw noUnion();
  if (plan.all) return plan;
  throw misplaced(
    "UNION_NOT_SUPPORTED_IN_RECURSIVE_CTE",
    "42836",
    "The UNION operator is not yet supported within recursive common table expressions (WITH clauses that refer to themselves, directly or indirectly)",
    "Please use UNION ALL instead.",
  );
}

const noUnion = (): Error =>
  misplaced(
    "INVALID_RECURSIVE_CTE",
    "42836",
    "Invalid recursive definition found. Recursive queries must contain an UNION or an UNION ALL statement with 2 children. The first child needs to be the anchor term without any recursive references",
    "Write the rows to begin with, UNION ALL, and the query that reads the table itself.",
  );

// Any step may add nulls, so that every column may hold them.
const columnsOf = ({ relation }: Analysed, { columns }: CommonTable, { analysis }: RelationContext): OutputColumn[] =>
  relation.output.map(({ name, type }, index) => analysis.newColumn(columns?.[index] ?? name, type, true));

function checkStep(anchor: ResolvedRelation, step: ResolvedRelation, rows: RecursiveReference): void {
  if (anchor.output.length !== step.output.length)
    throw columnCountMismatch("UNION", anchor.output.length, step.output.length);
  for (const [index, { type }] of anchor.output.entries()) {
    const right = step.output[index]!.type;
    if (sameType(type, right)) continue;
    const parameters = { left: `"${sqlName(type)}"`, right: `"${sqlName(right)}"` };
    throw misplaced(
      "CANNOT_MERGE_INCOMPATIBLE_DATA_TYPE",
      "42825",
      `Failed to merge incompatible data types ${parameters.left} and ${parameters.right}`,
      "Cast the columns of the step to the types of the first rows.",
      parameters,
    );
  }
  for (const relation of relationsBelow(step)) if (hidesReference(relation, rows)) throw misplacedReference();
}

const whole: ReadonlySet<ResolvedRelation["kind"]> = new Set(["aggregate", "distinct", "sort", "slice", "sample"]);
const closedSides: Partial<Record<string, readonly ("left" | "right")[]>> = {
  left: ["right"],
  "left semi": ["right"],
  "left anti": ["right"],
  right: ["left"],
  full: ["left", "right"],
};

// What needs all rows, or reads those of one side without the other, cannot read the table's own.
function hidesReference(relation: ResolvedRelation, rows: RecursiveReference): boolean {
  const isRead = (input: ResolvedRelation): boolean => relationsBelow(input).has(rows);
  if (subqueryPlans(relation).some(isRead)) return true;
  if (whole.has(relation.kind)) return inputsOf(relation).some(isRead);
  if (relation.kind === "join") return (closedSides[relation.type] ?? []).some((side) => isRead(relation[side]));
  const hasWindow = ownExpressions(relation).some(
    (expression) => expression.kind === "window" || resolvedChildren(expression).some(({ kind }) => kind === "window"),
  );
  return hasWindow && inputsOf(relation).some(isRead);
}

const misplacedReference = (): Error =>
  misplaced(
    "INVALID_RECURSIVE_REFERENCE.PLACE",
    "42836",
    "Invalid recursive reference found inside WITH RECURSIVE clause. Recursive references cannot be used on the right side of left outer/semi/anti joins, on the left side of right outer joins, in full outer joins, in aggregates, window functions or sorts",
    "Aggregate or sort the rows of the table after the recursion.",
  );

/** The table's rows under columns of their own, for one use of it. */
export const useOf = (analysed: Analysed, { name, columns }: CommonTable, { analysis }: RelationContext): Analysed =>
  projection(
    { ...analysed, scope: withoutMetadata(analysed.scope) },
    analysed.scope.columns.map(({ column }, index) => ({
      column: analysis.newColumn(columns?.[index] ?? column.name, column.type, column.nullable, column.metadata),
      expression: reference(column),
    })),
    () => [name],
  );
