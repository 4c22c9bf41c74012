/** The values of partition columns, which the log holds as text. */
import { UnsupportedError } from "../errors.ts";
import { parseDecimal, parseDouble, parseInteger } from "../storage/number-text.ts";
import type { PartitionValue } from "../storage/partition-values.ts";
import type { DataType, TypeKind } from "../types/data-type.ts";
import { parseDate, parseTimestamp } from "../types/temporal-text.ts";
import { sqlName } from "../types/type-name.ts";

type Reader = (text: string, type: DataType, timeZone: string) => PartitionValue | undefined;

const whole =
  (bits: number): Reader =>
  (text) => {
    const value = parseInteger(text);
    if (value === undefined || BigInt.asIntN(bits, value) !== value) return undefined;
    return bits === 64 ? value : Number(value);
  };

const same: Reader = (text) => text;

const readers: Partial<Record<TypeKind, Reader>> = {
  string: same,
  char: same,
  varchar: same,
  tinyint: whole(8),
  smallint: whole(16),
  int: whole(32),
  bigint: whole(64),
  float: (text) => mapped(parseDouble(text), Math.fround),
  double: (text) => parseDouble(text),
  decimal: (text, type) => (type.kind === "decimal" ? parseDecimal(text, type.precision, type.scale) : undefined),
  boolean: (text) => ({ true: true, false: false })[text.toLowerCase()],
  binary: (text) => new TextEncoder().encode(text),
  date: (text) => parseDate(text),
  timestamp: (text, _, timeZone) => parseTimestamp(text, timeZone),
  // A column that was widened from DATE has values of days.
  timestamp_ntz: (text) => parseTimestamp(text),
  void: () => null,
};

const mapped = (value: number | undefined, change: (value: number) => number): number | undefined =>
  value === undefined ? undefined : change(value);

/**
 * The value of a partition column in storage form; empty text is null.
 *
 * @param text - as the log has it: moments as ISO 8601 in UTC, or without a zone
 * @param type - the column's type
 * @param timeZone - of moments that name no zone
 * @throws UnsupportedError for a text that is no value of the type, or a type whose values cannot be read
 */
export function readPartitionValue(text: string | null | undefined, type: DataType, timeZone: string): PartitionValue {
  if (text === null || text === undefined || text === "") return null;
  const value = readers[type.kind]?.(text, type, timeZone);
  if (value !== undefined) return value;
  throw new UnsupportedError(`the partition value ${JSON.stringify(text)} cannot be read as ${sqlName(type)}`, {
    parameters: { value: text, type: sqlName(type) },
    hint: "The log names a value that does not fit the type of the partition column.",
  });
}
