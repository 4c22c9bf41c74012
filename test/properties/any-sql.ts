/** SQL text of any shape, made from the grammar: what a parser must read. */
import fc from "fast-check";

type Text = fc.Arbitrary<string>;

const oneOf = (...texts: readonly string[]): Text => fc.constantFrom(...texts);
/** The parts in a row, with spaces between. */
const row = (...parts: readonly (Text | string)[]): Text =>
  fc
    .tuple(...parts.map((part) => (typeof part === "string" ? fc.constant(part) : part)))
    .map((texts) => texts.filter((text) => text !== "").join(" "));
const maybe = (part: Text): Text => fc.oneof(fc.constant(""), part);
const listOf = (part: Text, maxLength = 3): Text =>
  fc.array(part, { minLength: 1, maxLength }).map((texts) => texts.join(", "));

const name = oneOf("a", "b", "`odd name`", "`select`", "Mixed", "date", "left_1");
const path = fc.oneof(
  name,
  row(name, ".", name).map((text) => text.replaceAll(" . ", ".")),
);
const type = oneOf(
  "INT",
  "STRING",
  "DECIMAL(10,2)",
  "ARRAY<INT>",
  "MAP<STRING, BIGINT>",
  "STRUCT<a: INT NOT NULL, `x y`: DATE>",
  "TIMESTAMP_NTZ",
  "INTERVAL DAY TO SECOND",
  "VARIANT",
);
const literal = oneOf(
  ...[
    "1",
    "-1",
    "127Y",
    "-128Y",
    "3S",
    "9223372036854775807",
    "5L",
    "1.50",
    ".5",
    "1e3",
    "-0D",
    "2.5F",
    "1E-3BD",
    "12BD",
    "99999999999999999999",
  ],
  ...[
    "'x'",
    "'it\\'s'",
    "'a\\\\b'",
    "'a\nb'",
    "r'\\d+'",
    "''",
    "NULL",
    "TRUE",
    "false",
    "X'1F'",
    "DATE '2025-02-01'",
    "DATE '-0044-03-15'",
  ],
  ...[
    "TIMESTAMP '2025-02-01 10:20:30.5'",
    "TIMESTAMP '1969-12-31 23:59:59.999999'",
    "TIMESTAMP_NTZ '2025-02-01 00:00:00'",
  ],
  ...[
    "INTERVAL '1' DAY",
    "INTERVAL 3 HOURS",
    "INTERVAL '1-2' YEAR TO MONTH",
    "INTERVAL '1 02:03:04.5' DAY TO SECOND",
    "-INTERVAL '5' MINUTE",
  ],
);
const infix = oneOf(
  "OR",
  "AND",
  "=",
  "<=>",
  "<>",
  "<",
  ">=",
  "|",
  "^",
  "&",
  "<<",
  ">>",
  ">>>",
  "+",
  "-",
  "||",
  "*",
  "/",
  "%",
  "DIV",
);

