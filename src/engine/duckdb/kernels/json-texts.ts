/** Parts of JSON texts. */
import { arrayType, booleanType, intType, stringType } from "../../../types/data-type.ts";
import { more } from "../formats/json/jackson-tokens.ts";
import { writeValue } from "../formats/json/json-copy.ts";
import { laidOut } from "./json/layout.ts";
import { partAt } from "./json/path.ts";
import { readTokens } from "./json/tokens.ts";
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

const asciiOnly = (text: string): string =>
  text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`);

export const jsonKernels = {
  json_layout: {
    parameters: [stringType, booleanType, booleanType],
    result: stringType,
    call: (text: string, sortKeys: boolean, pretty: boolean) => laidOut(text, { sortKeys, pretty }),
  },
  ascii_json: { parameters: [stringType], result: stringType, call: asciiOnly },
  get_json_object: { parameters: [stringType, stringType], result: stringType, call: partAt },
  json_tuple: { parameters: [stringType, arrayType(stringType)], result: arrayType(stringType), call: fieldsOf },
  json_array_length: { parameters: [stringType], result: intType, call: arrayLength },
  json_object_keys: { parameters: [stringType], result: arrayType(stringType), call: objectKeys },
} satisfies Readonly<Record<string, KernelDefinition>>;
