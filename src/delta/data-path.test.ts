import { expect, test } from "vitest";
import { dataPath, encodedPath } from "./data-path.ts";

test.each([
  ["part-0.parquet", "/tables/sales/part-0.parquet"],
  ["k=a%20b/part%25.parquet", "/tables/sales/k=a b/part%.parquet"],
  ["k=%C3%BC/x", "/tables/sales/k=ü/x"],
  ["at=10%253A30/x", "/tables/sales/at=10%3A30/x"],
  ["/elsewhere/x%20y", "/elsewhere/x y"],
  ["file:/elsewhere/x%20y", "/elsewhere/x y"],
  ["file:///elsewhere/x", "/elsewhere/x"],
])("%s is %s", (path, file) => {
  expect(dataPath("/tables/sales", path)).toBe(file);
});

test("other places are refused", () => {
  expect(() => dataPath("/tables/sales", "s3://bucket/x")).toThrow("Amazon S3");
});

test.each(["k=a b/x", "100%.parquet", 'ü#?[]{}|^`"<>\\', "k=10%3A30/x", "plain"])("%s comes back", (path) => {
  expect(dataPath("/t", encodedPath(path))).toBe(`/t/${path}`);
});
