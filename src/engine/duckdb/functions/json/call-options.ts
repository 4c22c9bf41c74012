/** The options that a call of a JSON function has as its last argument. */
import { AnalysisError, UnsupportedError } from "../../../../errors.ts";
import type { ResolvedCall, ResolvedExpression } from "../../../../plan/resolved.ts";
import { type Options, type ParseMode, withTimeParser } from "../../formats/text/options.ts";

/**
 * The options of a call, by lower-case name.
 *
 * @param index - which argument holds them; it may be missing
 * @throws UnsupportedError when they are no map of constants
 */
export const optionsOf = (call: ResolvedCall, index: number): Options =>
  withTimeParser(givenOptions(call, index), call.timeParser);

function givenOptions(call: ResolvedCall, index: number): Options {
  const argument = call.arguments[index];
  if (argument === undefined) return new Map();
  if (argument.kind !== "call" || argument.name !== "map") throw notConstant(call.name);
  const values = argument.arguments.map(constantText);
  if (values.includes(undefined)) throw notConstant(call.name);
  return new Map(values.flatMap((name, at) => (at % 2 === 0 ? [[name!.toLowerCase(), values[at + 1]!] as const] : [])));
}

const constantText = (expression: ResolvedExpression): string | undefined =>
  expression.kind === "constant" && expression.value !== null ? String(expression.value) : undefined;

/** Spark has no better name for this condition. */
const notConstant = (name: string): UnsupportedError =>
  new UnsupportedError(`the options of ${name} must be a map of constants`, {
    condition: "INTERNAL_ERROR",
    sqlState: "XX000",
    hint: 'Write createMap(lit("mode"), lit("FAILFAST")).',
  });

/** A mode in which records vanish, which a function of one value cannot have. */
export const modeUnsupported = (name: string, mode: ParseMode): AnalysisError =>
  new AnalysisError(`The function \`${name}\` doesn't support the ${mode} mode`, {
    condition: "PARSE_MODE_UNSUPPORTED",
    sqlState: "42601",
    parameters: { funcName: `\`${name}\``, mode },
    hint: "Use PERMISSIVE or FAILFAST.",
  });
