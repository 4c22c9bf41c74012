/** JSON inside of columns. */
import { jsonOptions } from "../formats/json/json-options.ts";
import { forInference } from "../formats/text/options.ts";
import { text as quoted } from "../sql-text.ts";
import { jsonLayout } from "../write/json-layout.ts";
import { jsonObject, jsonText } from "../write/json-text.ts";
import { temporalStyle } from "../write/temporal-text.ts";
import { optionsOf } from "./json/call-options.ts";
import { fromJson } from "./json/from-json.ts";
import { schemaOfJson } from "./json/schema-of-json.ts";
import type { Lowering, Lowerings } from "./lowering.ts";

const toJson: Lowering = ([given], context) => {
  const options = optionsOf(context.call, 1);
  const style = {
    temporal: temporalStyle(options, context),
    ignoreNulls: options.get("ignorenullfields") !== "false",
    context,
  };
  const [value] = context.call.arguments;
  const members = value?.kind === "struct" && value.fields.every(({ kind }) => kind === "column") ? value : undefined;
  const layout = jsonLayout(options, context.types[0]!, context);
  if (members?.type.kind !== "struct") return layout(jsonText(given!, context.types[0]!, style));
  // What is a struct for this call only need not be made.
  const { fields } = members.type;
  const written = members.fields.map((field, index) => ({ value: context.compile(field), field: fields[index]! }));
  return layout(jsonObject(written, style));
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
    quoted(
      schemaOfJson(
        String(context.constant(0)),
        jsonOptions(forInference(optionsOf(context.call, 1)), context.timeZone),
      ),
    ),
} satisfies Lowerings<Omit<typeof import("../../../functions/json.ts"), "jsonTuple">>;
