/** Text functions that DuckDB does otherwise or not at all. */
import {
  arrayType,
  binaryType,
  booleanType,
  doubleType,
  intType,
  stringType,
  structField,
  structType,
} from "../../../types/data-type.ts";
import type { KernelDefinition } from "./kernel.ts";
import { fromBase64 } from "./text/base64.ts";
import { decoded, encoded } from "./text/charset.ts";
import { type FormatArgument, formatted } from "./text/java-format.ts";
import { editDistance, initialCapitals, masked, passesLuhn, soundex } from "./text/letters.ts";
import { formatDecimal, formatDecimalBy, formatDouble, formatDoubleBy } from "./text/number-format.ts";
import { sentencesOf } from "./text/sentences.ts";
import { checkedFormDecoded, formDecoded, formEncoded, urlPart, urlQueryValue } from "./text/url.ts";

const text = { parameters: [stringType], result: stringType } as const;
const twoTexts = { parameters: [stringType, stringType], result: stringType } as const;

/** The text before the count-th delimiter, or behind it counted from the end. */
function substringIndex(value: string, delimiter: string, count: number): string {
  if (delimiter === "" || count === 0) return "";
  let at = count > 0 ? -1 : value.length - delimiter.length + 1;
  for (let found = 0; found < Math.abs(count); found++) {
    if (count < 0 && at === 0) return value;
    at = count > 0 ? value.indexOf(delimiter, at + 1) : value.lastIndexOf(delimiter, at - 1);
    if (at < 0) return value;
  }
  return count > 0 ? value.slice(0, at) : value.slice(at + delimiter.length);
}

/** The text with characters replaced by others; what becomes the character 0, or nothing, is left out. */
function translated(value: string, from: string, to: string): string {
  const others = [...to];
  const found = new Map<string, string>();
  for (const [index, character] of [...from].entries())
    if (!found.has(character)) found.set(character, (others[index] ?? "").replace("\0", ""));
  return Array.from(value, (character) => found.get(character) ?? character).join("");
}

/** A function that gives null where it would fail. */
const tried =
  <Args extends readonly never[], Result>(call: (...args: Args) => Result) =>
  (...args: Args): Result | undefined => {
    try {
      return call(...args);
    } catch {
      return undefined;
    }
  };

export const textKernels = {
  upper: { ...text, call: (value: string) => value.toUpperCase() },
  lower: { ...text, call: (value: string) => value.toLowerCase() },
  initcap: { ...text, call: initialCapitals },
  soundex: { ...text, call: soundex },
  mask: { parameters: [stringType, stringType, stringType, stringType, stringType], result: stringType, call: masked },
  substring_index: { parameters: [stringType, stringType, intType], result: stringType, call: substringIndex },
  encode_text: { parameters: [stringType, stringType], result: binaryType, call: encoded },
  decode_text: { parameters: [binaryType, stringType], result: stringType, call: decoded },
  contains_bytes: {
    parameters: [binaryType, binaryType],
    result: booleanType,
    call: (bytes: Uint8Array, part: Uint8Array) => Buffer.from(bytes).includes(Buffer.from(part)),
  },
  levenshtein: { parameters: [stringType, stringType], result: intType, call: editDistance },
  luhn_check: { parameters: [stringType], result: booleanType, call: passesLuhn },
  translate_leaving_out: { parameters: [stringType, stringType, stringType], result: stringType, call: translated },
  unbase64: { parameters: [stringType], result: binaryType, call: fromBase64 },
  format_double: { parameters: [doubleType, intType], result: stringType, call: formatDouble },
  format_double_by: { parameters: [doubleType, stringType], result: stringType, call: formatDoubleBy },
  format_decimal: { parameters: [stringType, intType], result: stringType, call: formatDecimal },
  format_decimal_by: { ...twoTexts, call: formatDecimalBy },
  format_string: {
    parameters: [stringType, arrayType(structType([structField("f0", stringType), structField("f1", stringType)]))],
    result: stringType,
    call: (format: string, values: readonly FormatArgument[]) => formatted(format, values),
  },
  sentences: {
    parameters: [stringType, stringType],
    result: arrayType(arrayType(stringType, false), false),
    call: sentencesOf,
  },
  parse_url: { ...twoTexts, call: urlPart },
  parse_url_key: { parameters: [stringType, stringType, stringType], result: stringType, call: urlQueryValue },
  try_parse_url: { ...twoTexts, call: tried(urlPart) },
  try_parse_url_key: {
    parameters: [stringType, stringType, stringType],
    result: stringType,
    call: tried(urlQueryValue),
  },
  url_encode: { ...text, call: formEncoded },
  url_decode: { ...text, call: checkedFormDecoded },
  try_url_decode: { ...text, call: formDecoded },
} satisfies Readonly<Record<string, KernelDefinition>>;
