/** Base 64 as Jackson reads it from a JSON string: white space between groups, escapes, mandatory padding. */
import { Malformed } from "../text/malformed.ts";
import { code } from "./jackson-bytes.ts";

/** Characters of a string that ends with a quote. */
export interface Base64Source {
  readonly take: () => number;
  /** Puts the last character back. */
  readonly untake: () => void;
  readonly escaped: () => string;
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const bitsOf: ReadonlyMap<number, number> = new Map([...alphabet].map((letter, bits) => [code(letter), bits]));
const padding = code("=");
const quote = code('"');
const padded = -2;
const ended = -1;

/** The characters of a text that is already decoded. */
export function charactersOf(text: string): Base64Source {
  let at = 0;
  return {
    take: () => text.charCodeAt(at++) || quote,
    untake: () => void at--,
    escaped: () => "\\",
  };
}

/**
 * Reads up to the closing quote.
 *
 * @param source - where the characters come from
 * @throws Malformed at a character outside the alphabet and at missing padding
 */
export function decodeBase64(source: Base64Source): Uint8Array {
  const bytes: number[] = [];
  for (let first = nextGroup(source); first !== ended; first = nextGroup(source)) {
    const second = sextet(source, 1);
    const third = sextet(source, 2);
    if (third === padded) {
      if (bitsBehind(source, 3) !== padded) throw new Malformed("expected padding character '='");
      bytes.push((first << 2) | (second >> 4));
      continue;
    }
    bytes.push((first << 2) | (second >> 4), ((second << 4) | (third >> 2)) & 255);
    const fourth = sextet(source, 3);
    if (fourth !== padded) bytes.push(((third << 6) | fourth) & 255);
  }
  return Uint8Array.from(bytes);
}

function nextGroup(source: Base64Source): number {
  for (;;) {
    let character = source.take();
    if (character <= 32) continue;
    if (character === quote) return ended;
    if (character === code("\\")) character = source.escaped().charCodeAt(0);
    const bits = bitsOf.get(character);
    if (bits !== undefined) return bits;
    if (character > 32) throw new Malformed("Illegal character in base64 content");
  }
}

function sextet(source: Base64Source, index: number): number {
  const bits = bitsBehind(source, index);
  if (bits !== ended) return bits;
  // The quote is left for whoever reads on behind the bad string.
  source.untake();
  throw new Malformed("Unexpected end of base64-encoded String: expected padding");
}

function bitsBehind(source: Base64Source, index: number): number {
  let character = source.take();
  if (character === quote && index > 1) return ended;
  if (character === code("\\")) character = source.escaped().charCodeAt(0);
  const bits = bitsOf.get(character);
  if (bits !== undefined) return bits;
  if (character === padding && index > 1) return padded;
  throw new Malformed("Illegal character in base64 content");
}
