/** Base 64 as Java's MIME decoder reads it: other characters are passed over. */
import { ExecutionError } from "../../../../errors.ts";

const alphabet = /[A-Za-z0-9+/]/g;

const malformed = (reason: string): ExecutionError =>
  new ExecutionError(`The text is not base 64: ${reason}`, {
    hint: "Correct the text, or use try_to_binary(…, 'base64') to get NULL instead.",
  });

/**
 * The bytes that a text in base 64 stands for.
 *
 * Source: `java.util.Base64.getMimeDecoder`.
 *
 * @param text - base 64, white space and anything else in between
 * @throws ExecutionError where the last unit is not whole
 */
export function fromBase64(text: string): Uint8Array {
  const relevant = text.replace(/[^A-Za-z0-9+/=]/g, "");
  const padding = relevant.indexOf("=");
  const digits = padding < 0 ? relevant : relevant.slice(0, padding);
  const missing = digits.length % 4;
  if (padding >= 0) checkPadding(text, relevant.slice(padding), missing);
  if (missing === 1) throw malformed("the last unit does not have enough valid bits");
  return Buffer.from(digits, "base64");
}

function checkPadding(text: string, rest: string, missing: number): void {
  // Two digits need two signs right behind each other.
  if (missing === 0 || (missing === 2 && !/^[^=]*==/.test(text))) throw malformed("it has a wrong 4-byte ending unit");
  if (rest.match(alphabet) !== null) throw malformed("something follows its end");
}
