/** Rows marked as deleted in the vectors of their files, instead of files written anew without them. */
import type { AddFile } from "../../../delta/actions.ts";
import { deletedRows } from "../../../delta/deletion-vectors/deletion-vector.ts";
import { writeVectors } from "../../../delta/deletion-vectors/vector-writer.ts";
import type { Relation } from "../../../plan/relation.ts";
import { vectorValues } from "../../../types/vector-values.ts";
import type { CommandContext } from "../../commands/context.ts";
import { column, project } from "./expressions.ts";
import { effectiveMarks } from "./marked-rows.ts";
import type { RowChange } from "./row-change.ts";
import { markedFile, markedRow } from "./row-columns.ts";

/**
 * Writes the vectors of files of which some rows are marked.
 *
 * @param files - those to give a new vector, by number
 * @returns the files with their vectors, in the same order
 */
export async function withDeletedRows(
  marked: Relation,
  change: RowChange,
  files: ReadonlyMap<number, AddFile>,
  context: CommandContext,
): Promise<readonly AddFile[]> {
  const { location } = change.table;
  const { storage } = context.delta.handlers;
  const rows = await markedByFile(marked, change, context);
  const vectors: BigInt64Array[] = [];
  for (const [number, { deletionVector }] of files) {
    const before = deletionVector === undefined ? [] : await deletedRows(deletionVector, location, storage);
    vectors.push(BigInt64Array.from([...before, ...(rows.get(number) ?? [])]).sort());
  }
  const written = await writeVectors(vectors, location, storage);
  return [...files.values()].map((add, index) => ({
    ...add,
    dataChange: true,
    deletionVector: written[index]!,
    ...(add.stats === undefined ? {} : { stats: looseBounds(add.stats) }),
  }));
}

/** Bounds of a file may be those of rows that are deleted. */
function looseBounds(stats: string): string {
  const told = JSON.parse(stats) as Record<string, unknown>;
  return JSON.stringify({ ...told, tightBounds: false });
}

async function markedByFile(
  marked: Relation,
  change: RowChange,
  context: CommandContext,
): Promise<ReadonlyMap<number, readonly bigint[]>> {
  const places = project(effectiveMarks(marked, change), [column(markedFile), column(markedRow)]);
  const found = new Map<number, bigint[]>();
  for (const { columns, rows } of await context.collect(places)) {
    const files = vectorValues(columns[0]!);
    const numbers = vectorValues(columns[1]!, { longs: "bigint" });
    for (let row = 0; row < rows; row++) {
      const file = Number(files[row]);
      const known = found.get(file) ?? [];
      if (known.length === 0) found.set(file, known);
      known.push(numbers[row] as bigint);
    }
  }
  return found;
}
