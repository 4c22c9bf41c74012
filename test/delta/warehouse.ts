/** A warehouse for the tests of one file, and what they ask of its tables. */
import { mkdtempSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll } from "vitest";

/** A session over a folder of its own; both are gone when the tests of the file are over. */
export function warehouse() {
  const folder = mkdtempSync(join(tmpdir(), "lakewright-warehouse-"));
  const spark = SparkSession.create({ "spark.sql.warehouse.dir": folder });
  afterAll(async () => {
    await spark.stop();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    folder,
    spark,
    /** Runs statements, one after the other. */
    run: async (...statements: readonly string[]): Promise<void> => {
      for (const statement of statements) await spark.execute(statement);
    },
    /** The rows of a query, each a list of values. */
    rows: async (query: string): Promise<readonly unknown[]> =>
      (await spark.sql(query).collect()).map((row) => Object.values(row)),
    /** What the log says of a version of a table. */
    commit: <Action = unknown>(table: string, version: number): readonly Action[] => {
      const file = join(folder, table, "_delta_log", `${String(version).padStart(20, "0")}.json`);
      return readFileSync(file, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Action);
    },
  };
}
