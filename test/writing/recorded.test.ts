import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Case, written } from "./program.ts";

const load = async <Value>(name: string): Promise<Value> =>
  JSON.parse(await readFile(join(import.meta.dirname, name), "utf8")) as Value;

const cases = await load<readonly Case[]>("cases.json");
const recorded = await load<Readonly<Record<string, Answer>>>("recorded.json");

/** How a case is compared where Spark's own answer depends on chance or on its machine, or where ours must differ. */
const otherwise: Readonly<Record<string, (answer: Answer) => unknown>> = {
  // Spark sorts rows by a hash of their bytes before it deals them out.
  "places: in turn": rowCounts,
  // Spark puts partitions together by where they lie.
  "places: coalesce": (answer) => Object.keys(answer),
};

function rowCounts(answer: Answer): unknown {
  return Object.entries(answer).map(([name, rows]) => [name, (rows as unknown[]).length]);
}

const refused: Readonly<Record<string, string>> = {
  "csv: no quote": "!UNSUPPORTED_FEATURE",
  "parquet: lz4": "!UNSUPPORTED_FEATURE",
};

describe("files as Spark writes them", () => {
  let folder: string;
  let spark: SparkSession;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "lakewright-writing-"));
    spark = SparkSession.builder.getOrCreate();
  });

  afterAll(async () => {
    await spark.stop();
    await rm(folder, { recursive: true, force: true });
  });

  for (const [index, given] of cases.entries()) {
    it(given.name, async () => {
      const answer = await written(spark, given, join(folder, String(index)));
      const compared = otherwise[given.name] ?? ((files: Answer): unknown => files);
      expect(compared(answer)).toEqual(compared(refused[given.name] ?? recorded[given.name]!));
    });
  }
});
