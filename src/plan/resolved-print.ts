/** Analysed plans as text, columns with their ids as Spark writes them: `amount#3`. */
import { simpleString } from "../types/type-name.ts";
import { literalText } from "./literal-text.ts";
import type {
  NamedExpression,
  OutputColumn,
  ResolvedExpression,
  ResolvedExpressionKind,
  ResolvedOrder,
  ResolvedRelation,
  ResolvedRelationKind,
} from "./resolved.ts";
import { inputsOf } from "./resolved-rewrite.ts";

/** The plan as a tree, a node a line, inputs below. */
export const printResolved = (plan: ResolvedRelation): string => lines(plan, 0, new Map()).join("\n");

type Names = Map<number, string>;

function lines(relation: ResolvedRelation, depth: number, names: Names): readonly string[] {
  const below = inputsOf(relation).flatMap((input) => lines(input, depth + 1, names));
  for (const { id, name } of relation.output) names.set(id, name);
  const indent = depth === 0 ? "" : `${"   ".repeat(depth - 1)}+- `;
  return [`${indent}${headOf(relation, names)}`, ...below];
}

const columnText = ({ name, id }: OutputColumn): string => `${name}#${id}`;
const list = (items: readonly string[]): string => `[${items.join(", ")}]`;

const headOf = (relation: ResolvedRelation, names: Names): string =>
  (heads[relation.kind] as (relation: ResolvedRelation, names: Names) => string)(relation, names);

const named = (columns: readonly NamedExpression[], names: Names): string =>
  list(
    columns.map(({ column, expression }) =>
      expression.kind === "column" && expression.id === column.id
        ? columnText(column)
        : `${text(expression, names)} AS ${columnText(column)}`,
    ),
  );

const orders = (order: readonly ResolvedOrder[], names: Names): string =>
  list(
    order.map(
      ({ expression, direction, nulls }) =>
        `${text(expression, names)} ${direction === "ascending" ? "ASC" : "DESC"} NULLS ${nulls.toUpperCase()}`,
    ),
  );

const heads: {
  [Kind in ResolvedRelationKind]: (relation: Extract<ResolvedRelation, { kind: Kind }>, names: Names) => string;
} = {
  scan: ({ leaf, output }) => `Relation ${list(output.map(columnText))} source ${leaf}`,
  "local rows": ({ output }) => `LocalRelation ${list(output.map(columnText))}`,
  "range rows": ({ start, end, step, output }) =>
    `Range (${start}, ${end}, step=${step}) ${list(output.map(columnText))}`,
  "value rows": ({ output }) =>
    output.length === 0 ? "OneRowRelation" : `LocalRelation ${list(output.map(columnText))}`,
  project: ({ columns }, names) => `Project ${named(columns, names)}`,
  filter: ({ condition }, names) => `Filter ${text(condition, names)}`,
  join: ({ type, condition, broadcast }, names) =>
    `Join ${type}${condition === undefined ? "" : `, ${text(condition, names)}`}${broadcast === undefined ? "" : `, broadcast ${broadcast}`}`,
  "set operation": ({ operation, all }) => `${operation[0]!.toUpperCase()}${operation.slice(1)}${all ? " All" : ""}`,
  sort: ({ order, global }, names) => `Sort ${orders(order, names)}, ${global}`,
  slice: ({ offset, count, last }) =>
    `${last ? "Tail" : "Limit"} ${count ?? "all"}${offset > 0n ? ` offset ${offset}` : ""}`,
  aggregate: ({ keys, aggregates }, names) => `Aggregate ${named(keys, names)}, ${named(aggregates, names)}`,
  distinct: ({ keys }, names) => `Deduplicate ${list(keys.map((id) => `${names.get(id) ?? ""}#${id}`))}`,
  generate: ({ generator, generated, outer }, names) =>
    `Generate ${text(generator, names)}${outer ? ", outer" : ""}, ${list(generated.map(columnText))}`,
  sample: ({ lower, upper, seed }) => `Sample ${lower}, ${upper}, seed ${seed}`,
  distribution: ({ partitions, keys, order }, names) =>
    `Repartition ${partitions ?? ""} ${list(keys.map((key) => text(key, names)))} ${order.length > 0 ? orders(order, names) : ""}`.trim(),
  observe: ({ name, metrics }, names) => `CollectMetrics ${name}, ${named(metrics, names)}`,
  stage: ({ schema, grouped }) => `${grouped ? "ApplyToGroups" : "MapBatches"} ${simpleString(schema)}`,
  recursion: ({ levels, output }) => `UnionLoop ${levels}, ${list(output.map(columnText))}`,
  "recursive reference": ({ output }) => `UnionLoopRef ${list(output.map(columnText))}`,
  cached: ({ entry }) => `InMemoryRelation ${entry}`,
};

const text = (expression: ResolvedExpression, names: Names): string =>
  (writers[expression.kind] as (expression: ResolvedExpression, names: Names) => string)(expression, names);

const operators = new Set(["+", "-", "*", "/", "%", "=", "<=>", "<", "<=", ">", ">=", "AND", "OR"]);

const writers: {
  [Kind in ResolvedExpressionKind]: (expression: Extract<ResolvedExpression, { kind: Kind }>, names: Names) => string;
} = {
  column: ({ id }, names) => `${names.get(id) ?? "outer"}#${id}`,
  constant: ({ type, value }) => literalText({ kind: "literal", type, value }, "pretty"),
  call: ({ name, arguments: args, aggregate }, names) => {
    const parts = args.map((argument) => text(argument, names));
    const call =
      operators.has(name) && parts.length === 2
        ? `(${parts[0]} ${name} ${parts[1]})`
        : `${name}(${aggregate?.distinct === true ? "distinct " : ""}${parts.join(", ")})`;
    return aggregate?.filter === undefined ? call : `${call} FILTER (WHERE ${text(aggregate.filter, names)})`;
  },
  cast: ({ input, type, mode }, names) =>
    `${mode === "try" ? "try_cast" : "cast"}(${text(input, names)} as ${simpleString(type)})`,
  conditional: ({ branches, otherwise }, names) =>
    `CASE ${branches.map(({ when, then }) => `WHEN ${text(when, names)} THEN ${text(then, names)}`).join(" ")}${otherwise === undefined ? "" : ` ELSE ${text(otherwise, names)}`} END`,
  field: ({ input, index }, names) =>
    `${text(input, names)}.${input.type.kind === "struct" ? input.type.fields[index]!.name : index}`,
  struct: ({ fields }, names) => `struct(${fields.map((field) => text(field, names)).join(", ")})`,
  lambda: ({ parameters, body }, names) => {
    for (const { id, name } of parameters) names.set(id, name);
    return `lambda ${parameters.map(columnText).join(", ")}: ${text(body, names)}`;
  },
  window: ({ call, partitionBy, orderBy }, names) =>
    `${text(call, names)} windowspec(${list(partitionBy.map((key) => text(key, names)))}, ${orders(orderBy, names)})`,
  subquery: ({ form }) => `${form}-subquery`,
  "user function": ({ name, arguments: args }, names) =>
    `${name}(${args.map((argument) => text(argument, names)).join(", ")})`,
};
