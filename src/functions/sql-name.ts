/** Names inside templates of SQL text. */
import { nameParts } from "./column-name.ts";
import { SqlName } from "./parsers.ts";

/**
 * A name for a template of SQL text, where a plain string would be a value: of a table, a column, a field.
 *
 * @param name - the name; parts are parted by dots, and a part with a dot stands in back-ticks
 * @throws AnalysisError `INVALID_ATTRIBUTE_NAME_SYNTAX` when back-ticks do not match
 * @example
 * ```ts
 * spark.sql`SELECT ${ident("unit price")} FROM ${ident("shop.sales")}`;
 * ```
 */
export const ident = (name: string): SqlName => new SqlName(nameParts(name));
