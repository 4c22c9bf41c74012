/** Identity columns: where their numbers go on, and how far a write has brought them. */
import type { AddFile } from "../../delta/actions.ts";
import { type StructField, type StructType, structField, structType } from "../../types/data-type.ts";

const key = (name: string): string => `delta.identity.${name}`;

export interface Identity {
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
  const next = highest === undefined ? BigInt(String(start)) : BigInt(String(highest)) + step;
  return { next, step, allowsExplicit: metadata[key("allowExplicitInsert")] === true };
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

function movedOn(field: StructField, rows: bigint): StructField {
  const { next, step } = identityOf(field)!;
  const highest = next + step * (rows - 1n);
  return structField(field.name, field.type, field.nullable, {
    ...field.metadata,
    [key("highWaterMark")]: Number.isSafeInteger(Number(highest)) ? Number(highest) : highest.toString(),
  });
}
