/** The examples in the documentation of functions: `@example abs(lit(-2)) // 2`. */
import { readFileSync } from "node:fs";
import * as functions from "../../src/functions/index.ts";
import type { Expression } from "../../src/plan/expression.ts";
import { sqlOf } from "./expression-sql.ts";

export interface Example {
  readonly family: string;
  readonly code: string;
  readonly output: string;
  /** A query with one column, the example's value. */
  readonly sql: string;
  readonly expression: Expression;
}

const names = [
  "aggregate",
  "collection",
  "conditional",
  "csv",
  "date",
  "format",
  "higher-order",
  "json",
  "math",
  "misc",
  "predicate",
  "ranking",
  "theta-sketch",
  "tuple-sketch",
  "kll-sketch",
  "hll-sketch",
  "summary",
  "spatial",
  "string",
  "time-window",
  "variant",
  "vector",
  "xml",
];
const rows = "VALUES ('a', 1), ('b', 2), ('b', 2), (NULL, NULL) AS rows(word, n)";

/** All examples of all families. */
export const examples = (): readonly Example[] => names.flatMap(examplesOf);

function examplesOf(family: string): readonly Example[] {
  const source = readFileSync(new URL(`../../src/functions/${family}.ts`, import.meta.url), "utf8");
  return [...source.matchAll(/@example (.+?) \/\/ ?(.*)$/gm)].map(([, code, output]) => {
    const expression = evaluated(code!);
    // The parameters of lambdas are numbered by the process.
    const sql = query(sqlOf(expression).replace(/\b([xyz])_\d+/g, "$1"));
    return { family, code: code!, output: output!, sql, expression };
  });
}

function query(value: string): string {
  const from = /\b(word|n)\b|\*/.test(value.replaceAll(/'[^']*'/g, "")) ? ` FROM ${rows}` : "";
  return `SELECT ${value} AS value${from}`;
}

function evaluated(code: string): Expression {
  const scope = Object.entries(functions);
  const make = new Function(...scope.map(([name]) => name), `return ${code};`);
  return make(...scope.map(([, value]) => value)).expression;
}
