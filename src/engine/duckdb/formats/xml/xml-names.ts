/** What the parts of an element are to columns. */
import { javaTrimmed } from "../temporal-text.ts";
import type { XmlElement } from "./xml-elements.ts";
import type { XmlOptions } from "./xml-options.ts";

/** A part of an element: an attribute, a child, or text under the value tag. */
export interface XmlPart {
  readonly name: string;
  readonly value: string | XmlElement;
  readonly is: "attribute" | "element" | "text";
}

/** The name of an element or an attribute, without its prefix where that does not count. */
export const localName = (name: string, { ignoreNamespace }: XmlOptions): string =>
  ignoreNamespace ? name.slice(name.indexOf(":") + 1) : name;

/** What is the same of names that are one. */
export const keyOf = (name: string, { caseSensitive }: XmlOptions): string =>
  caseSensitive ? name : name.toLowerCase();

/** Whether a text is what XML calls white space. */
export const isWhiteSpace = (text: string): boolean => /^[ \t\r\n]*$/.test(text);

/** The text as it counts; undefined for none. */
export function countedText(text: string, { trims }: XmlOptions): string | undefined {
  const counted = trims ? javaTrimmed(text) : text;
  return counted === "" ? undefined : counted;
}

/** The attributes, then what stands inside, in order. */
export function partsOf({ attributes, content }: XmlElement, options: XmlOptions): readonly XmlPart[] {
  const parts: XmlPart[] = [];
  for (const [name, value] of options.excludeAttribute ? [] : attributes)
    parts.push({ name: `${options.attributePrefix}${localName(name, options)}`, value, is: "attribute" });
  for (const item of content) {
    if (typeof item !== "string") parts.push({ name: localName(item.name, options), value: item, is: "element" });
    // White space between elements is no text, whatever the options say.
    else if (isText(item, content, options)) parts.push({ name: options.valueTag, value: item, is: "text" });
  }
  return parts;
}

const isText = (text: string, content: XmlElement["content"], options: XmlOptions): boolean =>
  countedText(text, options) !== undefined && (content.length === 1 || !isWhiteSpace(text));

/** Whether an element has nothing but one text, or not even that. */
export const isPlain = (parts: readonly XmlPart[]): boolean =>
  parts.every(({ is }) => is === "text") && parts.length <= 1;
