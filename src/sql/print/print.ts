/** Plans as Spark SQL text that is read to the same plan, or to an equal query where SQL has no words for a node. */
import type { Expression } from "../../plan/expression.ts";
import type { Relation } from "../../plan/relation.ts";
import { expressionSql } from "./expressions.ts";
import type { Printer } from "./printer.ts";
import { querySql } from "./queries.ts";

const printer: Printer = {
  expression: (expression) => expressionSql(expression, printer).text,
  operand: (expression) => {
    const { text, atomic } = expressionSql(expression, printer);
    return atomic ? text : `(${text})`;
  },
  query: (relation) => querySql(relation, printer).text,
};

/**
 * The text of a query.
 *
 * @param relation - an unresolved plan
 * @throws UnsupportedError for what SQL text cannot say, by its name
 */
export const printQuery = (relation: Relation): string => printer.query(relation);

/**
 * The text of an expression.
 *
 * @param expression - an unresolved expression
 * @throws UnsupportedError for what SQL text cannot say, by its name
 */
export const printSqlExpression = (expression: Expression): string => printer.expression(expression);
