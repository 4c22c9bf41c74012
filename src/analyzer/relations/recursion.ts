/** Common tables that read themselves. */
import { UnsupportedError } from "../../errors.ts";
import type { RecursionLimits } from "../../plan/analysis-settings.ts";
import type { Expression } from "../../plan/expression.ts";
import type { CommonTable, Relation, SetOperation } from "../../plan/relation.ts";
import type {
  OutputColumn,
  Recursion,
  RecursiveReference,
  ResolvedExpression,
  ResolvedRelation,
} from "../../plan/resolved.ts";
import { inputsOf, reference, resolvedChildren, someResolved } from "../../plan/resolved-rewrite.ts";
import { expressionsBelow, ownExpressions, relationsBelow } from "../../plan/resolved-walk.ts";
import { childrenOf } from "../../plan/rewrite.ts";
import type { DataType } from "../../types/data-type.ts";
import { sameType } from "../../types/same-type.ts";
import { sqlName } from "../../types/type-name.ts";
import type { Analysed } from "../context.ts";
import { converted } from "../conversion.ts";
import { columnCountMismatch, misplaced } from "../errors.ts";
import { projection, type RelationContext, visible } from "../relation-context.ts";
import { scopeOf, withoutMetadata } from "../scope.ts";

/** Spark's defaults of `spark.sql.cteRecursionLevelLimit` and `spark.sql.cteRecursionRowLimit`. */
const defaultLimits: RecursionLimits = { levels: 100, rows: 1_000_000 };

/** Whether a common table reads itself. */
export const isRecursive = ({ name, plan }: CommonTable): boolean => reads(plan, name);

// Where a WITH inside names a table of its own so, that is meant.
function reads(node: Relation | Expression, name: string): boolean {
  const isNamed = (other: string): boolean => other.toLowerCase() === name.toLowerCase();
  if (node.kind === "common table reference") return isNamed(node.name);
  if (node.kind === "with" && node.tables.some((table) => isNamed(table.name))) return false;
  return childrenOf(node).some((child) => reads(child, name));
}

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
  const written = visible(within({ relation: rows, scope: scopeOf(output) }, union.right));
  const step = mergedStep(anchor.relation, written, context);
  rejectHidden(step.relation, rows);
  rejectRandom(step.relation);
  const { levels, rows: most } = context.analysis.settings.recursion ?? defaultLimits;
  const relation: Recursion = {
    kind: "recursion",
    id,
    anchor: anchor.relation,
    step: step.relation,
    ...(table.maxRecursion === undefined && levels === undefined ? {} : { levels: table.maxRecursion ?? levels! }),
    ...(most === undefined ? {} : { rows: most }),
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

/** The step with the types of the first rows, which nothing is lost by. */
function mergedStep(anchor: ResolvedRelation, step: Analysed, { analysis }: RelationContext): Analysed {
  const { output } = step.relation;
  if (anchor.output.length !== output.length) throw columnCountMismatch("UNION", anchor.output.length, output.length);
  const { widest, castMode } = analysis.coercion;
  const columns = anchor.output.map(({ type }, index) => {
    const column = output[index]!;
    if (sameType(type, column.type)) return { column, expression: reference(column) };
    const common = widest([type, column.type]);
    if (common === undefined || !sameType(type, common)) throw incompatible(type, column.type);
    const expression = converted(reference(column), type, castMode);
    return { column: analysis.newColumn(column.name, type, expression.nullable), expression };
  });
  return columns.every(({ column }, index) => column === output[index]) ? step : projection(step, columns);
}

function incompatible(left: DataType, right: DataType): Error {
  const parameters = { left: `"${sqlName(left)}"`, right: `"${sqlName(right)}"` };
  return misplaced(
    "CANNOT_MERGE_INCOMPATIBLE_DATA_TYPE",
    "42825",
    `Failed to merge incompatible data types ${parameters.left} and ${parameters.right}`,
    "Cast the columns of the step to the types of the first rows.",
    parameters,
  );
}

function rejectHidden(step: ResolvedRelation, rows: RecursiveReference): void {
  for (const relation of relationsBelow(step)) if (hidesReference(relation, rows)) throw misplacedReference();
}

const random: ReadonlySet<string> = new Set(["rand", "randn", "uniform", "randstr", "uuid", "shuffle"]);

// Each step would draw the numbers of the one before.
function rejectRandom(step: ResolvedRelation): void {
  const isRandom = (expression: ResolvedExpression): boolean =>
    expression.kind === "call" && !expression.deterministic && random.has(expression.name);
  if (!expressionsBelow(step).some((expression) => someResolved(expression, isRandom))) return;
  throw new UnsupportedError("the step of a recursion cannot compute random values", {
    hint: "Join the rows of the recursion with a table of random values, or compute them after it.",
  });
}

const whole: ReadonlySet<ResolvedRelation["kind"]> = new Set(["aggregate", "sort", "sample"]);
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

/**
 * A relation that has as many rows as are asked for, where its rows are those of a recursion: one of its own, since others may ask
 * for more. Any other relation as it is.
 *
 * Spark: `LimitPushDown` into `UnionLoop`.
 *
 * @param most - how many rows are asked for; all of them when absent
 */
export function withoutRowLimit(relation: ResolvedRelation, most?: bigint): ResolvedRelation {
  const below = (input: ResolvedRelation): ResolvedRelation => withoutRowLimit(input, most);
  switch (relation.kind) {
    case "recursion":
      return unbounded(relation, most);
    case "project":
      return { ...relation, input: below(relation.input) };
    case "set operation":
      return relation.operation === "union" && relation.all
        ? { ...relation, left: below(relation.left), right: below(relation.right) }
        : relation;
    case "slice": {
      if (relation.count !== undefined) return relation;
      const rows = most === undefined ? undefined : most + relation.offset;
      return { ...relation, input: withoutRowLimit(relation.input, rows) };
    }
    default:
      return relation;
  }
}

function unbounded({ rows: _, ...recursion }: Recursion, most: bigint | undefined): Recursion {
  return most === undefined ? recursion : { ...recursion, most };
}

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
