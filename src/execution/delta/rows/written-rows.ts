/** The second look: rows of touched files as they are to be, rows that come, and what the change feed says of both. */

import { sqlParser } from "../../../functions/parsers.ts";
import type { Expression } from "../../../plan/expression.ts";
import type { Relation } from "../../../plan/relation.ts";
import { bigintType, type StructField, structType } from "../../../types/data-type.ts";
import type { CommandContext } from "../../commands/context.ts";
import { defaultValue } from "../../tables/column-defaults.ts";
import { stored } from "../../tables/store-assignment.ts";
import { nextIdentity } from "../fit-rows.ts";
import { identityOf } from "../identity-columns.ts";
import { checkedRows, generationText, type RowCheck } from "../row-checks.ts";
import { type ChangeType, typed } from "./change-feed.ts";
import {
  call,
  column,
  filter,
  firstOf,
  isOneOf,
  isThere,
  join,
  named,
  never,
  nothing,
  number,
  project,
  union,
} from "./expressions.ts";
import { clauseNumber, effectiveMarks } from "./marked-rows.ts";
import type { NumberedFiles } from "./numbered-files.ts";
import { clausesOf, isInsertOnly, numbersOf, type RowChange } from "./row-change.ts";
import {
  clauseColumn,
  fileColumn,
  markedFile,
  markedRow,
  markedSourceRow,
  rowColumn,
  rowIdColumn,
  rowVersionColumn,
  sourceRowColumn,
  targetCopy,
} from "./row-columns.ts";
import { rowIdFields } from "./row-ids.ts";
import { targetRows } from "./target-rows.ts";

/** What was found out by the first look. */
export interface Marked {
  readonly change: RowChange;
  readonly rows: Relation;
  /** The files that hold rows to change. */
  readonly files: NumberedFiles;
  readonly checks: readonly RowCheck[];
}

/** Rows of the touched files with their clause and the row of the source: all of them, or those that change. */
function touchedRows({ change, rows, files }: Marked, which: "all" | "changed", context: CommandContext): Relation {
  const target = targetRows(change.table, files, change.target, change.schema, context);
  const place = call(
    "and",
    call("=", column(fileColumn), column(markedFile)),
    call("=", column(rowColumn), column(markedRow)),
  );
  const placed = join(target, effectiveMarks(rows, change), which === "all" ? "left" : "inner", place);
  if (change.source === undefined) return placed;
  return join(placed, change.source, "left", call("=", column(markedSourceRow), column(sourceRowColumn)));
}

/** Rows that stay, as they are to be, with the clause that changes them. */
function remaining(marked: Marked, which: "all" | "changed", context: CommandContext): Relation {
  const { change } = marked;
  const isDeleted = call("coalesce", isOneOf(column(clauseColumn), numbersOf(change, "delete")), never);
  const rows = filter(touchedRows(marked, which, context), call("not", isDeleted));
  const direct = change.schema.fields.map((field, index) => named(updated(field, index, change), field.name));
  const [id, version] = rowIdFields(change.table.snapshot!);
  const ids =
    id === undefined || version === undefined
      ? []
      : [
          named(column(rowIdColumn), id.name),
          named(
            firstOf([[isThere(column(clauseColumn)), nothing(bigintType)]], column(rowVersionColumn)),
            version.name,
          ),
        ];
  const values = project(rows, [...direct, ...ids, column(clauseColumn)]);
  return withGenerated(values, [...change.schema.fields, ...rowIdFields(change.table.snapshot!)], (field) =>
    numbersOf(change, "update").filter((clause) => !clausesOf(change)[clause]!.values.has(field.name)),
  );
}

function updated({ name }: StructField, index: number, change: RowChange): Expression {
  const cases = clausesOf(change).flatMap(({ values }, clause) => {
    const value = values.get(name);
    return value === undefined ? [] : [[call("=", column(clauseColumn), number(clause)), value] as const];
  });
  return firstOf(cases, column(targetCopy(index)));
}

