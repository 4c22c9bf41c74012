/** Text in the character sets that Spark knows. */
import { condition } from "../../translate-failure.ts";

interface Charset {
  readonly encode: (text: string) => Uint8Array;
  readonly decode: (bytes: Buffer) => string;
}

/** Fails where a character or byte has no meaning in the character set. */
const malformed = (name: "encode" | "decode", charset: string): Error =>
  condition("MALFORMED_CHARACTER_CODING", { function: name, charset });

const lossless = (charset: string, most: number): Charset => ({
  encode: (text) => {
    if (Array.from(text).some((character) => character.codePointAt(0)! > most)) throw malformed("encode", charset);
    return Buffer.from(text, "latin1");
  },
  decode: (bytes) => {
    if (bytes.some((byte) => byte > most)) throw malformed("decode", charset);
    return bytes.toString("latin1");
  },
});

function decodedWith(label: string, charset: string): Charset["decode"] {
  const decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true });
  return (bytes) => {
    try {
      return decoder.decode(bytes);
    } catch {
      throw malformed("decode", charset);
    }
  };
}

const littleEndian = (text: string): Buffer => Buffer.from(text, "utf16le");
const bigEndian = (text: string): Buffer => littleEndian(text).swap16();
const mark = Buffer.from([0xfe, 0xff]);

const utf16: Charset = {
  encode: (text) => (text === "" ? Buffer.alloc(0) : Buffer.concat([mark, bigEndian(text)])),
  decode: (bytes) => {
    if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodedWith("utf-16le", "UTF-16")(bytes.subarray(2));
    return decodedWith("utf-16be", "UTF-16")(bytes[0] === 0xfe && bytes[1] === 0xff ? bytes.subarray(2) : bytes);
  },
};

const utf32: Charset = {
  encode: (text) => {
    const points = Array.from(text, (character) => character.codePointAt(0)!);
    const bytes = Buffer.alloc(points.length * 4);
    for (const [index, point] of points.entries()) bytes.writeUInt32BE(point, index * 4);
    return bytes;
  },
  decode: (bytes) => {
    const little = bytes.length >= 4 && bytes.readUInt32LE(0) === 0xfeff;
    const marked = little || (bytes.length >= 4 && bytes.readUInt32BE(0) === 0xfeff);
    if (bytes.length % 4 !== 0) throw malformed("decode", "UTF-32");
    let text = "";
    for (let at = marked ? 4 : 0; at < bytes.length; at += 4) {
      const point = little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
      if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) throw malformed("decode", "UTF-32");
      text += String.fromCodePoint(point);
    }
    return text;
  },
};

const charsets: Readonly<Record<string, Charset>> = {
  "ISO-8859-1": lossless("ISO-8859-1", 0xff),
  "US-ASCII": lossless("US-ASCII", 0x7f),
  "UTF-16": utf16,
  "UTF-16BE": { encode: bigEndian, decode: decodedWith("utf-16be", "UTF-16BE") },
  "UTF-16LE": { encode: littleEndian, decode: decodedWith("utf-16le", "UTF-16LE") },
  "UTF-32": utf32,
  "UTF-8": { encode: (text) => Buffer.from(text, "utf8"), decode: decodedWith("utf-8", "UTF-8") },
};

function charsetOf(name: string, functionName: "encode" | "decode"): Charset {
  const found = charsets[name.toUpperCase()];
  if (found !== undefined) return found;
  throw condition("INVALID_PARAMETER_VALUE.CHARSET", {
    functionName,
    charset: name,
    charsets: Object.keys(charsets).join(", "),
  });
}

/** The bytes of a text. */
export const encoded = (text: string, charset: string): Uint8Array => charsetOf(charset, "encode").encode(text);

/** The text of bytes. */
export const decoded = (bytes: Uint8Array, charset: string): string =>
  charsetOf(charset, "decode").decode(Buffer.from(bytes));
