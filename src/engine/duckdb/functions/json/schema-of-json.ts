/** `schema_of_json`: known when the query is compiled, since its text is a constant. */
import { ExecutionError } from "../../../../errors.ts";
import { arrayType, type DataType, stringType, structType } from "../../../../types/data-type.ts";
import { sqlName } from "../../../../types/type-name.ts";
import { JacksonTokens } from "../../formats/json/jackson-tokens.ts";
import type { JsonOptions } from "../../formats/json/json-options.ts";
import { canonicalType, typeOfValue } from "../../formats/json/json-types.ts";

/**
 * The type of a JSON text as SQL writes it.
 *
 * @param text - the text
 * @param options - of the JSON source
 * @throws ExecutionError for a malformed text
 */
export function schemaOfJson(text: string, options: JsonOptions): string {
  const bytes = new TextEncoder().encode(text);
  const tokens = new JacksonTokens(options.features);
  tokens.open(bytes, 0, bytes.length);
  try {
    tokens.nextToken();
    return sqlName(settled(typeOfValue(tokens, options), options.dropFieldIfAllNull));
  } catch (error) {
    // What the tokens throw for a malformed text is no Error.
    if (error instanceof Error) throw error;
    throw new ExecutionError(`The text is no JSON: ${text}`, {
      hint: "Give schema_of_json a sample that is well formed.",
    });
  }
}

function settled(type: DataType, dropsNulls: boolean): DataType {
  const known = canonicalType(type, dropsNulls);
  if (known !== undefined) return known;
  if (type.kind === "struct") return structType([]);
  return type.kind === "array" && type.element.kind === "struct" ? arrayType(structType([])) : stringType;
}
