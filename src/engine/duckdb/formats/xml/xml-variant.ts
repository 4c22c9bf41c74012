/** Elements as variants. */
import type { VariantBinary, VariantNode } from "../../../../types/variant-node.ts";
import { javaTrimmed } from "../temporal-text.ts";
import { booleanNode, decimalNode, longNode, nullNode, storedVariant } from "../text/variant-text.ts";
import type { XmlElement } from "./xml-elements.ts";
import { isWhiteSpace, keyOf, partsOf, type XmlPart } from "./xml-names.ts";
import type { XmlOptions } from "./xml-options.ts";

/** The variant of an element: an object of its parts, or its first text where it has nothing but texts. */
export const variantOf = (element: XmlElement, options: XmlOptions): VariantBinary =>
  storedVariant(nodeOf(element, options));

/** The variant of an attribute or a text. */
export const variantOfText = (text: string, options: XmlOptions): VariantBinary =>
  storedVariant(textNode(text, options));

function nodeOf(element: XmlElement, options: XmlOptions): VariantNode {
  const parts = partsOf(element, options).filter(({ is, value }) => is !== "text" || !isWhiteSpace(value as string));
  if (parts.length === 0) return nullNode;
  if (parts.every(({ name }) => keyOf(name, options) === keyOf(options.valueTag, options)))
    return partNode(parts[0]!, options);
  const members = new Map<string, { name: string; values: VariantNode[] }>();
  for (const part of parts) {
    const key = keyOf(part.name, options);
    const member = members.get(key) ?? { name: part.name, values: [] };
    member.values.push(partNode(part, options));
    members.set(key, member);
  }
  const fields = [...members.values()].map(({ name, values }): [string, VariantNode] => [
    name,
    values.length === 1 ? values[0]! : { kind: "array", elements: values },
  ]);
  return { kind: "object", fields };
}

const partNode = ({ value }: XmlPart, options: XmlOptions): VariantNode =>
  typeof value === "string" ? textNode(value, options) : nodeOf(value, options);

function textNode(text: string, { nullValue, trims, inferSchema }: XmlOptions): VariantNode {
  if (text === nullValue) return nullNode;
  const value = trims ? javaTrimmed(text) : text;
  const typed = inferSchema ? (booleanNode(value) ?? longNode(value) ?? decimalNode(value)) : undefined;
  return typed ?? { kind: "string", value };
}
