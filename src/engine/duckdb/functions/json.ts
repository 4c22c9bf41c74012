/** JSON inside of columns. */
import { stringType } from "../../../types/data-type.ts";
import { jsonOptions } from "../formats/json/json-options.ts";
import { flag } from "../formats/text/options.ts";
import { laidOut } from "../kernels/json/layout.ts";
import { kernelOf } from "../kernels/kernel.ts";
import { text as quoted } from "../sql-text.ts";
import { jsonObject, jsonText } from "../write/json-text.ts";
import { optionsOf } from "./json/call-options.ts";
import { fromJson } from "./json/from-json.ts";
import { schemaOfJson } from "./json/schema-of-json.ts";
import type { Lowering, LoweringContext, Lowerings } from "./lowering.ts";

/** The text in the layout that the options ask for; a variant is written as it is, as in Spark. */
function inLayout(json: string, options: ReadonlyMap<string, string>, context: LoweringContext): string {
  const layout = { sortKeys: flag(options, "sortKeys"), pretty: flag(options, "pretty") };
  if ((!layout.sortKeys && !layout.pretty) || context.types[0]?.kind === "variant") return json;
  const call = (text: string): string => laidOut(text, layout);
  return context.bind(kernelOf("to_json", { parameters: [stringType], result: stringType, call }))(json);
}

const toJson: Lowering = ([given], context) => {
  const options = optionsOf(context.call, 1);
  const temporal = {
    date: options.get("dateformat"),
    timestamp: options.get("timestampformat"),
    localTimestamp: options.get("timestampntzformat"),
    zone: options.get("timezone") ?? context.timeZone,
    kernel: context.kernel,
  };
  const style = { temporal, ignoreNulls: options.get("ignorenullfields") !== "false", context };
  const [value] = context.call.arguments;
  const members = value?.kind === "struct" && value.fields.every(({ kind }) => kind === "column") ? value : undefined;
  if (members?.type.kind !== "struct") return inLayout(jsonText(given!, context.types[0]!, style), options, context);
  // What is a struct for this call only need not be made.
  const { fields } = members.type;
  const written = members.fields.map((field, index) => ({ value: context.compile(field), field: fields[index]! }));
  return inLayout(jsonObject(written, style), options, context);
};

const parsed: Lowering = ([text], context) => fromJson(text!, context);

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
    quoted(schemaOfJson(String(context.constant(0)), jsonOptions(optionsOf(context.call, 1), context.timeZone))),
} satisfies Lowerings<Omit<typeof import("../../../functions/json.ts"), "jsonTuple">>;
