/** Words with a place of their own in the grammar. No word of Spark's SQL is reserved: these end something here. */

/** Words that follow a select item, a table or a condition, and so are no alias without AS. */
export const afterItem: ReadonlySet<string> = new Set([
  ...[
    "FROM",
    "WHERE",
    "GROUP",
    "HAVING",
    "QUALIFY",
    "WINDOW",
    "ORDER",
    "SORT",
    "CLUSTER",
    "DISTRIBUTE",
    "LIMIT",
    "OFFSET",
  ],
  ...["UNION", "EXCEPT", "MINUS", "SETMINUS", "INTERSECT", "LATERAL", "PIVOT", "UNPIVOT", "TABLESAMPLE", "INTO"],
  ...["JOIN", "INNER", "LEFT", "RIGHT", "FULL", "CROSS", "SEMI", "ANTI", "NATURAL", "ON", "USING"],
  ...["WHEN", "THEN", "ELSE", "END", "AND", "OR", "IS", "SELECT", "SET", "FOR", "AS"],
]);

/** Words that no expression begins with, where a missing expression would be read as a column of that name. */
export const noExpression: ReadonlySet<string> = new Set([
  ...["FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "UNION", "EXCEPT", "INTERSECT", "MINUS"],
  ...["WHEN", "THEN", "ELSE", "AND", "OR", "IN", "LIKE", "BETWEEN", "ON", "SELECT", "AS", "BY", "JOIN"],
]);

/** Words that begin a query. */
export const queryStart: ReadonlySet<string> = new Set(["SELECT", "WITH", "VALUES", "FROM", "TABLE", "MAP", "REDUCE"]);

/** Words that go on with a query after a parenthesis. */
export const queryContinuation: ReadonlySet<string> = new Set([
  ...["UNION", "EXCEPT", "MINUS", "SETMINUS", "INTERSECT", "ORDER", "SORT", "CLUSTER", "DISTRIBUTE", "LIMIT", "OFFSET"],
  "WINDOW",
]);
