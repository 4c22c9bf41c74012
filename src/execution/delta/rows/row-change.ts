/** What a statement does to the rows of a table: `DELETE`, `UPDATE` and `MERGE` are all of this form. */

import type { Expression } from "../../../plan/expression.ts";
import type { Relation } from "../../../plan/relation.ts";
import type { StructType } from "../../../types/data-type.ts";
import type { OpenTable } from "../open-table.ts";
import type { TargetName } from "./target-rows.ts";

/** What becomes of rows of the table that meet a condition. The first clause that a row falls under decides. */
export interface RowClause {
  readonly action: "update" | "delete";
  readonly condition?: Expression | undefined;
  /** The new values by the columns that get them, cast already. */
  readonly values: ReadonlyMap<string, Expression>;
}

/** What becomes of rows of the source that match nothing. */
export interface InsertClause {
  readonly condition?: Expression | undefined;
  readonly values: ReadonlyMap<string, Expression>;
}

export interface RowChange {
  readonly table: OpenTable;
  readonly target: TargetName;
  /** What the table is to have, as its metadata says it. */
  readonly schema: StructType;
  /** The rows that are compared with those of the table, each with its number and copies of its columns. */
  readonly source?: Relation;
  /** When a row of the source matches one of the table; without a source, which rows the statement is about. */
  readonly condition: Expression;
  readonly matched: readonly RowClause[];
  readonly unmatched: readonly RowClause[];
  readonly inserts: readonly InsertClause[];
}

/** The clauses for rows of the table in one count: those for rows that match, then those for rows that nothing matches. */
export const clausesOf = ({ matched, unmatched }: RowChange): readonly RowClause[] => [...matched, ...unmatched];

/** The numbers of the clauses that do something. */
export const numbersOf = (change: RowChange, action: RowClause["action"]): readonly number[] =>
  clausesOf(change).flatMap((clause, index) => (clause.action === action ? [index] : []));

export const isInsertOnly = ({ matched, unmatched, inserts }: RowChange): boolean =>
  matched.length === 0 && unmatched.length === 0 && inserts.length > 0;
