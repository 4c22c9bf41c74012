/** Relations as DuckDB SQL: each becomes a SELECT whose columns are named by id. */
import { InternalError, UnsupportedError } from "../../../errors.ts";
import type {
  NamedExpression,
  OutputColumn,
  RangeRows,
  ResolvedAggregate,
  ResolvedDistinct,
  ResolvedExpression,
  ResolvedFilter,
  ResolvedProject,
  ResolvedRelation,
  ResolvedRelationKind,
  ResolvedSample,
  ResolvedSetOperation,
  ResolvedSort,
  Slice,
  ValueRows,
} from "../../../plan/resolved.ts";
import { someResolved } from "../../../plan/resolved-rewrite.ts";
import { outerColumns } from "../../../plan/resolved-walk.ts";
import { bigintType } from "../../../types/data-type.ts";
import { duckType } from "../duck-type.ts";
import { columnName } from "../sql-text.ts";
import { selectGroups } from "./aggregates.ts";
import type { CompileContext } from "./context.ts";
import { compileDistribution } from "./distribution.ts";
import { compileExpression } from "./expression.ts";
import { firstFreeId } from "./free-id.ts";
import { compileGenerate } from "./generate.ts";
import { compileJoin } from "./join.ts";
import { columnNames } from "./names.ts";
import { compileOrder } from "./order.ts";
import { groupKey, positiveZero } from "./order-key.ts";
import { withOuterBelow } from "./outer-columns.ts";
import { compileRecursion, compileRecursiveReference } from "./recursion.ts";
import { compileTest } from "./subquery.ts";
import { windowOrder } from "./window-order.ts";

type Compile<Kind extends ResolvedRelationKind> = (
  relation: Extract<ResolvedRelation, { kind: Kind }>,
  context: CompileContext,
) => string;

const bound = (what: string) => (): never => {
  throw new InternalError(`${what} reached the compiler without its rows`);
};

const compilers: { [Kind in ResolvedRelationKind]: Compile<Kind> } = {
  scan: bound("a scan"),
  "local rows": bound("a local relation"),
  stage: bound("a stage"),
  "range rows": compileRange,
  "value rows": compileValues,
  project: compileProject,
  filter: compileFilter,
  join: compileJoin,
  "set operation": compileSetOperation,
  sort: compileSort,
  slice: compileSlice,
  aggregate: compileAggregation,
  distinct: compileDistinct,
  generate: (relation, context) => compileGenerate(relation, from(relation.input, context), context),
  sample: compileSample,
  distribution: (relation, context) =>
    relation.partitionId === undefined
      ? context.compileRelation(relation.input)
      : compileDistribution(relation, from(relation.input, context), context),
  recursion: compileRecursion,
  "recursive reference": compileRecursiveReference,
  observe: ({ input }, context) => context.compileRelation(input),
  cached: ({ input }, context) => context.compileRelation(input),
};

/** The SELECT of a relation. */
export function compileRelation(relation: ResolvedRelation, context: CompileContext): string {
  const source = context.source(relation);
  if (source !== undefined) return `SELECT ${columnNames(relation.output)} FROM ${source}`;
  const compile = compilers[relation.kind] as Compile<ResolvedRelationKind>;
  return context.sites.ofRelation(relation, () => compile(relation, context));
}

// A bound relation is named directly, all others are sub-queries.
function from(relation: ResolvedRelation, context: CompileContext): string {
  return context.source(relation) ?? `(${context.compileRelation(relation)})`;
}

const select = (columns: readonly NamedExpression[], context: CompileContext): string =>
  columns.length === 0
    ? "1 AS none"
    : columns
        .map(({ column, expression }) => `${compileExpression(expression, context)} AS ${columnName(column.id)}`)
        .join(", ");

function compileRange({ start, end, step, output }: RangeRows): string {
  return `SELECT range AS ${columnName(output[0]!.id)} FROM range((${start})::BIGINT, (${end})::BIGINT, (${step})::BIGINT)`;
}

