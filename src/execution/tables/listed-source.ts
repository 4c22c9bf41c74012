/** Tables that list their files themselves: which are read is decided when the plan is analysed. */
import { type LeafFilters, leafFilters } from "../../plan/leaf-filters.ts";
import type { ListedFiles } from "../../plan/listed-files.ts";
import type { Leaf, ResolvedRelation } from "../../plan/resolved.ts";

/** What stands behind a leaf whose files are found last. */
export abstract class ListedSource {
  /**
   * The files to read.
   *
   * @param filters - what is asked of the rows: files in which no row can satisfy it may be left out
   */
  abstract list(filters: LeafFilters | undefined): Promise<ListedFiles>;

  /** How many files there are to choose from; undefined where all are read. */
  get fileCount(): number | undefined {
    return undefined;
  }
}

/** What `explain` says of the files of leaves: a line each, such as `Files of /data/sales: 2 of 100`. */
export const filesRead = (leaves: readonly Leaf[]): string =>
  leaves
    .flatMap(({ details, listed, paths }) => {
      if (!(details instanceof ListedSource) || listed === undefined || details.fileCount === undefined) return [];
      const read = listed.groups.reduce((count, { files }) => count + files.length, 0);
      return [`Files of ${paths.join(", ")}: ${read} of ${details.fileCount}\n`];
    })
    .join("");

/** The leaves with the files that the plans read of them. */
export async function listedLeaves(
  leaves: readonly Leaf[],
  plans: readonly ResolvedRelation[],
): Promise<readonly Leaf[]> {
  if (!leaves.some(({ details }) => details instanceof ListedSource)) return leaves;
  const filters = leafFilters(plans);
  return Promise.all(
    leaves.map(async (leaf) =>
      leaf.details instanceof ListedSource ? { ...leaf, listed: await leaf.details.list(filters.get(leaf.id)) } : leaf,
    ),
  );
}

/** The files of a leaf as Spark names them. */
export const inputFilesOf = ({ files, listed }: Leaf): readonly string[] =>
  listed?.groups.flatMap((group) => group.files.map(({ path }) => `file://${encodeURI(path)}`)) ?? files ?? [];
