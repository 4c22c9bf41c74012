/** JSON inside of columns. */
import { UnsupportedError } from "../../../errors.ts";
import type { ResolvedExpression } from "../../../plan/resolved.ts";
import { text as quoted } from "../sql-text.ts";
import { jsonText } from "../write/json-text.ts";
import { type Lowering, type LoweringContext, type Lowerings, unsupported } from "./lowering.ts";
import { fromJson } from "./json/from-json.ts";

const toJson: Lowering = ([value], context) => {
  const options = optionsOf(context, 1);
  const temporal = {
    date: options.get("dateformat"),
    timestamp: options.get("timestampformat"),
    localTimestamp: options.get("timestampntzformat"),
    zone: options.get("timezone") ?? context.timeZone,
    kernel: context.kernel,
  };
  return jsonText(value!, context.types[0]!, { temporal, ignoreNulls: options.get("ignorenullfields") !== "false", context });
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
  new UnsupportedError(`the options of ${name} must be a map of constants`, { hint: 'Write createMap(lit("mode"), lit("FAILFAST")).' });

/** SQL over a text that is a JSON value of a kind; null for all other texts. */
const ofKind = (text: string, kind: string, sql: string): string => `CASE WHEN json_valid(${text}) AND json_type(${text}) = '${kind}' THEN ${sql} END`;

const simplePath = /^\$(?:\.[A-Za-z_]\w*|\[\d+\]|\['[^'"]+'\])*$/;

const part: Lowering = ([text], context) => {
  const path = context.constant(1);
  if (typeof path !== "string" || !simplePath.test(path)) {
    throw new UnsupportedError("get_json_object takes only constant paths of names and positions here", { hint: "Parse the text with from_json for anything else." });
  }
  const own = path.replace(/\['([^']+)'\]/g, '."$1"');
  return `CASE WHEN json_valid(${text}) THEN json_extract_string(${text}, ${quoted(own)}) END`;
};

export const jsonLowerings = {
  from_json: parsed,
  to_json: toJson,
  get_json_object: part,
  json_array_length: ([text]) => ofKind(text!, "ARRAY", `json_array_length(${text})::INTEGER`),
  json_object_keys: ([text]) => ofKind(text!, "OBJECT", `json_keys(${text})`),
  json_tuple: unsupported("json_tuple", "use get_json_object for each field"),
  schema_of_json: unsupported("schema_of_json", "read a file of such records to infer their schema"),
} satisfies Lowerings<typeof import("../../../functions/json.ts")>;
