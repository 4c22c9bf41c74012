/** The character sets of text files, by Java's names. */

/** Makes text of a file's bytes, part after part; what has no meaning becomes the replacement character. */
export type Decode = (bytes: Uint8Array, isLast: boolean) => string;

export interface Charset {
  readonly name: string;
  /** For one file. */
  readonly decoder: () => Decode;
  /** What the set does not have becomes `?`. */
  readonly encode: (text: string) => Uint8Array;
  /** What a file begins with. */
  readonly mark?: string;
}

const replacement = "\ufffd";

const platform = (label: string) => (): Decode => {
  const decoder = new TextDecoder(label, { ignoreBOM: true });
  return (bytes, isLast) => decoder.decode(bytes, { stream: !isLast });
};

/** Characters whose codes are bytes, up to `most`. */
const narrow = (name: string, most: number): Charset => ({
  name,
  decoder: () => (bytes) =>
    Buffer.from(bytes)
      .toString("latin1")
      .replace(/[\x80-\xff]/g, (letter) => (letter.charCodeAt(0) > most ? replacement : letter)),
  encode: (text) =>
    Uint8Array.from(Array.from(text), (letter) => (letter.codePointAt(0)! > most ? 0x3f : letter.charCodeAt(0))),
});

const littleEndian = (text: string): Buffer => Buffer.from(text.toWellFormed(), "utf16le");
const bigEndian = (text: string): Buffer => littleEndian(text).swap16();

/** The first bytes may tell the order of bytes; it is big where they do not. */
function marked(little: Charset["decoder"], big: Charset["decoder"]): Charset["decoder"] {
  return () => {
    let decode: Decode | undefined;
    return (bytes, isLast) => {
      decode ??= bytes[0] === 0xff && bytes[1] === 0xfe ? withoutMark(little()) : withoutMark(big());
      return decode(bytes, isLast);
    };
  };
}

function withoutMark(decode: Decode): Decode {
  let isFirst = true;
  return (bytes, isLast) => {
    const text = decode(bytes, isLast);
    if (!isFirst || text === "") return text;
    isFirst = false;
    return text.replace(/^\ufeff/, "");
  };
}

const points = (little: boolean) => (): Decode => {
  let rest: Uint8Array = new Uint8Array();
  return (bytes, isLast) => {
    const all = Buffer.concat([rest, bytes]);
    const end = all.length - (all.length % 4);
    rest = all.subarray(end);
    let text = "";
    for (let at = 0; at < end; at += 4) text += letterOf(little ? all.readUInt32LE(at) : all.readUInt32BE(at));
    return isLast && rest.length > 0 ? text + replacement : text;
  };
};

const letterOf = (point: number): string =>
  point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? replacement : String.fromCodePoint(point);

const encodedPoints =
  (little: boolean) =>
  (text: string): Uint8Array => {
    const all = Array.from(text.toWellFormed(), (letter) => letter.codePointAt(0)!);
    const bytes = new Uint8Array(all.length * 4);
    const view = new DataView(bytes.buffer);
    for (const [index, point] of all.entries()) view.setUint32(index * 4, point, little);
    return bytes;
  };

const charsets: readonly Charset[] = [
  { name: "UTF-8", decoder: platform("utf-8"), encode: (text) => Buffer.from(text, "utf8") },
  narrow("ISO-8859-1", 0xff),
  narrow("US-ASCII", 0x7f),
  { name: "UTF-16", decoder: marked(platform("utf-16le"), platform("utf-16be")), encode: bigEndian, mark: "\ufeff" },
  { name: "UTF-16BE", decoder: platform("utf-16be"), encode: bigEndian },
  { name: "UTF-16LE", decoder: platform("utf-16le"), encode: littleEndian },
  { name: "UTF-32", decoder: marked(points(true), points(false)), encode: encodedPoints(false) },
  { name: "UTF-32BE", decoder: points(false), encode: encodedPoints(false) },
  { name: "UTF-32LE", decoder: points(true), encode: encodedPoints(true) },
];

const otherNames: Readonly<Record<string, string>> = {
  UTF8: "UTF-8",
  ASCII: "US-ASCII",
  LATIN1: "ISO-8859-1",
  "ISO8859-1": "ISO-8859-1",
  CP1252: "WINDOWS-1252",
};

/** The names that errors list. */
export const charsetNames: readonly string[] = [...charsets.map(({ name }) => name), "windows-1252"];

/** The character set of a name, in any case; undefined when it is not known. */
export function charsetOf(name: string): Charset | undefined {
  const upper = name.toUpperCase();
  const known = otherNames[upper] ?? upper;
  return charsets.find((charset) => charset.name === known) ?? oneByte(known);
}

export const isCharset = (name: string): boolean => charsetOf(name) !== undefined;

/** A set of 256 characters that the platform decodes: what it encodes is looked up in that. */
function oneByte(name: string): Charset | undefined {
  if (!/^(?:WINDOWS-125|ISO-8859-|KOI8-)/.test(name)) return undefined;
  try {
    const decoder = platform(name);
    const decode = decoder();
    const codes = new Map(Array.from({ length: 256 }, (_, code) => [decode(Uint8Array.of(code), true), code]));
    const encode = (text: string): Uint8Array =>
      Uint8Array.from(Array.from(text), (letter) => codes.get(letter) ?? 0x3f);
    return { name, decoder, encode };
  } catch {
    return undefined;
  }
}
