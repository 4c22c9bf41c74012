/** Taking expressions with aggregates apart: the aggregates to compute over groups, and what is made of them afterwards. */

import type {
  ColumnReference,
  NamedExpression,
  OutputColumn,
  ResolvedAggregate,
  ResolvedCall,
  ResolvedExpression,
  ResolvedRelation,
  ResolvedSubquery,
} from "../plan/resolved.ts";
import { isAggregateCall, mapResolved, meaning, reference, someResolved } from "../plan/resolved-rewrite.ts";
import { bigintType } from "../types/data-type.ts";
import type { Analysed } from "./context.ts";
import { constant, converted } from "./conversion.ts";
import { isOuterColumn, outerReference, rejectUngrouped } from "./correlation.ts";
import { misplaced, missingAggregation, missingGroupBy } from "./errors.ts";
import { DrawnBelow, projectionOfDrawn } from "./random-values.ts";
import { distinctColumns, type RelationContext } from "./relation-context.ts";
import { applyFunction } from "./resolve-call.ts";
import { withoutMetadata } from "./scope.ts";

/** Whether an expression computes an aggregate of its own, outside of a window's function. */
export const isAggregated = (expression: ResolvedExpression): boolean => {
  if (expression.kind === "window") return windowInputs(expression).some(isAggregated);
  if (isAggregateCall(expression)) return true;
  return someDirect(expression, isAggregated);
};

function someDirect(expression: ResolvedExpression, test: (child: ResolvedExpression) => boolean): boolean {
  let found = false;
  mapResolved(expression, (child) => {
    found ||= test(child);
    return child;
  });
  return found;
}

function windowInputs(window: Extract<ResolvedExpression, { kind: "window" }>): readonly ResolvedExpression[] {
  const call = "arguments" in window.call ? window.call.arguments : [];
  return [...call, ...window.partitionBy, ...window.orderBy.map((order) => order.expression)];
}

/** What an aggregation groups by. */
export interface Groups {
  readonly keys: readonly NamedExpression[];
  readonly groupingSets?: readonly (readonly number[])[];
  readonly groupingId?: OutputColumn;
}

/** A global aggregation: a projection in which aggregates were found. */
export const aggregateProjection = (
  input: Analysed,
  columns: readonly NamedExpression[],
  context: RelationContext,
): Analysed => aggregation(input, { keys: [] }, columns, context);

/** An aggregation of the input, and a projection of `columns` over its keys and aggregates. */
export function aggregation(
  input: Analysed,
  groups: Groups,
  columns: readonly NamedExpression[],
  context: RelationContext,
): Analysed {
  const keys = nullableKeys(groups);
  const below = new DrawnBelow(input, context.analysis);
  const collector = new AggregateCollector({ ...groups, keys }, context);
  const projected = columns.map(({ column, expression }) => ({
    column,
    expression: collector.above(expression, column.name),
  }));
  const { aggregates } = collector;
  const identity = groups.groupingId === undefined ? [] : [groups.groupingId];
  const output = [...keys.map(({ column }) => column), ...aggregates.map(({ column }) => column), ...identity];
  const relation: ResolvedRelation = {
    kind: "aggregate",
    ...groups,
    keys: keys.map(({ column, expression }) => ({ column, expression: below.read(expression) })),
    input: below.input.relation,
    aggregates,
    output,
  } satisfies ResolvedAggregate;
  return projectionOfDrawn(
    { relation, scope: withoutMetadata(input.scope) },
    distinctColumns(projected.map(latestType), context.analysis),
    context.analysis,
  );
}

// A key that a set leaves out is null there.
function nullableKeys({ keys, groupingSets = [] }: Groups): readonly NamedExpression[] {
  return keys.map(({ column, expression }, position) => {
    const isEverywhere = groupingSets.every((set) => set.includes(position));
    return { column: { ...column, nullable: column.nullable || !isEverywhere }, expression };
  });
}

const latestType = ({ column, expression }: NamedExpression): NamedExpression => ({
  column: { ...column, nullable: expression.nullable },
  expression,
});

class AggregateCollector {
  readonly aggregates: NamedExpression[] = [];
  readonly #known = new Map<string, ColumnReference>();
  readonly #keys: ReadonlyMap<string, ColumnReference>;
  readonly #positions: ReadonlyMap<string, number>;
  readonly #keyIds: ReadonlySet<number>;
  readonly #context: RelationContext;
  readonly #identity: OutputColumn | undefined;

  constructor({ keys, groupingId }: Groups, context: RelationContext) {
    const places = keys.map(({ column, expression }, index) => ({ column, text: meaning(expression), index }));
    // Of keys that mean the same, the sets have the first.
    places.reverse();
    this.#keys = new Map(places.map(({ column, text }) => [text, reference(column)]));
    this.#positions = new Map(places.map(({ text, index }) => [text, index]));
    this.#keyIds = new Set(keys.map(({ column }) => column.id));
    this.#context = context;
    this.#identity = groupingId;
  }

