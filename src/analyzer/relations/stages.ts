/** User functions over batches and groups: the places where a plan is cut. */
import type { Coercion } from "../../functions/type-coercion.ts";
import type { Expression, UserFunction } from "../../plan/expression.ts";
import type { ApplyToCogroups, ApplyToGroups, MapBatches } from "../../plan/relation.ts";
import type { NamedExpression, Stage, StageInput } from "../../plan/resolved.ts";
import { passed } from "../../plan/resolved-rewrite.ts";
import { type DataType, type StructType, structType } from "../../types/data-type.ts";
import type { Analysed } from "../context.ts";
import { converted } from "../conversion.ts";
import { columnCountMismatch, differentTypes } from "../errors.ts";
import { distinctColumns, projection, type RelationContext, visible } from "../relation-context.ts";
import { scopeOf } from "../scope.ts";
import { groupingKey } from "./aggregate.ts";

export function analyseMapBatches({ input, function: call }: MapBatches, context: RelationContext): Analysed {
  return stage([{ relation: visible(context.input(input)).relation, keys: 0 }], false, call, context);
}

export function analyseApplyToGroups(relation: ApplyToGroups, context: RelationContext): Analysed {
  const input = context.input(relation.input);
  const keys = keysOf(relation.grouping, input, context);
  return stage([grouped(input, keys, context)], true, relation.function, context);
}

export function analyseApplyToCogroups(relation: ApplyToCogroups, context: RelationContext): Analysed {
  const inputs = [context.input(relation.left), context.input(relation.right)] as const;
  const left = keysOf(relation.leftGrouping, inputs[0], context);
  const right = keysOf(relation.rightGrouping, inputs[1], context);
  if (left.length !== right.length) throw columnCountMismatch("cogroup", left.length, right.length);
  const { coercion } = context.analysis;
  const types = left.map((key, index) => commonType(key, right[index]!, coercion));
  const sides = [left, right].map((keys, side) => grouped(inputs[side]!, keys.map(asType(types, coercion)), context));
  return stage(sides, true, relation.function, context);
}

const keysOf = (grouping: readonly Expression[], input: Analysed, context: RelationContext) =>
  grouping.map((source) => groupingKey(source, input, context));

function commonType(left: NamedExpression, right: NamedExpression, { widest }: Coercion): DataType {
  const types = [left.expression.type, right.expression.type];
  const type = widest(types);
  if (type === undefined) throw differentTypes(`(${left.column.name}, ${right.column.name})`, "cogroup", types);
  return type;
}

const asType =
  (types: readonly DataType[], { castMode }: Coercion) =>
  ({ column, expression }: NamedExpression, index: number): NamedExpression => ({
    column: { ...column, type: types[index]! },
    expression: converted(expression, types[index]!, castMode),
  });

/** The input's columns, then the keys. */
function grouped(input: Analysed, keys: readonly NamedExpression[], context: RelationContext): StageInput {
  const columns = distinctColumns([...passed(visible(input).relation.output), ...keys], context.analysis);
  return { relation: projection(input, columns).relation, keys: keys.length };
}

function stage(
  inputs: readonly StageInput[],
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
