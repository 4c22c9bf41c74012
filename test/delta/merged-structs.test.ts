/** Structs that merges and updates give to columns: what Spark 4.2 with Delta 4.4 makes of the same statements. */
import { describe, expect, test } from "vitest";
import { warehouse } from "./warehouse.ts";

const { spark, run, rows } = warehouse();

/** Of the keys 1, 2 and 5, with a field that the table lacks. */
const wider = `(SELECT k, k AS v, named_struct('a', 10 * k, 'b', 'q', 'c', k) AS n FROM VALUES (1), (2), (5) AS r(k)) s`;
/** Of the keys 1, 2, 3 and 5, without a field that the table has; null for 3. */
const narrower = `(SELECT k, k AS v, IF(k = 3, NULL, named_struct('a', 10 * k)) AS n FROM VALUES (1), (2), (3), (5) AS r(k)) s`;

let tables = 0;

/** A table with a struct that is null in its second row. */
async function fresh(): Promise<string> {
  const name = `t${++tables}`;
  await run(
    `CREATE TABLE ${name} (k INT, v INT, n STRUCT<a: INT, b: STRING>) USING delta`,
    `INSERT INTO ${name} VALUES (1, 1, named_struct('a', 1, 'b', 'x')), (2, 2, NULL), (3, 3, named_struct('a', 3, 'b', 'z'))`,
  );
  return name;
}

const structs = (table: string): Promise<readonly unknown[]> => rows(`SELECT k, to_json(n) FROM ${table} ORDER BY k`);

const nothing = { 1: '{"a":1,"b":"x"}', 2: null, 3: '{"a":3,"b":"z"}' };

describe("with schema evolution", () => {
  test.each([
    [
      "fields that an update of all columns lacks stay",
      `${narrower} ON t.k = s.k WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *`,
      { 1: '{"a":10,"b":"x"}', 2: '{"a":20}', 3: '{"b":"z"}', 5: '{"a":50}' },
    ],
    [
      "fields that an assigned struct lacks are null",
      `${narrower} ON t.k = s.k WHEN MATCHED THEN UPDATE SET n = s.n`,
      { 1: '{"a":10}', 2: '{"a":20}', 3: null },
    ],
    [
      "fields that an inserted struct lacks are null",
      `${narrower} ON t.k = s.k WHEN NOT MATCHED THEN INSERT (k, n) VALUES (s.k, s.n)`,
      { ...nothing, 5: '{"a":50}' },
    ],
    [
      "an assigned column gets the fields of the source",
      `${wider} ON t.k = s.k WHEN MATCHED THEN UPDATE SET n = s.n`,
      { 1: '{"a":10,"b":"q","c":1}', 2: '{"a":20,"b":"q","c":2}', 3: '{"a":3,"b":"z"}' },
    ],
    [
      "an assigned column gets the fields of the source, whatever is assigned",
      `${wider} ON t.k = s.k WHEN MATCHED THEN UPDATE SET n = named_struct('a', 7, 'b', 'y')`,
      { 1: '{"a":7,"b":"y"}', 2: '{"a":7,"b":"y"}', 3: '{"a":3,"b":"z"}' },
    ],
    [
      "a field that only the source has is assigned",
      `${wider} ON t.k = s.k WHEN MATCHED THEN UPDATE SET n.c = s.k`,
      { 1: '{"a":1,"b":"x","c":1}', 2: '{"c":2}', 3: '{"a":3,"b":"z"}' },
    ],
    [
      "fields are assigned beside new ones",
      `${wider} ON t.k = s.k WHEN MATCHED THEN UPDATE SET n.a = 5 WHEN NOT MATCHED THEN INSERT *
        WHEN NOT MATCHED BY SOURCE THEN UPDATE SET n.b = 'gone'`,
      { 1: '{"a":5,"b":"x"}', 2: '{"a":5}', 3: '{"a":3,"b":"gone"}', 5: '{"a":50,"b":"q","c":5}' },
    ],
  ])("%s", async (_, merge, expected) => {
    const table = await fresh();
    await run(`MERGE WITH SCHEMA EVOLUTION INTO ${table} t USING ${merge}`);
    expect(Object.fromEntries((await structs(table)) as [number, string | null][])).toEqual(expected);
  });

  test.each([
    ["UPDATE SET n = named_struct('a', 7, 'b', 'y')", ["a", "b", "c"]],
    ["UPDATE SET n.a = s.n.a", ["a", "b"]],
    ["UPDATE SET v = s.k", ["a", "b"]],
  ])("%s makes a struct of the fields %j", async (action, fields) => {
    const table = await fresh();
    await run(`MERGE WITH SCHEMA EVOLUTION INTO ${table} t USING ${wider} ON t.k = s.k WHEN MATCHED THEN ${action}`);
    const { type } = (await spark.table(table).schema()).fields[2]!;
    expect(type.kind === "struct" && type.fields.map(({ name }) => name)).toEqual(fields);
  });
});

test.each([
  ["WHEN NOT MATCHED THEN INSERT *", wider],
  ["WHEN MATCHED THEN UPDATE SET *", wider],
  ["WHEN MATCHED THEN UPDATE SET n = s.n", wider],
  ["WHEN NOT MATCHED THEN INSERT (k, n) VALUES (s.k, s.n)", wider],
  ["WHEN MATCHED THEN UPDATE SET n = s.n", narrower],
])("without it, %s takes no struct of other fields", async (clause, source) => {
  const table = await fresh();
  await expect(run(`MERGE INTO ${table} t USING ${source} ON t.k = s.k ${clause}`)).rejects.toMatchObject({
    condition: "DELTA_UPDATE_SCHEMA_MISMATCH_EXPRESSION",
  });
});

test("structs inside of arrays and maps go together by the names of their fields", async () => {
  await run(
    "CREATE TABLE inside (k INT, l ARRAY<STRUCT<a: INT, b: INT>>, m MAP<STRING, STRUCT<a: INT, b: INT>>) USING delta",
    "INSERT INTO inside VALUES (1, array(named_struct('a', 1, 'b', 2)), map('x', named_struct('a', 1, 'b', 2)))",
    "UPDATE inside SET l = array(named_struct('b', 20, 'a', 10))",
    "UPDATE inside SET m = map('y', named_struct('b', 20, 'a', 10))",
  );
  const shown = "SELECT to_json(struct(l, m)) FROM inside";
  expect(await rows(shown)).toEqual([['{"l":[{"a":10,"b":20}],"m":{"y":{"a":10,"b":20}}}']]);
  await run(
    `MERGE WITH SCHEMA EVOLUTION INTO inside t USING (SELECT 1 AS k, array(named_struct('b', 30), NULL) AS l) s
      ON t.k = s.k WHEN MATCHED THEN UPDATE SET *`,
  );
  expect(await rows(shown)).toEqual([['{"l":[{"b":30},null],"m":{"y":{"a":10,"b":20}}}']]);
});
