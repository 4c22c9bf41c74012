/** Files read with options give what real Spark gave for the same files. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import answers from "../answers/formats/files.json" with { type: "json" };
import { fileCases } from "./file-cases.ts";
import { fileDifferences } from "./file-differences.ts";
import { ourFiles, putFiles, type Recorded } from "./file-outcome.ts";

const recorded = answers as unknown as Readonly<Record<string, Recorded>>;

describe("files read with options", () => {
  let folder: string;
  let spark: SparkSession;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "file-cases-"));
    spark = SparkSession.create();
  });
  afterAll(async () => {
    await spark.stop();
    await rm(folder, { recursive: true });
  });

  it.each(fileCases.map((given, index) => ({ ...given, index })))("$name", async (given) => {
    const path = join(folder, String(given.index));
    const { files, outcome } = recorded[given.name]!;
    await putFiles(given, path, files);
    expect(await ourFiles(given, path, spark)).toEqual(fileDifferences[given.name] ?? outcome);
  });
});
