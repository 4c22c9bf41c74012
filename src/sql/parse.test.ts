import { expect, test } from "vitest";
import { ParseError } from "../errors.ts";
import { printExpression, printPlan } from "../plan/print.ts";
import { parseExpression, parseQuery, splitStatements } from "./parse.ts";

const expressions: readonly (readonly [text: string, plan: string])[] = [
  ["1 + 2 * 3", "'+(1, '*(2, 3))"],
  ["a OR b AND NOT c", "'OR('a, 'AND('b, 'NOT('c)))"],
  ["a = 1 AND b > 2", "'AND('=('a, 1), '>('b, 2))"],
  ["- a * b", "'*('-('a), 'b)"],
  ["2 - -1", "'-(2, -1)"],
  ["a | b ^ c & d", "'|('a, '^('b, '&('c, 'd)))"],
  ["1 << 2 + 3", "'<<(1, '+(2, 3))"],
  ["a >>> 1", "'>>>('a, 1)"],
  ["a BETWEEN 1 AND 2 AND b", "'AND('between('a, 1, 2), 'b)"],
  ["a NOT IN (1, 2)", "'NOT('in('a, 1, 2))"],
  ["a IS NOT DISTINCT FROM b", "'NOT('NOT('<=>('a, 'b)))"],
  ["a.b.c[0].d", "extract value(input: extract value(input: 'a.b.c, extraction: 0), extraction: 'd')"],
  ["x::int + 1", "'+(cast(input: 'x, type: int(), mode: ansi), 1)"],
  ["CASE a WHEN 1 THEN 'x' ELSE 'y' END", "'when('=('a, 1), 'x', 'y')"],
  ["TRIM(LEADING 'x' FROM a)", "'ltrim('a, 'x')"],
  ["POSITION('a' IN b)", "'locate('a', 'b)"],
  ["EXTRACT(YEAR FROM d)", "'extract('YEAR', 'd)"],
  ["count(DISTINCT a, b)", "'count('a, 'b)"],
  ["'a' \"b\" 'it''s'", "'abit\\'s'"],
  ["r'\\n'", "'\\\\n'"],
  ["v:a.b[0]", "'variant_get('v, '$.a.b[0]', 'variant') AS b"],
  ["v:[0]", "'variant_get('v, '$[0]', 'variant')"],
  ["a LIKE ANY ('x', 'y')", "'likeany('a, 'x', 'y')"],
];

test.each(expressions)("%s", (text, plan) => {
  expect(printExpression(parseExpression(text))).toBe(plan);
});

test("INTERSECT binds more tightly than UNION", () => {
  const lines = printPlan(parseQuery("SELECT 1 UNION ALL SELECT 2 INTERSECT SELECT 3")).split("\n");
  expect(lines[0]).toContain("operation=union, all=true");
  expect(lines[3]).toContain("operation=intersect");
});

test.each([
  ["SELECT a,, b", 10, "Expected an expression."],
  ["SELECT (1", 10, "Expected ')'."],
  ["SELECT 'abc", 8, "Close it with another '."],
])("%s is refused at its place", (text, column, hint) => {
  expect(() => parseQuery(text)).toThrow(
    expect.objectContaining({
      condition: "PARSE_SYNTAX_ERROR",
      sqlState: "42601",
      hint,
      context: expect.objectContaining({ column }),
    }),
  );
});

test("nesting that is too deep is refused by its condition", () => {
  const text = `SELECT ${"(1 + ".repeat(50_000)}1${")".repeat(50_000)}`;
  expect(() => parseQuery(text)).toThrow(expect.objectContaining({ condition: "FAILED_TO_PARSE_TOO_COMPLEX" }));
  expect(() => parseQuery("")).toThrow(ParseError);
});

test("programs for rows are refused by name", () => {
  const refusal = { name: "UnsupportedError", message: expect.stringContaining("SELECT TRANSFORM (…) USING") };
  expect(() => parseQuery("SELECT TRANSFORM(a, b) USING 'cat' AS (c) FROM t")).toThrow(
    expect.objectContaining(refusal),
  );
  expect(() => parseQuery("SELECT a USING 'cat' FROM t")).toThrow(ParseError);
  expect(parseQuery("SELECT transform(a, x -> x) FROM t JOIN u USING (a)").kind).toBe("project");
});

test("parentheses around parentheses are read at any depth", () => {
  const within = (text: string) => `${"(".repeat(50_000)}${text}${")".repeat(50_000)}`;
  expect(printExpression(parseExpression(`${within("1")} + ${within("(a) + b")}`))).toBe("'+(1, '+('a, 'b))");
  expect(printExpression(parseExpression(within("a, b")))).toBe("'named_struct('a', 'a, 'b', 'b)");
});

test("statements are split at semicolons outside of texts and comments", () => {
  expect(splitStatements("SELECT ';' ; -- a; b\n ; SELECT /* ; */ 2;")).toEqual(["SELECT ';'", "SELECT /* ; */ 2"]);
});

test("statements before a quote or a comment that is never closed stay apart from the rest", () => {
  expect(splitStatements("SELECT ';'; SELECT 2; SELECT 'it; SELECT 3")).toEqual([
    "SELECT ';'",
    "SELECT 2",
    "SELECT 'it; SELECT 3",
  ]);
  expect(splitStatements("SELECT 1; /* SELECT 2; SELECT 3")).toEqual(["SELECT 1", "/* SELECT 2; SELECT 3"]);
});

test("a script is one statement, semicolons and all", () => {
  const script = "BEGIN IF if(a, b, c) THEN SELECT CASE WHEN x THEN 1 END; END IF; l: LOOP LEAVE l; END LOOP l; END";
  expect(splitStatements(`SELECT begin FROM t; ${script}; SELECT 1 AS end`)).toEqual([
    "SELECT begin FROM t",
    script,
    "SELECT 1 AS end",
  ]);
});
