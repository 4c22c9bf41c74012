/** `describe` and `summary`: a row for each statistic, a column for each numeric or text column. */
import { UnsupportedError } from "../../errors.ts";
import type { Describe } from "../../plan/relation.ts";
import type { NamedExpression, OutputColumn, ResolvedExpression } from "../../plan/resolved.ts";
import { passed, reference } from "../../plan/resolved-rewrite.ts";
import { doubleType, isNumeric, isText, stringType } from "../../types/data-type.ts";
import { aggregation } from "../aggregation.ts";
import type { Analysed } from "../context.ts";
import { constant, converted } from "../conversion.ts";
import { unresolvedColumn } from "../errors.ts";
import { projection, type RelationContext } from "../relation-context.ts";
import { applyFunction } from "../resolve-call.ts";
import { scopeOf } from "../scope.ts";
import { stacked } from "./generate.ts";

const described = ["count", "mean", "stddev", "min", "max"];
const summarized = ["count", "mean", "stddev", "min", "25%", "50%", "75%", "max"];

/** A column, and its values as numbers: text has a mean and a deviation where it reads as such, as in Spark. */
interface Described {
  readonly column: OutputColumn;
  readonly number: OutputColumn;
}

type Statistic = (described: Described) => ResolvedExpression;

const statistics: Readonly<Record<string, Statistic>> = {
  count_distinct: ({ column }) =>
    applyFunction("count", [reference(column)], { distinct: true, ignoreNulls: false, order: [] }),
  approx_count_distinct: ({ column }) => applyFunction("approx_count_distinct", [reference(column)]),
  count: ({ column }) => applyFunction("count", [reference(column)]),
  mean: ({ number }) => applyFunction("avg", [reference(number)]),
  stddev: ({ number }) => applyFunction("stddev", [reference(number)]),
  min: ({ column }) => applyFunction("min", [reference(column)]),
  max: ({ column }) => applyFunction("max", [reference(column)]),
};

/** The statistic of a name; `25%` is the value that a quarter of all are not greater than. */
function statisticOf(name: string): Statistic | undefined {
  const fraction = /^\d+(?:\.\d+)?%$/.test(name) ? Number(name.slice(0, -1)) / 100 : Number.NaN;
  if (!(fraction <= 1)) return statistics[name];
  return ({ number }) => applyFunction("percentile_approx", [reference(number), constant(doubleType, fraction)]);
}

export function analyseDescribe({ input, columns, statistics: given }: Describe, context: RelationContext): Analysed {
  const names = given === undefined ? described : given.length === 0 ? summarized : given;
  const inner = context.input(input);
  const chosen = chosenColumns(inner, columns, context);
  const unknown = names.find((name) => statisticOf(name) === undefined);
  if (unknown !== undefined) {
    throw new UnsupportedError(`${unknown} is not a recognised statistic`, {
      hint: `These are: ${Object.keys(statistics).join(", ")}, and percentages such as 25%.`,
    });
  }
  const { input: numbered, columns: both } = withNumbers(inner, chosen, context);
  const cells = names.map((name) => both.map((one) => cell(statisticOf(name)!(one), one.column, context)));
  const wide = aggregation(numbered, { keys: [] }, cells.flat(), context);
  return rows(wide, names, cells, chosen, context);
}

function chosenColumns(
  { scope }: Analysed,
  names: readonly string[] | undefined,
  { analysis }: RelationContext,
): readonly OutputColumn[] {
  const all = scope.columns.map(({ column }) => column);
  if (names === undefined || names.length === 0) return all.filter(({ type }) => isNumeric(type) || isText(type));
  return names.map((name) => {
    const column = all.find((candidate) => analysis.sameName(candidate.name, name));
    if (column === undefined)
      throw unresolvedColumn(
        [name],
        all.map((candidate) => candidate.name),
      );
    return column;
  });
}

/** The chosen columns with their numbers, each text read once: the text of reading it is long, and aggregates repeat it. */
function withNumbers(
  input: Analysed,
  chosen: readonly OutputColumn[],
  { analysis }: RelationContext,
): { readonly input: Analysed; readonly columns: readonly Described[] } {
  const columns = chosen.map((column) => ({
    column,
    number: isNumeric(column.type) ? column : analysis.newColumn(column.name, doubleType, true),
  }));
  const numbers = columns.flatMap(({ column, number }) =>
    column === number ? [] : [{ column: number, expression: converted(reference(column), doubleType, "try") }],
  );
  const own = passed([...new Set(chosen)]);
  return { input: projection(input, [...own, ...numbers]), columns };
}

function cell(value: ResolvedExpression, column: OutputColumn, { analysis }: RelationContext): NamedExpression {
  const expression = converted(value, stringType);
  return { column: analysis.newColumn(column.name, stringType, expression.nullable), expression };
}

function rows(
  wide: Analysed,
  names: readonly string[],
  cells: readonly (readonly NamedExpression[])[],
  chosen: readonly OutputColumn[],
  { analysis }: RelationContext,
): Analysed {
  const output = [
    analysis.newColumn("summary", stringType, true),
    ...chosen.map(({ name }) => analysis.newColumn(name, stringType, true)),
  ];
  const values = names.map((name, row) => [
    constant(stringType, name),
    ...cells[row]!.map(({ column }) => reference(column)),
  ]);
  const relation = stacked(wide.relation, values, output);
  return projection({ relation, scope: scopeOf(relation.output) }, passed(output));
}
