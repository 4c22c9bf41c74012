/** Records that are longer than the memory: an error that names the file, and the process goes on. */
import { SparkSession } from "lakewright";
import { afterAll, describe, expect, test } from "vitest";
import { linesOf } from "../../src/engine/duckdb/formats/text/lines.ts";
import { discard, put, refuses, scratchFolder } from "./scratch.ts";

const folder = scratchFolder();
const long = "x".repeat(24_000_000);
const files = {
  json: `{"id":0,"value":"a"}\n{"id":1,"value":"${long}"}\n`,
  csv: `id,value\n0,a\n1,${long}\n`,
  text: `a\n${long}\n`,
  xml: `<rows><r><value>a</value></r><r><value>${long}</value></r></rows>`,
  binaryFile: long,
};
const paths = Object.fromEntries(
  Object.entries(files).map(([format, content]) => [format, put(`${folder}/long.${format}`, content)]),
);
const lengths = (spark: SparkSession, format: string) =>
  spark.read
    .format(format)
    .options(format === "csv" ? { header: true } : format === "xml" ? { rowTag: "r" } : {})
    .load(paths[format]!)
    .selectExpr(`max(length(${format === "binaryFile" ? "content" : "value"})) AS length`)
    .collect({ rows: "array" });

afterAll(() => discard(folder));

describe.each(Object.keys(files))("a record of %s", (format) => {
  test("is read where memory is enough", async () => {
    const spark = SparkSession.create({ "lakewright.memory": "2GB" });
    expect(await lengths(spark, format)).toEqual([[long.length]]);
    await spark.stop();
  });

  test("is refused where it is not", async () => {
    const spark = SparkSession.create({ "lakewright.memory": "40MB" });
    await refuses(() => lengths(spark, format), {
      name: "ExecutionError",
      condition: "OUT_OF_MEMORY",
      says: [paths[format]!, "has a record of 23 MB", "38.1 MiB", "lakewright.memory"],
    });
    expect(await spark.range(3).count()).toBe(3);
    await spark.stop();
  });
});

test.each([
  ["a\r\nb\rc\n\nd", undefined, ["a", "b", "c", "", "d"]],
  ["a\r", undefined, ["a"]],
  ["\r", undefined, [""]],
  ["xaaabaa", "aa", ["x", "ab"]],
  ["a;;b;c;;", ";;", ["a", "b;c"]],
  ["a\r;b\r", ";", ["a\r", "b\r"]],
])("the lines of %j by %j", async (content, separator, lines) => {
  const path = put(`${folder}/lines.txt`, content);
  const found: string[] = [];
  for await (const line of linesOf(path, { wholeText: false, separator })) found.push(line);
  expect(found).toEqual(lines);
});
