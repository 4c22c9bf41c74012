/** The clauses of a merge with what each column gets: stars written out, columns found, values cast. */
import { AnalysisError } from "../../../errors.ts";
import type { MergeInto } from "../../../plan/command.ts";
import type { Expression, MergeAction } from "../../../plan/expression.ts";
import { type StructField, type StructType, structType } from "../../../types/data-type.ts";
import { checkMayBeGiven } from "../fit-rows.ts";
import { columnOf } from "../schema-change.ts";
import { type AssignedTable, fitted, insertedValues, updatedValues } from "./assignments.ts";
import { column } from "./expressions.ts";
import type { MergeSource } from "./merge-source.ts";
import type { InsertClause, RowClause } from "./row-change.ts";
import { targetCopy } from "./row-columns.ts";
import { byName, isMisfit } from "./struct-values.ts";
import type { TargetName } from "./target-rows.ts";

export interface MergeParts {
  readonly schema: StructType;
  readonly target: TargetName;
  readonly source: MergeSource;
  readonly evolves: boolean;
  /** The types of all values that clauses give. */
  readonly types: AssignedTable["types"];
}

export interface MergeClauses {
  readonly matched: readonly RowClause[];
  readonly unmatched: readonly RowClause[];
  readonly inserts: readonly InsertClause[];
}

/**
 * The clauses with their values. Structs that do not fit are told last: Delta casts values once every name is found.
 *
 * @throws AnalysisError `DELTA_MERGE_UNRESOLVED_EXPRESSION`, `DELTA_CONFLICT_SET_COLUMN`,
 *   `DELTA_UPDATE_SCHEMA_MISMATCH_EXPRESSION`
 */
export function mergeClauses(merge: MergeInto, parts: MergeParts): MergeClauses {
  const misfits: unknown[] = [];
  const each = <Clause>(actions: readonly MergeAction[], make: (action: MergeAction) => Clause): readonly Clause[] =>
    actions.flatMap((action) => {
      try {
        return [make(action)];
      } catch (error) {
        if (!isMisfit(error)) throw error;
        misfits.push(error);
        return [];
      }
    });
  const clauses = {
    matched: each(merge.matched, (action) => rowClause(action, parts)),
    inserts: each(merge.notMatched, (action) => insertClause(action, parts)),
    unmatched: each(merge.notMatchedBySource, (action) => rowClause(action, parts)),
  };
  if (misfits.length > 0) throw misfits[0];
  return clauses;
}

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

const assigned = (clause: string, { schema, target, types, evolves }: MergeParts): AssignedTable => ({
  schema,
  target,
  types,
  evolves,
  unknown: (name) => unresolved(name, `${clause} clause`, namesOf(schema, target.alias ?? target.name.at(-1)!)),
});

/**
 * What `*` stands for: each column of the table gets that of the source with its name. Where the schema evolves, fields
 * that structs of the source lack stay as they are, as columns do.
 */
function starValues(
  clause: "UPDATE" | "INSERT",
  { schema, source, evolves }: MergeParts,
): ReadonlyMap<string, Expression> {
  const values = new Map<string, Expression>();
  for (const field of schema.fields) {
    const value = source.value(field.name);
    const from = columnOf(field.name, source.schema);
    const before = clause === "UPDATE" && evolves ? column(targetCopy(schema.fields.indexOf(field))) : undefined;
    if (value !== undefined && from !== undefined)
      values.set(field.name, fitted(byName(value, from.type, field.type, { evolves, before }), field));
    else if (!evolves) throw unresolved(field.name, `${clause} clause`, namesOf(source.schema));
  }
  return values;
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

/**
 * What of the source's columns and their fields the clauses of a merge give the table: all of them where one has a star, and
 * those that assignments name.
 */
export function givenColumns(merge: MergeInto, source: StructType, alias: string | undefined): StructType {
  const actions = [...merge.matched, ...merge.notMatched];
  const hasStar = actions.some(({ action }) => action === "update all" || action === "insert all");
  const named = actions.flatMap(({ assignments }) =>
    assignments.flatMap((assignment) =>
      assignment.column.kind === "attribute" ? [ownPath(assignment.column.name, alias)] : [],
    ),
  );
  return givenFields(source, named, hasStar);
}

/** @param named - paths below the struct */
function givenFields({ fields }: StructType, named: readonly (readonly string[])[], hasStar: boolean): StructType {
  return structType(
    fields.flatMap((field): StructField[] => {
      const below = named.filter(([name]) => name === field.name.toLowerCase()).map(([, ...inner]) => inner);
      if (below.some((inner) => inner.length === 0)) return [field];
      if (field.type.kind !== "struct" || below.length === 0) return hasStar ? [field] : [];
      return [{ ...field, type: givenFields(field.type, below, hasStar) }];
    }),
  );
}

function ownPath(name: readonly string[], alias: string | undefined): readonly string[] {
  const path = name.map((part) => part.toLowerCase());
  return alias !== undefined && path.length > 1 && path[0] === alias.toLowerCase() ? path.slice(1) : path;
}
