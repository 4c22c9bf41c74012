/** JSON values as variants: Spark's `VariantBuilder` over Jackson's token stream. */
import { numberNode } from "../../../../types/variant-json.ts";
import type { VariantNode } from "../../../../types/variant-node.ts";
import { Malformed } from "../text/malformed.ts";
import { nullNode, objectNode } from "../text/variant-text.ts";
import type { JacksonTokens, JsonToken } from "./jackson-tokens.ts";

/** Words that stand for numbers where the option allows them. */
export const namedNumbers: ReadonlyMap<string, number> = new Map([
  ["NaN", Number.NaN],
  ["+INF", Number.POSITIVE_INFINITY],
  ["+Infinity", Number.POSITIVE_INFINITY],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-INF", Number.NEGATIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
]);

/**
 * The variant of the value that the current token begins.
 *
 * @throws Malformed for what is no value, and for an object that has a name twice
 */
export function variantOf(tokens: JacksonTokens): VariantNode {
  const make = nodes[tokens.token!];
  if (make === undefined) throw new Malformed(`${tokens.token} is no value`);
  return make(tokens);
}

const nodes: { readonly [Token in JsonToken]?: (tokens: JacksonTokens) => VariantNode } = {
  START_OBJECT: (tokens) => {
    const fields: (readonly [string, VariantNode])[] = [];
    while (nextToken(tokens) !== "END_OBJECT") {
      const name = checked(tokens.currentName ?? "");
      nextToken(tokens);
      fields.push([name, variantOf(tokens)]);
    }
    return objectNode(fields);
  },
  START_ARRAY: (tokens) => {
    const elements: VariantNode[] = [];
    while (nextToken(tokens) !== "END_ARRAY") elements.push(variantOf(tokens));
    return { kind: "array", elements };
  },
  VALUE_STRING: (tokens) => ({ kind: "string", value: checked(tokens.text()) }),
  VALUE_NUMBER_INT: (tokens) => numberNode(tokens.text()),
  VALUE_NUMBER_FLOAT: (tokens) => {
    const named = namedNumbers.get(tokens.text());
    return named === undefined ? numberNode(tokens.text()) : { kind: "double", value: named };
  },
  VALUE_TRUE: () => ({ kind: "boolean", value: true }),
  VALUE_FALSE: () => ({ kind: "boolean", value: false }),
  VALUE_NULL: () => nullNode,
};

function nextToken(tokens: JacksonTokens): JsonToken {
  const token = tokens.nextToken();
  if (token === undefined) throw new Malformed("the value has no end");
  return token;
}

function checked(text: string): string {
  if (!text.isWellFormed()) throw new Malformed("a text has half of a character");
  return text;
}
