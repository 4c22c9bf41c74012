/** XML documents as XPath sees them. */
import type { SAXParser } from "sax";
import { UnsupportedError } from "../../../../errors.ts";

export type NodeKind = "root" | "element" | "attribute" | "text" | "comment" | "instruction";

export interface XmlNode {
  readonly kind: NodeKind;
  /** With its prefix; of an instruction, its target. */
  readonly name: string;
  readonly parent: XmlNode | undefined;
  readonly attributes: readonly XmlNode[];
  readonly children: readonly XmlNode[];
  /** Its place in the document: before its attributes, these before its children. */
  readonly order: number;
  /** The text of what is no element. */
  readonly text: string;
  /** The value that Java's DOM gives a node: of a text, what stands before the first border of a CDATA section. */
  readonly value: string | null;
}

interface OpenNode extends XmlNode {
  attributes: XmlNode[];
  readonly children: OpenNode[];
  text: string;
  value: string | null;
}

/** XML has five entities of its own; others are those of HTML, which Java does not know. */
const rules = { trim: false, normalize: false, strictEntities: true };

/** Makes a parser of the package `sax`. */
export type MakeParser = (strict: boolean, options: typeof rules) => SAXParser;

/**
 * Reads a document.
 *
 * @param makeParser - of the package `sax`
 * @param xml - the text
 * @returns the reason when it is no XML
 */
export function readDocument(makeParser: MakeParser, xml: string): XmlNode | { readonly reason: string } {
  const text = withSpaces(xml.replace(/\r\n?/g, "\n"));
  const reason = fault(text);
  if (reason !== undefined) return { reason };
  const builder = new Builder(makeParser(true, rules));
  try {
    return builder.read(text);
  } catch (error) {
    if (error instanceof UnsupportedError) throw error;
    return { reason: (error as Error).message.split("\n")[0]! };
  }
}

const markup = /<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->|<[^!?/](?:"[^"]*"|'[^']*'|[^<>"'])*>/g;
const attribute = /([^\s=<"'/]+)\s*=\s*("[^"]*"|'[^']*')/g;

/** In a tag white space of any kind is a space. */
const withSpaces = (text: string): string =>
  /[\n\t]/.test(text)
    ? text.replace(markup, (piece) => (piece.startsWith("<!") ? piece : piece.replace(/[\n\t]/g, " ")))
    : text;

/** What the parser lets pass and XML does not. */
function fault(text: string): string | undefined {
  if (/^\s+<\?xml\s/i.test(text)) return "the XML declaration is not at the beginning";
  for (const [piece] of text.matchAll(markup)) {
    if (piece.startsWith("<!--") && /--|-$/.test(piece.slice(4, -3))) return "a comment holds --";
    if (piece.startsWith("<!")) continue;
    const attributes = [...piece.matchAll(attribute)];
    if (attributes.some(([, , value]) => value!.includes("<"))) return "the value of an attribute holds <";
    if (new Set(attributes.map(([, name]) => name)).size < attributes.length) return "an attribute stands twice";
  }
  return text.replace(markup, "").includes("]]>") ? "a text holds ]]>" : undefined;
}

class Builder {
  readonly #parser: SAXParser;
  #order = 0;
  readonly #root = this.#node("root", "", undefined);
  #open = this.#root;
  #borders = 0;

  constructor(parser: SAXParser) {
    this.#parser = parser;
    parser.onerror = (error) => {
      throw error;
    };
    parser.onopentag = ({ name, attributes }) => this.#start(name, attributes as Record<string, string>);
    parser.onclosetag = () => {
      this.#open = this.#open.parent as OpenNode;
    };
    parser.ontext = (text) => this.#text(text);
    parser.oncdata = (text) => this.#text(text);
    parser.onopencdata = () => this.#borders++;
    parser.onclosecdata = () => this.#borders++;
    parser.oncomment = (text) => this.#leaf("comment", "", text);
    parser.onprocessinginstruction = ({ name, body }) => {
      if (name.toLowerCase() !== "xml") this.#leaf("instruction", name, body);
    };
    parser.ondoctype = () => {
      throw new UnsupportedError("a document type inside of XML is not supported", {
        hint: "Leave <!DOCTYPE …> out, and write the values of its entities.",
      });
    };
  }

  read(text: string): XmlNode {
    this.#parser.write(text).close();
    if (!this.#root.children.some(({ kind }) => kind === "element")) throw new Error("there is no element");
    return this.#root;
  }

  #node(kind: NodeKind, name: string, parent: OpenNode | undefined, text = ""): OpenNode {
    const value = kind === "root" || kind === "element" ? null : text;
    return { kind, name, parent, attributes: [], children: [], order: this.#order++, text, value };
  }

  #start(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.#open === this.#root && this.#root.children.some(({ kind }) => kind === "element"))
      throw new Error("there are two outermost elements");
    const element = this.#node("element", name, this.#open);
    // Java's DOM keeps attributes by name, and those that declare namespaces are none to XPath.
    element.attributes = Object.keys(attributes)
      .filter((key) => key !== "xmlns" && !key.startsWith("xmlns:"))
      .sort()
      .map((key) => this.#node("attribute", key, element, attributes[key]));
    this.#open.children.push(element);
    this.#open = element;
  }

  #text(text: string): void {
    if (this.#open === this.#root) return;
    const last = this.#open.children.at(-1);
    if (last?.kind !== "text") {
      this.#borders = 0;
      this.#leaf("text", "", text);
      return;
    }
    last.text += text;
    if (this.#borders === 0) last.value += text;
  }

  #leaf(kind: NodeKind, name: string, text: string): void {
    this.#open.children.push(this.#node(kind, name, this.#open, text));
  }
}

/** The text of a node as XPath compares it: of an element, all texts inside. */
export function textOf(node: XmlNode): string {
  if (node.kind !== "root" && node.kind !== "element") return node.text;
  return node.children
    .filter(({ kind }) => kind === "text" || kind === "element")
    .map(textOf)
    .join("");
}
