/** What the prompt of `lakewright sql` completes: keywords, functions, tables and their columns. */
import { functionNames } from "../functions/catalogue.ts";
import type { SparkSession } from "../index.ts";

const keywords: readonly string[] = [
  ...[
    "SELECT",
    "FROM",
    "WHERE",
    "GROUP",
    "BY",
    "HAVING",
    "QUALIFY",
    "WINDOW",
    "ORDER",
    "LIMIT",
    "OFFSET",
    "DISTINCT",
    "ALL",
  ],
  ...[
    "JOIN",
    "INNER",
    "LEFT",
    "RIGHT",
    "FULL",
    "OUTER",
    "CROSS",
    "SEMI",
    "ANTI",
    "NATURAL",
    "LATERAL",
    "VIEW",
    "USING",
    "ON",
  ],
  ...[
    "UNION",
    "INTERSECT",
    "EXCEPT",
    "WITH",
    "RECURSIVE",
    "VALUES",
    "PIVOT",
    "UNPIVOT",
    "TABLESAMPLE",
    "CASE",
    "WHEN",
    "THEN",
  ],
  ...[
    "ELSE",
    "END",
    "AND",
    "OR",
    "NOT",
    "IN",
    "BETWEEN",
    "LIKE",
    "ILIKE",
    "RLIKE",
    "EXISTS",
    "IS",
    "NULL",
    "TRUE",
    "FALSE",
  ],
  ...[
    "CAST",
    "INTERVAL",
    "DATE",
    "TIMESTAMP",
    "OVER",
    "PARTITION",
    "ROWS",
    "RANGE",
    "PRECEDING",
    "FOLLOWING",
    "UNBOUNDED",
  ],
  ...[
    "CREATE",
    "REPLACE",
    "TEMPORARY",
    "TABLE",
    "DROP",
    "ALTER",
    "INSERT",
    "INTO",
    "OVERWRITE",
    "DESCRIBE",
    "SHOW",
    "TABLES",
  ],
  ...["EXPLAIN", "EXTENDED", "SET", "RESET", "USE", "CACHE", "UNCACHE", "FUNCTIONS", "DATABASES", "COLUMNS"],
];

/** Words of the language. */
export const sqlWords = (): readonly string[] => [...keywords, ...functionNames.filter((name) => /^\w+$/.test(name))];

/** The names of tables and views, and of their columns. */
export async function tableWords(spark: SparkSession): Promise<readonly string[]> {
  try {
    const tables = await spark.sql("SHOW TABLES").collect();
    const names = tables.map((table) => String(table.tableName));
    const columns = await Promise.all(
      names.map((name) =>
        spark
          .table(`\`${name}\``)
          .columns()
          .catch(() => []),
      ),
    );
    return [...new Set([...names, ...columns.flat()])];
  } catch {
    return [];
  }
}

/**
 * The words that the end of a line may become, and that end.
 *
 * @param line - what was typed
 * @param words - what there is
 */
export function completionsOf(line: string, words: readonly string[]): [string[], string] {
  const start = /\w*$/.exec(line)![0];
  if (start === "") return [[], start];
  const found = words.filter((word) => word.toLowerCase().startsWith(start.toLowerCase()));
  const isCapital = start === start.toUpperCase();
  const shown = found.map((word) => (keywords.includes(word) && !isCapital ? word.toLowerCase() : word));
  return [[...new Set(shown)].sort(), start];
}
