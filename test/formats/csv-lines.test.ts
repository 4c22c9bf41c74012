/** Odd lines of CSV under several options, with the rows that Spark 4.2 gave for each. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SparkValue } from "../../services/client.ts";
import answers from "../answers/formats/csv-lines.json" with { type: "json" };
import { csvByLine, csvStyles, readOddCsv, writeOddCsv } from "./odd-csv.ts";

interface Recorded {
  readonly style: string;
  readonly line: string;
  readonly rows: SparkValue[][];
}

const recorded = answers as unknown as readonly Recorded[];

describe("CSV lines", () => {
  let folder: string;
  let spark: SparkSession;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "csv-lines-"));
    spark = SparkSession.create();
  });
  afterAll(async () => {
    await spark.stop();
    await rm(folder, { recursive: true });
  });

  it.each(csvStyles)("have Spark's answers: $name", async (style) => {
    const given = recorded.filter(({ style: name }) => name === style.name);
    expect(given.length).toBeGreaterThan(20);
    const path = join(folder, `${style.name}.csv`);
    writeOddCsv(
      path,
      given.map(({ line }) => line),
    );
    const read = csvByLine(await readOddCsv(spark, path, style));
    expect(given.map(({ line }, index) => ({ line, rows: read[index] }))).toEqual(
      given.map(({ line, rows }) => ({ line, rows })),
    );
  });
});
