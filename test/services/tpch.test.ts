/** The 22 queries of TPC-H by the DataFrame API, and the same questions as SQL to Spark, on small tables. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asText, sameRows } from "../../bench/tpch/answer.ts";
import { queries } from "../../bench/tpch/queries/index.ts";
import { readTables, SCHEMAS, type Tables } from "../../bench/tpch/tables.ts";
import { connectSpark, hasSpark, type SparkPeer } from "../../services/client.ts";
import { writeSmallTables } from "../tpch/small-tables.ts";

const PROGRAM = `
  for table in tables.split(","):
      spark.read.parquet(f"{data}/{table}.parquet").createOrReplaceTempView(table)
  result = spark.sql(query)
`;

describe.skipIf(!hasSpark())("TPC-H beside Spark", () => {
  let folder: string;
  let peer: SparkPeer;
  let spark: SparkSession;
  let tables: Tables;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tpch-"));
    [peer, spark] = [await connectSpark(), SparkSession.create()];
    await writeSmallTables(spark, folder);
    tables = readTables(spark, folder);
  });
  afterAll(async () => {
    await spark?.stop();
    await peer?.close();
    await rm(folder, { recursive: true });
  });

  it.each(Object.keys(queries))("%s gives the rows that Spark gives", async (name) => {
    const sql = await readFile(join(import.meta.dirname, "../../bench/tpch/sql", `${name}.sql`), "utf8");
    const query = sql.replaceAll("{scale}", "1");
    const expected = await peer.python(PROGRAM, { data: folder, tables: Object.keys(SCHEMAS).join(","), query });
    const rows = await queries[name]!(tables, 1).collect({ rows: "array" });
    expect(rows.length).toBeGreaterThan(0);
    const [ours, theirs] = [asText(rows), asText(expected.rows)];
    const told = `${JSON.stringify(ours.slice(0, 3))} is not ${JSON.stringify(theirs.slice(0, 3))}`;
    expect(sameRows(ours, theirs), told).toBe(true);
  });
});
