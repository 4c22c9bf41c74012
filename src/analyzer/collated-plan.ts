/**
 * Plans whose relations sort, group and compare texts by their collations: by keys, since engines know no collations. Of
 * texts that are equal, the first one is shown.
 */
import type {
  NamedExpression,
  OutputColumn,
  ResolvedAggregate,
  ResolvedDistinct,
  ResolvedExpression,
  ResolvedJoin,
  ResolvedOrder,
  ResolvedRelation,
  ResolvedSetOperation,
  ResolvedSubquery,
} from "../plan/resolved.ts";
import { mapInputs, mapOwnExpressions, mapResolved, passed, reference } from "../plan/resolved-rewrite.ts";
import { holdsCollation } from "../types/collation.ts";
import { keyOf as keyBy } from "./collated-call.ts";
import { refusedCollation } from "./common-collation.ts";
import type { AnalysisContext } from "./context.ts";
import { conjunction, constant } from "./conversion.ts";
import { applyFunction } from "./resolve-call.ts";

const keyOf = (value: ResolvedExpression): ResolvedExpression => keyBy(value, applyFunction);

/**
 * The plans for engines without collations.
 *
 * @param roots - analysed plans, which keep the relations that they share
 */
export function collatedPlans(
  roots: readonly ResolvedRelation[],
  analysis: AnalysisContext,
): readonly ResolvedRelation[] {
  const rewrite = new Rewrite(analysis);
  return roots.map((root) => rewrite.relation(root));
}

class Rewrite {
  readonly #analysis: AnalysisContext;
  readonly #done = new Map<ResolvedRelation, ResolvedRelation>();

  constructor(analysis: AnalysisContext) {
    this.#analysis = analysis;
  }

  relation(relation: ResolvedRelation): ResolvedRelation {
    const known = this.#done.get(relation);
    if (known !== undefined) return known;
    const below = mapInputs(relation, (input) => this.relation(input));
    const rewritten = this.#own(mapOwnExpressions(below, (expression) => this.#expression(expression)));
    this.#done.set(relation, rewritten);
    return rewritten;
  }

  #expression(expression: ResolvedExpression): ResolvedExpression {
    const inner = mapResolved(expression, (child) => this.#expression(child));
    if (inner.kind === "subquery") return this.#subquery(inner);
    if (inner.kind === "window")
      return { ...inner, partitionBy: inner.partitionBy.map(keyOf), orderBy: inner.orderBy.map(byKey) };
    if (inner.kind !== "call" || inner.aggregate === undefined) return inner;
    return { ...inner, aggregate: { ...inner.aggregate, order: inner.aggregate.order.map(byKey) } };
  }

  #subquery(subquery: ResolvedSubquery): ResolvedSubquery {
    const plan = this.relation(subquery.plan);
    if (subquery.values.length === 0 || ![...subquery.values, ...plan.output].some(({ type }) => holdsCollation(type)))
      return { ...subquery, plan };
    for (const [at, { type }] of subquery.values.entries())
      if (collationOf(type) !== collationOf(plan.output[at]!.type)) throw refusedCollation("IN of a query", type);
    const keys = plan.output.map((column) => this.#key(column));
    return { ...subquery, plan: projected(plan, keys), values: subquery.values.map(keyOf) };
  }

