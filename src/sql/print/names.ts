/** Names as SQL text needs them: in back-ticks where they could be read as a word of the language. */
import { quoted, quotedIfNeeded } from "../../types/identifier.ts";
import { afterItem, noExpression, queryStart } from "../keywords.ts";

const reserved: ReadonlySet<string> = new Set([
  ...afterItem,
  ...noExpression,
  ...queryStart,
  ...["NULL", "TRUE", "FALSE", "CASE", "INTERVAL", "EXISTS", "NOT", "DISTINCT", "ALL", "ANY", "SOME", "DIV", "COLLATE"],
  ...[
    "STREAM",
    "IDENTIFIER",
    "RLIKE",
    "REGEXP",
    "ILIKE",
    "ROLLUP",
    "CUBE",
    "GROUPING",
    "OVER",
    "FILTER",
    "WITHIN",
    "IGNORE",
  ],
  ...["RESPECT", "PARTITION", "ROWS", "RANGE", "UNBOUNDED", "CURRENT", "APPROX", "EXACT", "INSERT", "DO", "RECURSIVE"],
]);

/** A name of one part. */
export const nameText = (name: string): string =>
  reserved.has(name.toUpperCase()) ? quoted(name) : quotedIfNeeded(name);

/** A name with a part a dot. */
export const pathText = (parts: readonly string[]): string => parts.map(nameText).join(".");

/** Names in parentheses. */
export const namesText = (names: readonly string[]): string => `(${names.map(nameText).join(", ")})`;
