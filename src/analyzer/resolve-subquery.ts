/** Queries inside expressions: what they may be, where they may stand, and what they may read of the query around them. */
import { UnsupportedError } from "../errors.ts";
import { isOrderable } from "../functions/rule.ts";
import type { Expression, Subquery } from "../plan/expression.ts";
import type { OutputColumn, ResolvedExpression, ResolvedRelation, ResolvedSubquery } from "../plan/resolved.ts";
import { reference, resolvedChildren, someResolved } from "../plan/resolved-rewrite.ts";
import { outerColumns, outerReferences } from "../plan/resolved-walk.ts";
import { booleanType } from "../types/data-type.ts";
import { sqlName } from "../types/type-name.ts";
import { carryMetadata } from "./carried.ts";
import { constantValue } from "./constant-value.ts";
import { constant, converted } from "./conversion.ts";
import { rejectUnsupportedCorrelation, subqueryInLambda } from "./correlation.ts";
import { invalidOrderingType, misplaced } from "./errors.ts";
import { type ExpressionContext, resolveIn } from "./expression-context.ts";
import { prettyText } from "./names.ts";
import { visible } from "./relation-context.ts";
import { rejectNamesOfOuter } from "./relations/naming.ts";
import { applyFunction } from "./resolve-call.ts";

export function resolveSubquery(subquery: Subquery, context: ExpressionContext): ResolvedExpression {
  if (context.lambda.size > 0) throw subqueryInLambda();
  rejectNamesOfOuter(subquery.plan, context.analysis);
  const inner = visible(context.analyse(subquery.plan, context.analysis, context)).relation;
  const [plan] = carryMetadata([inner], context.analysis.metadata) as readonly [ResolvedRelation];
  const outer = columnsWithin(context, plan);
  rejectUnsupportedCorrelation(plan, outer);
  if (subquery.form === "exists")
    return { kind: "subquery", form: "exists", plan, values: [], outer, type: booleanType, nullable: false };
  if (subquery.form === "scalar") return scalar(plan, outer);
  if (subquery.form === "in") return membership(subquery, plan, outer, context);
  throw new UnsupportedError("A table argument is only understood by table functions");
}

/** The columns of enclosing queries where a plan reads them, under the names that they have there. */
export function columnsWithin(
  { scope, outer: around }: ExpressionContext,
  plan: ResolvedRelation,
): readonly OutputColumn[] {
  const scopes = around === undefined ? [scope] : [scope, around.scope];
  const named = new Map(
    scopes.flatMap(({ columns, hidden }) => [...columns, ...hidden]).map(({ column }) => [column.id, column]),
  );
  const outer = outerColumns(plan);
  return outerReferences(plan).map((id) => {
    const { type, nullable } = outer.get(id)!;
    return named.get(id) ?? { id, name: `column ${id}`, type, nullable };
  });
}

function scalar(plan: ResolvedRelation, outer: readonly OutputColumn[]): ResolvedSubquery {
  const [column, ...others] = plan.output;
  if (column !== undefined && others.length === 0)
    return { kind: "subquery", form: "scalar", plan, values: [], outer, type: column.type, nullable: true };
  const number = String(plan.output.length);
  throw misplaced(
    "INVALID_SUBQUERY_EXPRESSION.SCALAR_SUBQUERY_RETURN_MORE_THAN_ONE_OUTPUT_COLUMN",
    "42823",
    `Invalid subquery: Scalar subquery must return only one column, but got ${number}`,
    "Select one column in it.",
    { number },
  );
}

function membership(
  subquery: Subquery,
  plan: ResolvedRelation,
  outer: readonly OutputColumn[],
  context: ExpressionContext,
): ResolvedExpression {
  const values = comparedValues(subquery).map((value) => resolveIn(context, value));
  const columns = plan.output;
  if (values.length !== columns.length) throw lengthMismatch(subquery, values, columns);
  const { widest, castMode } = context.analysis.coercion;
  const types = values.map((value, index) => widest([value.type, columns[index]!.type]));
  const mismatch = types.indexOf(undefined);
  if (mismatch >= 0) throw typeMismatch(subquery, values, columns, mismatch);
  const unordered = types.find((type) => !isOrderable(type!));
  if (unordered !== undefined) throw invalidOrderingType(prettyText(subquery), "insubquery", unordered);
  // Without the ANSI mode, Spark does not look whether there is anything that null could be in.
  if (context.analysis.settings.ansi === false && values.length === 1 && constantValue(values[0]!) === null)
    return constant(booleanType, null);
  const cast = columns.map((column, index) => {
    const expression = converted(reference(column), types[index]!, castMode);
    return { column: context.analysis.newColumn(column.name, types[index]!, expression.nullable), expression };
  });
  const output = cast.map(({ column }) => column);
  return {
    kind: "subquery",
    form: "in",
    plan: { kind: "project", input: plan, columns: cast, output },
    values: values.map((value, index) => converted(value, types[index]!, castMode)),
    outer,
    type: booleanType,
    nullable: values.some((value) => value.nullable) || output.some((column) => column.nullable),
  };
}

