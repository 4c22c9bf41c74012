import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { col, type SparkSession } from "lakewright";
import { testSession } from "lakewright/testing";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { discard, partsOf, put, type Refusal, refuses, scratchFolder } from "./scratch.ts";

let spark: SparkSession;
const folder = scratchFolder();
const at = (...names: readonly string[]): string => join(folder, ...names);
let good: Uint8Array;
beforeAll(async () => {
  spark = testSession();
  await spark.range(1000).write.parquet(at("good"));
  good = readFileSync(partsOf(at("good"))[0]!);
});
afterEach(async () => {
  expect(await spark.range(3).count()).toBe(3);
});
afterAll(async () => {
  await spark.stop();
  discard(folder);
});

const unreadable = (condition: string, ...says: string[]): Refusal => ({
  name: "ExecutionError",
  condition: `FAILED_READ_FILE.${condition}`,
  sqlState: "KD001",
  says,
});
const mismatch = (...says: string[]): Refusal => unreadable("PARQUET_COLUMN_DATA_TYPE_MISMATCH", ...says);

describe("Parquet files that are broken", () => {
  test.each([
    ["cut short", (): Uint8Array => good.subarray(0, good.length / 2)],
    ["text", (): string => "this is text, and not Parquet\n".repeat(3)],
    ["empty", (): string => ""],
  ] as const)("one that is %s is named", async (name, content: () => string | Uint8Array) => {
    const path = put(at("broken", `${name}.parquet`), content());
    await refuses(
      () => spark.read.parquet(path).count(),
      unreadable("CANNOT_READ_FILE_FOOTER", path, "write it again"),
    );
  });

  test("one whose schema is known is named when its rows are read, unless it has no byte", async () => {
    const cut = put(at("cut.parquet"), good.subarray(0, good.length / 2));
    await refuses(() => spark.read.schema("id BIGINT").parquet(cut).collect(), unreadable("NO_HINT", cut));
    expect(
      await spark.read
        .schema("id BIGINT")
        .parquet(put(at("none.parquet"), ""))
        .count(),
    ).toBe(0);
  });

  test("one with damaged pages is named among others", async () => {
    const damaged = Uint8Array.from(good);
    damaged.fill(0xff, 4, 200);
    const path = put(at("damaged", "z.parquet"), damaged);
    put(at("damaged", "a.parquet"), good);
    await refuses(() => spark.read.parquet(at("damaged")).collect(), unreadable("NO_HINT", path));
    await refuses(() => spark.read.parquet(at("damaged")).write.parquet(at("copy")), unreadable("NO_HINT", path));
  });

  test("a folder with other formats beside it names the file that is none", async () => {
    mkdirSync(at("mixed"));
    copyFileSync(partsOf(at("good"))[0]!, at("mixed", "a.parquet"));
    const path = put(at("mixed", "b.csv"), "id\n1\n2\n3\n4\n5\n");
    await refuses(() => spark.read.parquet(at("mixed")).collect(), unreadable("NO_HINT", path, "pathGlobFilter"));
    expect(await spark.read.option("pathGlobFilter", "*.parquet").parquet(at("mixed")).count()).toBe(1000);
  });
});

describe("Parquet files of other types", () => {
  test.each(["INT", "STRING", "DOUBLE", "DATE", "DECIMAL(5,2)", "TIMESTAMP", "BOOLEAN", "BINARY"])(
    "BIGINT is not read as %s",
    (type) =>
      refuses(
        () => spark.read.schema(`id ${type}`).parquet(at("good")).collect(),
        mismatch("[id]", type.toLowerCase(), "BIGINT", "cast it afterwards"),
      ),
  );

  test("BIGINT is read as a decimal with room for it", async () => {
    const [row] = await spark.read.schema("id DECIMAL(20,0)").parquet(at("good")).orderBy("id").collect();
    expect(String(row?.id)).toBe("0");
  });

  test("a later file of another type is named", async () => {
    await spark.range(3).select(col("id").cast("string").as("id")).write.parquet(at("texts"));
    mkdirSync(at("both"));
    copyFileSync(partsOf(at("good"))[0]!, at("both", "a.parquet"));
    copyFileSync(partsOf(at("texts"))[0]!, at("both", "b.parquet"));
    await refuses(
      () => spark.read.parquet(at("both")).collect(),
      mismatch(at("both", "b.parquet"), "bigint", "VARCHAR"),
    );
    await refuses(() => spark.read.option("mergeSchema", true).parquet(at("both")).collect(), {
      name: "AnalysisError",
      condition: "CANNOT_MERGE_SCHEMAS",
      sqlState: "42KD9",
    });
  });
});

describe("JSON lines that are broken", () => {
  const lines = '{"id":1}\n{"id":\n{"id":3}\n';
  let path: string;
  beforeAll(() => {
    path = put(at("lines.json"), lines);
  });

  test("are kept, dropped or refused, as the mode says", async () => {
    expect(await spark.read.json(path).collect()).toEqual([
      { _corrupt_record: null, id: 1 },
      { _corrupt_record: '{"id":', id: null },
      { _corrupt_record: null, id: 3 },
    ]);
    expect(await spark.read.schema("id INT").json(path, { mode: "DROPMALFORMED" }).collect()).toEqual([
      { id: 1 },
      { id: 3 },
    ]);
    await refuses(() => spark.read.schema("id INT").json(path, { mode: "FAILFAST" }).collect(), {
      name: "ExecutionError",
      condition: "MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION",
      sqlState: "22023",
      says: [`${path}:2`, '{"id":', "PERMISSIVE"],
    });
  });

  test("with bytes that are no UTF-8 are corrupt, their neighbours are not", async () => {
    const bytes = Buffer.from('{"a":"\xff\xfe"}\n{"a":"ok"}\n', "latin1");
    expect(await spark.read.json(put(at("bytes.json"), bytes)).collect()).toEqual([
      { _corrupt_record: '{"a":"\ufffd\ufffd"}', a: null },
      { _corrupt_record: null, a: "ok" },
    ]);
  });

  test("of 10 MB are read whole", async () => {
    const long = "x".repeat(10_000_000);
    const [row] = await spark.read
      .schema("a STRING")
      .json(put(at("long.json"), `{"a":"${long}"}\n`))
      .collect();
    expect(row?.a === long).toBe(true);
  });

  test("an empty file has neither columns nor rows", async () => {
    const empty = spark.read.json(put(at("empty.json"), ""));
    expect(await empty.columns()).toEqual([]);
    expect(await empty.collect()).toEqual([]);
    expect(await spark.range(3).select().collect()).toEqual([{}, {}, {}]);
  });

  test("a Parquet file among them is lines that are broken", async () => {
    put(at("blend", "a.json"), '{"id":1}\n');
    put(at("blend", "b.parquet"), good);
    expect(await spark.read.json(at("blend")).columns()).toEqual(["_corrupt_record", "id"]);
  });
});

describe("no rows", () => {
  test("are written and read back with their columns", async () => {
    const none = spark.range(0).select("id", col("id").cast("string").as("name"));
    await none.write.parquet(at("none"));
    const back = spark.read.parquet(at("none"));
    expect(await back.columns()).toEqual(["id", "name"]);
    expect(await back.collect()).toEqual([]);
  });
});
