/** The outcome of reading the files of a case, on either side. */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isLakewrightError, type SparkSession } from "lakewright";
import type { SparkPeer } from "../../services/client.ts";
import { frameOutcome, type Outcome, sparkOutcome } from "../services/outcome.ts";
import type { FileCase } from "./file-cases.ts";

/** Rows and schema, or an error's condition. */
export type FileOutcome = Exclude<Outcome, { error: unknown }> | { readonly error: string | null };

/** What Spark said, with the files that it wrote for the case, in base 64. */
export interface Recorded {
  readonly files?: Readonly<Record<string, string>>;
  readonly outcome: FileOutcome;
}

/** Puts the files of a case into a folder. */
export async function putFiles(
  { files, format }: FileCase,
  folder: string,
  written: Recorded["files"] = {},
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const given = typeof files === "string" ? { [`a.${format}`]: files } : (files ?? {});
  for (const [name, content] of Object.entries(given)) await writeFile(join(folder, name), content);
  for (const [name, content] of Object.entries(written))
    await writeFile(join(folder, name), Buffer.from(content, "base64"));
}

/** What the embedded engine reads. */
export async function ourFiles(
  { format, options = {}, schema }: FileCase,
  folder: string,
  spark: SparkSession,
): Promise<FileOutcome> {
  try {
    const reader = spark.read.format(format).options(options);
    return (await frameOutcome((schema === undefined ? reader : reader.schema(schema)).load(folder))) as FileOutcome;
  } catch (error) {
    if (!isLakewrightError(error)) throw error;
    return { error: error.condition ?? null };
  }
}

/** Has Spark write the files of a case, if it does, and read them. */
export async function sparksFiles(given: FileCase, folder: string, peer: SparkPeer): Promise<Recorded> {
  const { format, options = {}, schema, written } = given;
  if (written !== undefined) {
    const request = { sql: written.sql, format, path: folder, options: written.options ?? {} };
    await peer.write(request);
  } else await putFiles(given, folder);
  const read = await peer.attempt({
    op: "read",
    format,
    path: folder,
    options,
    ...(schema === undefined ? {} : { schema }),
  });
  const outcome = sparkOutcome(read);
  return {
    ...(written === undefined ? {} : { files: await filesOf(folder) }),
    outcome: "error" in outcome ? { error: (outcome.error.condition as string | undefined) ?? null } : outcome,
  };
}

async function filesOf(folder: string): Promise<Readonly<Record<string, string>>> {
  const names = (await readdir(folder)).filter((name) => name.startsWith("part-"));
  const contents = await Promise.all(
    names.map(async (name) => (await readFile(join(folder, name))).toString("base64")),
  );
  return Object.fromEntries(names.map((name, index) => [name, contents[index]!]));
}
