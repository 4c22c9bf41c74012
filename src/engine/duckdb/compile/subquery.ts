/** Sub-queries as DuckDB SQL, which takes the correlated ones apart itself. */
import type { ResolvedExpression, ResolvedSubquery } from "../../../plan/resolved.ts";
import { someResolved } from "../../../plan/resolved-rewrite.ts";
import { columnName } from "../sql-text.ts";
import type { CompileContext } from "./context.ts";

/** The SQL of a condition that only decides which rows are kept: null stands for false. */
export function compileTest(condition: ResolvedExpression, context: CompileContext): string {
  if (condition.kind === "call" && condition.name === "AND")
    return `(${condition.arguments.map((part) => compileTest(part, context)).join(" AND ")})`;
  return condition.kind === "subquery" && condition.values.length === 1
    ? membershipTest(condition, context)
    : context.compileExpression(condition);
}

export function compileSubquery(subquery: ResolvedSubquery, context: CompileContext): string {
  const { form, plan, values } = subquery;
  if (form === "exists") return `EXISTS (${context.compileRelation(plan)})`;
  if (form === "scalar") return `(${context.compileRelation(plan)})`;
  return values.length === 1 ? membership(subquery, context) : rowMatch(subquery, context);
}

// Spark's join knows no null where a row's value is one; before it joins, it knows that a constant is.
function membership(subquery: ResolvedSubquery, context: CompileContext): string {
  const test = `coalesce(${membershipTest(subquery, context)}, false)`;
  const value = subquery.values[0]!;
  if (!value.nullable || !isConstant(value)) return test;
  const isEmpty = `NOT EXISTS (${context.compileRelation(subquery.plan)})`;
  return `CASE WHEN ${context.compileExpression(value)} IS NOT NULL OR ${isEmpty} THEN ${test} END`;
}

const isConstant = (value: ResolvedExpression): boolean =>
  !someResolved(value, ({ kind }) => kind === "column" || kind === "subquery" || kind === "user function");

function membershipTest({ form, plan, values }: ResolvedSubquery, context: CompileContext): string {
  const value = context.compileExpression(values[0]!);
  return `(${value} ${form === "in" ? "IN" : "NOT IN"} (${context.compileRelation(plan)}))`;
}

// DuckDB compares rows as a whole and takes a null in them for not known, also where another column decides.
function rowMatch({ form, plan, values }: ResolvedSubquery, context: CompileContext): string {
  const equalities = values.map((value, index) => {
    const column = plan.output[index]!;
    const equal = `${context.compileExpression(value)} = ${columnName(column.id)}`;
    return form === "not in" && (value.nullable || column.nullable) ? `(${equal}) IS DISTINCT FROM false` : equal;
  });
  const match = `EXISTS (SELECT 1 FROM (${context.compileRelation(plan)}) WHERE ${equalities.join(" AND ")})`;
  return form === "in" ? match : `(NOT ${match})`;
}
