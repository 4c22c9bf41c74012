/** Values that a text format's records hold, read here rather than by DuckDB. */
import type { DataType } from "../../../../types/data-type.ts";
import type { VariantBinary } from "../../../../types/variant-node.ts";

/**
 * A value as Spark stores it: TINYINT to INT, DATE (days), FLOAT and DOUBLE are numbers; BIGINT, DECIMAL (unscaled),
 * TIMESTAMP and TIME (microseconds) are bigints; BINARY is bytes, VARIANT its two binary parts; arrays and structs are lists, maps lists of pairs.
 */
export type Cell = null | boolean | number | bigint | string | Uint8Array | VariantBinary | readonly Cell[];

/** A decimal's text as an unscaled number of the type, rounded half up; undefined when it has too many digits. */
export function decimalCell(
  text: string,
  { precision, scale }: Extract<DataType, { kind: "decimal" }>,
): bigint | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  if (whole === "" && fraction === "") return undefined;
  if (Math.abs(Number(exponent)) > 2_147_483_647) return undefined;
  const shift = Number(exponent) - fraction.length + scale;
  const digits = (whole + fraction).replace(/^0+/, "");
  if (digits === "") return 0n;
  if (digits.length + shift > precision + 1) return undefined;
  const size = shift >= 0 ? BigInt(digits) * 10n ** BigInt(shift) : roundedOff(digits, -shift);
  if (size >= 10n ** BigInt(precision)) return undefined;
  return sign === "-" ? -size : size;
}

function roundedOff(digits: string, count: number): bigint {
  if (count > digits.length) return 0n;
  const kept = BigInt(digits.slice(0, digits.length - count) || "0");
  return digits.charAt(digits.length - count) >= "5" ? kept + 1n : kept;
}