function compileValues({ rows, output }: ValueRows, context: CompileContext): string {
  if (output.length === 0) return `SELECT 1 AS none FROM range(${rows.length})`;
  const lines = rows.map((row) => `(${row.map((value) => compileExpression(value, context)).join(", ")})`);
  return `SELECT * FROM (VALUES ${lines.join(", ")}) AS v(${columnNames(output)})`;
}

function compileProject(written: ResolvedProject, context: CompileContext): string {
  const project = withOuterBelow(written);
  const { input, columns } = project;
  return `SELECT ${select(columns, context)} FROM ${from(input, context)}${windowOrder(project, context)}`;
}

function compileFilter(filter: ResolvedFilter, context: CompileContext): string {
  const { input, condition } = withOuterBelow(filter);
  const columns = input === filter.input ? "*" : columnNames(filter.output);
  const test = compileTest(condition, context);
  // A random number a row is drawn over a window, which WHERE does not take; windows of sub-queries are their own.
  const isDrawn =
    test.includes(" OVER (") && (!someResolved(condition, isSubquery) || someResolved(condition, isRandom));
  return `SELECT ${columns} FROM ${from(input, context)} ${isDrawn ? "QUALIFY" : "WHERE"} ${test}`;
}

const isSubquery = ({ kind }: ResolvedExpression): boolean => kind === "subquery";
const isRandom = (expression: ResolvedExpression): boolean => expression.kind === "call" && !expression.deterministic;

function compileSetOperation(
  { left, right, operation, all, output }: ResolvedSetOperation,
  context: CompileContext,
): string {
  const isUnionAll = operation === "union" && all;
  const renamed = (side: ResolvedRelation): string => {
    if (output.length === 0) return context.compileRelation(side);
    const columns = side.output.map(({ id, type }, index) => {
      const value = isUnionAll ? columnName(id) : positiveZero(columnName(id), type);
      return `${value} AS ${columnName(output[index]!.id)}`;
    });
    return `SELECT ${columns.join(", ")} FROM ${from(side, context)}`;
  };
  return `(${renamed(left)}) ${operation.toUpperCase()} ${all ? "ALL " : ""}(${renamed(right)})`;
}

// Rows in one order are also in order within each partition.
function compileSort({ input, order }: ResolvedSort, context: CompileContext): string {
  const inner = from(input, context);
  return order.length > 0
    ? `SELECT * FROM ${inner} ORDER BY ${compileOrder(order, context)}`
    : `SELECT * FROM ${inner}`;
}

function compileSlice({ input, offset, count, last, output }: Slice, context: CompileContext): string {
  if (!last)
    return `SELECT * FROM ${from(input, context)}${count === undefined ? "" : ` LIMIT ${count}`}${offset > 0n ? ` OFFSET ${offset}` : ""}`;
  const numbered = `SELECT *, row_number() OVER () AS position, count(*) OVER () AS total FROM ${from(input, context)}`;
  return `SELECT ${columnNames(output)} FROM (${numbered}) WHERE position > total - ${count ?? 0n} ORDER BY position`;
}

function compileAggregation(aggregate: ResolvedAggregate, context: CompileContext): string {
  const { input, keys, aggregates, groupingSets } = aggregate;
  if (groupingSets !== undefined) return compileGroupingSets({ ...aggregate, groupingSets }, context);
  if (keys.length > 0) return compileGroups(aggregate, context);
  const rows = `FROM ${from(input, context)}`;
  // An aggregation without aggregates still has exactly one row, and fails where its rows do.
  if (aggregates.length === 0) return `SELECT count(*) AS none ${rows}`;
  return outerColumns(aggregate).size === 0
    ? selectGroups(aggregates, rows, context)
    : compileOpenGroup(aggregate, rows, context);
}

// Of a group that depends on the query around DuckDB keeps the row of no rows in every place only where a call counts them.
function compileOpenGroup(aggregate: ResolvedAggregate, rows: string, context: CompileContext): string {
  const { aggregates, output } = aggregate;
  const id = firstFreeId([aggregate]);
  const counted = { column: { id, name: "rows", type: bigintType, nullable: false }, sql: "count(*)" };
  return `SELECT ${columnNames(output)} FROM (${selectGroups([...aggregates, counted], rows, context)})`;
}