/** Columns made of others, for the clauses that do not give them. */
function withGenerated(
  rows: Relation,
  fields: readonly StructField[],
  clausesWithout: (field: StructField) => readonly number[],
): Relation {
  if (fields.every((field) => generationText(field) === undefined)) return rows;
  const expressions = fields.map((field) => {
    const generation = generationText(field);
    const clauses = generation === undefined ? [] : clausesWithout(field);
    if (clauses.length === 0) return column(field.name);
    const value = stored(sqlParser().expression(generation!), field);
    return named(firstOf([[isOneOf(column(clauseColumn), clauses), value]], column(field.name)), field.name);
  });
  return project(rows, [...expressions, column(clauseColumn)]);
}

/** The rows that take the place of those of the touched files. */
export function rewrittenRows(marked: Marked, which: "all" | "changed", context: CommandContext): Relation {
  const fields = [...marked.change.schema.fields, ...rowIdFields(marked.change.table.snapshot!)];
  const rows = remaining(marked, which, context);
  return checkedRows(
    project(
      rows,
      fields.map(({ name }) => column(name)),
    ),
    structType(fields),
    marked.checks,
  );
}

/** The rows of the source that the table gets. */
export function insertedRows(marked: Marked, context: CommandContext): Relation {
  const { change, checks } = marked;
  const rows = unmatchedSource(marked, context);
  const clause = named(clauseNumber(change.inserts, 0), clauseColumn);
  const chosen = filter(project(rows, [{ kind: "star" }, clause]), isThere(column(clauseColumn)));
  const direct = change.schema.fields.map((field) => named(inserted(field, change), field.name));
  const without = (field: StructField): readonly number[] =>
    change.inserts.flatMap(({ values }, index) => (values.has(field.name) ? [] : [index]));
  const { fields } = change.schema;
  const generated = withGenerated(project(chosen, [...direct, column(clauseColumn)]), fields, without);
  return checkedRows(withIdentities(generated, fields, without), change.schema, checks);
}

function unmatchedSource({ change, rows, files }: Marked, context: CommandContext): Relation {
  const source = change.source!;
  if (isInsertOnly(change)) {
    const target = targetRows(change.table, files, change.target, change.schema, context);
    return join(source, target, "left anti", change.condition);
  }
  const matched = filter(rows, isThere(column(markedSourceRow)));
  return join(source, matched, "left anti", call("=", column(sourceRowColumn), column(markedSourceRow)));
}

function inserted(field: StructField, { inserts }: RowChange): Expression {
  const cases = inserts.flatMap(({ values }, index) => {
    const value = values.get(field.name);
    return value === undefined ? [] : [[call("=", column(clauseColumn), number(index)), value] as const];
  });
  const isMade = generationText(field) !== undefined || identityOf(field) !== undefined;
  return firstOf(cases, isMade ? nothing(field.type) : defaultValue(field));
}

function withIdentities(
  rows: Relation,
  fields: readonly StructField[],
  clausesWithout: (field: StructField) => readonly number[],
): Relation {
  const expressions = fields.map((field) => {
    const clauses = identityOf(field) === undefined ? [] : clausesWithout(field);
    if (clauses.length === 0) return column(field.name);
    const isCounted = isOneOf(column(clauseColumn), clauses);
    return named(firstOf([[isCounted, nextIdentity(field)]], column(field.name)), field.name);
  });
  return project(rows, expressions);
}

/** The change feed's rows: those before and after an update, those deleted, those inserted. */
export function changeFeed(marked: Marked, context: CommandContext): Relation {
  const { change } = marked;
  const { fields } = change.schema;
  const before = (action: "update" | "delete", type: ChangeType): Relation =>
    project(filter(touchedRows(marked, "changed", context), isOneOf(column(clauseColumn), numbersOf(change, action))), [
      ...fields.map(({ name }, index) => named(column(targetCopy(index)), name)),
      typed(type),
    ]);
  const after = (rows: Relation, type: ChangeType): Relation =>
    project(rows, [...fields.map(({ name }) => column(name)), typed(type)]);
  return union([
    ...(numbersOf(change, "delete").length === 0 ? [] : [before("delete", "delete")]),
    ...(numbersOf(change, "update").length === 0
      ? []
      : [before("update", "update_preimage"), after(remaining(marked, "changed", context), "update_postimage")]),
    ...(change.inserts.length === 0 ? [] : [after(insertedRows(marked, context), "insert")]),
  ]);
}
