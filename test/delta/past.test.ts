/** Tables as they were and their changes: moments that are computed, and the clause CHANGES. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { warehouse } from "./warehouse.ts";

const { folder, spark, run, rows } = warehouse();

/** Three commits, whose times a session in UTC reads: the table, rows 1 and 2, row 3 in the place of row 1. */
async function changing(table: string): Promise<void> {
  await run(
    `CREATE TABLE ${table} (id INT) USING delta TBLPROPERTIES (delta.enableChangeDataFeed = true)`,
    `INSERT INTO ${table} VALUES (1), (2)`,
    `DELETE FROM ${table} WHERE id = 1`,
    `INSERT INTO ${table} VALUES (3)`,
  );
}

const conditionOf = async (query: string): Promise<string> => {
  try {
    await spark.sql(query).collect();
  } catch (error) {
    return (error as { condition: string }).condition;
  }
  throw new Error(`answered: ${query}`);
};

describe("a moment that is computed", async () => {
  await changing("then");

  test("is that of its time", async () => {
    const past = "SELECT count(*) FROM then TIMESTAMP AS OF";
    expect(await conditionOf(`${past} current_timestamp() + INTERVAL 1 DAY`)).toBe(
      "DELTA_TIMESTAMP_GREATER_THAN_COMMIT",
    );
    const history = await spark.sql("DESCRIBE HISTORY then").collect();
    const newest = history[0]!.timestamp as { toString(): string };
    expect(await rows(`${past} timestamp'${newest}'`)).toEqual([[2]]);
    expect(await rows(`${past} timestamp'${newest}' - INTERVAL 0 SECONDS AS t`)).toEqual([[2]]);
    expect(await rows(`${past} (SELECT timestamp'${newest}')`)).toEqual([[2]]);
    const computed = `timestamp'${newest}' - INTERVAL 0 SECONDS`;
    await run(`CREATE VIEW of_then AS SELECT * FROM then TIMESTAMP AS OF ${computed} LIMIT 1 + 0`);
    expect(await rows("SELECT count(*) FROM of_then")).toEqual([[1]]);
  });

  test.for([
    ["rand()", "INVALID_TIME_TRAVEL_TIMESTAMP_EXPR.NON_DETERMINISTIC"],
    ["sum(1)", "INVALID_TIME_TRAVEL_TIMESTAMP_EXPR.UNEVALUABLE"],
    ["NULL", "INVALID_TIME_TRAVEL_TIMESTAMP_EXPR.INPUT"],
    ["array(1)", "INVALID_TIME_TRAVEL_TIMESTAMP_EXPR.INPUT"],
    ["true", "INVALID_TIME_TRAVEL_TIMESTAMP_EXPR.INPUT"],
    ["'yesterday'", "INVALID_TIME_TRAVEL_TIMESTAMP_EXPR.INPUT"],
    ["id", "_LEGACY_ERROR_TEMP_0056"],
    ["1", "DELTA_TIMESTAMP_EARLIER_THAN_COMMIT_RETENTION"],
    ["date'2020-01-01'", "DELTA_TIMESTAMP_EARLIER_THAN_COMMIT_RETENTION"],
  ])("is none: %s", async ([moment, condition]) => {
    expect(await conditionOf(`SELECT * FROM then TIMESTAMP AS OF ${moment}`)).toBe(condition);
  });

  test.for(["1 + 0", "-1", "NULL"])("is no version: %s", async (version) => {
    expect(await conditionOf(`SELECT * FROM then VERSION AS OF ${version}`)).toBe("PARSE_SYNTAX_ERROR");
  });
});

