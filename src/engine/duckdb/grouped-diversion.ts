/**
 * A diversion within an aggregation: where the rows that are kept are grouped, each of those that go the other way
 * becomes a group of its own, beside the groups of the others. One statement then computes both, rows never leave the
 * engine, and any number of them spills like other groups. Equal rows are one group that is counted.
 */
import type {
  Constant,
  NamedExpression,
  OutputColumn,
  ResolvedAggregate,
  ResolvedExpression,
  ResolvedProject,
  ResolvedRelation,
} from "../../plan/resolved.ts";
import { inputsOf, mapResolved, passed, reference } from "../../plan/resolved-rewrite.ts";
import { relationsBelow } from "../../plan/resolved-walk.ts";
import { bigintType, booleanType, type DataType } from "../../types/data-type.ts";
import type { Diversion } from "./diversion.ts";
import type { Preparation } from "./preparation.ts";
import { nullColumn } from "./preparation-columns.ts";
import { columnName } from "./sql-text.ts";

/** A diversion whose kept rows are grouped, with nothing but projections before. */
export interface GroupedDiversion {
  readonly diversion: Diversion;
  readonly aggregate: ResolvedAggregate;
  /** Between the filter and the aggregation, from the filter on. */
  readonly projects: readonly ResolvedProject[];
  /** The columns of the diverted rows that are read. */
  readonly columns: readonly OutputColumn[];
}

/**
 * The diversion as one within an aggregation, if it can be.
 *
 * @param plan - the plan that keeps rows
 * @param shared - the relations that are read several times
 * @param needed - the ids of the columns that are read of the diverted rows
 */
export function findGrouped(
  diversion: Diversion,
  plan: ResolvedRelation,
  shared: readonly ResolvedRelation[],
  needed: ReadonlySet<number>,
): GroupedDiversion | undefined {
  const { keeping, diverted } = diversion;
  const columns = diverted.filter.output.filter(({ id }) => needed.has(id));
  // A row whose condition is null goes neither way.
  if (keeping.filter.condition.nullable || !columns.every(({ type }) => isEqualOnlyToItself(type))) return undefined;
  const consumers = new Map(
    [...relationsBelow(plan)].flatMap((relation) => inputsOf(relation).map((input) => [input, relation])),
  );
  const projects: ResolvedProject[] = [];
  for (let below: ResolvedRelation = keeping.filter; ; ) {
    const relation = consumers.get(below);
    if (relation === undefined || shared.includes(below)) return undefined;
    if (relation.kind === "aggregate") {
      const isPlain = relation.groupingSets === undefined && relation.keys.length > 0;
      return isPlain ? { diversion, aggregate: relation, projects, columns } : undefined;
    }
    if (relation.kind !== "project") return undefined;
    projects.push(relation);
    below = relation;
  }
}

const exactKinds: ReadonlySet<DataType["kind"]> = new Set([
  "boolean",
  "tinyint",
  "smallint",
  "int",
  "bigint",
  "decimal",
  "string",
  "date",
  "timestamp",
  "timestamp_ntz",
] as const);

// Two zeros are one group, and so are texts that a collation takes for equal.
const isEqualOnlyToItself = (type: DataType): boolean =>
  exactKinds.has(type.kind) && !(type.kind === "string" && type.collation !== undefined);

/** Computes the groups of both kinds, to be read from then on in place of the aggregation and of the diverted rows. */
export async function divertByGroups(grouped: GroupedDiversion, preparation: Preparation): Promise<void> {
  const { aggregate, columns, diversion } = grouped;
  const names = newColumns(grouped);
  const table = preparation.temporaryTable();
  await preparation.run(`CREATE TABLE ${table} AS ${preparation.compile(bothWays(grouped, names))}`);
  const kept = aggregate.output.map(({ id }) => columnName(id)).join(", ");
  preparation.bindSource(aggregate, `(SELECT ${kept} FROM ${table} WHERE ${columnName(names.isKept.id)})`);
  const all = diversion.diverted.filter.output.map((column) => {
    const at = columns.indexOf(column);
    return at < 0 ? nullColumn(column) : `${columnName(names.diverted[at]!.id)} AS ${columnName(column.id)}`;
  });
  const copies = `unnest(range(${columnName(names.copies.id)})) AS copy`;
  preparation.bindSource(
    diversion.diverted.filter,
    `(SELECT ${all.join(", ")} FROM (SELECT *, ${copies} FROM ${table} WHERE NOT ${columnName(names.isKept.id)}))`,
  );
}

