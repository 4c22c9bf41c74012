import { expect, test } from "vitest";
import { partFileName } from "./part-file.ts";

const writeId = "e3044b17-f719-491d-b138-00c7b66f70a7";

// Names as Spark 4.2 writes them.
test.each([
  [{ writeId, task: 0, extension: "snappy.parquet" }, `part-00000-${writeId}-c000.snappy.parquet`],
  [{ writeId, task: 1, counter: 3, extension: "csv.gz" }, `part-00001-${writeId}-c003.csv.gz`],
  [{ writeId, task: 1, counter: 1, extension: "json", partitioned: true }, `part-00001-${writeId}.c001.json`],
])("%j is %s", (file, name) => {
  expect(partFileName(file)).toBe(name);
});
