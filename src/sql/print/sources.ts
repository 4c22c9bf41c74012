/** What stands in FROM: relations that are read to themselves there, without a SELECT around them. */
import type {
  Aggregate,
  Generate,
  Join,
  JoinType,
  LateralJoin,
  Relation,
  RelationChanges,
  Sample,
  Unpivot,
} from "../../plan/relation.ts";
import { callSql } from "./calls.ts";
import { namesText, nameText, pathText } from "./names.ts";
import { changesSql, pastSql } from "./past.ts";
import { list, type Printer } from "./printer.ts";

/** What Spark calls a query in FROM that has no name. */
const unnamedQuery = "__auto_generated_subquery_name";

type Source = (relation: never, printer: Printer) => string | undefined;

/** How relations stand in FROM alone; undefined where one cannot. */
const primaries: { readonly [Kind in Relation["kind"]]?: Source } = {
  read: (read: Extract<Relation, { kind: "read" }>, printer) => {
    const { format, paths, schema, predicates, isStreaming } = read;
    return format === null || paths.length !== 1 || schema !== undefined || predicates !== undefined || isStreaming
      ? undefined
      : `${pathText([format])}.\`${paths[0]!.replaceAll("`", "``")}\`${pastSql(read, printer)}`;
  },
  "read table": (read: Extract<Relation, { kind: "read table" }>, printer) =>
    `${streamSql(read)}${pathText(read.name)}${pastSql(read, printer)}`,
  "relation changes": (changes: RelationChanges, printer) => {
    const clause = changesSql(changes, printer);
    return clause === undefined ? undefined : `${streamSql(changes)}${pathText(changes.name)}${clause}`;
  },
  "common table reference": ({ name }: Extract<Relation, { kind: "common table reference" }>) => nameText(name),
  "table function": (call: Extract<Relation, { kind: "table function" }>, printer) =>
    callSql({ kind: "call", name: call.name, arguments: call.arguments }, printer).text,
  range: ({ start, end, step, partitions }: Extract<Relation, { kind: "range" }>) =>
    `range(${start}L, ${end}L, ${step}L${partitions === undefined ? "" : `, ${partitions}`})`,
  "inline table": valuesSql as Source,
  "subquery alias": ({ input, name, columns }: Extract<Relation, { kind: "subquery alias" }>, printer) => {
    if (name === unnamedQuery && columns === undefined) return `(${printer.query(input)})`;
    return `${aliasable(input, printer)} AS ${nameText(name)}${columns === undefined ? "" : namesText(columns)}`;
  },
  "to columns": ({ input, names }: Extract<Relation, { kind: "to columns" }>, printer) =>
    `${aliasable(input, printer)} AS ${namesText(names)}`,
  sample: (sample: Sample, printer) => {
    const input = sampled(sample.input, printer);
    const method = sampleSql(sample);
    return input === undefined || method === undefined ? undefined : `${input} ${method}`;
  },
};

/** A relation that may have a name behind it: a table, a call, or a query in parentheses, VALUES among them. */
function aliasable(input: Relation, printer: Printer): string {
  if (suffixed.has(input.kind)) return joinedSource(input, printer) ?? `(${printer.query(input)})`;
  if (leaves.has(input.kind)) return primarySource(input, printer) ?? `(${printer.query(input)})`;
  if (joins.has(input.kind)) return primarySource(input, printer) ?? `(${printer.query(input)})`;
  return `(${printer.query(input)})`;
}

const leaves: ReadonlySet<Relation["kind"]> = new Set([
  "read",
  "read table",
  "relation changes",
  "common table reference",
  "table function",
  "sample",
]);
const joins: ReadonlySet<Relation["kind"]> = new Set(["join", "lateral join", "nearest-by join"]);
const suffixed: ReadonlySet<Relation["kind"]> = new Set(["aggregate", "unpivot"]);

const sampled = (input: Relation, printer: Printer): string | undefined =>
  input.kind === "read table" || input.kind === "read" ? primarySource(input, printer) : undefined;

/** A relation beside a join, without an alias of its own around it. */
export function primarySource(relation: Relation, printer: Printer): string | undefined {
  const write = primaries[relation.kind] as ((relation: Relation, printer: Printer) => string | undefined) | undefined;
  if (write !== undefined) return write(relation, printer);
  const joined = joinedSource(relation, printer);
  return joined === undefined ? undefined : `(${joined})`;
}

/** A relation with its joins, pivots and unpivots. */
export function joinedSource(relation: Relation, printer: Printer): string | undefined {
  if (relation.kind === "join" || relation.kind === "lateral join") return joinedSides(relation, printer);
  if (relation.kind === "nearest-by join") return joinedSides(relation, printer);
  if (relation.kind === "unpivot" || (relation.kind === "aggregate" && relation.type === "pivot")) {
    const input = primarySource(relation.input, printer);
    const suffix = relation.kind === "unpivot" ? unpivotSql(relation, printer) : pivotSql(relation, printer);
    return input === undefined || suffix === undefined ? undefined : `${input} ${suffix}`;
  }
  return Object.hasOwn(primaries, relation.kind) ? primarySource(relation, printer) : undefined;
}