interface NewColumns {
  readonly isKept: OutputColumn;
  readonly copies: OutputColumn;
  readonly diverted: readonly OutputColumn[];
}

function newColumns({ aggregate, columns }: GroupedDiversion): NewColumns {
  const relations = [...relationsBelow(aggregate)];
  let last = relations.flatMap(({ output }) => output).reduce((most, { id }) => Math.max(most, id), 0);
  const column = (name: string, type: DataType): OutputColumn => ({ id: ++last, name, type, nullable: true });
  return {
    isKept: column("is_kept", booleanType),
    copies: column("copies", bigintType),
    diverted: columns.map(({ name, type }) => column(name, type)),
  };
}

/** The aggregation over all rows: those that are diverted have their columns for further keys. */
function bothWays(grouped: GroupedDiversion, names: NewColumns): ResolvedAggregate {
  const { aggregate, projects, columns, diversion } = grouped;
  const isKept = reference(names.isKept);
  const added = [names.isKept, ...names.diverted];
  let input: ResolvedRelation = projected(diversion.shared, [
    ...passed(diversion.shared.output),
    { column: names.isKept, expression: diversion.keeping.filter.condition },
    ...columns.map((column, index) => ({
      column: names.diverted[index]!,
      expression: whenever(diversion.diverted.filter.condition, reference(column)),
    })),
  ]);
  for (const { columns: own } of projects) input = projected(input, [...guardedAll(own, isKept), ...passed(added)]);
  const keys = [...guardedAll(aggregate.keys, isKept), ...passed(added)];
  const aggregates = [
    ...aggregate.aggregates.map(({ column, expression }) => ({
      column,
      expression: whenever(isKept, guardedArguments(expression, isKept)),
    })),
    { column: names.copies, expression: countOfRows },
  ];
  return { kind: "aggregate", input, keys, aggregates, output: [...keys, ...aggregates].map(({ column }) => column) };
}

const projected = (input: ResolvedRelation, columns: readonly NamedExpression[]): ResolvedProject => ({
  kind: "project",
  input,
  columns,
  output: columns.map(({ column }) => column),
});

const whenever = (when: ResolvedExpression, then: ResolvedExpression): ResolvedExpression => ({
  kind: "conditional",
  branches: [{ when, then }],
  type: then.type,
  nullable: true,
});

/** What would be computed of kept rows only may fail for others. */
const guarded = (expression: ResolvedExpression, isKept: ResolvedExpression): ResolvedExpression =>
  expression.kind === "column" || expression.kind === "constant" ? expression : whenever(isKept, expression);

const guardedAll = (columns: readonly NamedExpression[], isKept: ResolvedExpression): readonly NamedExpression[] =>
  columns.map(({ column, expression }) => ({ column, expression: guarded(expression, isKept) }));

function guardedArguments(expression: ResolvedExpression, isKept: ResolvedExpression): ResolvedExpression {
  const isAggregate = expression.kind === "call" && expression.aggregate !== undefined;
  return mapResolved(expression, (child) => (isAggregate ? guarded(child, isKept) : guardedArguments(child, isKept)));
}

const one: Constant = { kind: "constant", value: 1n, type: bigintType, nullable: false };

const countOfRows: ResolvedExpression = {
  kind: "call",
  name: "count",
  arguments: [one],
  type: bigintType,
  nullable: false,
  deterministic: true,
  aggregate: { distinct: false, ignoreNulls: false, order: [] },
};
