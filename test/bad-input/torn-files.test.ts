/** Files of Parquet and Avro that were cut short, changed or added to at any place. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isLakewrightError, type SparkSession } from "lakewright";
import { testSession } from "lakewright/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { discard, put, scratchFolder } from "./scratch.ts";

let spark: SparkSession;
const folder = scratchFolder();
const rows = 60;
const places = 16;
beforeAll(() => {
  spark = testSession();
});
afterAll(async () => {
  await spark.stop();
  discard(folder);
});

interface Outcome {
  readonly rows?: number;
  readonly condition?: string | undefined;
  readonly sentence?: string;
}

async function outcomeOf(format: string, path: string, ignoreCorruptFiles: boolean): Promise<Outcome> {
  const read = spark.read
    .schema("id STRING, l ARRAY<DOUBLE>")
    .format(format)
    .option("ignoreCorruptFiles", ignoreCorruptFiles);
  try {
    return { rows: (await read.load(path).collect()).length };
  } catch (error) {
    if (!isLakewrightError(error)) throw error;
    return { condition: error.condition, sentence: error.message };
  }
}

const unreadable = /^FAILED_READ_FILE\./;

describe.each(["parquet", "avro"])("a file of %s", (format) => {
  let whole: Buffer;
  const made = (name: string, bytes: Uint8Array): string =>
    put(join(folder, `${format}-torn`, name, `a.${format}`), bytes);
  const offsets = (): number[] =>
    Array.from({ length: places }, (_, index) => Math.floor((index * whole.length) / places));
  beforeAll(async () => {
    const at = join(folder, format);
    const values = spark.sql(`SELECT concat('name ', id) AS id, array(id * 1.5D, 2D) AS l FROM range(${rows})`);
    await values.coalesce(1).write.format(format).save(at);
    whole = readFileSync(join(at, readdirSync(at).find((name) => name.endsWith(`.${format}`))!));
  });

  test("that was cut short is named, or passed over where the option says so", async () => {
    for (const offset of [...offsets().slice(1), whole.length - 1]) {
      const path = made(`cut-${offset}`, whole.subarray(0, offset));
      const refused = await outcomeOf(format, path, false);
      expect(refused, `cut at ${offset}`).toMatchObject({ condition: expect.stringMatching(unreadable) });
      expect(refused.sentence).toContain(path);
      expect(refused.sentence).toContain("ignoreCorruptFiles");
      expect(await outcomeOf(format, path, true)).toEqual({ rows: 0 });
    }
  });

  test("that was changed is read or named, and never a fault of ours", async () => {
    for (const offset of [...offsets(), whole.length - 6, whole.length - 1]) {
      const changed = Buffer.from(whole);
      changed[offset]! ^= 0xff;
      const path = made(`changed-${offset}`, changed);
      const { condition, sentence = "" } = await outcomeOf(format, path, false);
      if (condition === undefined) continue;
      expect(condition, sentence).toMatch(/^(FAILED_READ_FILE\.|UNSUPPORTED_FEATURE$)/);
      expect(sentence).not.toMatch(/Exception|Invalid Error|device/);
    }
  });

  test("that goes on after its end is named", async () => {
    const path = made("trailing", Buffer.concat([whole, Buffer.from("and more")]));
    const { condition, sentence } = await outcomeOf(format, path, false);
    expect(condition).toMatch(unreadable);
    expect(sentence).toContain(path);
  });

  test("without a byte has no rows", async () => {
    expect(await outcomeOf(format, made("empty", Buffer.alloc(0)), false)).toEqual({ rows: 0 });
  });
});
