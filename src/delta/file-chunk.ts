/** Files of a table by column: never an object a file, so that a million of them fit. */
import type { Batch, Vector } from "../types/batch.ts";
import { batchBuilder } from "../types/batch-builder.ts";
import {
  bigintType,
  type DataType,
  intType,
  mapType,
  type StructType,
  stringType,
  structField,
  structType,
} from "../types/data-type.ts";
import { selectRows } from "../types/select-rows.ts";
import type { StoredValue } from "../types/stored-value.ts";
import { isNullAt } from "../types/validity.ts";
import { vectorValues } from "../types/vector-values.ts";
import type { AddFile, DeletionVectorDescriptor, PartitionValues } from "./actions.ts";

const textMap = mapType(stringType, stringType);

/** What is always known of a file, by column; fields of the deletion vector are columns of their own. */
export const fileSchema = structType([
  structField("path", stringType),
  structField("partitionValues", textMap),
  structField("size", bigintType),
  structField("modificationTime", bigintType),
  structField("deletionVector.storageType", stringType),
  structField("deletionVector.pathOrInlineDv", stringType),
  structField("deletionVector.offset", intType),
  structField("deletionVector.sizeInBytes", intType),
  structField("deletionVector.cardinality", bigintType),
  structField("baseRowId", bigintType),
  structField("defaultRowCommitVersion", bigintType),
]);

/** What is read when it is asked for. */
export const furtherSchema = structType([
  structField("stats", stringType),
  structField("tags", textMap),
  structField("clusteringProvider", stringType),
]);

const at = Object.fromEntries(fileSchema.fields.map(({ name }, index) => [name, index]));

/** A value of an `add` beyond those of `fileSchema`, by the names that lead to it. */
export interface FurtherColumn {
  readonly path: readonly string[];
  readonly type: DataType;
}

/** Some files of a table. */
export interface FileChunk {
  /** The columns of `fileSchema`. */
  readonly batch: Batch;
  /** The rows of the batch that count; all where it is absent. */
  readonly rows?: Int32Array;
  /** Whether the log may have statistics as values, `stats_parsed`, beside those in texts. */
  readonly hasParsed: () => Promise<boolean>;
  /** Further columns of the same rows as `batch` has; null where the log does not say. */
  readonly further: (columns: readonly FurtherColumn[]) => Promise<Batch>;
  /**
   * Values in `stats` by the names that lead to them, for files that are many; fails where one of the texts is no JSON.
   * Numbers with a fraction may have been rounded.
   */
  readonly inStatistics?: (columns: readonly FurtherColumn[]) => Promise<Batch>;
}

/** How many files a chunk holds. */
export const filesIn = ({ batch, rows }: FileChunk): number => rows?.length ?? batch.rows;

/** The rows of a chunk's batch that count. */
export const rowsIn = ({ batch, rows }: FileChunk): Int32Array => rows ?? firstRows(batch.rows);

function firstRows(count: number): Int32Array {
  const rows = new Int32Array(count);
  for (let row = 0; row < count; row++) rows[row] = row;
  return rows;
}

/** The chunk with fewer rows. */
export const withRows = (chunk: FileChunk, rows: Int32Array): FileChunk => ({ ...chunk, rows });

/** The files of commits, which are few. */
export function chunkOfAdds(adds: readonly AddFile[]): FileChunk {
  return {
    batch: batchOf(fileSchema, adds, rowOf),
    // Parsed statistics are of checkpoints alone.
    hasParsed: async () => false,
    further: async (columns) =>
      batchOf(structType(columns.map(({ path, type }) => structField(path.join("."), type))), adds, (add) =>
        columns.map(({ path }) => furtherValue(add, path)),
      ),
  };
}

function batchOf(schema: StructType, adds: readonly AddFile[], row: (add: AddFile) => readonly StoredValue[]): Batch {
  const builder = batchBuilder(schema, adds.length);
  for (const add of adds) builder.append(row(add));
  return builder.finish();
}

const rowOf = ({ path, partitionValues, size, modificationTime = 0, deletionVector: vector, ...add }: AddFile) => [
  path,
  entries(partitionValues),
  BigInt(size),
  BigInt(modificationTime),
  vector?.storageType ?? null,
  vector?.pathOrInlineDv ?? null,
  vector?.offset ?? null,
  vector?.sizeInBytes ?? null,
  long(vector?.cardinality),
  long(add.baseRowId),
  long(add.defaultRowCommitVersion),
];

