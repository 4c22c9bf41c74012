/** Rows of tables changed, as statements: these answer how many. */
import type { MergeInto } from "../../plan/command.ts";
import type { Expression, MergeAction, MergeAssignment } from "../../plan/expression.ts";
import type { Relation } from "../../plan/relation.ts";
import { conditionClause, named, type Print, type Statements } from "./clauses.ts";

const sourceName = "lakewright_source";

type Assignment = Pick<MergeAssignment, "column" | "value">;
const list = (items: readonly Expression[], print: Print): string => items.map(print).join(", ");
const setting = (assignments: readonly Assignment[], print: Print): string =>
  assignments.map(({ column, value }) => `${print(column)} = ${print(value)}`).join(", ");

export const rowStatements = {
  delete: ({ table, alias, condition }, print) =>
    `DELETE FROM ${named(table, alias)}${conditionClause("WHERE", condition, print)}`,
  update: ({ table, alias, assignments, condition }, print) =>
    `UPDATE ${named(table, alias)} SET ${setting(assignments, print)}${conditionClause("WHERE", condition, print)}`,
} satisfies Statements<"delete" | "update">;

const actions: { readonly [Action in MergeAction["action"]]: (set: readonly Assignment[], print: Print) => string } = {
  delete: () => "DELETE",
  insert: (set, print) =>
    `INSERT (${list(
      set.map(({ column }) => column),
      print,
    )}) VALUES (${list(
      set.map(({ value }) => value),
      print,
    )})`,
  "insert all": () => "INSERT *",
  update: (set, print) => `UPDATE SET ${setting(set, print)}`,
  "update all": () => "UPDATE SET *",
};

const clauses = (match: string, found: readonly MergeAction[], print: Print): readonly string[] =>
  found.map(
    ({ action, condition, assignments }) =>
      ` WHEN ${match}${conditionClause("AND", condition, print)} THEN ${actions[action](assignments, print)}`,
  );

function mergeStatement({ target, alias, source, condition, schemaEvolution, ...found }: MergeInto, print: Print) {
  const text = [
    `MERGE ${schemaEvolution ? "WITH SCHEMA EVOLUTION " : ""}INTO ${named(target, alias)}`,
    ` USING ${named([sourceName], qualifierOf(source))} ON ${print(condition)}`,
    ...clauses("MATCHED", found.matched, print),
    ...clauses("NOT MATCHED", found.notMatched, print),
    ...clauses("NOT MATCHED BY SOURCE", found.notMatchedBySource, print),
  ].join("");
  return { text, views: [{ name: sourceName, plan: source.kind === "subquery alias" ? source.input : source }] };
}

/** What conditions may call the rows, as a view that stands for them would not let them. */
function qualifierOf(source: Relation): string | undefined {
  if (source.kind === "subquery alias") return source.name;
  if (source.kind === "read table") return source.name.at(-1);
  return source.kind === "filter" || source.kind === "sort" || source.kind === "limit"
    ? qualifierOf(source.input)
    : undefined;
}

/** A merge is a statement where its counts are asked for, or the table has an alias: the message knows neither. */
export const mergeStatements = {
  "merge into": (command, print) =>
    command.isCounted === true || command.alias !== undefined ? mergeStatement(command, print) : undefined,
} satisfies Statements<"merge into">;
