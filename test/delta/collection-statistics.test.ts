/** Counts of nulls of arrays and maps. */
import { expect, test } from "vitest";
import { warehouse } from "./warehouse.ts";

const { spark, run, rows, commit } = warehouse();

const statisticsOf = (table: string, version: number): readonly unknown[] =>
  commit<{ add?: { stats: string } }>(table, version).flatMap(({ add }) =>
    add === undefined ? [] : [JSON.parse(add.stats).nullCount],
  );

const columns =
  "id INT, a ARRAY<INT>, m MAP<STRING, INT>, s STRUCT<x: INT, a: ARRAY<INT>, t: STRUCT<m: MAP<STRING, STRING>, y: STRING>>, sa ARRAY<STRUCT<q: INT>>";

const values = {
  none: "1, NULL, NULL, NULL, NULL",
  null_inside:
    "2, array(1, NULL), map('a', NULL), named_struct('x', 1, 'a', NULL, 't', named_struct('m', NULL, 'y', 'z')), array(NULL, named_struct('q', NULL))",
  empty: "3, array(), map(), named_struct('x', NULL, 'a', array(), 't', NULL), array()",
} as const;

// What Spark 4.2 with Delta 4.4 writes for the same rows, a file each.
const written = {
  none: { id: 0, a: 1, m: 1, s: { x: 1, a: 1, t: { m: 1, y: 1 } }, sa: 1 },
  null_inside: { id: 0, a: 0, m: 0, s: { x: 0, a: 1, t: { m: 1, y: 0 } }, sa: 0 },
  empty: { id: 0, a: 0, m: 0, s: { x: 1, a: 0, t: { m: 1, y: 1 } }, sa: 0 },
} as const;

test.each(Object.keys(values) as (keyof typeof values)[])("of a file with %s are Spark's", async (name) => {
  await run(`CREATE TABLE of_${name} (${columns}) USING delta`, `INSERT INTO of_${name} VALUES (${values[name]})`);
  expect(statisticsOf(`of_${name}`, 1)).toEqual([written[name]]);
});

test("are of each file, whatever it is called and by whatever names it knows its columns", async () => {
  await run(
    `CREATE TABLE apart (\`p[*]\` STRING, \`a.b "c"\` ARRAY<INT>) USING delta PARTITIONED BY (\`p[*]\`)
     TBLPROPERTIES ('delta.columnMapping.mode' = 'name')`,
    "INSERT INTO apart VALUES ('[x]*?', array()), ('[x]*?', NULL), ('x', array(1)), ('y', NULL)",
  );
  const counts = statisticsOf("apart", 1).map((counts) => Object.values(counts as object));
  expect(counts.sort()).toEqual([[0], [1], [1]]);
});

test("leave files out, and never one with a row that is asked for", async () => {
  const kinds = ["array(1)", "array()", "array(CAST(NULL AS INT))", "CAST(NULL AS ARRAY<INT>)"];
  await run("CREATE TABLE many (id BIGINT, a ARRAY<INT>, s STRUCT<m: MAP<INT, INT>>) USING delta");
  for (const [index, array] of kinds.entries())
    await run(
      `INSERT INTO many SELECT id, ${array}, named_struct('m', IF(${index} % 2 = 0, map(1, NULL), NULL)) FROM range(${index * 10}, ${index * 10 + 3}, 1, 1)`,
    );
  await run("INSERT INTO many VALUES (90, NULL, NULL), (91, array(), named_struct('m', map()))");
  const looked = async (condition: string) => {
    const files = await spark.table("many").filter(condition).inputFiles();
    return { files: files.length, ids: (await rows(`SELECT id FROM many WHERE ${condition} ORDER BY id`)).flat() };
  };
  expect(await looked("a IS NULL")).toEqual({ files: 2, ids: [30, 31, 32, 90] });
  expect(await looked("a IS NOT NULL AND id > 20")).toEqual({ files: 2, ids: [21, 22, 91] });
  expect(await looked("s.m IS NULL")).toEqual({ files: 3, ids: [10, 11, 12, 30, 31, 32, 90] });
});
