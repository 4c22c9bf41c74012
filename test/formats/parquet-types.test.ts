/** Columns of Parquet files read as other types than their own give what real Spark gave. */
import { mkdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import answers from "../answers/formats/parquet-types.json" with { type: "json" };
import { ourFiles } from "./file-outcome.ts";
import { answerOf, askedTypes, type ParquetAnswer, parquetColumns, typeDifferences } from "./parquet-types.ts";

interface Recorded {
  /** The file, in base 64. */
  readonly file: string;
  readonly answers: Readonly<Record<string, ParquetAnswer>>;
}

const recorded = answers as unknown as Readonly<Record<string, Recorded>>;

describe("a column of Parquet", () => {
  let folder: string;
  let spark: SparkSession;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "parquet-types-"));
    spark = SparkSession.create();
  });
  afterAll(async () => {
    await spark.stop();
    await rm(folder, { recursive: true });
  });

  it.each(parquetColumns)("of $name is read as each type as by Spark", async ({ name }) => {
    const { file, answers: theirs } = recorded[name]!;
    const path = join(folder, name);
    mkdirSync(path);
    writeFileSync(join(path, "a.parquet"), Buffer.from(file, "base64"));
    for (const type of askedTypes) {
      const outcome = await ourFiles({ name, format: "parquet", schema: `v ${type}` }, path, spark);
      const pair = `${name} AS ${type}`;
      expect({ [pair]: answerOf(outcome) }).toEqual({ [pair]: typeDifferences[pair] ?? theirs[type] });
    }
  });
});
