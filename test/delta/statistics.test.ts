import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commitName } from "../../src/delta/log-names.ts";
import { readSnapshot } from "../../src/delta/snapshot.ts";
import { writeCheckpoint } from "../../src/delta/write/checkpoint-writer.ts";
import { EmbeddedEngine } from "../../src/engine/duckdb/embedded-engine.ts";
import { engineParquet } from "../../src/execution/tables/delta/parquet-handler.ts";
import { localStorage } from "../../src/storage/local-storage.ts";
import { parseDdl } from "../../src/types/ddl.ts";
import { schemaToJson } from "../../src/types/schema-json.ts";

const schema =
  'small TINYINT, whole INT, big BIGINT, single FLOAT, double DOUBLE, price DECIMAL(38,2), name STRING, day DATE, moment TIMESTAMP, clock TIMESTAMP_NTZ, `a/b~c` STRUCT<`d"e`: INT>';

/** The JSON of both bounds of the columns in each file, by name; files are `0`, `1`, …. */
const files: readonly (Readonly<Record<string, string>> | string)[] = [
  { small: "1", whole: "-5", big: "9007199254740993", single: "0.1", double: "1.0E-7", price: "0.01" },
  {
    small: "127",
    whole: "2147483647",
    big: "-9223372036854775808",
    single: "3",
    double: "-0.0",
    price: "12345678901.5",
  },
  {
    name: '"é\\n\\u0041"',
    day: '"2025-01-31"',
    moment: '"2025-01-31T23:59:59.999Z"',
    clock: '"2025-01-31T23:59:59.999"',
  },
  { name: '"z"', day: '"1582-10-04"', moment: '"2025-02-01T08:00:00.000+09:00"', clock: '"0001-01-01T00:00:00.000"' },
  { name: '""', moment: '"2025-02-01T00:00:00.000-08:00"', "a/b~c": '{"d\\"e": 7}' },
  { whole: '"five"', day: '"no day"', moment: '"soon"', double: '"NaN"', "a/b~c": "null" },
  "{}",
];

const statistics = (bounds: Readonly<Record<string, string>> | string): string => {
  if (typeof bounds === "string") return bounds;
  const values = Object.entries(bounds).map(([name, json]) => `${JSON.stringify(name)}:${json}`);
  const none = Object.keys(bounds).map((name) => `${JSON.stringify(name)}:${name === "a/b~c" ? '{"d\\"e":0}' : 0}`);
  return `{"numRecords":1,"minValues":{${values}},"maxValues":{${values}},"nullCount":{${none}}}`;
};

const folder = mkdtempSync(join(tmpdir(), "lakewright-statistics-"));
let spark: SparkSession;
const engine = new EmbeddedEngine({ storage: localStorage });
const handlers = { storage: localStorage, parquet: engineParquet(engine, localStorage) };

/** Two tables of the same files: one has them in a commit, the other in a checkpoint. */
async function makeTables(name: string, texts: readonly string[]): Promise<void> {
  const actions = [
    {
      protocol: {
        minReaderVersion: 3,
        minWriterVersion: 7,
        readerFeatures: ["timestampNtz"],
        writerFeatures: ["timestampNtz"],
      },
    },
    {
      metaData: {
        id: name,
        format: { provider: "parquet" },
        schemaString: schemaToJson(parseDdl(schema)),
        partitionColumns: [],
        configuration: {},
      },
    },
    ...texts.map((stats, index) => ({
      add: { path: `${index}`, partitionValues: {}, size: 1, modificationTime: 0, dataChange: true, stats },
    })),
  ];
  const lines = actions.map((action) => `${JSON.stringify(action)}\n`).join("");
  for (const form of ["commit", "checkpoint"]) {
    const table = join(folder, `${name}-${form}`);
    mkdirSync(join(table, "_delta_log"), { recursive: true });
    const commit = join(table, "_delta_log", commitName(0));
    writeFileSync(commit, lines);
    if (form === "checkpoint") {
      await writeCheckpoint(await readSnapshot(table, handlers), handlers);
      rmSync(commit);
    }
  }
}

beforeAll(async () => {
  spark = SparkSession.create();
  await makeTables("good", files.map(statistics));
  await makeTables("broken", [...files.map(statistics), '{"numRecords":1,"minValues":{"whole":']);
});

afterAll(async () => {
  await spark.stop();
  await engine.close();
  rmSync(folder, { recursive: true });
});

const read = async (table: string, condition: string): Promise<readonly number[]> => {
  const rows = spark.read.format("delta").load(join(folder, table)).filter(condition);
  return (await rows.inputFiles()).map((path) => Number(basename(path))).sort((left, right) => left - right);
};

/** Conditions with the files that hold such a value. */
const conditions: readonly (readonly [condition: string, files: readonly number[]])[] = [
  ["small = 1", [0]],
  ["small > 100", [1]],
  ["whole < 0", [0]],
  ["whole = 2147483647", [1]],
  ["big = 9007199254740993", [0]],
  ["big < -9223372036854775000", [1]],
  ["single = CAST(0.1 AS FLOAT)", [0]],
  ["single > 1", [1]],
  ["double = 1.0E-7D", [0]],
  ["double >= 0", [0, 1]],
  ["price = 0.01", [0]],
  ["price > 12345678901", [1]],
  ["name = 'é\nA'", [2]],
  ["name LIKE 'z%'", [3]],
  ["day < '1600-01-01'", [3]],
  ["day = '2025-01-31'", [2]],
  ["moment = '2025-01-31 23:00:00'", [3]],
  ["moment > '2025-02-01 07:00:00'", [4]],
  ["moment BETWEEN '2025-01-31 23:30:00' AND '2025-02-01 01:00:00'", [2]],
  ["clock < TIMESTAMP_NTZ '0002-01-01 00:00:00'", [3]],
  ['`a/b~c`.`d"e` = 7', [4]],
];

describe.each(["good", "broken"])("%s statistics", (name) => {
  test.each(conditions)("%s", async (condition, holding) => {
    const fromCommit = await read(`${name}-commit`, condition);
    const fromCheckpoint = await read(`${name}-checkpoint`, condition);
    expect(fromCommit).toEqual(expect.arrayContaining([...holding]));
    expect(fromCheckpoint).toEqual(expect.arrayContaining([...holding]));
    // What the log does not tell of, or tells in a wrong form, is read; nothing else is.
    const silent = fromCommit.filter((file) => !holding.includes(file));
    expect(fromCheckpoint.filter((file) => !holding.includes(file))).toEqual(silent);
  });
});
