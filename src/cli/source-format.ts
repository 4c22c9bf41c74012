/** Telling the format of files by their names. */
import { readdir, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { UsageError } from "./failure.ts";

const byExtension: Readonly<Record<string, string>> = {
  ".parquet": "parquet",
  ".json": "json",
  ".jsonl": "json",
  ".ndjson": "json",
  ".csv": "csv",
  ".txt": "text",
};

/** The format of a file, or of the first data file in a folder; Parquet where there is nothing to tell by. */
export async function detectFormat(path: string): Promise<string> {
  const own = byExtension[extname(path.replace(/\.(?:gz|zst)$/, ""))];
  if (own !== undefined) return own;
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory() === true) return (await firstInside(path)) ?? "parquet";
  if (found === undefined) return "parquet";
  throw new UsageError(
    `the format of ${path} cannot be told from its name; it must end in ${Object.keys(byExtension).join(", ")}`,
  );
}

async function firstInside(folder: string): Promise<string | undefined> {
  const entries = await readdir(folder, { withFileTypes: true });
  const shown = entries.filter(({ name }) => !name.startsWith(".") && (!name.startsWith("_") || name.includes("=")));
  for (const entry of shown) {
    const format = entry.isDirectory()
      ? await firstInside(join(folder, entry.name))
      : byExtension[extname(entry.name.replace(/\.(?:gz|zst)$/, ""))];
    if (format !== undefined) return format;
  }
  return undefined;
}