describe("CHANGES", async () => {
  await changing("fed");
  const changes = (clause: string) =>
    rows(`SELECT id, _change_type, _commit_version FROM fed CHANGES ${clause} ORDER BY 3, 1`);
  const inserted = [
    [1, "insert", 1],
    [2, "insert", 1],
  ];
  const deleted = [[1, "delete", 2]];
  const last = [[3, "insert", 3]];

  test("between versions, with bounds that count or do not", async () => {
    expect(await changes("FROM VERSION 1")).toEqual([...inserted, ...deleted, ...last]);
    expect(await changes("FROM VERSION 1 EXCLUSIVE TO VERSION 3 EXCLUSIVE")).toEqual(deleted);
    expect(await changes("FROM VERSION '1' INCLUSIVE TO VERSION 2 INCLUSIVE")).toEqual([...inserted, ...deleted]);
    expect(await rows("SELECT f.id FROM fed CHANGES FROM VERSION 3 AS f")).toEqual([[3]]);
    expect(await rows("SELECT changes.id FROM fed changes ORDER BY 1")).toEqual([[2], [3]]);
  });

  test("since a moment", async () => {
    expect(await changes("FROM TIMESTAMP current_date() - INTERVAL 1 DAY TO TIMESTAMP current_timestamp()")).toEqual([
      ...inserted,
      ...deleted,
      ...last,
    ]);
  });

  test("by the reader", async () => {
    const read = spark.read.option("startingVersion", 2).option("endingVersion", 3);
    const found = await read
      .option("endingBoundInclusive", false)
      .changes("fed")
      .select("id", "_change_type")
      .collect();
    expect(found.map((row) => Object.values(row))).toEqual([[1, "delete"]]);
    expect(() => spark.read.schema("id INT").changes("fed")).toThrow("User specified schema not supported");
  });

  test.for([
    ["FROM VERSION 1 TO TIMESTAMP '2020-01-01'", "PARSE_SYNTAX_ERROR"],
    ["FROM VERSION 1 WITH (deduplicationMode = 'x')", "INVALID_CDC_OPTION.INVALID_DEDUPLICATION_MODE"],
    ["FROM VERSION 1 WITH (deduplicationMode = 'netChanges')", "UNSUPPORTED_FEATURE"],
    ["FROM VERSION 9", "DELTA_VERSION_NOT_FOUND"],
    ["FROM VERSION 1 EXCLUSIVE TO VERSION 2 EXCLUSIVE", "DELTA_INVALID_CDC_RANGE"],
  ])("refused: %s", async ([clause, condition]) => {
    expect(await conditionOf(`SELECT * FROM fed CHANGES ${clause}`)).toBe(condition);
  });

  test("of what keeps none", async () => {
    await run("CREATE TEMPORARY VIEW of_fed AS SELECT * FROM fed", "CREATE TABLE plain (id INT) USING parquet");
    for (const table of ["of_fed", "plain"]) {
      expect(await conditionOf(`SELECT * FROM ${table} CHANGES FROM VERSION 1`)).toBe(
        "UNSUPPORTED_FEATURE.CHANGE_DATA_CAPTURE",
      );
      expect(await conditionOf(`SELECT * FROM ${table} VERSION AS OF 1`)).toBe("UNSUPPORTED_FEATURE.TIME_TRAVEL");
    }
  });
});

describe("clusterBy of a writer", () => {
  const clustersOf = async (path: string) => {
    const [detail] = await spark.sql(`DESCRIBE DETAIL delta.\`${path}\``).select("clusteringColumns").collect();
    return detail!.clusteringColumns;
  };
  const writer = () => spark.range(3).selectExpr("id", "id % 2 AS k").write.format("delta");

  test("makes a clustered table, and refuses other clusters for one that is there", async () => {
    const path = join(folder, "clusters");
    await writer().clusterBy("k").save(path);
    expect(await clustersOf(path)).toEqual(["k"]);
    await writer().clusterBy("K").mode("append").save(path);
    await expect(writer().clusterBy("id").mode("append").save(path)).rejects.toMatchObject({
      condition: "DELTA_CLUSTERING_COLUMNS_MISMATCH",
    });
    await writer().clusterBy("id").saveAsTable("clustered");
    expect(await clustersOf(join(folder, "clustered"))).toEqual(["id"]);
  });

  test("refuses folders and buckets beside it", async () => {
    await expect(writer().clusterBy("k").partitionBy("k").save(join(folder, "c1"))).rejects.toMatchObject({
      condition: "SPECIFY_CLUSTER_BY_WITH_PARTITIONED_BY_IS_NOT_ALLOWED",
    });
    await expect(writer().format("parquet").clusterBy("k").bucketBy(2, "id").saveAsTable("c2")).rejects.toMatchObject({
      condition: "SPECIFY_CLUSTER_BY_WITH_BUCKETING_IS_NOT_ALLOWED",
    });
  });
});
