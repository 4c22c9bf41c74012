/** Stars and regular expressions of columns, as the columns that they stand for. */
import { AnalysisError } from "../errors.ts";
import type { Call, Expression, RegularExpressionStar, Star } from "../plan/expression.ts";
import type { OutputColumn } from "../plan/resolved.ts";
import { reference } from "../plan/resolved-rewrite.ts";
import { type DataType, intType } from "../types/data-type.ts";
import { columnPattern } from "./column-pattern.ts";
import type { AnalysisContext } from "./context.ts";
import { quoted } from "./errors.ts";
import { fieldPath } from "./field-access.ts";
import { columnsOf, matchName, type Scope, type ScopeColumn } from "./scope.ts";
import { type StarItem, withoutExcepted } from "./star-exceptions.ts";

/**
 * The expressions with every star replaced by the columns that it means.
 *
 * @param outer - the columns of the query around, which `t.*` may mean
 */
export function expandStars(
  expressions: readonly Expression[],
  scope: Scope,
  analysis: AnalysisContext,
  outer?: Scope,
): readonly (Expression | OutputColumn)[] {
  return expressions.flatMap((expression): readonly (Expression | OutputColumn)[] => {
    if (expression.kind === "star") {
      const around = outer === undefined ? [] : columnsAround(expression, scope, outer, analysis);
      return around.length > 0 ? around : starColumns(expression, scope, analysis);
    }
    if (expression.kind === "regular expression star") return matching(expression, scope, analysis);
    return [expression];
  });
}

/** The columns of a relation that only the query around has. */
function columnsAround(
  { target }: Star,
  scope: Scope,
  outer: Scope,
  { sameName }: AnalysisContext,
): readonly Expression[] {
  if (target === undefined || columnsOf(scope, target, sameName).length > 0) return [];
  return columnsOf(outer, target, sameName).map(({ column }) => attributeOf(column, outer));
}

/** The expressions with every star replaced by the names of the columns that it means. */
export const namedStars = (
  expressions: readonly Expression[],
  scope: Scope,
  analysis: AnalysisContext,
): readonly Expression[] =>
  expandStars(expressions, scope, analysis).map((item) => ("kind" in item ? item : attributeOf(item, scope)));

/** A call with its stars replaced by the columns that they mean; `count(*)` counts rows. */
export function withoutStars(call: Call, scope: Scope, analysis: AnalysisContext): Call {
  if (!call.arguments.some(isStar)) return call;
  if (isWrittenOperator(call)) throw misplacedStar(`expression \`${call.name.at(-1)!}\``);
  if (isCount(call) && call.arguments.length === 1) rejectTarget(call.arguments[0]!);
  if (isCountOfRows(call)) return { ...call, arguments: [{ kind: "literal", type: intType, value: 1 }] };
  return { ...call, arguments: namedStars(call.arguments, scope, analysis) };
}

const isStar = ({ kind }: Expression): boolean => kind === "star" || kind === "regular expression star";

/** What is said where a star has no columns to stand for. */
export const misplacedStar = (place: string): AnalysisError =>
  new AnalysisError(`Invalid usage of '*' or a regular expression in ${place}`, {
    condition: "INVALID_USAGE_OF_STAR_OR_REGEX",
    sqlState: "42000",
    hint: "Name the columns instead.",
  });

// In SQL text Spark has operands at once, where methods of columns call a function by the operator's name.
const isWrittenOperator = ({ name, origin }: Call): boolean => origin?.from === "sql" && !/^\w/.test(name.at(-1)!);

const isCount = ({ name }: Call): boolean => name.at(-1)!.toLowerCase() === "count";

const isCountOfRows = (call: Call): boolean =>
  isCount(call) && call.distinct !== true && call.arguments.length === 1 && call.arguments[0]!.kind === "star";

