/** `df.mergeInto`: what it builds, and how tables of plain files answer. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { col, lit, SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "lakewright-merge-"));
const spark = SparkSession.create({ "spark.sql.warehouse.dir": join(folder, "warehouse") });
beforeAll(() => spark.range(3).write.saveAsTable("kept"));
afterAll(async () => {
  await spark.stop();
  rmSync(folder, { recursive: true });
});

const merging = (table: string) => spark.range(5).alias("s").mergeInto(table, "s.id = kept.id");

describe("mergeInto", () => {
  it("refuses tables of plain files by Spark's condition, whatever the clauses", async () => {
    const writers = [
      merging("kept").whenMatched().delete(),
      merging("kept")
        .whenMatched(col("s.id").gt(1))
        .update({ id: lit(9n) })
        .whenMatched()
        .updateAll(),
      merging("kept")
        .whenNotMatched("s.id > 3")
        .insert({ id: col("s.id") })
        .whenNotMatched()
        .insertAll(),
      merging("kept").whenNotMatchedBySource().delete().withSchemaEvolution(),
    ];
    for (const writer of writers)
      await expect(writer.merge()).rejects.toMatchObject({
        condition: "UNSUPPORTED_FEATURE.TABLE_OPERATION",
        sqlState: "0A000",
        parameters: { tableName: "`spark_catalog`.`default`.`kept`", operation: "MERGE INTO TABLE" },
      });
  });

  it("wants a table that exists", async () => {
    await expect(merging("nowhere").whenMatched().delete().merge()).rejects.toMatchObject({
      condition: "TABLE_OR_VIEW_NOT_FOUND",
    });
  });

  it("wants a clause, and makes a new writer of each", async () => {
    const empty = merging("kept");
    empty.whenMatched().delete();
    await expect(empty.merge()).rejects.toMatchObject({ condition: "NO_MERGE_ACTION_SPECIFIED", sqlState: "42K0E" });
  });
});