type GroupingSets = ResolvedAggregate & Required<Pick<ResolvedAggregate, "groupingSets">>;

function compileGroupingSets(aggregate: GroupingSets, context: CompileContext): string {
  const { input, keys, aggregates, groupingSets, groupingId } = aggregate;
  const used = new Set(groupingSets.flat());
  const groups = keys.map(key(context));
  const sets = groupingSets.map((set) => `(${set.map((position) => groups[position]!).join(", ")})`);
  const bits = groups.map((sql, position) => (used.has(position) ? `GROUPING(${sql})::BIGINT` : "1::BIGINT"));
  const identity = bits.map((bit, position) => `(${bit} << ${keys.length - 1 - position})`).join(" | ");
  // What no set has is null in every row, and not known to DuckDB as a key.
  const named = keys.map(({ column }, position) => ({
    column,
    sql: used.has(position) ? groups[position]! : `NULL::${duckType(column.type)}`,
  }));
  const id = groupingId === undefined ? [] : [{ column: groupingId, sql: identity || "0::BIGINT" }];
  // Without rows Spark has no groups, not even the one of all rows, unless that is all that is asked for.
  const some = keys.length === 0 && sets.length === 1 ? "" : " HAVING count(*) > 0";
  const rows = `FROM ${from(input, context)} GROUP BY GROUPING SETS (${sets.join(", ")})${some}`;
  return selectGroups([...named, ...aggregates, ...id], rows, context);
}

function compileGroups({ input, keys, aggregates }: ResolvedAggregate, context: CompileContext): string {
  const groups = keys.map(key(context));
  const named = groups.map((sql, index) => ({ column: keys[index]!.column, sql }));
  return selectGroups([...named, ...aggregates], `FROM ${from(input, context)} GROUP BY ${groups.join(", ")}`, context);
}

const key =
  (context: CompileContext) =>
  ({ expression }: NamedExpression): string =>
    groupKey(compileExpression(expression, context), expression.type);

function compileDistinct({ input, keys }: ResolvedDistinct, context: CompileContext): string {
  const all = keys.length === input.output.length;
  const on = all || keys.length === 0 ? "" : ` ON (${keys.map(columnName).join(", ")})`;
  const isKey = new Set(keys);
  const columns = input.output.map(({ id, type }) => {
    const name = columnName(id);
    return all || isKey.has(id) ? `${positiveZero(name, type)} AS ${name}` : name;
  });
  return `SELECT DISTINCT${on} ${columns.length === 0 ? "*" : columns.join(", ")} FROM ${from(input, context)}`;
}

function compileSample(
  { input, lower, upper, withReplacement, seed, output }: ResolvedSample,
  context: CompileContext,
): string {
  const row = "row_number() OVER () - 1";
  if (withReplacement) {
    const times = context.kernel("poisson", [`(${seed})::BIGINT`, row, `(${poissonMean(upper - lower)})::DOUBLE`]);
    const counted = `SELECT *, ${times} AS times FROM ${from(input, context)}`;
    return `SELECT ${columnNames(output)} FROM (SELECT *, unnest(range(times)) AS time FROM (${counted}))`;
  }
  const rows = `SELECT *, ${context.kernel("uniform", [`(${seed})::BIGINT`, row])} AS chance FROM ${from(input, context)}`;
  return `SELECT ${columnNames(output)} FROM (${rows}) WHERE chance >= ${lower} AND chance < ${upper}`;
}

// From here on Spark draws by another method.
const tooLargeMean = 40;

function poissonMean(mean: number): number {
  if (mean < tooLargeMean) return mean;
  throw new UnsupportedError(`the embedded engine samples with replacement fewer than ${tooLargeMean} times a row`, {
    hint: `The fraction is ${mean}; take a smaller one.`,
  });
}

/** The definition of an empty relation's columns, for tables made of batches. */
export const columnDefinitions = (columns: readonly OutputColumn[]): string =>
  columns.map(({ id, type }) => `${columnName(id)} ${duckType(type)}`).join(", ");
