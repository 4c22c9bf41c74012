/** Parts of JSON texts. */
import { arrayType, intType, stringType } from "../../../types/data-type.ts";
import { partAt } from "./json/path.ts";
import { more, readTokens } from "./json/tokens.ts";
import { writeValue } from "./json/write-value.ts";
import type { KernelDefinition } from "./kernel.ts";

/** The fields of an object by their names: text as it is, other values as JSON. */
function fieldsOf(text: string, names: readonly (string | null)[]): (string | null)[] {
  const none = names.map(() => null);
  const found = readTokens(text, (tokens) => {
    if (tokens.token !== "START_OBJECT") return undefined;
    const values = new Map<string, string>();
    while (more(tokens, "END_OBJECT")) {
      const name = tokens.currentName ?? "";
      const token = tokens.nextToken();
      if (token === "VALUE_NULL" || !names.includes(name)) tokens.skipChildren();
      else values.set(name, token === "VALUE_STRING" ? tokens.text() : writeValue(tokens));
    }
    return names.map((name) => (name === null ? null : (values.get(name) ?? null)));
  });
  return found ?? none;
}

const arrayLength = (text: string): number | undefined =>
  readTokens(text, (tokens) => {
    if (tokens.token !== "START_ARRAY") return undefined;
    let length = 0;
    for (; more(tokens, "END_ARRAY"); length++) tokens.skipChildren();
    return length;
  });

const objectKeys = (text: string): string[] | undefined =>
  readTokens(text, (tokens) => {
    if (tokens.token !== "START_OBJECT") return undefined;
    const keys: string[] = [];
    while (more(tokens, "END_OBJECT")) {
      keys.push(tokens.currentName ?? "");
      tokens.nextToken();
      tokens.skipChildren();
    }
    return keys;
  });

export const jsonKernels = {
  get_json_object: { parameters: [stringType, stringType], result: stringType, call: partAt },
  json_tuple: { parameters: [stringType, arrayType(stringType)], result: arrayType(stringType), call: fieldsOf },
  json_array_length: { parameters: [stringType], result: intType, call: arrayLength },
  json_object_keys: { parameters: [stringType], result: arrayType(stringType), call: objectKeys },
} satisfies Readonly<Record<string, KernelDefinition>>;
