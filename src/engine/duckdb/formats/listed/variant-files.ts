/** Files with columns of type VARIANT, which each file holds in its own way: whole, or taken apart into what it has found. */

import type { ColumnOfFiles, ListedFile } from "../../../../plan/listed-files.ts";
import {
  arrayType,
  type DataType,
  mapType,
  type StructField,
  structField,
  structType,
} from "../../../../types/data-type.ts";
import { holdsVariant } from "../../../../types/some-type.ts";
import type { Database } from "../../database.ts";
import type { FileType } from "../file-type.ts";
import { fileColumns } from "../parquet-footer.ts";
import { sparkType } from "../parquet-value.ts";
import { type PlainFile, withoutAnnotations } from "../parquet-variant.ts";
import { pathList } from "../path-list.ts";

/** The type that a column is read as, before its values are put together. */
export type HeldType = (column: ColumnOfFiles) => DataType;

/** Files that hold their columns in one way. */
export interface AlikeFiles {
  readonly files: readonly PlainFile<ListedFile>[];
  readonly held: HeldType;
}

/** @param onEnd - takes what removes copies of files */
export async function alikeFiles(
  files: readonly ListedFile[],
  database: Database,
  onEnd: (cleanup: () => Promise<void>) => void,
): Promise<readonly AlikeFiles[]> {
  const plain = await withoutAnnotations(files, onEnd);
  const shapes = await shapesOf(plain, database);
  const groups = [...Map.groupBy(plain, ({ path }) => shapes.get(path)).values()];
  return Promise.all(groups.map(async (group) => ({ files: group, held: await heldIn(group[0]!, database) })));
}

async function shapesOf(files: readonly ListedFile[], database: Database): Promise<ReadonlyMap<string, string>> {
  const rows = await database.rows(
    `SELECT file_name, md5(list((name, field_id, type, converted_type, logical_type, num_children))::VARCHAR) AS shape
     FROM parquet_schema(${pathList(files.map(({ path }) => path))}) GROUP BY file_name`,
  );
  return new Map(rows.map(({ file_name, shape }) => [String(file_name), String(shape)]));
}

async function heldIn(file: PlainFile<ListedFile>, database: Database): Promise<HeldType> {
  const { path, size, modifiedAt } = file;
  const columns = await fileColumns([{ path, size, modifiedAt, partitionValues: [] }], database);
  const ids = await database.rows(
    `SELECT name, field_id FROM parquet_schema(${pathList([path])}) WHERE field_id IS NOT NULL`,
  );
  const nameOf = (head: string | number): string | undefined =>
    typeof head === "string" ? head : ids.find(({ field_id }) => Number(field_id) === head)?.name?.toString();
  return ({ path: [head, ...inner], type }) => {
    const outermost = columns.get(nameOf(head) ?? "")?.type;
    return held(
      type,
      inner.reduce((within, name) => fieldIn(within, name), outermost),
    );
  };
}

const fieldIn = (type: FileType | undefined, name: string): FileType | undefined =>
  type?.is === "struct" ? type.fields.find((field) => field.name === name)?.type : undefined;

/** A type with every VARIANT in it as a file holds it. */
function held(type: DataType, file: FileType | undefined): DataType {
  if (file === undefined || !holdsVariant(type)) return type;
  if (type.kind === "variant") return sparkType(file);
  if (type.kind === "struct")
    return structType(
      type.fields.map((field): StructField => structField(field.name, held(field.type, fieldIn(file, field.name)))),
    );
  if (type.kind === "array" && file.is === "list") return arrayType(held(type.element, file.element));
  if (type.kind === "map" && file.is === "map") return mapType(type.key, held(type.value, file.value));
  return type;
}
