/** Files that were cut short, changed or added to at any place. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
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

describe("a compressed text", () => {
  const lines = Array.from({ length: 4000 }, (_, id) => ({ id, text: `text ${(id * 7919) % 1009}` }));
  const formats: Readonly<Record<string, (line: (typeof lines)[number]) => string>> = {
    csv: ({ id, text }) => `${id},${text}\n`,
    json: (line) => `${JSON.stringify(line)}\n`,
    xml: ({ id, text }) => `<r><id>${id}</id><text>${text}</text></r>\n`,
  };
  const read = (format: string, path: string, ignoreCorruptFiles: boolean) =>
    spark.read
      .schema("id INT, text STRING")
      .format(format)
      .options({ ignoreCorruptFiles, ...(format === "xml" ? { rowTag: "r" } : {}) })
      .load(path)
      .collect();

  test.each(Object.keys(formats))("of %s keeps the whole records before a cut", async (format) => {
    const content = lines.map(formats[format]!).join("");
    const whole = gzipSync(format === "xml" ? `<rows>${content}</rows>` : content);
    for (const share of [0.3, 0.6, 0.9]) {
      const path = put(
        join(folder, "text", format, `${share}.${format}.gz`),
        whole.subarray(0, Math.floor(whole.length * share)),
      );
      await expect(read(format, path, false)).rejects.toMatchObject({ condition: "FAILED_READ_FILE.NO_HINT" });
      const rows = await read(format, path, true);
      expect(rows).toEqual(lines.slice(0, rows.length));
    }
  });

  test.each(Object.keys(formats))("of %s without a byte has no rows", async (format) => {
    const path = put(join(folder, "text", format, `empty.${format}.gz`), "");
    expect(await read(format, path, false)).toEqual([]);
  });
});

test("XML whose bytes are no UTF-8 is named, or read up to them", async () => {
  const rows = Array.from({ length: 50 }, (_, id) => `<r><id>${id}</id><text>\u00e9\u{1f600}</text></r>\n`);
  const content = Buffer.from(`\ufeff<rows>${rows.join("")}</rows>`);
  const read = (path: string, ignoreCorruptFiles: boolean) =>
    spark.read.schema("id INT, text STRING").xml(path, { rowTag: "r", ignoreCorruptFiles }).collect();
  expect(await read(put(join(folder, "utf8", "whole.xml"), content), false)).toHaveLength(50);
  content[content.indexOf("<id>30</id>") + "<id>30</id><text>".length] = 0xff;
  const path = put(join(folder, "utf8", "broken.xml"), content);
  await expect(read(path, false)).rejects.toMatchObject({
    condition: "FAILED_READ_FILE.NO_HINT",
    message: expect.stringContaining(path),
  });
  expect((await read(path, true)).slice(0, 30).map(({ id }) => id)).toEqual(Array.from({ length: 30 }, (_, id) => id));
});

test("Avro keeps the blocks before a cut, a wrong end or a wrong checksum", async () => {
  const at = join(folder, "blocks");
  await spark.sql("SELECT id, repeat('x', 1000) AS text FROM range(400)").coalesce(1).write.format("avro").save(at);
  const whole = readFileSync(join(at, readdirSync(at).find((name) => name.endsWith(".avro"))!));
  const sync = whole.subarray(-16);
  const ends: number[] = [];
  for (let end = whole.indexOf(sync); end >= 0; end = whole.indexOf(sync, end + 1)) ends.push(end + sync.length);
  expect(ends.length).toBeGreaterThan(3);
  const rowsOf = (name: string, bytes: Uint8Array) =>
    spark.read
      .format("avro")
      .option("ignoreCorruptFiles", true)
      .load(put(join(folder, "blocks-torn", name, "a.avro"), bytes))
      .count();
  // The first marker ends the header.
  const [, first, second, third] = ends;
  const ofFirst = await rowsOf("first", whole.subarray(0, first));
  const ofTwo = await rowsOf("two", whole.subarray(0, second));
  expect(ofTwo).toBeGreaterThan(ofFirst);
  expect(await rowsOf("cut", whole.subarray(0, third! - 5))).toBe(ofTwo);
  for (const place of [third! - 1, third! - 20]) {
    const changed = Buffer.from(whole);
    changed[place]! ^= 0xff;
    expect(await rowsOf(`changed-${place}`, changed)).toBe(ofTwo);
  }
});
