/** Integers cut to fewer bits, as Java's arithmetic and conversions do it. */
import type { TypeKind } from "../../types/data-type.ts";

interface Width {
  readonly type: string;
  readonly bits: number;
}

const widths: Partial<Record<TypeKind, Width>> = {
  tinyint: { type: "TINYINT", bits: 8 },
  smallint: { type: "SMALLINT", bits: 16 },
  int: { type: "INTEGER", bits: 32 },
  bigint: { type: "BIGINT", bits: 64 },
};

/**
 * SQL of the last bits of an integer, read as a number with a sign.
 *
 * @param value - SQL of an integer
 * @param kind - an integer type
 * @param within - a type that holds every value, and more than the wanted one
 */
export function lastBits(value: string, kind: TypeKind, within: "BIGINT" | "HUGEINT" = "HUGEINT"): string {
  const { type, bits } = widths[kind]!;
  const [mask, sign] = [2n ** BigInt(bits) - 1n, 2n ** BigInt(bits - 1)].map((number) => `${number}::${within}`);
  return `(xor((${value})::${within} & ${mask}, ${sign}) - ${sign})::${type}`;
}
