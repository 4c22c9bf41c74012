/** Which key a map would have twice, for the error that tells it. */
import { type ArrayType, type DataType, stringType } from "../../../types/data-type.ts";
import { doubleText, floatText } from "../../../types/number-text.ts";
import type { StoredValue } from "../../../types/stored-value.ts";
import { decimalText } from "../formats/text/cell-text.ts";
import type { ScalarFunction } from "../trampoline.ts";
import { kernelOf } from "./kernel.ts";

/** A value as Spark's runtime writes it: moments by their numbers, arrays and structs in brackets. */
function internalText(value: StoredValue, type: DataType): string {
  if (value === null) return "null";
  if (type.kind === "array") return `[${(value as StoredValue[]).map((item) => internalText(item, type.element))}]`;
  if (type.kind === "struct")
    return `[${(value as StoredValue[]).map((item, index) => internalText(item, type.fields[index]!.type))}]`;
  if (type.kind === "decimal") return decimalText(value as bigint, type.scale);
  if (type.kind === "double") return doubleText(value as number);
  if (type.kind === "float") return floatText(value as number);
  return String(value);
}

/** Which keys are equal: numbers as they are, so that 0 is -0, and what is made of parts by its text. */
const identityOf = (key: StoredValue, type: DataType): unknown =>
  typeof key === "object" ? internalText(key, type) : key;

function repeatedKey(keys: readonly StoredValue[], type: DataType): string | null {
  const seen = new Set<unknown>();
  for (const key of keys) {
    const identity = identityOf(key, type);
    if (seen.has(identity)) return internalText(key, type);
    seen.add(identity);
  }
  return null;
}

/** By the type of an array of keys: the first key that was there before, as text. */
export const repeatedKeyKernels = {
  repeated_key: ([list]: readonly DataType[]): ScalarFunction =>
    kernelOf("repeated_key", {
      parameters: [list!],
      result: stringType,
      call: (keys: readonly StoredValue[]) => repeatedKey(keys, (list as ArrayType).element),
    }),
} as const;
