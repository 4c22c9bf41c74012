import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { isLakewrightError, SparkSession } from "../../src/index.ts";
import { parseQuery, parseStatement, splitStatements } from "../../src/sql/parse.ts";

const spark = SparkSession.create({ "lakewright.recordOrigins": false });
afterAll(() => spark.stop());

const words = [
  ...[
    "SELECT",
    "FROM",
    "WHERE",
    "GROUP BY",
    "ORDER BY",
    "HAVING",
    "JOIN",
    "ON",
    "USING",
    "WITH",
    "AS",
    "VALUES",
    "UNION",
  ],
  ...["LIMIT", "CASE", "WHEN", "THEN", "END", "CAST", "INTERVAL", "DATE", "OVER", "PARTITION BY", "IN", "NOT", "LIKE"],
  ...["BETWEEN", "AND", "OR", "IS", "NULL", "EXISTS", "LATERAL", "VIEW", "PIVOT", "UNPIVOT", "FOR", "TABLE", "STRUCT"],
  ...[
    "EXCEPT",
    "|>",
    "AGGREGATE",
    "CREATE",
    "TEMPORARY",
    "DROP",
    "EXPLAIN",
    "TRIM",
    "EXTRACT",
    "/*+",
    "*/",
    "->",
    "=>",
  ],
  ...[
    "a",
    "t.b",
    "`c d`",
    "1",
    "1.5",
    "1e3",
    "2L",
    "'x'",
    '"y"',
    "r'z'",
    "(",
    ")",
    "[",
    "]",
    "<",
    ">",
    ",",
    ".",
    "*",
    "+",
  ],
  ...["-", "/", "%", "=", "<>", "::", ":", ":p", "?", ";", "||", "--", "/*", "'", "`", "\n", "array<int>", "$$"],
];

/** What parsing gives: a plan, or one of our own errors. */
function outcome(text: string): unknown {
  try {
    return parseStatement(text);
  } catch (error) {
    if (isLakewrightError(error) && error.name !== "InternalError") return error;
    throw error;
  }
}

test("any sequence of words and signs is parsed or refused", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...words), { maxLength: 25 }), (parts) => {
      expect(outcome(parts.join(" "))).toBeDefined();
    }),
    { numRuns: 3000 },
  );
});

test("any text is parsed or refused", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => outcome(text) !== undefined),
    { numRuns: 1000 },
  );
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) =>
      splitStatements(text).every((statement) => statement.trim() !== ""),
    ),
  );
});

test("a valid query with a piece cut out or doubled is parsed or refused", () => {
  const query =
    "WITH c AS (SELECT a, sum(b) OVER (PARTITION BY a ORDER BY b ROWS 2 PRECEDING) s FROM t WHERE a IN (1, 2) AND b LIKE 'x%') " +
    "SELECT c.*, CASE WHEN s > 1 THEN INTERVAL '1' DAY ELSE NULL END FROM c LEFT JOIN d USING (a) ORDER BY s DESC LIMIT 3";
  fc.assert(
    fc.property(fc.nat(query.length), fc.nat(30), fc.boolean(), (start, length, doubled) => {
      const end = Math.min(query.length, start + length);
      return outcome(query.slice(0, doubled ? end : start) + query.slice(doubled ? start : end)) !== undefined;
    }),
  );
});

test.each([
  ["sums", `SELECT ${"(1 + ".repeat(5000)}1${")".repeat(5000)}`],
  ["parentheses that are never closed", "(".repeat(200_000)],
  ["calls", `SELECT ${"abs(".repeat(5000)}1${")".repeat(5000)}`],
  ["queries", `${"SELECT * FROM (".repeat(5000)}SELECT 1${")".repeat(5000)}`],
])("5,000 nested %s are refused by their condition", (_, text) => {
  expect(() => parseQuery(text)).toThrow(expect.objectContaining({ name: "ParseError" }));
});

test("long expressions are parsed", () => {
  for (const text of [`SELECT ${"1 + ".repeat(50_000)}1`, `SELECT a IN (${"123456, ".repeat(100_000)}1)`]) {
    expect(parseQuery(text).kind).toBe("project");
  }
});

test("what is too deep to analyse is refused by its condition", async () => {
  const deep = spark.sql(`SELECT ${"1 + ".repeat(50_000)}1`);
  await expect(deep.collect()).rejects.toMatchObject({ condition: "FAILED_TO_PARSE_TOO_COMPLEX", sqlState: "54001" });
});

test("whatever is bound comes back as it is", async () => {
  const attacks = ["'", "\\'", "'; DROP VIEW x; --", "$x", ":a", "?", "/*", "\u0000", "\uE000", "`", "\\"];
  const values = await Promise.all(attacks.map((attack) => spark.sql`SELECT ${attack} AS v`.collect()));
  expect(values.map(([row]) => row!.v)).toEqual(attacks);
  const marked = await Promise.all(attacks.map((attack) => spark.sql("SELECT :v AS v", { v: attack }).collect()));
  expect(marked.map(([row]) => row!.v)).toEqual(attacks);
});
