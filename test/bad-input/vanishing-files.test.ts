/** Files that are deleted after they were listed and before they are read. Spark 4.2 gives these answers for each format. */
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { bigintType, col, lit, type SparkSession, udf } from "lakewright";
import { testSession } from "lakewright/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { discard, refuses, scratchFolder } from "./scratch.ts";

let spark: SparkSession;
const folder = scratchFolder();
const rowsOfFile = 3;

beforeAll(() => {
  spark = testSession();
});
afterAll(async () => {
  await spark.stop();
  discard(folder);
});

const kinds = [
  ...["csv", "json", "text", "xml"].flatMap((format) => [[format, ""] as const, [format, "gzip"] as const]),
  ["parquet", ""],
  ["avro", ""],
  ["delta", ""],
  ["binaryFile", ""],
] as const;

describe.each(kinds)("a file of %s %s that goes between listing and reading", (format, compression) => {
  let made: string;
  const rowTag = format === "xml" ? { rowTag: "r" } : {};
  const isTable = format === "binaryFile" || format === "delta";
  beforeAll(async () => {
    made = join(folder, `${format}-${compression}`);
    const written = format === "binaryFile" ? "text" : format;
    const rows = spark.range(rowsOfFile).select(col("id").cast("string").as("value")).coalesce(1);
    for (const _ of ["first", "second"])
      await rows.write
        .format(written)
        .options({ ...(compression === "" ? {} : { compression }), ...rowTag })
        .mode("append")
        .save(made);
  });

  /** How many rows are read, of two files of which one is deleted once both are listed. */
  async function rowsRead(options: Readonly<Record<string, unknown>>): Promise<number> {
    const path = mkdtempSync(join(folder, "copy-"));
    cpSync(made, path, { recursive: true });
    const first = join(path, readdirSync(path).find((name) => /^[^_.]/.test(name))!);
    const remove = udf({ id: bigintType }, bigintType, ({ id }) => {
      rmSync(first, { force: true });
      return id;
    });
    const read = spark.read.format(format).options({ ...options, ...rowTag });
    const files = (isTable ? read : read.schema("value STRING")).load(path);
    // What is pivoted is looked up when the sources are known.
    const pivoted = spark.range(1).select(lit(1).as("one"), remove({ id: col("id") }).as("key"));
    return (await files.crossJoin(pivoted.groupBy("one").pivot("key").count()).collect()).length;
  }

  test.each([{}, { ignoreCorruptFiles: true }])("is named: %o", (options) =>
    refuses(() => rowsRead(options), {
      name: "ExecutionError",
      condition: "FAILED_READ_FILE.FILE_NOT_EXIST",
      says: [folder],
    }),
  );

  const rowsOfOther = format === "binaryFile" ? 1 : rowsOfFile;

  test
    .skipIf(format === "delta")
    .each([{ ignoreMissingFiles: true }, { ignoreMissingFiles: true, ignoreCorruptFiles: true }])(
    "is passed over: %o",
    async (options) => {
      expect(await rowsRead(options)).toBe(rowsOfOther);
    },
  );

  test("is passed over where the setting says so, and no option otherwise", async () => {
    spark.conf.set("spark.sql.files.ignoreMissingFiles", true);
    try {
      expect(await rowsRead({})).toBe(rowsOfOther);
      // Tables of Delta have no such option.
      if (format === "delta") return;
      await refuses(() => rowsRead({ ignoreMissingFiles: false }), {
        name: "ExecutionError",
        condition: "FAILED_READ_FILE.FILE_NOT_EXIST",
      });
    } finally {
      spark.conf.unset("spark.sql.files.ignoreMissingFiles");
    }
  });
});
