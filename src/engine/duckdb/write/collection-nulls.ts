/** How many arrays and maps of a file are null, of which COPY tells no more than of what is in them. */
import type { StructField } from "../../../types/data-type.ts";
import type { ColumnStatistics } from "../../engine.ts";
import { pathList } from "../formats/path-list.ts";
import type { Preparation } from "../preparation.ts";
import { identifier } from "../sql-text.ts";

type Path = readonly string[];

/** The arrays and maps of a file, those in structs too, but not those within others. */
export const collectionsIn = (fields: readonly StructField[], above: Path = []): readonly Path[] =>
  fields.flatMap(({ name, type }) => {
    const path = [...above, name];
    if (type.kind === "struct") return collectionsIn(type.fields, path);
    return type.kind === "array" || type.kind === "map" ? [path] : [];
  });

/**
 * The statistics of a file with those of its collections.
 *
 * An element that is not there counts as null, be the collection null or empty: where one leaf has no nulls, no
 * collection is. Only the others are counted, by a look at the file.
 */
export async function withCollections(
  columns: readonly ColumnStatistics[],
  collections: readonly Path[],
  file: string,
  preparation: Preparation,
): Promise<readonly ColumnStatistics[]> {
  const isSparse = (path: Path): boolean => columns.every((leaf) => leaf.nulls > 0 || !isWithin(leaf.path, path));
  const sparse = collections.filter(isSparse);
  const counts = await nullsIn(file, sparse, preparation);
  const found = collections.map((path) => ({ path, nulls: counts[sparse.indexOf(path)] ?? 0, hasNaN: false }));
  return [...columns, ...found];
}

const isWithin = (leaf: Path, path: Path): boolean => path.every((name, index) => leaf[index] === name);

async function nullsIn(file: string, paths: readonly Path[], preparation: Preparation): Promise<readonly number[]> {
  if (paths.length === 0) return [];
  const counts = paths.map((path, index) => `count(*) - count(${path.map(identifier).join(".")}) AS c${index}`);
  const [row] = await preparation.rows(
    `SELECT ${counts.join(", ")} FROM read_parquet(${pathList([file])}, hive_partitioning = false)`,
  );
  return paths.map((_, index) => Number(row![`c${index}`]));
}