function rejectTarget(argument: Expression): void {
  if (argument.kind !== "star" || argument.target === undefined) return;
  throw new AnalysisError(
    `count(${quoted(argument.target)}.*) is not allowed. Use count(*) or expand the columns manually, e.g. count(col1, col2)`,
    {
      condition: "INVALID_USAGE_OF_STAR_WITH_TABLE_IDENTIFIER_IN_COUNT",
      sqlState: "42000",
      parameters: { tableName: quoted(argument.target) },
    },
  );
}

function attributeOf({ id, name }: OutputColumn, scope: Scope): Expression {
  const qualifier = scope.columns.find(({ column }) => column.id === id)?.qualifier ?? [];
  return { kind: "attribute", name: [...qualifier, name] };
}

function starColumns(star: Star, scope: Scope, analysis: AnalysisContext): readonly (Expression | OutputColumn)[] {
  const items =
    star.target === undefined ? ownColumns(star, scope, analysis) : targetColumns(star.target, scope, analysis);
  return star.except === undefined
    ? items.map(({ item }) => item)
    : withoutExcepted(items, star.except, star.replacement, analysis);
}

function itemOf({ column, qualifier }: ScopeColumn): StarItem {
  return { item: column, name: column.name, type: column.type, qualifier, path: [...qualifier, column.name] };
}

function ownColumns({ planId }: Star, scope: Scope, analysis: AnalysisContext): readonly StarItem[] {
  if (planId === undefined) return scope.columns.map(itemOf);
  const ids = new Set(
    (analysis.planScopes.get(planId) ?? []).flatMap((own) => own.columns.map(({ column }) => column.id)),
  );
  return scope.columns.filter(({ column }) => ids.has(column.id)).map(itemOf);
}

function targetColumns(target: readonly string[], scope: Scope, analysis: AnalysisContext): readonly StarItem[] {
  const columns = columnsOf(scope, target, analysis.sameName);
  if (columns.length > 0) return columns.map(itemOf);
  const [match] = matchName(scope, target, analysis.sameName);
  if (match === undefined) throw unresolvedTarget(target, scope);
  const { type } = fieldPath(reference(match.column), match.column.name, match.fields, analysis.sameName);
  if (type.kind !== "struct") throw noStruct(target, type);
  return type.fields.map((field) => {
    const path = [...target, field.name];
    return { item: { kind: "attribute", name: path }, name: field.name, type: field.type, qualifier: [], path };
  });
}

const noStruct = (target: readonly string[], type: DataType): AnalysisError =>
  new AnalysisError(`Can only star expand struct data types. Attribute: \`List(${target.join(", ")})\``, {
    condition: "_LEGACY_ERROR_TEMP_1050",
    parameters: { attributes: `List(${target.join(", ")})` },
    hint: `${quoted(target)} is a column of type ${type.kind}, not a struct.`,
  });

function unresolvedTarget(target: readonly string[], scope: Scope): AnalysisError {
  const names = scope.columns.map(({ column }) => quoted([column.name])).sort();
  const relations = [
    ...new Set(scope.columns.map(({ qualifier }) => qualifier.join(".")).filter((name) => name !== "")),
  ];
  return new AnalysisError(`Cannot resolve '${quoted(target)}.*' given input columns ${names.join(", ")}`, {
    condition: "CANNOT_RESOLVE_STAR_EXPAND",
    sqlState: "42704",
    parameters: { targetString: quoted(target), columns: names.join(", ") },
    hint:
      relations.length > 0
        ? `The relations with a name are: ${relations.join(", ")}.`
        : 'Give the DataFrame a name with .alias("…") first.',
  });
}

function matching({ pattern, target }: RegularExpressionStar, scope: Scope, analysis: AnalysisContext) {
  const expression = columnPattern(pattern, analysis.sameName("a", "A"));
  const columns = target === undefined ? scope.columns : columnsOf(scope, target, analysis.sameName);
  return columns.map(({ column }) => column).filter(({ name }) => expression.test(name));
}
