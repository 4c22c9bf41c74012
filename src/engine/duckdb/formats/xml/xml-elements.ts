/** The elements of an XML file that are rows, one after the other. */
import { isUtf8 } from "node:buffer";
import type { SAXParser } from "sax";
import { ExecutionError } from "../../../../errors.ts";
import { optionalPackage } from "../optional-package.ts";
import { openBytes } from "../text/byte-source.ts";
import { markLength } from "../text/records.ts";

/** An element; texts are cut where an element or a comment stands between. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly content: readonly (string | XmlElement)[];
}

/** A row of a file. Where a fault ends it, it is as far as it was read; one between rows makes a row of its own. */
export interface XmlItem {
  readonly row: XmlElement;
  readonly fault?: XmlFaultPlace;
}

export interface XmlFaultPlace {
  readonly reason: string;
  /** How many elements, the row among them, are without an end. */
  readonly open: number;
  /** Whether the file just ends too early, which nobody looks at between rows. */
  readonly isEnd: boolean;
}

interface OpenElement extends XmlElement {
  readonly content: (string | XmlElement)[];
}

const noElement: XmlElement = { name: "", attributes: [], content: [] };

const partBytes = 1 << 18;

/** XML has five entities of its own; others are those of HTML, which Java does not know. */
const rules = { trim: false, normalize: false, strictEntities: true };

/**
 * The rows of a file. A fault ends them.
 *
 * @param path - the file, in UTF-8
 * @param rowTag - the name of the elements; those within another are its content
 */
export async function* xmlRows(path: string, rowTag: string): AsyncGenerator<XmlItem> {
  const sax = await optionalPackage(() => import("sax"), "sax", "files of XML");
  const found = new Collector(sax.default.parser(true, rules), rowTag);
  for await (const text of textOf(path)) {
    found.add(text);
    yield* found.taken();
    if (found.hasFailed) return;
  }
  found.end();
  yield* found.taken();
}

/**
 * The first element of a text, if there is one; what follows it is not looked at.
 *
 * @param sax - the package
 */
export function xmlElement({ parser }: typeof import("sax"), xml: string): XmlItem | undefined {
  const found = new Collector(parser(true, rules), undefined);
  found.add(xml);
  found.end();
  return found.taken()[0];
}

/** The text of a file. Bytes that are no UTF-8 end it with an error, as in Spark. */
async function* textOf(path: string): AsyncGenerator<string> {
  const buffer = Buffer.allocUnsafe(partBytes);
  const source = await openBytes(path);
  try {
    let kept = 0;
    let isStart = true;
    for (let size = await source.read(buffer); size > 0; size = await source.read(buffer.subarray(kept))) {
      const filled = kept + size;
      const whole = wholeCharacters(buffer, filled);
      const valid = isUtf8(buffer.subarray(0, whole)) ? whole : validBytes(buffer, whole);
      yield buffer.toString("utf8", isStart ? markLength(buffer, 0) : 0, valid);
      if (valid < whole) throw notUtf8(path);
      isStart = false;
      kept = buffer.copy(buffer, 0, whole, filled);
    }
    if (kept > 0) throw notUtf8(path);
  } finally {
    await source.close();
  }
}

/** How many of the bytes are whole characters, the last of which may go on behind them. */
function wholeCharacters(bytes: Uint8Array, filled: number): number {
  for (let back = 1; back <= Math.min(3, filled); back++) {
    const byte = bytes[filled - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? filled - back : filled;
  }
  return filled;
}

/** How many of the bytes are UTF-8. */
function validBytes(bytes: Uint8Array, end: number): number {
  let [valid, invalid] = [0, end];
  while (valid + 1 < invalid) {
    const middle = (valid + invalid) >> 1;
    if (isUtf8(bytes.subarray(0, wholeCharacters(bytes, middle)))) valid = middle;
    else invalid = middle;
  }
  return wholeCharacters(bytes, valid);
}

const notUtf8 = (path: string): ExecutionError =>
  new ExecutionError(`Encountered error while reading file ${path}: its text is no UTF-8`, {
    condition: "FAILED_READ_FILE.NO_HINT",
    sqlState: "KD001",
    parameters: { path },
    hint: "Name its character set by the option encoding, or set ignoreCorruptFiles to take the rows before what is damaged.",
  });

class Collector {
  readonly #parser: SAXParser;
  /** The name of the elements that are rows; any where undefined. */
  readonly #rowTag: string | undefined;
  readonly #open: OpenElement[] = [];
  #items: XmlItem[] = [];
  #continuesText = false;
  #isAtEnd = false;
  hasFailed = false;

  constructor(parser: SAXParser, rowTag: string | undefined) {
    this.#parser = parser;
    this.#rowTag = rowTag;
    parser.onerror = (error) => this.#fail(error.message);
    parser.onopentag = ({ name, attributes }) =>
      this.#start(name, Object.entries(attributes as Record<string, string>));
    parser.onclosetag = () => this.#close();
    parser.ontext = (text) => this.#text(text);
    parser.oncdata = (text) => this.#text(text);
    parser.oncomment = () => this.#cut();
    parser.onprocessinginstruction = () => this.#cut();
  }

  add(text: string): void {
    if (!this.hasFailed) this.#guarded(() => this.#parser.write(text));
  }

  end(): void {
    this.#isAtEnd = true;
    if (!this.hasFailed) this.#guarded(() => this.#parser.close());
  }

  taken(): readonly XmlItem[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }

  // The parser throws an error that it has told when it is asked to go on.
  #guarded(parse: () => void): void {
    try {
      parse();
    } catch (error) {
      this.#fail((error as Error).message);
    }
  }

  #fail(message: string): void {
    if (this.hasFailed) return;
    this.hasFailed = true;
    const fault = { reason: message.split("\n")[0]!, open: this.#open.length, isEnd: this.#isAtEnd };
    const row = this.#open[0] ?? (fault.isEnd ? undefined : noElement);
    if (row !== undefined) this.#items.push({ row, fault });
  }

  #start(name: string, attributes: XmlElement["attributes"]): void {
    this.#cut();
    if (this.hasFailed || (this.#open.length === 0 && name !== (this.#rowTag ?? name))) return;
    const element: OpenElement = { name, attributes, content: [] };
    this.#open.at(-1)?.content.push(element);
    this.#open.push(element);
  }

  #close(): void {
    this.#cut();
    if (this.hasFailed || this.#open.length === 0) return;
    const row = this.#open.pop()!;
    if (this.#open.length === 0) this.#items.push({ row });
  }

  #text(text: string): void {
    const content = this.#open.at(-1)?.content;
    if (content === undefined) return;
    if (this.#continuesText) content.push(`${content.pop() as string}${text}`);
    else content.push(text);
    this.#continuesText = true;
  }

  #cut(): void {
    this.#continuesText = false;
  }
}