const { expression, query } = fc.letrec<{ expression: string; query: string }>((tie) => {
  const inner = tie("expression");
  const nested = tie("query");
  const order = row(listOf(row(inner, oneOf("", "ASC", "DESC", "DESC NULLS FIRST", "NULLS LAST")), 2));
  const bound = fc.oneof(
    oneOf("UNBOUNDED PRECEDING", "CURRENT ROW", "2 PRECEDING", "0 PRECEDING", "INTERVAL '1' DAY PRECEDING"),
    row(path, "PRECEDING"),
  );
  const frame = row(
    oneOf("ROWS", "RANGE"),
    fc.oneof(
      bound,
      row("BETWEEN", bound, "AND", oneOf("CURRENT ROW", "UNBOUNDED FOLLOWING", "3 FOLLOWING", "a FOLLOWING")),
    ),
  );
  const window = row(
    "OVER (",
    maybe(row("PARTITION BY", listOf(inner, 2))),
    maybe(row("ORDER BY", order)),
    maybe(frame),
    ")",
  );
  const call = row(
    oneOf("f", "sum", "coalesce", "trim", "my.func", "`odd f`"),
    "(",
    oneOf("", "DISTINCT"),
    listOf(inner),
    ")",
  );
  const expressionText = fc.oneof(
    { maxDepth: 3, depthIdentifier: "sql" },
    fc.oneof(path, literal),
    row(inner, infix, inner),
    row("(", inner, infix, inner, ")"),
    row(oneOf("NOT", "-", "+", "~"), "(", inner, ")"),
    call,
    row("sum(", inner, ")", maybe(row("FILTER (WHERE", inner, ")")), maybe(window)),
    row("listagg(a) WITHIN GROUP (ORDER BY", order, ")"),
    row("first(a)", oneOf("IGNORE NULLS", "RESPECT NULLS"), maybe(window)),
    row(oneOf("CAST", "TRY_CAST"), "(", inner, "AS", type, ")"),
    row("(", inner, ")::", type),
    row("CASE", maybe(inner), "WHEN", inner, "THEN", inner, maybe(row("ELSE", inner)), "END"),
    row("(", inner, oneOf("IS NULL", "IS NOT NULL", "IS TRUE", "IS NOT FALSE", "IS UNKNOWN"), ")"),
    row("(", inner, oneOf("", "NOT"), "BETWEEN (", inner, ") AND (", inner, ") )"),
    row("(", inner, oneOf("", "NOT"), "IN (", listOf(inner), ") )"),
    row("(", inner, oneOf("", "NOT"), "LIKE", oneOf("'a%'", "ALL ('a', 'b')", "ANY ('a', b)", "'x' ESCAPE '!'"), ")"),
    row("( a IS NOT DISTINCT FROM", inner, ")"),
    row("(", inner, ",", inner, ")"),
    row("struct(", inner, "AS x,", inner, ")"),
    row("(", inner, ")[", inner, "]"),
    row("transform(a,", oneOf("x ->", "(x, i) ->"), inner, ")"),
    row("EXTRACT(", oneOf("YEAR", "day"), "FROM", inner, ")"),
    row("TRIM(", oneOf("BOTH", "LEADING", "TRAILING"), inner, "FROM", inner, ")"),
    row("timestampadd(MONTH,", inner, ",", inner, ")"),
    row("f(x =>", inner, ")"),
    row("a:b.c[0]::INT"),
    row("a COLLATE UNICODE_CI"),
    oneOf(":marker"),
    row("(", nested, ")"),
    row("EXISTS (", nested, ")"),
    row("(", inner, "IN (", nested, ") )"),
  );

  const values = row("VALUES", oneOf("(1, 'a'), (2, 'b')", "1, 2", "(1)"));
  const table = fc.oneof(
    oneOf(
      "t",
      "db.t",
      "json.`a/b.json`",
      "t WITH ('k' = 'v')",
      "t VERSION AS OF 3",
      "range(3)",
      "explode(array(1, 2))",
      "t TABLESAMPLE (10 PERCENT) REPEATABLE (7)",
    ),
    row("t", oneOf("AS x", "x", "AS x (a, b)", "AS (a, b)")),
    row("(", values, ") AS v (a, b)"),
    row(values, "AS v (a, b)"),
    row("(", nested, ")", oneOf("", "AS q", "AS q (a)")),
  );
  const joined = row(
    table,
    oneOf("JOIN", "LEFT JOIN", "FULL OUTER JOIN", "LEFT SEMI JOIN", "ANTI JOIN", "CROSS JOIN"),
    table,
    fc.oneof(oneOf("", "USING (a, b)"), row("ON", inner)),
  );
  const source = fc.oneof(
    { maxDepth: 4, depthIdentifier: "sql" },
    table,
    joined,
    row("(", joined, ")"),
    row("(", joined, ") AS j"),
    row(table, ",", table),
    row(table, ", LATERAL (", nested, ") AS l"),
    row(table, "NATURAL JOIN", table),
    row("t", "JOIN u APPROX NEAREST 3 BY DISTANCE", inner),
    row(table, "LATERAL VIEW", oneOf("", "OUTER"), "explode(", inner, ") e AS c"),
    row("t PIVOT (sum(a) FOR b IN ('x', 'y' AS z))"),
    row("t PIVOT (sum(a) AS s, max(b) FOR (b, a) IN ((1, 2), (3, 4))) AS p"),
    row(
      "t UNPIVOT",
      oneOf("", "INCLUDE NULLS"),
      "(",
      oneOf("v FOR n IN (a, b AS x)", "(v, w) FOR n IN ((a, b) AS x, (b, a))"),
      ")",
    ),
  );
  const grouping = fc.oneof(
    listOf(inner, 2),
    oneOf(
      "ALL",
      "ROLLUP (a, b)",
      "CUBE (a, b)",
      "a, b WITH ROLLUP",
      "GROUPING SETS ((a, b), (a), ())",
      "a, ROLLUP (b)",
      "()",
    ),
  );
  const item = fc.oneof(
    row(inner, oneOf("", "AS x", "x", "AS `odd`")),
    oneOf("*", "t.*", "* EXCEPT (a)", "explode(m) AS (k, v)"),
  );
  const select = row(
    "SELECT",
    oneOf("", "DISTINCT", "/*+ BROADCAST(t), REPARTITION(3) */"),
    listOf(item),
    maybe(
      row(
        "FROM",
        source,
        maybe(row("WHERE", inner)),
        maybe(row("GROUP BY", grouping)),
        maybe(row("HAVING", inner)),
        maybe(row("QUALIFY", inner)),
      ),
    ),
  );
  const steps = row(
    "|>",
    fc.oneof(
      row("WHERE", inner),
      row("SELECT", listOf(item, 2)),
      row("EXTEND", inner, "AS e"),
      row("SET a =", inner),
      oneOf("DROP a, b", "AS p"),
      row("AGGREGATE sum(a) AS s", maybe(row("GROUP BY", grouping))),
      row("ORDER BY", order),
      oneOf("LIMIT 3 OFFSET 1"),
      row("JOIN", table, "USING (a)"),
      row("UNION ALL (", nested, ")"),
      oneOf("TABLESAMPLE (5 ROWS)", "DISTRIBUTE BY a", "CLUSTER BY a"),
    ),
  );
  const organized = row(
    maybe(
      fc.oneof(
        row("ORDER BY", order),
        oneOf("ORDER BY ALL DESC", "SORT BY a", "CLUSTER BY a, b", "DISTRIBUTE BY a SORT BY b"),
      ),
    ),
    oneOf("", "LIMIT 5", "LIMIT 5 OFFSET 2", "OFFSET 3", "LIMIT ALL"),
  );
  const queryText = fc.oneof(
    { maxDepth: 3, depthIdentifier: "sql" },
    row(select, organized),
    row(values, organized),
    row(fc.constant("FROM"), source, maybe(row("WHERE", inner)), maybe(steps), maybe(steps)),
    row("TABLE t", maybe(steps), maybe(steps)),
    row(
      "(",
      nested,
      ")",
      oneOf("UNION", "UNION ALL", "UNION ALL BY NAME", "EXCEPT", "INTERSECT ALL", "MINUS"),
      select,
      organized,
    ),
    row("WITH c AS (", nested, "), d (x) AS (", nested, ")", select, "UNION SELECT * FROM c, d", organized),
    row(
      "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5)",
      "SELECT n FROM r",
      maybe(steps),
    ),
  );
  return { expression: expressionText, query: queryText };
});

/** Texts of expressions; some are none. */
export const anySqlExpression: Text = expression;
/** Texts of queries; some are none. */
export const anySqlQuery: Text = query;
