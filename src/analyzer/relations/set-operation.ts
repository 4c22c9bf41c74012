/** Union, intersection and difference: columns paired and brought to common types. */

import type { Coercion } from "../../functions/type-coercion.ts";
import type { SetOperation } from "../../plan/relation.ts";
import type { NamedExpression, OutputColumn, ResolvedRelation, ResolvedSetOperation } from "../../plan/resolved.ts";
import { reference } from "../../plan/resolved-rewrite.ts";
import type { DataType } from "../../types/data-type.ts";
import { holdsMap } from "../../types/data-type.ts";
import { sameType } from "../../types/same-type.ts";
import type { Analysed } from "../context.ts";
import { constant, converted } from "../conversion.ts";
import {
  columnAlreadyExists,
  columnCountMismatch,
  incompatibleColumns,
  mapsInSets,
  unresolvedFieldName,
} from "../errors.ts";
import { projection, type RelationContext, visible } from "../relation-context.ts";
import { nameKey, scopeOf } from "../scope.ts";

export function analyseSetOperation(operation: SetOperation, context: RelationContext): Analysed {
  const left = visible(context.input(operation.left));
  const right = visible(context.input(operation.right));
  const [first, second] = operation.byName ? pairedByName(left, right, operation, context) : [left, right];
  const name = operation.operation.toUpperCase();
  const a = first.relation.output;
  const b = second.relation.output;
  if (a.length !== b.length) throw columnCountMismatch(name, a.length, b.length);
  if (operation.operation !== "union" || !operation.all) rejectMaps(a);
  const types = a.map((column, index) => commonType(column, b[index]!, index, name, context.analysis.coercion));
  const output = a.map((column, index) =>
    context.analysis.newColumn(
      column.name,
      types[index]!,
      resultNullable(operation, column, b[index]!),
      // What is cast is another column, of which nothing is noted.
      sameType(column.type, types[index]!) ? column.metadata : undefined,
    ),
  );
  const relation: ResolvedSetOperation = {
    kind: "set operation",
    left: cast(first, types, context),
    right: cast(second, types, context),
    operation: operation.operation,
    all: operation.all,
    output,
  };
  return { relation, scope: scopeOf(output) };
}

/** Refuses columns that hold maps, which cannot be compared. */
export function rejectMaps(columns: readonly OutputColumn[]): void {
  const map = columns.find(({ type }) => holdsMap(type));
  if (map !== undefined) throw mapsInSets(map.name, map.type);
}

function resultNullable({ operation }: SetOperation, left: OutputColumn, right: OutputColumn): boolean {
  if (operation === "union") return left.nullable || right.nullable;
  return operation === "intersect" ? left.nullable && right.nullable : left.nullable;
}

function commonType(
  left: OutputColumn,
  right: OutputColumn,
  index: number,
  name: string,
  coercion: Coercion,
): DataType {
  const type = coercion.widest([left.type, right.type]);
  if (type === undefined) throw incompatibleColumns(name, index, left.type, right.type);
  return type;
}

function cast(input: Analysed, types: readonly DataType[], { analysis }: RelationContext): ResolvedRelation {
  const { output } = input.relation;
  if (output.every((column, index) => sameType(column.type, types[index]!))) return input.relation;
  const columns = output.map((column, index): NamedExpression => {
    const expression = converted(reference(column), types[index]!, analysis.coercion.castMode);
    return { column: analysis.newColumn(column.name, types[index]!, column.nullable), expression };
  });
  return projection(input, columns).relation;
}

function pairedByName(
  left: Analysed,
  right: Analysed,
  operation: SetOperation,
  context: RelationContext,
): readonly [Analysed, Analysed] {
  const key = nameKey(context.analysis.sameName);
  const a = left.relation.output;
  const b = right.relation.output;
  for (const side of [a, b]) rejectDoubles(side, context);
  const byName = (side: readonly OutputColumn[]) => new Map(side.map((column) => [key(column.name), column]));
  const [inLeft, inRight] = [byName(a), byName(b)];
  const onlyRight = b.filter((column) => !inLeft.has(key(column.name)));
  const missing = operation.allowMissingColumns ? undefined : a.find((column) => !inRight.has(key(column.name)));
  if (missing !== undefined)
    throw unresolvedFieldName(
      missing.name,
      b.map(({ name }) => name),
    );
  if (onlyRight.length > 0 && !operation.allowMissingColumns) throw columnCountMismatch("UNION", a.length, b.length);
  const wanted = [...a, ...onlyRight];
  const filled = (side: Analysed, own: ReadonlyMap<string, OutputColumn>): Analysed =>
    projection(
      side,
      wanted.map((column) => {
        const found = own.get(key(column.name));
        if (found !== undefined) return { column: found, expression: reference(found) };
        return {
          column: context.analysis.newColumn(column.name, column.type, true),
          expression: constant(column.type, null),
        };
      }),
    );
  return [filled(left, inLeft), filled(right, inRight)];
}

function rejectDoubles(columns: readonly OutputColumn[], { analysis }: RelationContext): void {
  const key = nameKey(analysis.sameName);
  const seen = new Set<string>();
  const double = columns.find(({ name }) => seen.size === seen.add(key(name)).size);
  if (double !== undefined) throw columnAlreadyExists(double.name);
}
