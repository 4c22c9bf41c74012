/** JSON inside of columns. */
import { UnsupportedError } from "../../../errors.ts";
import type { ResolvedExpression } from "../../../plan/resolved.ts";
import { jsonOptions } from "../formats/json/json-options.ts";
import { text as quoted } from "../sql-text.ts";
import { jsonText } from "../write/json-text.ts";
import { fromJson } from "./json/from-json.ts";
import { schemaOfJson } from "./json/schema-of-json.ts";
import type { Lowering, LoweringContext, Lowerings } from "./lowering.ts";

const toJson: Lowering = ([value], context) => {
  const options = optionsOf(context, 1);
  const temporal = {
    date: options.get("dateformat"),
    timestamp: options.get("timestampformat"),
    localTimestamp: options.get("timestampntzformat"),
    zone: options.get("timezone") ?? context.timeZone,
    kernel: context.kernel,
  };
  return jsonText(value!, context.types[0]!, {
    temporal,
    ignoreNulls: options.get("ignorenullfields") !== "false",
    context,
  });
};

const parsed: Lowering = ([text], context) => fromJson(text!, optionsOf(context, 2), context);

/** The options of a call: a map of constants. */
function optionsOf({ call }: LoweringContext, index: number): ReadonlyMap<string, string> {
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

/** A kernel of the same name: DuckDB keeps numbers as they are written, which Spark writes anew. */
const ownKernel =
  (name: string): Lowering =>
  (args, { kernel }) =>
    kernel(name, args);

export const jsonLowerings = {
  from_json: parsed,
  to_json: toJson,
  get_json_object: ownKernel("get_json_object"),
  json_array_length: ownKernel("json_array_length"),
  json_object_keys: ownKernel("json_object_keys"),
  schema_of_json: (_args, context) =>
    quoted(schemaOfJson(String(context.constant(0)), jsonOptions(optionsOf(context, 1), context.timeZone))),
} satisfies Lowerings<Omit<typeof import("../../../functions/json.ts"), "jsonTuple">>;
