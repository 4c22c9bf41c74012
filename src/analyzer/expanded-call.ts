/** Calls that Spark reads as other calls, by their form. */

import { AnalysisError, UnsupportedError } from "../errors.ts";
import type { AnalysisSettings } from "../plan/analysis-settings.ts";
import type { Call, Expression } from "../plan/expression.ts";
import { stringType, timestampNtzType } from "../types/data-type.ts";
import { checkSyntax, orderedAggregates } from "./call-syntax.ts";

/** The call that a call stands for; itself mostly. */
export function expandedCall(call: Call, { localTimestamps }: AnalysisSettings): Expression {
  const name = call.name.at(-1)!.toLowerCase();
  checkSyntax(call);
  const least = localTimestamps === true ? makersOfTimestamps[name] : undefined;
  if (least !== undefined && call.arguments.length >= least) return withoutZone(call, name);
  if (name === "decode" && call.arguments.length > 2) return choice(call);
  if (name === "convert_timezone" && call.arguments.length === 2)
    return { ...call, arguments: [called("current_timezone"), ...call.arguments] };
  if (ranks.has(name)) return { ...call, arguments: [] };
  if (name === "mode" && call.withinGroup === undefined && call.distinct !== true) return call;
  return orderedAggregates.has(name) ? withOrderedValue(call, name) : call;
}

/** What makes timestamps with a zone, unless the session wants them without one: from that many arguments on. */
const makersOfTimestamps: Readonly<Record<string, number>> = {
  to_timestamp: 1,
  try_to_timestamp: 1,
  make_timestamp: 6,
  try_make_timestamp: 6,
};

/** A zone that is given has no meaning then, but that it is not null. */
function withoutZone({ arguments: args, ...call }: Call, name: string): Expression {
  if (name === "try_to_timestamp") return triedWithoutZone(args);
  const made: Call = { ...call, name: [`${name}_ntz`], arguments: args.slice(0, 6) };
  const zone = args[6];
  return zone === undefined ? made : called("when", called("isnotnull", zone), made);
}

function triedWithoutZone([input, pattern]: readonly Expression[]): Expression {
  if (input !== undefined && pattern === undefined) return { kind: "cast", input, type: timestampNtzType, mode: "try" };
  throw new UnsupportedError(
    "try_to_timestamp with a pattern is not supported where spark.sql.timestampType is TIMESTAMP_NTZ",
    { hint: "Use to_timestamp_ntz, or try_to_timestamp in a session with TIMESTAMP_LTZ and a cast." },
  );
}

/** `decode(value, search, result, …, otherwise)`: null is equal to null here, and a text where nothing is found. */
function choice({ arguments: [value, ...given] }: Call): Call {
  const rest = given.length % 2 === 1 ? given : [...given, noText];
  const branches = rest.map((argument, index) =>
    index % 2 === 0 && index < rest.length - 1 ? called("<=>", value!, argument) : argument,
  );
  return called("when", ...branches);
}

const noText: Expression = { kind: "literal", type: stringType, value: null };

const called = (name: string, ...args: readonly Expression[]): Call => ({
  kind: "call",
  name: [name],
  arguments: args,
});

/** Spark takes arguments of these, and overwrites them with the order of the window. */
const ranks: ReadonlySet<string> = new Set(["rank", "dense_rank", "percent_rank"]);

function withOrderedValue(call: Call, name: string): Call {
  const orders = call.withinGroup ?? [];
  if (orders.length === 1 && call.distinct !== true)
    return { ...call, arguments: [orders[0]!.input, ...call.arguments] };
  const [condition, sentence] =
    call.distinct === true
      ? ["DISTINCT_UNSUPPORTED", "The function does not support DISTINCT with WITHIN GROUP"]
      : orders.length === 0
        ? ["WITHIN_GROUP_MISSING", "WITHIN GROUP is required for the function"]
        : ["WRONG_NUM_ORDERINGS", `The function requires 1 orderings in WITHIN GROUP but got ${orders.length}`];
  throw new AnalysisError(`Invalid function \`${name}\` with WITHIN GROUP. ${sentence}`, {
    condition: `INVALID_WITHIN_GROUP_EXPRESSION.${condition}`,
    sqlState: "42K0K",
    parameters: { funcName: `\`${name}\`` },
    hint: `Write ${name}(…) WITHIN GROUP (ORDER BY value).`,
  });
}
