/** Taking expressions with aggregates apart: the aggregates to compute over groups, and what is made of them afterwards. */

import type {
  ColumnReference,
  NamedExpression,
  OutputColumn,
  ResolvedAggregate,
  ResolvedExpression,
  ResolvedRelation,
} from "../plan/resolved.ts";
import { fingerprint, mapResolved, reference, someResolved } from "../plan/resolved-rewrite.ts";
import type { Analysed } from "./context.ts";
import { misplaced, missingAggregation, missingGroupBy } from "./errors.ts";
import { distinctColumns, projection, type RelationContext } from "./relation-context.ts";

/** Whether an expression computes an aggregate of its own, outside of a window's function. */
export const isAggregated = (expression: ResolvedExpression): boolean => {
  if (expression.kind === "window") return windowInputs(expression).some(isAggregated);
  if (isAggregateCall(expression)) return true;
  return someDirect(expression, isAggregated);
};

const isAggregateCall = (expression: ResolvedExpression): boolean =>
  expression.kind === "call" && expression.aggregate !== undefined;

function someDirect(expression: ResolvedExpression, test: (child: ResolvedExpression) => boolean): boolean {
  let found = false;
  mapResolved(expression, (child) => {
    found ||= test(child);
    return child;
  });
  return found;
}

function windowInputs(window: Extract<ResolvedExpression, { kind: "window" }>): readonly ResolvedExpression[] {
  const call = window.call.kind === "call" ? window.call.arguments : [];
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
  const collector = new AggregateCollector(groups, context);
  const projected = columns.map(({ column, expression }) => ({
    column,
    expression: collector.above(expression, column.name),
  }));
  const keys = groups.groupingSets === undefined ? groups.keys : nullableKeys(groups.keys);
  const { aggregates } = collector;
  const identity = groups.groupingId === undefined ? [] : [groups.groupingId];
  const output = [...keys.map(({ column }) => column), ...aggregates.map(({ column }) => column), ...identity];
  const relation: ResolvedRelation = {
    kind: "aggregate",
    input: input.relation,
    ...groups,
    keys,
    aggregates,
    output,
  } satisfies ResolvedAggregate;
  return projection({ relation, scope: input.scope }, distinctColumns(projected.map(latestType), context.analysis));
}

const nullableKeys = (keys: readonly NamedExpression[]): readonly NamedExpression[] =>
  keys.map(({ column, expression }) => ({ column: { ...column, nullable: true }, expression }));

const latestType = ({ column, expression }: NamedExpression): NamedExpression => ({
  column: { ...column, nullable: expression.nullable },
  expression,
});

class AggregateCollector {
  readonly aggregates: NamedExpression[] = [];
  readonly #known = new Map<string, ColumnReference>();
  readonly #keys: ReadonlyMap<string, ColumnReference>;
  readonly #keyIds: ReadonlySet<number>;
  readonly #context: RelationContext;
  readonly #identity: OutputColumn | undefined;

  constructor({ keys, groupingSets, groupingId }: Groups, context: RelationContext) {
    const nullable = groupingSets !== undefined;
    const key = ({ column }: NamedExpression) => reference(nullable ? { ...column, nullable } : column);
    this.#keys = new Map(keys.map((named) => [fingerprint(named.expression), key(named)]));
    this.#keyIds = new Set(keys.map(({ column }) => column.id));
    this.#context = context;
    this.#identity = groupingId;
  }

  // grouping() is about the sets of a grouping, and about their columns.
  #checkGrouping(call: ResolvedExpression): void {
    if (call.kind !== "call" || !call.name.startsWith("grouping")) return;
    if (this.#identity === undefined)
      throw misplaced(
        "UNSUPPORTED_GROUPING_EXPRESSION",
        "42K0E",
        "grouping()/grouping_id() can only be used with GroupingSets/Cube/Rollup",
        "Use rollup(…) or cube(…).",
      );
    const foreign = call.arguments.find((argument) => !this.#keys.has(fingerprint(argument)));
    if (foreign === undefined) return;
    const grouping = this.#textOf(foreign);
    const groupingColumns = [...this.#keyIds].map((id) => this.#context.analysis.columnName(id)).join(",");
    throw misplaced(
      "GROUPING_COLUMN_MISMATCH",
      "42803",
      `Column of grouping (${grouping}) can't be found in grouping columns ${groupingColumns}`,
      "Give it a column of the grouping.",
      {
        grouping,
        groupingColumns,
      },
    );
  }

  #textOf(expression: ResolvedExpression): string {
    return expression.kind === "column" ? this.#nameOf(expression, "") : expression.kind;
  }

  /** The expression over the aggregation's output. */
  above(expression: ResolvedExpression, name: string): ResolvedExpression {
    const key = this.#keys.get(fingerprint(expression));
    if (key !== undefined) return key;
    if (isAggregateCall(expression)) return this.#aggregate(expression, name);
    if (expression.kind === "column" && !this.#allowed(expression.id)) throw this.#missing(expression, name);
    if (expression.kind === "window") return this.#window(expression, name);
    if (expression.kind === "lambda") for (const { id } of expression.parameters) this.#lambdaIds.add(id);
    return mapResolved(expression, (child) => this.above(child, name));
  }

  #allowed(id: number): boolean {
    return (
      this.#keyIds.has(id) || id === this.#identity?.id || this.#context.outer !== undefined || this.#lambdaIds.has(id)
    );
  }

  #missing(column: ColumnReference, name: string): Error {
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
    this.#checkGrouping(call);
    if (call.kind === "call" && call.name === "grouping_id" && call.arguments.length === 0)
      return reference(this.#identity!);
    const text = fingerprint(call);
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
