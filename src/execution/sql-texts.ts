/** Reading SQL text: of persistent views, of SQL functions, of defaults of columns. */
import { UnsupportedError } from "../errors.ts";
import type { Expression } from "../plan/expression.ts";
import type { Relation } from "../plan/relation.ts";

/** The front end that reads SQL text; bound where sessions are made. */
export interface SqlTexts {
  /** @throws ParseError when the text is no query */
  query(text: string): Relation;
  /** @throws ParseError when the text is no expression */
  expression(text: string): Expression;
}

const refused = (): never => {
  throw new UnsupportedError("SQL text cannot be read by this session", {
    hint: "Make sessions with the SparkSession of the package, which reads SQL text.",
  });
};

/** For sessions without a front end for SQL. */
export const noSqlTexts: SqlTexts = { query: refused, expression: refused };
