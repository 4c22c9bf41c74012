/** Aliases that a select list uses itself: `SELECT a + 1 AS b, b * 2`. */
import { UnsupportedError } from "../errors.ts";
import type { Attribute } from "../plan/expression.ts";
import type { ResolvedExpression } from "../plan/resolved.ts";
import type { ExpressionContext } from "./expression-context.ts";
import { fieldPath } from "./field-access.ts";
import { isRandom } from "./random-values.ts";

/**
 * What an alias earlier in the same select list stands for.
 *
 * @throws UnsupportedError where the value is another each time that it is computed
 */
export function lateralAlias(
  attribute: Attribute,
  { aliases, analysis }: ExpressionContext,
): ResolvedExpression | undefined {
  const [name, ...fields] = attribute.name as readonly [string, ...string[]];
  const aliased = aliases?.get(name.toLowerCase());
  if (aliased === undefined) return undefined;
  if (isRandom(aliased)) {
    throw new UnsupportedError(
      `the alias ${name}, whose value is another each time, cannot be used in the same SELECT`,
      {
        hint: "Compute it in a query of its own, in FROM or WITH.",
      },
    );
  }
  analysis.resolutions.lateral.add(attribute);
  return fieldPath(aliased, name, fields, analysis.sameName);
}
