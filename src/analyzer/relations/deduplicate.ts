import type { Deduplicate } from "../../plan/relation.ts";
import type { ResolvedDistinct } from "../../plan/resolved.ts";
import type { Analysed } from "../context.ts";
import { unresolvedFieldName } from "../errors.ts";
import { type RelationContext, withRelation } from "../relation-context.ts";
import { matchName } from "../scope.ts";
import { rejectMaps } from "./set-operation.ts";

/** One row for each combination of the columns; all visible columns when none are named. */
export function analyseDeduplicate({ input, columns }: Deduplicate, context: RelationContext): Analysed {
  const inner = context.input(input);
  const names = inner.scope.columns.map(({ column }) => column.name);
  const found = columns?.flatMap((name) => {
    const matches = matchName({ ...inner.scope, hidden: [] }, [name], context.analysis.sameName);
    if (matches.length === 0) throw unresolvedFieldName(name, names);
    return matches.map(({ column }) => column);
  });
  const keys = found ?? inner.scope.columns.map(({ column }) => column);
  rejectMaps(keys);
  const relation: ResolvedDistinct = {
    kind: "distinct",
    input: inner.relation,
    keys: keys.map(({ id }) => id),
    output: inner.relation.output,
  };
  return withRelation(inner, relation);
}
