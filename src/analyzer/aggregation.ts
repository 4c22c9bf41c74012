/** Taking expressions with aggregates apart: the aggregates to compute over groups, and what is made of them afterwards. */
import { fingerprint, mapResolved, reference, someResolved } from "../plan/resolved-rewrite.ts";
import type {
  ColumnReference,
  NamedExpression,
  OutputColumn,
  ResolvedAggregate,
  ResolvedExpression,
  ResolvedRelation,
} from "../plan/resolved.ts";
import type { Analysed } from "./context.ts";
import { misplaced, missingAggregation } from "./errors.ts";
import { distinctColumns, projection, type RelationContext } from "./relation-context.ts";

/** Whether an expression computes an aggregate of its own, outside of a window's function. */
export const isAggregated = (expression: ResolvedExpression): boolean => {
  if (expression.kind === "window") return windowInputs(expression).some(isAggregated);
  if (isAggregateCall(expression)) return true;
  return someDirect(expression, isAggregated);
};

const isAggregateCall = (expression: ResolvedExpression): boolean => expression.kind === "call" && expression.aggregate !== undefined;

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
export const aggregateProjection = (input: Analysed, columns: readonly NamedExpression[], context: RelationContext): Analysed =>
  aggregation(input, { keys: [] }, columns, context);

/** An aggregation of the input, and a projection of `columns` over its keys and aggregates. */
export function aggregation(
  input: Analysed,
  groups: Groups,
  columns: readonly NamedExpression[],
  context: RelationContext,
): Analysed {
  const collector = new AggregateCollector(groups, context);
  const projected = columns.map(({ column, expression }) => ({ column, expression: collector.above(expression, column.name) }));
  const keys = groups.groupingSets === undefined ? groups.keys : nullableKeys(groups.keys);
  const { aggregates } = collector;
  const identity = groups.groupingId === undefined ? [] : [groups.groupingId];
  const output = [...keys.map(({ column }) => column), ...aggregates.map(({ column }) => column), ...identity];
  const relation: ResolvedRelation = { kind: "aggregate", input: input.relation, ...groups, keys, aggregates, output } satisfies ResolvedAggregate;
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

  /** The expression over the aggregation's output. */
  above(expression: ResolvedExpression, name: string): ResolvedExpression {
    const key = this.#keys.get(fingerprint(expression));
    if (key !== undefined) return key;
    if (isAggregateCall(expression)) return this.#aggregate(expression, name);
    if (expression.kind === "column" && !this.#allowed(expression.id)) throw missingAggregation(this.#nameOf(expression, name));
    if (expression.kind === "window") return this.#window(expression, name);
    if (expression.kind === "lambda") for (const { id } of expression.parameters) this.#lambdaIds.add(id);
    return mapResolved(expression, (child) => this.above(child, name));
  }

  #allowed(id: number): boolean {
    return this.#keyIds.has(id) || id === this.#identity?.id || this.#context.outer !== undefined || this.#lambdaIds.has(id);
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
  if (!someDirect(call, (child) => someResolved(child, isAggregateCall))) return;
  throw misplaced(
    "NESTED_AGGREGATE_FUNCTION",
    "42607",
    `It is not allowed to use an aggregate function in the argument of another aggregate function: ${name}`,
    "Aggregate first, then aggregate the result in a second step.",
  );
}
