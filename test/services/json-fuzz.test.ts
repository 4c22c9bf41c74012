import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectSpark, hasSpark, type SparkPeer } from "../../services/client.ts";
import { oddJsonLines, tidyJsonLines } from "../formats/json-lines.ts";
import { byLine, comparable, oddJsonSchema, readOddJson, writeOddJson } from "../formats/odd-json.ts";

const seed = Number(process.env.LAKEWRIGHT_FUZZ_SEED ?? 1);
const decoder = new TextDecoder();

describe.skipIf(!hasSpark())("JSON lines", () => {
  let spark: SparkPeer;
  let folder: string;
  beforeAll(async () => {
    spark = await connectSpark();
    folder = await mkdtemp(join(tmpdir(), "json-fuzz-"));
  });
  afterAll(async () => {
    await spark.close();
    await rm(folder, { recursive: true });
  });

  it.each([
    ["odd", oddJsonLines],
    ["tidy", tidyJsonLines],
  ])("are read as Spark reads them, 10,000 %s ones", async (name, make) => {
    const lines = make(seed, 10_000);
    const path = join(folder, `${name}.jsonl`);
    writeOddJson(path, lines);
    const { rows } = await spark.read({ format: "json", path, schema: oddJsonSchema });
    const theirs = byLine(comparable(rows));
    const ours = byLine(await readOddJson(path));
    expect(theirs.length).toBe(lines.length);
    const wrong = lines.flatMap((line, index) =>
      JSON.stringify(ours[index]) === JSON.stringify(theirs[index])
        ? []
        : [{ seed, index, line: decoder.decode(line), ours: ours[index], theirs: theirs[index] }],
    );
    expect(wrong.slice(0, 5)).toEqual([]);
  });
});
