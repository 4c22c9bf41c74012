/** The first look at a table: which of its rows a statement is about, and which clause each falls under. */
import { ExecutionError } from "../../../errors.ts";
import type { Expression } from "../../../plan/expression.ts";
import type { Relation } from "../../../plan/relation.ts";
import { intType } from "../../../types/data-type.ts";
import { vectorValues } from "../../../types/vector-values.ts";
import type { CommandContext } from "../../commands/context.ts";
import { call, column, filter, firstOf, isThere, join, named, nothing, number, project } from "./expressions.ts";
import type { NumberedFiles } from "./numbered-files.ts";
import type { RowChange, RowClause } from "./row-change.ts";
import {
  clauseColumn,
  fileColumn,
  markedFile,
  markedRow,
  markedSourceRow,
  rowColumn,
  sourceRowColumn,
  unmatchedClauseColumn,
} from "./row-columns.ts";
import { targetRows } from "./target-rows.ts";

/** Pairs of rows that match, and rows that nothing matches and a clause is for: their places and the clause. */
export function markedRows(change: RowChange, files: NumberedFiles, context: CommandContext): Relation {
  const { matched, unmatched, source, condition } = change;
  const target = targetRows(change.table, files, change.target, change.schema, context);
  if (source === undefined) return marks(filter(target, condition), number(0), nothing(intType));
  const known = withUnmatchedClause(target, unmatched, matched.length);
  const pairs = join(known, source, unmatched.length === 0 ? "inner" : "left", condition);
  const isMatched = isThere(column(sourceRowColumn));
  const clause = firstOf(
    [[isMatched, clauseNumber(matched, 0)]],
    unmatched.length === 0 ? nothing(intType) : column(unmatchedClauseColumn),
  );
  const found = marks(pairs, clause, column(sourceRowColumn));
  if (unmatched.length === 0) return found;
  return filter(found, call("or", isThere(column(markedSourceRow)), isThere(column(clauseColumn))));
}

/** The number of the first clause whose condition holds. */
export const clauseNumber = (
  clauses: readonly { readonly condition?: Expression | undefined }[],
  first: number,
): Expression => {
  const open = clauses.findIndex(({ condition }) => condition === undefined);
  const cases = (open < 0 ? clauses : clauses.slice(0, open)).map(
    ({ condition }, index) => [condition!, number(first + index)] as const,
  );
  return firstOf(cases, open < 0 ? nothing(intType) : number(first + open));
};

// Asked of the rows of the table alone: the source has no say in it.
function withUnmatchedClause(target: Relation, clauses: readonly RowClause[], first: number): Relation {
  if (clauses.length === 0) return target;
  return project(target, [{ kind: "star" }, named(clauseNumber(clauses, first), unmatchedClauseColumn)]);
}

const marks = (input: Relation, clause: Expression, sourceRow: Expression): Relation =>
  project(input, [
    named(column(fileColumn), markedFile),
    named(column(rowColumn), markedRow),
    named(sourceRow, markedSourceRow),
    named(clause, clauseColumn),
  ]);

/** How many rows of a file fall under a clause. */
export interface MarkCount {
  readonly file: number;
  readonly clause: number;
  readonly rows: number;
}

/** A row of the table can match more than once only where every such row is deleted anyhow. */
export const mayMatchTwice = ({ matched }: RowChange): boolean =>
  matched[0]?.action === "delete" && matched[0].condition === undefined;

/** The marks that do something, one a row of the table. */
export function effectiveMarks(marked: Relation, change: RowChange): Relation {
  const effective = filter(marked, isThere(column(clauseColumn)));
  if (!mayMatchTwice(change)) return effective;
  return { kind: "deduplicate", input: effective, columns: [markedFile, markedRow], withinWatermark: false };
}

/** How many rows of each file fall under each clause. */
export async function countMarks(marked: Relation, change: RowChange, context: CommandContext): Promise<MarkCount[]> {
  const batches = await context.collect({
    kind: "aggregate",
    input: effectiveMarks(marked, change),
    type: "group by",
    grouping: [column(markedFile), column(clauseColumn)],
    aggregates: [named(call("count", number(1)), "rows")],
  });
  return batches.flatMap(({ columns, rows }) => {
    const [files, clauses, counts] = columns.map((each) => vectorValues(each));
    return Array.from({ length: rows }, (_, row) => ({
      file: Number(files![row]),
      clause: Number(clauses![row]),
      rows: Number(counts![row]),
    }));
  });
}

/**
 * Checks that no row of the table is to become two things.
 *
 * @throws ExecutionError `DELTA_MULTIPLE_SOURCE_ROW_MATCHING_TARGET_ROW_IN_MERGE`
 */
export async function checkMatchedOnce(marked: Relation, change: RowChange, context: CommandContext): Promise<void> {
  const { source, matched, unmatched, inserts } = change;
  if (source === undefined || mayMatchTwice(change)) return;
  // Where nothing else is done, pairs that no clause is for do not count.
  const isMatchedOnly = matched.length > 0 && unmatched.length === 0 && inserts.length === 0;
  const counted = filter(marked, isThere(column(isMatchedOnly ? clauseColumn : markedSourceRow)));
  const grouped: Relation = {
    kind: "aggregate",
    input: counted,
    type: "group by",
    grouping: [column(markedFile), column(markedRow)],
    aggregates: [named(call("count", number(1)), "pairs")],
  };
  const twice = filter(grouped, call(">", column("pairs"), number(1)));
  const batches = await context.collect({ kind: "limit", input: twice, count: number(1) });
  if (batches.some(({ rows }) => rows > 0)) throw matchedTwice();
}

/** What Delta Lake points to. */
const mergeGuide = "https://docs.delta.io/latest/delta-update.html#upsert-into-a-table-using-merge";

const matchedTwice = (): ExecutionError =>
  new ExecutionError(
    "Cannot perform Merge as multiple source rows matched and attempted to modify the same target row in the Delta table in possibly conflicting ways",
    {
      condition: "DELTA_MULTIPLE_SOURCE_ROW_MATCHING_TARGET_ROW_IN_MERGE",
      sqlState: "21506",
      parameters: { usageReference: mergeGuide },
      hint: "Leave one row a key in the source: dropDuplicates, or row_number() over the key.",
    },
  );
