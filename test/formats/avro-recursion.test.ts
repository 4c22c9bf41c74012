/** Records of Avro that hold themselves: what Spark 4.2 reads of these files, down to the depth that the option names. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SparkSession } from "lakewright";
import { testSession } from "lakewright/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeAvro } from "../../src/engine/duckdb/formats/avro/avro-file.ts";
import { avroPackage } from "../../src/engine/duckdb/formats/avro/avro-package.ts";

let spark: SparkSession;
const folder = mkdtempSync(join(tmpdir(), "lakewright-avro-"));

const id = { name: "Id", type: "int" };
const node = (...fields: readonly object[]) => ({ type: "record", name: "Node", fields: [id, ...fields] });
const member = (value: object) => ({ Node: value });

/** By name: a schema, and the only record. */
const files: Readonly<Record<string, readonly [schema: object, record: object]>> = {
  chain: [
    { ...node({ name: "Next", type: ["null", "Node"] }), namespace: "x.y" },
    { Id: 4, Next: { "x.y.Node": { Id: 3, Next: { "x.y.Node": { Id: 2, Next: null } } } } },
  ],
  list: [
    node({ name: "C", type: { type: "array", items: "Node" } }),
    {
      Id: 1,
      C: [
        { Id: 2, C: [] },
        { Id: 3, C: [{ Id: 4, C: [] }] },
      ],
    },
  ],
  map: [
    node({ name: "M", type: { type: "map", values: ["null", "Node"] } }),
    { Id: 1, M: { a: member({ Id: 2, M: { b: member({ Id: 3, M: {} }) } }), z: null } },
  ],
  union: [
    node({ name: "U", type: ["null", "int", "string", "Node"] }),
    { Id: 2, U: member({ Id: 3, U: { string: "s" } }) },
  ],
};

async function* only(record: object): AsyncGenerator<object> {
  yield record;
}

beforeAll(async () => {
  spark = testSession();
  mkdirSync(folder, { recursive: true });
  const avro = await avroPackage();
  for (const [name, [schema, record]] of Object.entries(files))
    await writeAvro(avro, pathOf(name), JSON.stringify(schema), "null", only(record));
});
afterAll(async () => {
  await spark.stop();
  rmSync(folder, { recursive: true });
});

const pathOf = (name: string): string => join(folder, `${name}.avro`);
const read = (name: string, recursiveFieldMaxDepth?: number, schema?: string) => {
  const reader = (schema === undefined ? spark.read : spark.read.schema(schema)).format("avro");
  return reader.options(recursiveFieldMaxDepth === undefined ? {} : { recursiveFieldMaxDepth }).load(pathOf(name));
};
const json = async (frame: ReturnType<typeof read>) =>
  (await frame.selectExpr("to_json(struct(*))").collect({ rows: "array" }))[0]![0 as never];

test.each([
  ["chain", 1, '{"Id":4}'],
  ["chain", 2, '{"Id":4,"Next":{"Id":3}}'],
  ["chain", 3, '{"Id":4,"Next":{"Id":3,"Next":{"Id":2}}}'],
  ["chain", 15, '{"Id":4,"Next":{"Id":3,"Next":{"Id":2}}}'],
  ["list", 1, '{"Id":1}'],
  ["list", 2, '{"Id":1,"C":[{"Id":2},{"Id":3}]}'],
  ["list", 3, '{"Id":1,"C":[{"Id":2,"C":[]},{"Id":3,"C":[{"Id":4}]}]}'],
  ["map", 1, '{"Id":1}'],
  ["map", 3, '{"Id":1,"M":{"a":{"Id":2,"M":{"b":{"Id":3}}},"z":null}}'],
] as const)("%s down to depth %i", async (name, depth, expected) => {
  expect(await json(read(name, depth))).toBe(expected);
});

test("a schema that is given says how deep is read", async () => {
  expect(await json(read("chain", 1, "Id INT, Next STRUCT<Id: INT, Next: STRUCT<Id: INT>>"))).toBe(
    '{"Id":4,"Next":{"Id":3,"Next":{"Id":2}}}',
  );
  expect(await json(read("union", 1, "U STRUCT<a: INT, b: STRING, c: STRUCT<Id: INT>>"))).toBe('{"U":{"c":{"Id":3}}}');
});

describe("is refused", () => {
  test.each([undefined, -1, 0])("without a depth: %s", async (depth) => {
    await expect(read("chain", depth).schema()).rejects.toThrow("Found recursive reference in Avro schema");
  });

  test("with a depth beyond 15", async () => {
    await expect(read("chain", 16).schema()).rejects.toMatchObject({
      condition: "STDS_INVALID_OPTION_VALUE.WITH_MESSAGE",
      message: expect.stringContaining("'recursiveFieldMaxDepth': Should not be greater than 15"),
    });
  });

  // Spark too infers the struct of a union without the members that it leaves out, and cannot read it then.
  test.each([
    ["a union that lacks a member", read, "union", 1, undefined],
    ["a schema for what holds itself, without a depth", read, "chain", undefined, "Id INT, Next STRUCT<Id: INT>"],
  ] as const)("%s", async (_, frame, name, depth, schema) => {
    await expect(frame(name, depth, schema).collect()).rejects.toMatchObject({
      condition: "FAILED_READ_FILE.NO_HINT",
      message: expect.stringContaining(pathOf(name)),
    });
  });
});
