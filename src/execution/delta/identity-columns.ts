/** Identity columns: where their numbers go on, and how far a write has brought them. */
import type { AddFile } from "../../delta/actions.ts";
import { type StructField, type StructType, structField, structType } from "../../types/data-type.ts";

const key = (name: string): string => `delta.identity.${name}`;

export interface Identity {
  /** The number that the first row has got. */
  readonly first: bigint;
  /** The number that the next row gets. */
  readonly next: bigint;
  readonly step: bigint;
  /** Whether rows may bring a number of their own. */
  readonly allowsExplicit: boolean;
}

/** What a column's metadata says of its numbers; undefined for a column that is none. */
export function identityOf({ metadata = {} }: StructField): Identity | undefined {
  const start = metadata[key("start")];
  if (start === undefined) return undefined;
  const step = BigInt(String(metadata[key("step")] ?? 1));
  const highest = metadata[key("highWaterMark")];
  const first = BigInt(String(start));
  const next = highest === undefined ? first : BigInt(String(highest)) + step;
  return { first, next, step, allowsExplicit: metadata[key("allowExplicitInsert")] === true };
}

/**
 * The schema with how far the numbers are after a write; undefined where no column counts.
 *
 * @param given - the columns whose values the rows brought themselves
 */
export function countedOn(
  schema: StructType,
  files: readonly AddFile[],
  given: ReadonlySet<string>,
): StructType | undefined {
  const rows = files.reduce((sum, { stats }) => sum + BigInt(JSON.parse(stats ?? "{}").numRecords ?? 0), 0n);
  return countedOnBy(schema, rows, given);
}

/** The same for a number of rows. */
export function countedOnBy({ fields }: StructType, rows: bigint, given: ReadonlySet<string>): StructType | undefined {
  const counts = (field: StructField): boolean => identityOf(field) !== undefined && !given.has(field.name);
  if (rows === 0n || !fields.some(counts)) return undefined;
  return structType(fields.map((field) => (counts(field) ? movedOn(field, rows) : field)));
}

/** The column once rows have a number of their own: the next one comes after it, where the column reaches it at all. */
export function reached(field: StructField, number: bigint): StructField {
  const { first, next, step } = identityOf(field)!;
  const steps = (number - first) / step + ((number - first) % step === 0n ? 0n : 1n);
  const isBehind = step > 0n ? number < first : number > first;
  const highest = first + step * steps;
  const isPassed = step > 0n ? highest < next : highest > next;
  return isBehind || isPassed ? field : withHighest(field, highest);
}

function movedOn(field: StructField, rows: bigint): StructField {
  const { next, step } = identityOf(field)!;
  return withHighest(field, next + step * (rows - 1n));
}

const withHighest = (field: StructField, highest: bigint): StructField =>
  structField(field.name, field.type, field.nullable, {
    ...field.metadata,
    [key("highWaterMark")]: Number.isSafeInteger(Number(highest)) ? Number(highest) : highest.toString(),
  });
