/** Files of equal partition and folders cut out of a table that holds the rows sorted by these, in their order. */
import type { WrittenFile } from "../../engine.ts";
import { type CopyRequest, copyFile, parting, partingNames } from "./copy.ts";
import type { FilePlace } from "./file-names.ts";

/** How many files are written at the same time. */
const together = 4;

interface Slice {
  readonly place: FilePlace;
  readonly start: bigint;
  readonly end: bigint;
}

/**
 * Copies the rows into files of at most `most` rows, any number for zero.
 */
export async function copySlices(request: CopyRequest, most: number): Promise<readonly WrittenFile[]> {
  const { preparation, sql } = request;
  const table = preparation.temporaryTable();
  const keys = partingNames(request).join(", ");
  const rows = `SELECT *, ${parting(request).join(", ")}, row_number() OVER () AS position FROM (${sql})`;
  await preparation.run(`CREATE TABLE ${table} AS SELECT * FROM (${rows}) ORDER BY ${keys}, position`);
  const slices = await slicesOf(request, table, BigInt(most));
  const files: WrittenFile[] = [];
  for (let start = 0; start < slices.length; start += together) {
    files.push(
      ...(await Promise.all(slices.slice(start, start + together).map((slice) => copySlice(request, table, slice)))),
    );
  }
  return files;
}

async function slicesOf(request: CopyRequest, table: string, most: bigint): Promise<readonly Slice[]> {
  const [task, ...folders] = partingNames(request);
  const keys = [task, ...folders].join(", ");
  const groups = await request.preparation.rows(
    `SELECT ${keys}, min(rowid) AS start, max(rowid) + 1 AS finish FROM ${table} GROUP BY ${keys} ORDER BY start`,
  );
  return groups.flatMap((group) => {
    const values = folders.map((name) => group[name] as string | null);
    return cut(BigInt(group.start as bigint), BigInt(group.finish as bigint), most).map(([start, end], counter) => ({
      place: { task: Number(group[task!]), values, counter },
      start,
      end,
    }));
  });
}

function cut(start: bigint, end: bigint, most: bigint): [start: bigint, end: bigint][] {
  const size = most === 0n ? end - start : most;
  const pieces: [bigint, bigint][] = [];
  for (let from = start; from < end; from += size) pieces.push([from, from + size < end ? from + size : end]);
  return pieces;
}

const copySlice = (request: CopyRequest, table: string, { place, start, end }: Slice): Promise<WrittenFile> =>
  copyFile(request, `SELECT * FROM ${table} WHERE rowid >= ${start} AND rowid < ${end}`, place);
