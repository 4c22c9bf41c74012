/** JSON nested deep: the answers are those of Spark 4.2 to the same lines; beyond, the innermost value is the one that was planted. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const around = (text: string, depth: number, name = "a"): string =>
  Array.from({ length: depth }).reduce<string>((inner) => `{"${name}":${inner}}`, text);

const depth = 20;
const bad = around('{"m":{"k":null},"x":"no"}', depth);
const lines = [
  around('{"m":{"k":1,"l":2},"x":7}', depth),
  bad,
  '{"a":null}',
  '{"a":',
  '{"a":{"a":5}}',
  `[${around('{"x":1}', depth)},${around('{"x":2}', depth)}]`,
];

const type = Array.from({ length: depth - 1 }).reduce<string>(
  (inner) => `STRUCT<a: ${inner}>`,
  "STRUCT<m: MAP<STRING, INT>, x: INT>",
);
const innermost = Array.from({ length: depth }, () => "a").join(".");

let spark: SparkSession;
let folder: string;

beforeAll(() => {
  spark = SparkSession.create();
  folder = mkdtempSync(join(tmpdir(), "lakewright-json-deep-"));
});
afterAll(async () => {
  await spark.stop();
  rmSync(folder, { recursive: true });
});

function file(name: string, content: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${content.join("\n")}\n`);
  return path;
}

const whole = [7, '{"k":1,"l":2}', false, null];
const none = [null, null, true, null];
const pair = [1, 2].map((x) => [x, null, false, null]);

describe("records of 20 levels", () => {
  it.each([
    [
      "PERMISSIVE",
      [
        whole,
        [null, '{"k":null}', false, bad],
        none,
        [null, null, true, '{"a":'],
        [null, null, false, '{"a":{"a":5}}'],
        ...pair,
      ],
    ],
    ["DROPMALFORMED", [whole, none, ...pair]],
  ])("are read as Spark reads them: %s", async (mode, expected) => {
    const path = file(`${mode}.json`, lines);
    const rows = await spark.read
      .schema(`a ${type}, _corrupt_record STRING`)
      .option("mode", mode)
      .json(path)
      .selectExpr(`${innermost}.x`, `to_json(${innermost}.m)`, "a IS NULL", "_corrupt_record")
      .collect({ rows: "array" });
    expect(rows).toEqual(expected);
  });

  it("end the scan when the mode is FAILFAST", async () => {
    const frame = spark.read.schema(`a ${type}`).option("mode", "FAILFAST").json(file("failfast.json", lines));
    await expect(frame.collect()).rejects.toMatchObject({
      condition: "MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION",
    });
  });
});

it.each([100, 200])("finds the innermost value of %d levels", async (levels) => {
  const path = file(`${levels}.json`, [around("1", levels, "n"), around("2", levels, "n")]);
  const rows = (await spark.read.json(path).collect()) as readonly Readonly<Record<string, unknown>>[];
  const values = rows.map((row) => {
    let value: unknown = row;
    for (let level = 0; level < levels; level++) value = (value as Readonly<Record<string, unknown>>).n;
    return value;
  });
  expect(values).toEqual([1, 2]);
});
