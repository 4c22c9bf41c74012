/** Bytes that may or may not be UTF-8. */

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder("utf-8", { ignoreBOM: true });

/** Whether bytes are UTF-8. */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The text of bytes, with U+FFFD for whatever is not UTF-8. */
export const repairedUtf8 = (bytes: Uint8Array): string => lenient.decode(bytes);

/** Bytes as Spark's errors show them: `\x41\xFF`. */
export const escapedBytes = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => `\\x${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
