import { stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createTemporaryFolder, type TemporaryFolder } from "../../../storage/temporary-folder.ts";
import { Database } from "../database.ts";
import type { SourceFile } from "./format.ts";
import { fileColumns } from "./parquet-footer.ts";

let database: Database;
let folder: TemporaryFolder;
beforeAll(async () => {
  database = await Database.open({ threads: 1 });
  folder = await createTemporaryFolder(undefined);
});
afterAll(async () => {
  await database.close();
  await folder.remove();
});

const longAgo = 1_000_000;

async function written(columns: string, changedAt?: number): Promise<SourceFile> {
  const path = join(folder.path, "rows.parquet");
  await database.run(`COPY (SELECT ${columns}) TO '${path}'`);
  if (changedAt !== undefined) await utimes(path, changedAt, changedAt);
  const { size, mtimeMs } = await stat(path);
  return { path, size, modifiedAt: mtimeMs, partitionValues: [] };
}

const namesOf = async (file: SourceFile): Promise<readonly string[]> => [
  ...(await fileColumns([file], database)).keys(),
];

test("a footer is read once as long as the file stays what it is", async () => {
  const file = await written("1 AS a", longAgo);
  const asked = vi.spyOn(database, "rows");
  expect(await namesOf(file)).toEqual(["a"]);
  const questions = asked.mock.calls.length;
  expect(questions).toBeGreaterThan(0);
  expect(await namesOf(file)).toEqual(["a"]);
  expect(asked.mock.calls.length).toBe(questions);
  asked.mockRestore();
});

test("a file that was written again is read again", async () => {
  expect(await namesOf(await written("1 AS a", longAgo))).toEqual(["a"]);
  expect(await namesOf(await written("1 AS b", longAgo + 1))).toEqual(["b"]);
});

test("what was written a moment ago is not remembered: it may change again without a sign", async () => {
  const file = await written("1 AS a");
  expect(await namesOf(file)).toEqual(["a"]);
  await written("1 AS b");
  expect(await namesOf(file)).toEqual(["b"]);
});
