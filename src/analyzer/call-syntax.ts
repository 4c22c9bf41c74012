/** What may be written around the arguments of a function. */
import { AnalysisError } from "../errors.ts";
import { lookupFunction } from "../functions/catalogue.ts";
import type { Call } from "../plan/expression.ts";

/** Aggregates of the value that WITHIN GROUP orders by. */
export const orderedAggregates: ReadonlySet<string> = new Set(["percentile_cont", "percentile_disc", "mode"]);

/** Aggregates that may be called with WITHIN GROUP. */
const takesOrder: ReadonlySet<string> = new Set([...orderedAggregates, "listagg", "string_agg"]);

/**
 * Refuses DISTINCT, FILTER, IGNORE NULLS and WITHIN GROUP where a function has no use for them.
 *
 * @param call - of a function of the catalogue, or of any other, which is left to what knows it
 * @throws AnalysisError `INVALID_SQL_SYNTAX.FUNCTION_WITH_UNSUPPORTED_SYNTAX`
 */
export function checkSyntax(call: Call): void {
  const name = call.name.at(-1)!.toLowerCase();
  if (call.withinGroup !== undefined && !takesOrder.has(name)) throw unsupported(name, "WITHIN GROUP (ORDER BY ...)");
  const kind = lookupFunction(name)?.class ?? "aggregate";
  if (kind === "aggregate") return;
  if (call.distinct === true) throw unsupported(name, "DISTINCT");
  if (call.filter !== undefined) throw unsupported(name, "FILTER CLAUSE");
  if (call.ignoreNulls === true && kind !== "window") throw unsupported(name, "IGNORE NULLS");
}

const unsupported = (name: string, syntax: string): AnalysisError =>
  new AnalysisError(`Invalid SQL syntax: The function \`${name}\` does not support ${syntax}`, {
    condition: "INVALID_SQL_SYNTAX.FUNCTION_WITH_UNSUPPORTED_SYNTAX",
    sqlState: "42000",
    parameters: { prettyName: `\`${name}\``, syntax },
    hint: `Leave ${syntax.replace(/ (?:CLAUSE|\(.*)$/, "")} out.`,
  });
