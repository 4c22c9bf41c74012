/** SELECT with its clauses, where relations are what they stand for. */
import type { Aggregate, Hint, Relation } from "../../plan/relation.ts";
import { list, type Printer } from "./printer.ts";
import { topSource } from "./sources.ts";

/**
 * The text of a relation as one SELECT; undefined where it is none.
 *
 * @param relation - a projection, an aggregation, and what filters, distinct rows and hints may stand around it
 */
export function selectSql(relation: Relation, printer: Printer): string | undefined {
  const hints: Hint[] = [];
  let inner = relation;
  for (; inner.kind === "hint"; inner = inner.input) hints.push(inner);
  const isDistinct = inner.kind === "deduplicate" && inner.columns === undefined && !inner.withinWatermark;
  if (isDistinct) inner = (inner as Extract<Relation, { kind: "deduplicate" }>).input;
  const words = `SELECT${hints.length === 0 ? "" : ` /*+ ${list(hints, (hint) => hintSql(hint, printer))} */`}${isDistinct ? " DISTINCT" : ""}`;
  return qualified(inner, words, printer);
}

function qualified(relation: Relation, words: string, printer: Printer): string | undefined {
  if (relation.kind !== "qualify") return having(relation, words, printer);
  const select = having(relation.input, words, printer);
  return select === undefined ? undefined : `${select} QUALIFY ${printer.expression(relation.condition)}`;
}

function having(relation: Relation, words: string, printer: Printer): string | undefined {
  if (relation.kind !== "filter" || relation.isStep === true || relation.input.kind !== "aggregate")
    return selected(relation, words, printer);
  const select = selected(relation.input, words, printer, "HAVING");
  return select === undefined ? undefined : `${select} HAVING ${printer.expression(relation.condition)}`;
}

function selected(relation: Relation, words: string, printer: Printer, next?: "HAVING"): string | undefined {
  if (relation.kind === "project" && relation.isStep !== true)
    return clauses(relation.input, `${words} ${list(relation.expressions, printer.expression)}`, printer);
  if (relation.kind !== "aggregate" || relation.aggregatesOnly !== true || relation.aggregates.length === 0)
    return undefined;
  const grouping = groupingSql(relation, printer);
  const select = clauses(relation.input, `${words} ${list(relation.aggregates, printer.expression)}`, printer);
  if (select === undefined || grouping === undefined) return undefined;
  // HAVING alone makes one group of all rows.
  return grouping === oneGroup && next === "HAVING" ? select : `${select} GROUP BY ${grouping}`;
}

function clauses(input: Relation, select: string, printer: Printer): string | undefined {
  const from = sourceOf(input, printer);
  return from === undefined ? undefined : `${select}${from}`;
}

/** ` FROM t WHERE …`; empty for the one row that a query without FROM reads. */
export function sourceOf(input: Relation, printer: Printer): string | undefined {
  const filter = input.kind === "filter" && input.isStep !== true ? input : undefined;
  const source = filter?.input ?? input;
  const where = filter === undefined ? "" : ` WHERE ${printer.expression(filter.condition)}`;
  if (source.kind === "one row") return where;
  const from = topSource(source, printer);
  return from === undefined ? undefined : ` FROM ${from}${where}`;
}

const oneGroup = "GROUPING SETS (())";

/** What stands behind GROUP BY; undefined for what only the API has. */
export function groupingSql({ type, grouping, groupingSets }: Aggregate, { expression }: Printer): string | undefined {
  const groups = grouping.length === 0 ? oneGroup : list(grouping, expression);
  if (type === "all") return "ALL";
  if (type === "group by") return groups;
  if (type === "rollup" || type === "cube") return `${groups} WITH ${type.toUpperCase()}`;
  if (type === "pivot" || groupingSets === undefined) return undefined;
  const sets = list(groupingSets, (set) => `(${list(set, expression)})`);
  return `${grouping.length === 0 ? "" : `${groups} `}GROUPING SETS (${sets})`;
}

const hintSql = ({ name, parameters }: Hint, { expression }: Printer): string =>
  parameters.length === 0 ? name : `${name}(${list(parameters, expression)})`;
