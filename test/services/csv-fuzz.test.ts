import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectSpark, hasSpark, type SparkPeer } from "../../services/client.ts";
import { csvByLine, csvStyles, oddCsvLines, oddCsvSchema, readOddCsv, writeOddCsv } from "../formats/odd-csv.ts";

const seed = Number(process.env.LAKEWRIGHT_FUZZ_SEED ?? 1);
const linesOfStyle = 1000;

describe.skipIf(!hasSpark())("CSV lines", () => {
  let peer: SparkPeer;
  let folder: string;
  const spark = SparkSession.create();
  beforeAll(async () => {
    peer = await connectSpark();
    folder = await mkdtemp(join(tmpdir(), "csv-fuzz-"));
  });
  afterAll(async () => {
    await Promise.all([spark.stop(), peer.close(), rm(folder, { recursive: true })]);
  });

  it.each(csvStyles)("are read as Spark reads them: $name", async (style) => {
    const lines = oddCsvLines(seed, linesOfStyle, style);
    const path = join(folder, `${style.name}.csv`);
    writeOddCsv(path, lines);
    const { rows } = await peer.read({ format: "csv", path, schema: oddCsvSchema, options: style.options });
    const theirs = csvByLine(rows);
    const ours = csvByLine(await readOddCsv(spark, path, style));
    expect(theirs.length).toBe(lines.length);
    const wrong = lines.flatMap((line, index) =>
      JSON.stringify(ours[index]) === JSON.stringify(theirs[index])
        ? []
        : [{ seed, index, line, ours: ours[index], theirs: theirs[index] }],
    );
    expect(wrong.slice(0, 5)).toEqual([]);
  });
});