  #own(relation: ResolvedRelation): ResolvedRelation {
    switch (relation.kind) {
      case "sort":
        return { ...relation, order: relation.order.map(byKey) };
      case "distribution":
        return { ...relation, keys: relation.keys.map(keyOf), order: relation.order.map(byKey) };
      case "aggregate":
        return this.#aggregate(relation);
      case "distinct":
        return this.#distinct(relation);
      case "set operation":
        return this.#setOperation(relation);
      default:
        return relation;
    }
  }

  #aggregate(relation: ResolvedAggregate): ResolvedRelation {
    const collated = relation.keys.find(({ expression }) => holdsCollation(expression.type));
    if (collated === undefined) return relation;
    const shown = new Map<number, NamedExpression>();
    const firsts: NamedExpression[] = [];
    const keys = relation.keys.map((key) => {
      if (!holdsCollation(key.expression.type)) return key;
      const compared = this.#named(key.column, keyOf(key.expression));
      const first = this.#named(key.column, applyFunction("first", [key.expression]));
      firsts.push(first);
      shown.set(key.column.id, { column: key.column, expression: unlessLeftOut(compared.column, first.column) });
      return compared;
    });
    const aggregates = [...relation.aggregates, ...firsts];
    const output = [...keys, ...aggregates].map(({ column }) => column);
    const columns = passed(relation.output).map((one) => shown.get(one.column.id) ?? one);
    return projected({ ...relation, keys, aggregates, output }, columns);
  }

  #distinct(relation: ResolvedDistinct): ResolvedRelation {
    const columns = new Map(relation.input.output.map((column) => [column.id, column]));
    const collated = relation.keys.filter((id) => holdsCollation(columns.get(id)!.type));
    if (collated.length === 0) return relation;
    const added = new Map(collated.map((id) => [id, this.#key(columns.get(id)!)]));
    const input = projected(relation.input, [...passed(relation.input.output), ...added.values()]);
    const keys = relation.keys.map((id) => added.get(id)?.column.id ?? id);
    return projected({ kind: "distinct", input, keys, output: input.output }, passed(relation.output));
  }

  #setOperation(relation: ResolvedSetOperation): ResolvedRelation {
    const isCollated = relation.output.some(({ type }) => holdsCollation(type));
    if (!isCollated || (relation.operation === "union" && relation.all)) return relation;
    const { output } = relation;
    const keys = output.map(({ id }) => id);
    if (relation.operation === "union")
      return this.#distinct({ kind: "distinct", input: { ...relation, all: true }, keys, output });
    const left = projected(relation.left, this.#renamed(relation.left, output));
    const kept = this.#distinct({ kind: "distinct", input: left, keys, output });
    if (relation.all) return this.#repeated(relation, kept);
    return this.#found(kept, relation.right, relation.operation === "except" ? "left anti" : "left semi");
  }

  /** The rows of one relation that another one has, or has not. */
  #found(left: ResolvedRelation, other: ResolvedRelation, type: ResolvedJoin["type"]): ResolvedRelation {
    const columns = other.output.map((column) => this.#named(column, reference(column)));
    const right = projected(other, columns);
    const condition = left.output
      .map((column, at) => applyFunction("<=>", [reference(column), reference(right.output[at]!)]))
      .reduce<ResolvedExpression | undefined>(conjunction, undefined);
    return {
      ...{ kind: "join", left, right, type, lateral: false, output: left.output },
      ...(condition === undefined ? {} : { condition }),
    };
  }

  /** The rows as often as their keys are in an operation that keeps equal rows. */
  #repeated(relation: ResolvedSetOperation, kept: ResolvedRelation): ResolvedRelation {
    const keysOf = (input: ResolvedRelation) =>
      projected(
        input,
        input.output.map((column) => this.#key(column)),
      );
    const [left, right] = [keysOf(relation.left), keysOf(relation.right)];
    const output = left.output.map(({ name, type, nullable }) => this.#analysis.newColumn(name, type, nullable));
    const keys: ResolvedRelation = { ...relation, left, right, output };
    const condition = kept.output
      .map((column, at) => applyFunction("<=>", [keyOf(reference(column)), reference(output[at]!)]))
      .reduce<ResolvedExpression | undefined>(conjunction, undefined)!;
    const both = [...kept.output, ...output];
    const joined: ResolvedRelation = {
      ...{ kind: "join", left: kept, right: keys, type: "inner", lateral: false, condition, output: both },
    };
    return projected(joined, passed(kept.output));
  }

  #renamed({ output }: ResolvedRelation, columns: readonly OutputColumn[]): readonly NamedExpression[] {
    return columns.map((column, at) => ({ column, expression: reference(output[at]!) }));
  }

  #key(column: OutputColumn): NamedExpression {
    return this.#named(column, keyOf(reference(column)));
  }

  #named({ name }: OutputColumn, expression: ResolvedExpression): NamedExpression {
    return { column: this.#analysis.newColumn(name, expression.type, expression.nullable), expression };
  }
}

/** A shown text, or null in the rows of a grouping set that leaves its key out. */
const unlessLeftOut = (key: OutputColumn, shown: OutputColumn): ResolvedExpression => ({
  ...applyFunction("if", [applyFunction("isnull", [reference(key)]), constant(shown.type, null), reference(shown)]),
  type: shown.type,
});

const collationOf = (type: OutputColumn["type"]): string | undefined =>
  type.kind === "string" ? type.collation : undefined;

const byKey = (order: ResolvedOrder): ResolvedOrder => ({ ...order, expression: keyOf(order.expression) });

const projected = (input: ResolvedRelation, columns: readonly NamedExpression[]): ResolvedRelation => ({
  kind: "project",
  input,
  columns,
  output: columns.map(({ column }) => column),
});