  // Which keys a row's set leaves out is one number for all: its bits, the first key's the highest.
  #grouping(call: ResolvedCall): ResolvedExpression {
    if (this.#identity === undefined)
      throw misplaced(
        "UNSUPPORTED_GROUPING_EXPRESSION",
        "42K0E",
        "grouping()/grouping_id() can only be used with GroupingSets/Cube/Rollup",
        "Use rollup(…), cube(…) or groupingSets(…).",
      );
    const positions = call.arguments.map((argument) => this.#positions.get(meaning(argument)) ?? -1);
    if (call.name === "grouping_id") return this.#groupingId(call, positions, this.#identity);
    if (positions[0]! < 0) throw this.#foreignGrouping(call);
    const bit = constant({ kind: "int" }, this.#positions.size - 1 - positions[0]!);
    const shifted = applyFunction("shiftright", [reference(this.#identity), bit]);
    return converted(applyFunction("&", [shifted, constant(bigintType, 1n)]), call.type);
  }

  #groupingId(call: ResolvedCall, positions: readonly number[], identity: OutputColumn): ResolvedExpression {
    const isWhole = positions.length === this.#positions.size && positions.every((at, index) => at === index);
    if (positions.length === 0 || isWhole) return reference(identity);
    const groupingIdColumn = call.arguments.map((argument) => this.#textOf(argument)).join(",");
    const groupByColumns = this.#keyNames();
    throw misplaced(
      "GROUPING_ID_COLUMN_MISMATCH",
      "42803",
      `Columns of grouping_id (${groupingIdColumn}) does not match grouping columns (${groupByColumns})`,
      "Give it all columns of the grouping in their order, or none.",
      { groupingIdColumn, groupByColumns },
    );
  }

  #keyNames(): string {
    return [...this.#keyIds].map((id) => this.#context.analysis.columnName(id)).join(",");
  }

  #foreignGrouping(call: ResolvedCall): Error {
    const grouping = this.#textOf(call.arguments[0]!);
    const groupingColumns = this.#keyNames();
    return misplaced(
      "GROUPING_COLUMN_MISMATCH",
      "42803",
      `Column of grouping (${grouping}) can't be found in grouping columns ${groupingColumns}`,
      "Give it a column of the grouping.",
      { grouping, groupingColumns },
    );
  }

  #textOf(expression: ResolvedExpression): string {
    return expression.kind === "column" ? this.#nameOf(expression, "") : expression.kind;
  }

  /** The expression over the aggregation's output. */
  above(expression: ResolvedExpression, name: string): ResolvedExpression {
    const key = this.#keys.size === 0 ? undefined : this.#keys.get(meaning(expression));
    if (key !== undefined) return key;
    if (isAggregateCall(expression)) return this.#aggregate(expression, name);
    if (expression.kind === "column" && !this.#allowed(expression.id)) throw this.#missing(expression, name);
    if (expression.kind === "window") return this.#window(expression, name);
    if (expression.kind === "subquery") this.#checkSubquery(expression, name);
    if (expression.kind === "lambda") for (const { id } of expression.parameters) this.#lambdaIds.add(id);
    return mapResolved(expression, (child) => this.above(child, name));
  }

  // What a sub-query reads of its own query must be grouped.
  #checkSubquery(subquery: ResolvedSubquery, name: string): void {
    rejectUngrouped(subquery);
    const missing = subquery.outer.find(({ id }) => !this.#allowed(id));
    if (missing !== undefined) throw this.#missing(reference(missing), name);
  }

  #allowed(id: number): boolean {
    return this.#keyIds.has(id) || id === this.#identity?.id || this.#lambdaIds.has(id);
  }

  #missing(column: ColumnReference, name: string): Error {
    if (isOuterColumn(column.id, this.#context.outer)) return outerReference([this.#nameOf(column, name)]);
    return this.#keys.size === 0 && this.#keyIds.size === 0
      ? missingGroupBy()
      : missingAggregation(this.#nameOf(column, name));
  }

  readonly #lambdaIds = new Set<number>();

  #nameOf({ id }: ColumnReference, name: string): string {
    return this.#context.analysis.columnName(id) ?? name;
  }

  // The window's own function stays; what it reads comes from the aggregation.
  #window(window: Extract<ResolvedExpression, { kind: "window" }>, name: string): ResolvedExpression {
    return mapResolved(window, (child) =>
      child === window.call ? mapResolved(child, (argument) => this.above(argument, name)) : this.above(child, name),
    );
  }

  #aggregate(call: ResolvedExpression, name: string): ResolvedExpression {
    rejectNested(call, name);
    if (call.kind === "call" && (call.name === "grouping" || call.name === "grouping_id")) return this.#grouping(call);
    const text = meaning(call);
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const column = this.#context.analysis.newColumn(name, call.type, call.nullable);
    this.aggregates.push({ column, expression: call });
    this.#known.set(text, reference(column));
    return reference(column);
  }
}

function rejectNested(call: ResolvedExpression, name: string): void {
  if (someDirect(call, (child) => someResolved(child, ({ kind }) => kind === "window"))) {
    throw misplaced(
      "_LEGACY_ERROR_TEMP_1031",
      undefined,
      "It is not allowed to use a window function inside an aggregate function. Please use the inner window function in a sub-query",
      "Compute the window function with withColumn(…) first, then aggregate its column.",
    );
  }
  if (!someDirect(call, (child) => someResolved(child, isAggregateCall))) return;
  throw misplaced(
    "NESTED_AGGREGATE_FUNCTION",
    "42607",
    `It is not allowed to use an aggregate function in the argument of another aggregate function: ${name}`,
    "Aggregate first, then aggregate the result in a second step.",
  );
}
