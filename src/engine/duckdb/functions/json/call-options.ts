/** The options that a call of a JSON function has as its last argument. */
import { UnsupportedError } from "../../../../errors.ts";
import type { ResolvedCall, ResolvedExpression } from "../../../../plan/resolved.ts";

/**
 * The options of a call, by lower-case name.
 *
 * @param index - which argument holds them; it may be missing
 * @throws UnsupportedError when they are no map of constants
 */
export function optionsOf(call: ResolvedCall, index: number): ReadonlyMap<string, string> {
  const argument = call.arguments[index];
  if (argument === undefined) return new Map();
  if (argument.kind !== "call" || argument.name !== "map") throw notConstant(call.name);
  const values = argument.arguments.map(constantText);
  if (values.includes(undefined)) throw notConstant(call.name);
  return new Map(values.flatMap((name, at) => (at % 2 === 0 ? [[name!.toLowerCase(), values[at + 1]!] as const] : [])));
}

const constantText = (expression: ResolvedExpression): string | undefined =>
  expression.kind === "constant" && expression.value !== null ? String(expression.value) : undefined;

const notConstant = (name: string): UnsupportedError =>
  new UnsupportedError(`the options of ${name} must be a map of constants`, {
    hint: 'Write createMap(lit("mode"), lit("FAILFAST")).',
  });