/** What stands behind FROM: a relation with its joins, then lateral views. */
export function topSource(relation: Relation, printer: Printer): string | undefined {
  if (relation.kind !== "generate") return joinedSource(relation, printer);
  const input = topSource(relation.input, printer);
  return input === undefined ? undefined : `${input} ${lateralViewSql(relation, printer)}`;
}

function joinedSides(join: Parameters<typeof joinSql>[0], printer: Printer): string | undefined {
  const left = joinedSource(join.left, printer);
  const right = joinSql(join, printer);
  return left === undefined || right === undefined ? undefined : `${left} ${right}`;
}

// ------------------------------------------------------------------------------------------------ the parts

const joinWords: Readonly<Record<JoinType, string>> = {
  inner: "",
  cross: "CROSS ",
  left: "LEFT ",
  right: "RIGHT ",
  full: "FULL ",
  "left semi": "LEFT SEMI ",
  "left anti": "LEFT ANTI ",
};

/** `LEFT JOIN t ON …`: a join without its left side. */
export function joinSql(
  join: Join | LateralJoin | Extract<Relation, { kind: "nearest-by join" }>,
  printer: Printer,
): string | undefined {
  const side = primarySource(join.right, printer);
  if (side === undefined) return undefined;
  if (join.kind === "nearest-by join") {
    const mode = join.mode === "exact" ? "EXACT" : "APPROX";
    const ranking = `${join.direction.toUpperCase()} ${printer.expression(join.ranking)}`;
    return `${joinWords[join.type]}JOIN ${side} ${mode} NEAREST ${join.count} BY ${ranking}`;
  }
  const condition = join.condition === undefined ? "" : ` ON ${printer.expression(join.condition)}`;
  if (join.kind === "lateral join") return `${joinWords[join.type]}JOIN LATERAL ${side}${condition}`;
  const using = join.using.length === 0 ? "" : ` USING ${namesText(join.using)}`;
  return `${join.natural === true ? "NATURAL " : ""}${joinWords[join.type]}JOIN ${side}${using}${condition}`;
}

/** `LATERAL VIEW OUTER explode(xs) t AS x`. */
export function lateralViewSql({ generator, outer, name, columns }: Generate, printer: Printer): string {
  const call = callSql(generator, printer).text;
  const named = name === undefined ? "" : ` ${nameText(name)}`;
  return `LATERAL VIEW ${outer ? "OUTER " : ""}${call}${named}${columns.length === 0 ? "" : ` AS ${columns.map(nameText).join(", ")}`}`;
}

/** `PIVOT (…)`, undefined for one whose groups or values SQL does not have. */
export function pivotSql({ aggregates, pivot, groupsByRest }: Aggregate, { expression }: Printer): string | undefined {
  if (pivot?.values === undefined || groupsByRest !== true) return undefined;
  const { column } = pivot;
  const columns = column.kind === "call" ? `(${list(column.arguments, expression)})` : expression(column);
  return `PIVOT (${list(aggregates, expression)} FOR ${columns} IN (${list(pivot.values, expression)}))`;
}

/** `UNPIVOT (…)`, undefined for one that names what identifies a row. */
export function unpivotSql(unpivot: Unpivot, { expression }: Printer): string | undefined {
  const { values, valueColumns, variableColumn, aliases = [] } = unpivot;
  if (unpivot.identifiersAreRest !== true || values === undefined) return undefined;
  const groups = values.map((group, index) => {
    const alias = aliases[index] ?? undefined;
    const columns = group.length === 1 ? expression(group[0]!) : `(${list(group, expression)})`;
    return `${columns}${alias === undefined ? "" : ` AS ${nameText(alias)}`}`;
  });
  const names = valueColumns.length === 1 ? nameText(valueColumns[0]!) : namesText(valueColumns);
  const nulls = unpivot.includeNulls === true ? "INCLUDE NULLS " : "";
  return `UNPIVOT ${nulls}(${names} FOR ${nameText(variableColumn)} IN (${groups.join(", ")}))`;
}

/** `TABLESAMPLE (10 PERCENT) REPEATABLE (7)`, undefined for a sample that SQL does not have. */
export function sampleSql({ lower, upper, withReplacement, seed, deterministicOrder }: Sample): string | undefined {
  if (lower !== 0 || withReplacement || deterministicOrder === true) return undefined;
  const percent = Number((upper * 100).toPrecision(15));
  const share = /e/.test(String(percent)) || percent < 0 ? undefined : `${percent}`;
  if (share === undefined) return undefined;
  return `TABLESAMPLE (${share} PERCENT)${seed === undefined ? "" : ` REPEATABLE (${seed})`}`;
}

/** `VALUES (1, 'a'), (2, 'b')`. */
export function valuesSql({ rows }: Extract<Relation, { kind: "inline table" }>, { expression }: Printer): string {
  return `VALUES ${list(rows, (row) => `(${list(row, expression)})`)}`;
}

const streamSql = ({ isStreaming }: { readonly isStreaming: boolean }): string => (isStreaming ? "STREAM " : "");
