/** The clauses of a merge with what each column gets: stars written out, columns found, values cast. */
import { AnalysisError } from "../../../errors.ts";
import type { MergeInto } from "../../../plan/command.ts";
import type { Expression, MergeAction } from "../../../plan/expression.ts";
import type { DataType, StructField, StructType } from "../../../types/data-type.ts";
import { sameShape } from "../../../types/same-type.ts";
import { simpleString } from "../../../types/type-name.ts";
import { checkMayBeGiven } from "../fit-rows.ts";
import { columnOf } from "../schema-change.ts";
import { type AssignedTable, fitted, insertedValues, updatedValues } from "./assignments.ts";
import { call, text } from "./expressions.ts";
import type { MergeSource } from "./merge-source.ts";
import type { InsertClause, RowClause } from "./row-change.ts";
import type { TargetName } from "./target-rows.ts";

export interface MergeParts {
  readonly schema: StructType;
  readonly target: TargetName;
  readonly source: MergeSource;
  readonly evolves: boolean;
}

export interface MergeClauses {
  readonly matched: readonly RowClause[];
  readonly unmatched: readonly RowClause[];
  readonly inserts: readonly InsertClause[];
}

/** @throws AnalysisError `DELTA_MERGE_UNRESOLVED_EXPRESSION`, `DELTA_CONFLICT_SET_COLUMN` */
export const mergeClauses = (merge: MergeInto, parts: MergeParts): MergeClauses => ({
  matched: merge.matched.map((action) => rowClause(action, parts)),
  unmatched: merge.notMatchedBySource.map((action) => rowClause(action, parts)),
  inserts: merge.notMatched.map((action) => insertClause(action, parts)),
});

function rowClause(action: MergeAction, parts: MergeParts): RowClause {
  const { condition } = action;
  if (action.action === "delete") return { action: "delete", condition, values: new Map() };
  const values =
    action.action === "update all"
      ? starValues("UPDATE", parts)
      : updatedValues(action.assignments, assigned("UPDATE", parts));
  return { action: "update", condition, values };
}

function insertClause(action: MergeAction, parts: MergeParts): InsertClause {
  if (action.action === "insert all") {
    const values = starValues("INSERT", parts);
    for (const field of parts.schema.fields) if (values.has(field.name)) checkMayBeGiven(field);
    return { condition: action.condition, values };
  }
  return { condition: action.condition, values: insertedValues(action.assignments, assigned("INSERT", parts)) };
}

const assigned = (clause: string, { schema, target }: MergeParts): AssignedTable => ({
  schema,
  target,
  unknown: (name) => unresolved(name, `${clause} clause`, namesOf(schema, target.alias ?? target.name.at(-1)!)),
});

/** What `*` stands for: each column of the table gets that of the source with its name. */
function starValues(clause: string, { schema, source, evolves }: MergeParts): ReadonlyMap<string, Expression> {
  const values = new Map<string, Expression>();
  for (const field of schema.fields) {
    const value = source.value(field.name);
    const from = columnOf(field.name, source.schema);
    if (value !== undefined && from !== undefined) values.set(field.name, byName(value, from, field, evolves));
    else if (!evolves) throw unresolved(field.name, `${clause} clause`, namesOf(source.schema));
  }
  return values;
}

// Structs go together by the names of their fields, as columns do.
function byName(value: Expression, from: StructField, to: StructField, evolves: boolean): Expression {
  if (!evolves) checkFields(from.type, to.type);
  return fitted(rearranged(value, from, to), to);
}

/** @throws AnalysisError `DELTA_UPDATE_SCHEMA_MISMATCH_EXPRESSION` where a struct lacks fields of the table's */
function checkFields(from: DataType, to: DataType): void {
  if (from.kind !== "struct" || to.kind !== "struct") return;
  for (const field of to.fields) {
    const own = columnOf(field.name, from);
    if (own === undefined) throw unlike(from, to);
    checkFields(own.type, field.type);
  }
}

const unlike = (from: DataType, to: DataType): AnalysisError =>
  new AnalysisError(`Cannot cast ${simpleString(from)} to ${simpleString(to)}. All nested columns must match.`, {
    condition: "DELTA_UPDATE_SCHEMA_MISMATCH_EXPRESSION",
    sqlState: "42846",
    parameters: { fromCatalog: simpleString(from), toCatalog: simpleString(to) },
    hint: "Merge WITH SCHEMA EVOLUTION, which leaves such fields null, or give the source every field.",
  });

function rearranged(value: Expression, from: StructField, to: StructField): Expression {
  if (from.type.kind !== "struct" || to.type.kind !== "struct" || sameShape(from.type, to.type)) return value;
  const given = from.type;
  const fields = to.type.fields.flatMap((field): Expression[] => {
    const own = columnOf(field.name, given);
    const inner: Expression =
      own === undefined
        ? { kind: "literal", type: field.type, value: null }
        : rearranged({ kind: "extract value", input: value, extraction: text(own.name) }, own, field);
    return [text(field.name), inner];
  });
  const rebuilt = call("named_struct", ...fields);
  return call("when", call("isnotnull", value), rebuilt, { kind: "literal", type: { kind: "void" }, value: null });
}

const namesOf = ({ fields }: StructType, qualifier?: string): readonly string[] =>
  fields.map(({ name }) => (qualifier === undefined ? name : `${qualifier}.${name}`));

export const unresolved = (name: string, where: string, columns: readonly string[], cause?: unknown): AnalysisError =>
  new AnalysisError(`Cannot resolve ${name} in ${where} given columns ${columns.join(", ")}`, {
    condition: "DELTA_MERGE_UNRESOLVED_EXPRESSION",
    sqlState: "42601",
    parameters: { sqlExpr: name, clause: where, cols: columns.join(", ") },
    ...(cause === undefined ? {} : { cause }),
    hint: `The columns are: ${columns.join(", ")}.`,
  });

/** The columns that the clauses of a merge give the table and it does not have yet. */
export function newMergeColumns(
  merge: MergeInto,
  table: StructType,
  source: StructType,
  alias: string | undefined,
): readonly StructField[] {
  const actions = [...merge.matched, ...merge.notMatched];
  const hasStar = actions.some(({ action }) => action === "update all" || action === "insert all");
  const named = new Set(
    actions.flatMap(({ assignments }) =>
      assignments.flatMap(({ column }) => (column.kind === "attribute" ? [ownName(column.name, alias)] : [])),
    ),
  );
  return source.fields.filter(
    ({ name }) => (hasStar || named.has(name.toLowerCase())) && columnOf(name, table) === undefined,
  );
}

const ownName = (name: readonly string[], alias: string | undefined): string =>
  (alias !== undefined && name.length > 1 && name[0]!.toLowerCase() === alias.toLowerCase()
    ? name[1]!
    : name[0]!
  ).toLowerCase();
