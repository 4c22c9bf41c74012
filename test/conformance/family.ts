/** The family of a function, as the modules of functions group them. */
import { type CatalogueEntry, families, lookupFunction } from "../../src/functions/catalogue.ts";
import { refusedFunctions } from "../../src/functions/refused.ts";

const byName: ReadonlyMap<string, string> = new Map(
  Object.entries(families).flatMap(([family, functions]) =>
    Object.values(functions as Readonly<Record<string, CatalogueEntry>>).flatMap(({ definition }) =>
      [definition.name, ...definition.aliases].map((name) => [name.toLowerCase(), family] as const),
    ),
  ),
);

/**
 * The family of a function of Spark.
 *
 * @param name - its SQL name, or an operator
 */
export function familyOf(name: string): string {
  const family = byName.get(name.toLowerCase());
  if (family !== undefined) return family;
  if (refusedFunctions.has(name.toLowerCase())) return "refused by name";
  return lookupFunction(name) === undefined && /^\w+$/.test(name) ? "other" : "operator";
}

/** The family of the first function that a statement calls. */
export const familyOfStatement = (sql: string): string => familyOf(/(\w+)\(/.exec(sql)?.[1] ?? "=");
