/** Z85, in which the log writes bytes: five characters stand for four bytes. */
import { ExecutionError } from "../../errors.ts";

const alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";
const digits: ReadonlyMap<string, number> = new Map(Array.from(alphabet, (character, value) => [character, value]));

/** @throws ExecutionError for a text that is no Z85 */
export function decodeZ85(text: string): Uint8Array {
  const words = text.match(/.{5}/gs) ?? [];
  if (words.length * 5 !== text.length) throw notZ85(text);
  const bytes = new DataView(new ArrayBuffer(words.length * 4));
  words.forEach((word, index) => {
    const value = Array.from(word).reduce((sum, character) => sum * 85 + (digits.get(character) ?? Number.NaN), 0);
    if (Number.isNaN(value)) throw notZ85(text);
    // Java's encoder lets the padding of the last word overflow, which falls away here too.
    bytes.setUint32(index * 4, value);
  });
  return new Uint8Array(bytes.buffer);
}

/** @param bytes - a multiple of four of them */
export function encodeZ85(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let text = "";
  for (let at = 0; at < bytes.length; at += 4) {
    const value = view.getUint32(at);
    for (let power = 85 ** 4; power >= 1; power /= 85) text += alphabet[Math.floor(value / power) % 85];
  }
  return text;
}

const notZ85 = (text: string): ExecutionError =>
  new ExecutionError(`the deletion vector ${JSON.stringify(text)} is not written as the log writes bytes`, {
    condition: "DELTA_DELETION_VECTOR_INVALID_BASE85",
    sqlState: "XXKDS",
    parameters: { text },
    hint: "The log is damaged or was changed by hand.",
  });
