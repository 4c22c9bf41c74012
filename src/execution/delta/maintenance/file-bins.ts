/** Which files of a table are put together. */
import type { AddFile } from "../../../delta/actions.ts";
import { partitionKey } from "../matching-partitions.ts";

/** How large a file may grow, and below which size one counts as small, in bytes. */
export interface FileBounds {
  readonly most: number;
  readonly least: number;
}

export const isMarked = ({ deletionVector }: AddFile): boolean => deletionVector !== undefined;

/** Files of one partition that become one: small ones until they are large enough, or all that are to be ordered anew. */
export function binsOf(
  files: readonly AddFile[],
  reorders: boolean,
  { most, least }: FileBounds,
): readonly (readonly AddFile[])[] {
  const wanted = files.filter((file) => reorders || file.size < least || isMarked(file));
  const partitions = Map.groupBy(wanted, ({ partitionValues }) => partitionKey(partitionValues));
  return [...partitions.values()].flatMap((partition) => {
    const bins: AddFile[][] = [];
    let room = 0;
    for (const file of partition.toSorted((left, right) => left.size - right.size)) {
      if (bins.length === 0 || file.size > room) {
        bins.push([]);
        room = most;
      }
      bins.at(-1)!.push(file);
      room -= file.size;
    }
    return bins.filter((bin) => bin.length > 1 || reorders || isMarked(bin[0]!));
  });
}
