/** Texts of files as what a VARIANT holds. */
import { Decimal } from "../../../../types/decimal.ts";
import { Variant } from "../../../../types/variant.ts";
import type { VariantBinary, VariantNode } from "../../../../types/variant-node.ts";
import { asciiDigits, javaInteger } from "./java-numbers.ts";
import { Malformed } from "./malformed.ts";

const longRange = 1n << 63n;
const maximumPrecision = 38;

/** The variant of a text that Java takes for a long. */
export function longNode(text: string): VariantNode | undefined {
  const value = javaInteger(text, -longRange, longRange - 1n);
  return value === undefined ? undefined : { kind: "long", value };
}

/** The variant of a text that is a decimal of at most 38 digits, before its point and behind it. */
export function decimalNode(text: string): VariantNode | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(asciiDigits(text.replaceAll(",", "")));
  if (match === null) return undefined;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  const digits = (whole + fraction).replace(/^0+(?=\d)/, "");
  const scale = fraction.length - Number(exponent);
  if (digits === "" || Math.abs(scale) > maximumPrecision) return undefined;
  const shown = scale < 0 ? digits + "0".repeat(digits === "0" ? 0 : -scale) : digits;
  if (shown.length > maximumPrecision) return undefined;
  const unscaled = BigInt(sign === "-" ? `-${shown}` : shown);
  return { kind: "decimal", value: new Decimal(unscaled, Math.max(scale, 0)) };
}

/** The variant of `true` or `false` in any case. */
export function booleanNode(text: string): VariantNode | undefined {
  const lower = text.toLowerCase();
  return lower === "true" || lower === "false" ? { kind: "boolean", value: lower === "true" } : undefined;
}

export const nullNode: VariantNode = { kind: "null", value: null };

/** The stored form of a null that is a value. */
export const nullVariant: VariantBinary = Variant.fromNode(nullNode).binary;

/** The stored form. */
export const storedVariant = (node: VariantNode): VariantBinary => Variant.fromNode(node).binary;

/**
 * An object of members in any order.
 *
 * @throws Malformed when a name comes twice
 */
export function objectNode(fields: readonly (readonly [name: string, value: VariantNode])[]): VariantNode {
  const names = new Set<string>();
  for (const [name] of fields) {
    if (names.has(name)) throw new Malformed(`an object has the name ${JSON.stringify(name)} twice`);
    names.add(name);
  }
  return { kind: "object", fields };
}
