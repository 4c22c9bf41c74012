/** The value at a token, written as Jackson copies it: without white space, numbers anew. */
import { doubleText } from "../../../../types/number-text.ts";
import { type JacksonTokens, type JsonToken, more } from "./jackson-tokens.ts";
import { namedNumbers } from "./json-variant.ts";

/** A text between quotes. */
export const quotedText = (value: string): string =>
  JSON.stringify(value).replace(/\\u00[0-9a-f]{2}/g, (escape) => `\\u${escape.slice(2).toUpperCase()}`);

function fraction(text: string): string {
  const value = namedNumbers.get(text) ?? Number(text);
  return Number.isFinite(value) ? doubleText(value) : `"${doubleText(value)}"`;
}

const writers: Partial<Record<JsonToken, (tokens: JacksonTokens) => string>> = {
  VALUE_STRING: (tokens) => quotedText(tokens.text()),
  VALUE_NUMBER_INT: (tokens) => String(BigInt(tokens.text())),
  VALUE_NUMBER_FLOAT: (tokens) => fraction(tokens.text()),
  VALUE_TRUE: () => "true",
  VALUE_FALSE: () => "false",
  VALUE_NULL: () => "null",
  START_ARRAY: (tokens) => {
    const parts: string[] = [];
    while (more(tokens, "END_ARRAY")) parts.push(writeValue(tokens));
    return `[${parts.join(",")}]`;
  },
  START_OBJECT: (tokens) => {
    const parts: string[] = [];
    while (more(tokens, "END_OBJECT")) {
      const name = quotedText(tokens.currentName ?? "");
      tokens.nextToken();
      parts.push(`${name}:${writeValue(tokens)}`);
    }
    return `{${parts.join(",")}}`;
  },
};

/** The text of the value at the current token, which is read to its end. */
export const writeValue = (tokens: JacksonTokens): string => writers[tokens.token!]?.(tokens) ?? "";