const long = (value: number | null | undefined): bigint | null =>
  value === undefined || value === null ? null : BigInt(value);

// Only what an `add` has as JSON is there.
function furtherValue(add: AddFile, [name, ...inner]: readonly string[]): StoredValue {
  if (inner.length > 0) return null;
  const value: unknown = add[name as keyof AddFile];
  if (value === undefined || value === null) return null;
  return typeof value === "object" ? entries(value as PartitionValues) : (value as StoredValue);
}

const entries = (values: PartitionValues): StoredValue => ({
  keys: Object.keys(values),
  values: Object.values(values),
});

/** The columns of a chunk as JavaScript values, decoded once. */
export interface FileColumns {
  readonly path: readonly string[];
  readonly size: ArrayLike<bigint>;
  readonly modificationTime: ArrayLike<bigint>;
  partitionValue(row: number, name: string): string | null | undefined;
  deletionVector(row: number): DeletionVectorDescriptor | undefined;
  baseRowId(row: number): bigint | null;
  defaultRowCommitVersion(row: number): bigint | null;
}

/** Reads a chunk's columns by row of its batch. */
export function fileColumns({ batch }: FileChunk): FileColumns {
  const column = (name: string): Vector => batch.columns[at[name]!]!;
  const vectors = ["storageType", "pathOrInlineDv", "offset", "sizeInBytes", "cardinality"].map((name) =>
    column(`deletionVector.${name}`),
  );
  const [storageType, pathOrInline, offset, sizeInBytes, cardinality] = vectors.map((vector) => lazyValues(vector));
  const ids = [column("baseRowId"), column("defaultRowCommitVersion")].map((vector) => lazyValues(vector));
  return {
    // Decoded by the first who asks.
    get path() {
      return strings(column("path"));
    },
    size: longs(column("size")),
    modificationTime: longs(column("modificationTime")),
    partitionValue: mapReader(column("partitionValues")),
    deletionVector(row) {
      if (isNullAt(vectors[0]!.validity, row)) return undefined;
      const start = offset!(row);
      return {
        storageType: storageType!(row) as "u" | "i" | "p",
        pathOrInlineDv: String(pathOrInline!(row)),
        ...(start === null ? {} : { offset: Number(start) }),
        sizeInBytes: Number(sizeInBytes!(row)),
        cardinality: Number(cardinality!(row)),
      };
    },
    baseRowId: (row) => ids[0]!(row) as bigint | null,
    defaultRowCommitVersion: (row) => ids[1]!(row) as bigint | null,
  };
}

// Most tables have no deletion vectors: such columns are decoded by the first row that has one.
function lazyValues(vector: Vector): (row: number) => unknown {
  let values: ArrayLike<unknown> | undefined;
  return (row) => {
    if (isNullAt(vector.validity, row)) return null;
    values ??= vectorValues(vector, { longs: "bigint" });
    return values[row];
  };
}

const strings = (vector: Vector): readonly string[] => (vector.layout === "text" ? vector.text.strings() : []);

const longs = (vector: Vector): ArrayLike<bigint> =>
  vector.layout === "fixed" ? (vector.values as BigInt64Array) : new BigInt64Array(vector.length);

/** Reads a value of a map by key; undefined where the map does not have the key. */
function mapReader(vector: Vector): (row: number, key: string) => string | null | undefined {
  if (vector.layout !== "map") return () => undefined;
  const { offsets } = vector;
  const keys = strings(vector.keys);
  const values = strings(vector.values);
  return (row, key) => {
    if (isNullAt(vector.validity, row)) return undefined;
    for (let entry = offsets[row]!; entry < offsets[row + 1]!; entry++)
      if (keys[entry] === key) return isNullAt(vector.values.validity, entry) ? null : values[entry]!;
    return undefined;
  };
}

/** The columns of the rows of a chunk that count. */
export const selectedColumns = ({ rows }: FileChunk, { columns }: Batch): readonly Vector[] =>
  rows === undefined ? columns : columns.map((column) => selectRows(column, rows));
