/**
 * The analyzer: an unresolved plan and what is known of its leaves become a plan in which every name, type, conversion and
 * function is settled. Pure and synchronous.
 */

import { isLakewrightError } from "../errors.ts";
import type { AnalysisSettings } from "../plan/analysis-settings.ts";
import { originContext } from "../plan/node.ts";
import type { Relation, RelationKind } from "../plan/relation.ts";
import type { ResolvedRelation } from "../plan/resolved.ts";
import { carryMetadata } from "./carried.ts";
import { collatedPlans } from "./collated-plan.ts";
import { type Analysed, AnalysisContext, type Leaves, originated } from "./context.ts";
import type { ExpressionContext } from "./expression-context.ts";
import { type RelationContext, visible } from "./relation-context.ts";
import { analyseAggregate } from "./relations/aggregate.ts";
import { analyseAsOfJoin } from "./relations/as-of-join.ts";
import {
  analyseDrop,
  analyseToColumns,
  analyseToSchema,
  analyseWithColumns,
  analyseWithColumnsRenamed,
} from "./relations/columns.ts";
import { analyseDeduplicate } from "./relations/deduplicate.ts";
import { analyseDescribe } from "./relations/describe.ts";
import { analyseExplain } from "./relations/explain.ts";
import { analyseFilter } from "./relations/filter.ts";
import { analyseFrequentItems } from "./relations/frequent-items.ts";
import { analyseGenerate } from "./relations/generate.ts";
import { analyseJoin, analyseLateralJoin } from "./relations/join.ts";
import { analyseInlineTable, analyseLeaf, analyseLocal, analyseOneRow, analyseRange } from "./relations/leaves.ts";
import { analyseCommonTableReference, analyseSubqueryAlias, analyseWith } from "./relations/naming.ts";
import { analyseNearestByJoin } from "./relations/nearest.ts";
import { analyseDropNulls, analyseFillNulls, analyseReplaceValues } from "./relations/nulls.ts";
import { analyseObserve } from "./relations/observe.ts";
import {
  analyseDistribution,
  analyseDistributionByExpression,
  analyseLimit,
  analyseOffset,
  analyseSample,
  analyseSort,
  analyseTail,
  analyseZipWithIndex,
} from "./relations/order.ts";
import { analyseProject } from "./relations/project.ts";
import { analyseQualify } from "./relations/qualify.ts";
import { refused } from "./relations/refused.ts";
import { analyseSetOperation } from "./relations/set-operation.ts";
import { analyseShowString } from "./relations/show-string.ts";
import { analyseApplyToCogroups, analyseApplyToGroups, analyseMapBatches } from "./relations/stages.ts";
import {
  analyseApproximateQuantile,
  analyseCrosstab,
  analysePairStatistic,
  analyseSampleBy,
} from "./relations/statistics.ts";
import { analyseTableFunction } from "./relations/table-function.ts";
import { analyseTranspose } from "./relations/transpose.ts";
import { analyseUnpivot } from "./relations/unpivot.ts";
import { analyseUserTable } from "./relations/user-table.ts";
import { resolveExpression } from "./resolve-expression.ts";
import { type Scope, withoutMetadata } from "./scope.ts";
import { withTimeWindows } from "./time-windows.ts";

type Analyser<Kind extends RelationKind> = (
  relation: Extract<Relation, { kind: Kind }>,
  context: RelationContext,
) => Analysed;

const passThrough = ({ input }: { readonly input: Relation }, context: RelationContext): Analysed =>
  context.input(input);

const analysers: { [Kind in RelationKind]: Analyser<Kind> } = {
  read: analyseLeaf,
  "read table": analyseLeaf,
  "local relation": analyseLocal,
  range: analyseRange,
  "inline table": analyseInlineTable,
  "table function": analyseTableFunction,
  "user table function relation": analyseUserTable,
  "cached remote relation": refused("A relation cached by a server"),
  "cached local relation": refused("A relation cached by a server"),
  "relation changes": analyseLeaf,
  "catalogue query": analyseLeaf,
  "common table reference": analyseCommonTableReference,
  "one row": analyseOneRow,
  project: analyseProject,
  filter: analyseFilter,
  qualify: analyseQualify,
  join: analyseJoin,
  "lateral join": analyseLateralJoin,
  "as-of join": analyseAsOfJoin,
  "nearest-by join": analyseNearestByJoin,
  "set operation": analyseSetOperation,
  sort: analyseSort,
  limit: analyseLimit,
  offset: analyseOffset,
  tail: analyseTail,
  aggregate: analyseAggregate,
  deduplicate: analyseDeduplicate,
  sample: analyseSample,
  "zip with index": analyseZipWithIndex,
  drop: analyseDrop,
  "with columns": analyseWithColumns,
  "with columns renamed": analyseWithColumnsRenamed,
  "to columns": analyseToColumns,
  "to schema": analyseToSchema,
  unpivot: analyseUnpivot,
  transpose: analyseTranspose,
  hint: passThrough,
  repartition: analyseDistribution,
  "repartition by expression": analyseDistributionByExpression,
  "subquery alias": analyseSubqueryAlias,
  "function query": ({ input, settings }, { analysis, input: analysed }) =>
    analysis.under(settings, () => analysed(input)),
  generate: analyseGenerate,
  with: analyseWith,
  "sql text": refused("SQL text that is not read"),
  "fill nulls": analyseFillNulls,
  "drop nulls": analyseDropNulls,
  "replace values": analyseReplaceValues,
  describe: analyseDescribe,
  crosstab: analyseCrosstab,
  "pair statistic": analysePairStatistic,
  "approximate quantile": analyseApproximateQuantile,
  "frequent items": analyseFrequentItems,
  "sample by": analyseSampleBy,
  observe: analyseObserve,
  parse: refused("Parsing a column as rows"),
  "show string": analyseShowString,
  explain: analyseExplain,
  "with watermark": passThrough,
  "map batches": analyseMapBatches,
  "apply to groups": analyseApplyToGroups,
  "apply to cogroups": analyseApplyToCogroups,
  "apply with state": refused("A stateful function outside a stream"),
};

