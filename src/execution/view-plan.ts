/** The plan of a view that lasts. */
import type { KeptColumns } from "../analyzer/context.ts";
import { catalogName, shownWhole } from "../catalogue/errors.ts";
import type { ViewObject } from "../catalogue/objects.ts";
import { keptOptions, sqlParser } from "../functions/parsers.ts";
import type { Expression } from "../plan/expression.ts";
import type { Relation } from "../plan/relation.ts";
import { notedText } from "../types/bounded-text.ts";

/** The query that a text is in a view, whose texts have the collation of the view, under the settings that it was made with. */
export const viewQuery = (text: string, view: Pick<ViewObject, "collation" | "settings">) =>
  sqlParser().query(text, keptOptions(view));

/**
 * The query of a view, read anew, giving the columns that the view had when it was made: by name, cast to their types
 * unless these may evolve. What its tables have got since does not show, unless all of the view may evolve.
 *
 * @throws ParseError when the text is no query any more
 */
export function viewPlan(view: ViewObject): Relation {
  const { text, schema, queryColumns, schemaMode } = view;
  const query = viewQuery(text, view);
  if (schemaMode === "evolution") return query;
  const isDouble = hasDoubles(queryColumns);
  const places = queryColumns.map((_, index) => `column ${index}`);
  // Columns of one name can be told apart by their places only.
  const input: Relation = isDouble ? { kind: "to columns", input: query, names: places } : query;
  const expressions = schema.fields.map((field, index): Expression => {
    const { name, type, metadata } = notedText(field);
    const column: Expression = { kind: "attribute", name: [isDouble ? places[index]! : queryColumns[index]!] };
    const input: Expression =
      schemaMode === "type evolution" ? column : { kind: "cast", input: column, type, mode: "ansi" };
    return { kind: "alias", input, names: [name], ...(metadata === undefined ? {} : { metadata }) };
  });
  return { kind: "project", input, expressions };
}

const hasDoubles = (names: readonly string[]): boolean =>
  new Set(names.map((name) => name.toLowerCase())).size < names.length;

/** What a view asks of the columns that its query has now: nothing where all of it may evolve, no names where they tell no columns apart. */
export function keptColumns(view: ViewObject): KeptColumns | undefined {
  const { queryColumns: columns, schemaMode, schema } = view;
  if (schemaMode === "evolution") return undefined;
  if (hasDoubles(columns)) return { view: shownWhole(view), remake: remakeText(view), columns: [] };
  const types = schemaMode === "binding" ? { types: schema.fields.map(({ type }) => type) } : {};
  return { view: shownWhole(view), remake: remakeText(view), columns, ...types };
}

function remakeText({ namespace, name, queryColumns, schema, text }: ViewObject): string {
  const own = schema.fields.map((field) => field.name);
  const named = own.every((column, index) => column === queryColumns[index]) ? "" : ` (${own.join(", ")})`;
  return `CREATE OR REPLACE VIEW ${catalogName}.${namespace}.${name}${named} AS ${text}`;
}
