/** User functions over batches and groups: the places where a plan is cut. */
import type { Expression, UserFunction } from "../../plan/expression.ts";
import type { ApplyToCogroups, ApplyToGroups, MapBatches } from "../../plan/relation.ts";
import type { Stage } from "../../plan/resolved.ts";
import { type StructType, structType } from "../../types/data-type.ts";
import type { Analysed } from "../context.ts";
import { type RelationContext, resolveOver } from "../relation-context.ts";
import { scopeOf } from "../scope.ts";

export function analyseMapBatches(relation: MapBatches, context: RelationContext): Analysed {
  const input = context.input(relation.input);
  return stage([{ relation: input.relation, keys: [] }], false, relation.function, context);
}

export function analyseApplyToGroups(relation: ApplyToGroups, context: RelationContext): Analysed {
  return stage([grouped(context.input(relation.input), relation.grouping, context)], true, relation.function, context);
}

export function analyseApplyToCogroups(relation: ApplyToCogroups, context: RelationContext): Analysed {
  const left = grouped(context.input(relation.left), relation.leftGrouping, context);
  const right = grouped(context.input(relation.right), relation.rightGrouping, context);
  return stage([left, right], true, relation.function, context);
}

const grouped = (
  input: Analysed,
  grouping: readonly Expression[],
  context: RelationContext,
): Stage["inputs"][number] => ({
  relation: input.relation,
  keys: grouping.map((expression) => resolveOver(context, input.scope, expression)),
});

function stage(
  inputs: Stage["inputs"],
  isGrouped: boolean,
  call: UserFunction,
  { analysis }: RelationContext,
): Analysed {
  const schema: StructType =
    call.type.kind === "struct" ? call.type : structType([{ name: "value", type: call.type, nullable: true }]);
  const output = schema.fields.map((field) =>
    analysis.newColumn(field.name, field.type, field.nullable, field.metadata),
  );
  const relation: Stage = { kind: "stage", inputs, grouped: isGrouped, function: call.id, schema, output };
  return { relation, scope: scopeOf(output) };
}