/**
 * Gives a plan its meaning.
 *
 * @param plan - an unresolved plan
 * @param leaves - what `resolve` found out about its sources
 * @param settings - the session's settings that change meaning
 * @throws AnalysisError under Spark's conditions, with the origin of the faulty relation
 */
export function analyze(plan: Relation, leaves: Leaves, settings: AnalysisSettings): ResolvedRelation {
  return analyzeAll([plan], leaves, settings)[0]!;
}

/**
 * Gives several plans their meaning together: a relation that plans have in common becomes one object, which an engine
 * computes once.
 *
 * @param plans - unresolved plans that share relations by identity
 */
export function analyzeAll(
  plans: readonly Relation[],
  leaves: Leaves,
  settings: AnalysisSettings,
): readonly ResolvedRelation[] {
  const analysis = new AnalysisContext(leaves, settings);
  const roots = plans.map((plan) => {
    analysis.startPlan();
    return visible(analyseRelation(plan, analysis, undefined)).relation;
  });
  const carried = carryMetadata(roots, analysis.metadata);
  return analysis.hasCollations ? collatedPlans(carried, analysis) : carried;
}

function analyseRelation(
  relation: Relation,
  analysis: AnalysisContext,
  outer: ExpressionContext | undefined,
): Analysed {
  const known = outer === undefined ? analysis.reuse(relation) : undefined;
  if (known !== undefined) return known;
  const context = relationContext(analysis, outer);
  try {
    const timed = withTimeWindows(relation, context);
    const analyser = analysers[relation.kind] as (relation: Relation, context: RelationContext) => Analysed;
    const isAll = analysis.hasAllRows && passingAllRows.has(relation.kind);
    const analysed = analysis.withAllRows(isAll, () => analyser(timed.relation, timed.context));
    const onClock = { ...analysed, relation: analysis.relationOnClock(analysed.relation) };
    const result = cacheOf(relation, onClock, analysis);
    analysis.noteScope(relation.planId, result.scope);
    return analysis.keep(relation, { ...result, relation: originated(result.relation, relation.origin) });
  } catch (error) {
    throw located(error, relation);
  }
}

/** The relations through which `LIMIT ALL` reaches recursions; ORDER BY is none. */
const passingAllRows: ReadonlySet<RelationKind> = new Set([
  ...(["project", "filter", "qualify", "aggregate", "join", "lateral join", "set operation", "generate"] as const),
  ...(["deduplicate", "subquery alias", "with", "common table reference", "limit", "offset"] as const),
]);

function cacheOf(relation: Relation, analysed: Analysed, analysis: AnalysisContext): Analysed {
  const entry = analysis.leaves.cached?.(relation, analysed.relation);
  if (entry === undefined) return analysed;
  return {
    ...analysed,
    scope: withoutMetadata(analysed.scope),
    relation: { kind: "cached", entry, input: analysed.relation, output: analysed.relation.output },
  };
}

function relationContext(analysis: AnalysisContext, outer: ExpressionContext | undefined): RelationContext {
  const over = (scope: Scope): ExpressionContext => ({
    analysis,
    scope,
    lambda: new Map(),
    outer,
    resolve: resolveExpression,
    analyse: analyseRelation,
  });
  return {
    analysis,
    outer,
    over,
    input: (relation) => analyseRelation(relation, analysis, outer),
    inputWithin: (relation, scope) => analyseRelation(relation, analysis, over(scope)),
  };
}

// The innermost relation with an origin is where the fault is; errors that have a place keep it.
function located(error: unknown, { origin }: Relation): unknown {
  if (origin === undefined || !isLakewrightError(error)) return error;
  return error.locate(originContext(origin));
}