// A struct that the program writes stands for its fields.
function comparedValues({ values = [] }: Subquery): readonly Expression[] {
  const [only] = values;
  const isStruct = values.length === 1 && only?.kind === "call" && only.name.at(-1)!.toLowerCase() === "struct";
  return isStruct ? only.arguments : values;
}

const columnList = (columns: readonly { readonly name: string }[]): string =>
  columns.map(({ name }) => `"${name}"`).join(", ");

function lengthMismatch(
  subquery: Subquery,
  values: readonly ResolvedExpression[],
  columns: readonly OutputColumn[],
): Error {
  const sqlExpr = `"${prettyText(subquery)}"`;
  const leftColumns = comparedValues(subquery)
    .map((value) => `"${prettyText(value)}"`)
    .join(", ");
  return misplaced(
    "DATATYPE_MISMATCH.IN_SUBQUERY_LENGTH_MISMATCH",
    "42K09",
    `Cannot resolve ${sqlExpr} due to data type mismatch: The number of columns in the left hand side of an IN subquery does not match the number of columns in the output of subquery. Left hand side columns(length: ${values.length}): [${leftColumns}], right hand side columns(length: ${columns.length}): [${columnList(columns)}]`,
    "Select as many columns in the query as are compared.",
    {
      sqlExpr,
      leftLength: String(values.length),
      rightLength: String(columns.length),
      leftColumns,
      rightColumns: columnList(columns),
    },
  );
}

function typeMismatch(
  subquery: Subquery,
  values: readonly ResolvedExpression[],
  columns: readonly OutputColumn[],
  at: number,
): Error {
  const sqlExpr = `"${prettyText(subquery)}"`;
  const leftType = values.map(({ type }) => `"${sqlName(type)}"`).join(", ");
  const rightType = columns.map(({ type }) => `"${sqlName(type)}"`).join(", ");
  const mismatchedColumns = `(${prettyText(comparedValues(subquery)[at]!)}:${sqlName(values[at]!.type)}, ${columns[at]!.name}:${sqlName(columns[at]!.type)})`;
  return misplaced(
    "DATATYPE_MISMATCH.IN_SUBQUERY_DATA_TYPE_MISMATCH",
    "42K09",
    `Cannot resolve ${sqlExpr} due to data type mismatch: The data type of one or more elements in the left hand side of an IN subquery is not compatible with the data type of the output of the subquery. Mismatched columns: [${mismatchedColumns}], left side: [${leftType}], right side: [${rightType}]`,
    "Cast one side to the type of the other.",
    { sqlExpr, mismatchedColumns, leftType, rightType },
  );
}

const otherForm: Readonly<Record<string, ResolvedSubquery["form"]>> = { in: "not in", "not in": "in" };

const isMembership = (expression: ResolvedExpression): boolean =>
  expression.kind === "subquery" && otherForm[expression.form] !== undefined;

/**
 * The opposite of a condition. Spark asks `IN` and `NOT IN` of a query each as a question of its own, which nulls answer
 * with no, and takes conditions apart to get there.
 */
export function negated(condition: ResolvedExpression): ResolvedExpression {
  if (!someResolved(condition, isMembership)) return applyFunction("NOT", [condition]);
  const form = condition.kind === "subquery" ? otherForm[condition.form] : undefined;
  if (condition.kind === "subquery" && form !== undefined) return { ...condition, form };
  const [left, right] = resolvedChildren(condition);
  if (condition.kind === "call" && condition.name === "NOT") return left!;
  const opposite = condition.kind === "call" ? opposites[condition.name] : undefined;
  if (opposite === undefined) return applyFunction("NOT", [condition]);
  return applyFunction(opposite, [negated(left!), negated(right!)]);
}

const opposites: Readonly<Record<string, string>> = { AND: "OR", OR: "AND" };
