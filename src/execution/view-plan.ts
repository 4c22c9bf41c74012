/** The plan of a view that lasts. */
import type { ViewObject } from "../catalogue/objects.ts";
import { sqlOptions, sqlParser } from "../functions/parsers.ts";
import type { Expression } from "../plan/expression.ts";
import type { Relation } from "../plan/relation.ts";
import { notedText } from "../types/bounded-text.ts";
import { textType } from "../types/collation.ts";

/** The query that a text is in a view, whose texts have the collation of the view, under the settings that it was made with. */
export const viewQuery = (text: string, { collation, settings = {} }: Pick<ViewObject, "collation" | "settings">) =>
  sqlParser().query(text, {
    ...sqlOptions((key, byDefault) => settings[key] ?? byDefault),
    stringType: textType(collation),
  });

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
  const names = queryColumns.map((name) => name.toLowerCase());
  const isDouble = new Set(names).size < names.length;
  const places = names.map((_, index) => `column ${index}`);
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
