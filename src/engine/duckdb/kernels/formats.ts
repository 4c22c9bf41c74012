/** Text by formats: encodings, UTF-8, quotes and random characters. */
import { bigintType, binaryType, booleanType, intType, stringType } from "../../../types/data-type.ts";
import { condition } from "../translate-failure.ts";
import type { KernelDefinition } from "./kernel.ts";
import { randomText } from "./numbers/random.ts";
import { fromBase64 } from "./text/base64.ts";
import { escapedBytes, isUtf8, repairedUtf8 } from "./text/utf8.ts";

const wellFormed = /^(?:[A-Za-z0-9+/\s]*?)(={0,2})$/;
/** How many digits of the last four a text has before its padding. */
const lastDigits: Readonly<Record<string, readonly number[]>> = { "": [0, 2, 3], "=": [3], "==": [2] };

/** The bytes of a text in base 64, which may have white space between its digits and nothing else. */
function strictBase64(text: string): Uint8Array | undefined {
  const padding = wellFormed.exec(text)?.[1];
  if (padding === undefined || /[\u0080-\uffff]/.test(text)) return undefined;
  const digits = text.replaceAll(/[\s=]/g, "").length % 4;
  return lastDigits[padding]!.includes(digits) ? fromBase64(text) : undefined;
}

const malformed = (value: string, format: string): Error =>
  condition("CONVERSION_INVALID_INPUT", { value, format, suggestion: "try_to_binary" });

const ofText = { parameters: [stringType], result: binaryType } as const;

export const formatKernels = {
  strict_base64: {
    ...ofText,
    call(text: string) {
      const bytes = strictBase64(text);
      if (bytes === undefined) throw malformed(text, "BASE64");
      return bytes;
    },
  },
  try_strict_base64: { ...ofText, call: strictBase64 },
  is_utf8: { parameters: [binaryType], result: booleanType, call: isUtf8 },
  repaired_utf8: { parameters: [binaryType], result: stringType, call: repairedUtf8 },
  checked_utf8: {
    parameters: [binaryType],
    result: stringType,
    call(bytes: Uint8Array) {
      if (!isUtf8(bytes)) throw condition("INVALID_UTF8_STRING", { str: escapedBytes(bytes) });
      return repairedUtf8(bytes);
    },
  },
  tried_utf8: {
    parameters: [binaryType],
    result: stringType,
    call: (bytes: Uint8Array) => (isUtf8(bytes) ? repairedUtf8(bytes) : undefined),
  },
  random_text: { parameters: [bigintType, bigintType, intType], result: stringType, call: randomText },
} satisfies Readonly<Record<string, KernelDefinition>>;
