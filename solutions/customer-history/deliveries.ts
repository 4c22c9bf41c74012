/** The deliveries of an input: files that are merged one after the other, in the order of their names. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Source } from "../common/sources.ts";

/** A file is one delivery, and so is a folder of Parquet; the files in a folder of text are one each. */
export async function deliveriesOf({ path, format }: Source): Promise<readonly Source[]> {
  if (format === "parquet" || !(await stat(path)).isDirectory()) return [{ path, format }];
  const names = (await readdir(path)).filter((name) => !/^[_.]/.test(name)).toSorted();
  return names.map((name) => ({ path: join(path, name), format }));
}
