import { describe, expect, test } from "vitest";
import { AnalysisError, UnsupportedError } from "../errors.ts";
import { ancestors, escapeGlob, isWithin, resolvePattern, resolveUri } from "./path.ts";

const here = process.cwd();

describe("resolveUri", () => {
  test.each([
    ["/a/b", "/a/b"],
    ["/a//b/./c/../d/", "/a/b/d"],
    ["a b", `${here}/a b`],
    ["./a", `${here}/a`],
    ["/a%20b#c?d", "/a%20b#c?d"],
    ["~/a", `${here}/~/a`],
    ["/a:b", "/a:b"],
    ["10:30.json", `${here}/10:30.json`],
    ["file:/a/b", "/a/b"],
    ["file:///a/b/", "/a/b"],
    ["file://localhost/a", "/a"],
    ["FILE:/a", "/a"],
    ["file:/a%20b", "/a b"],
    ["file:/a b#c?d", "/a b#c?d"],
    ["file:/%C3%BC%F0%9F%98%80", "/ü😀"],
    ["file:/a%23%3F%25%2A", "/a#?%*"],
    ["file:/100%", "/100%"],
    ["file:/%e4%zz", "/%e4%zz"],
    ["file:/", "/"],
  ])("%s is %s", (uri, path) => {
    expect(resolveUri(uri)).toBe(path);
  });

  test.each([
    ["s3://bucket/key", "s3: (Amazon S3)"],
    ["s3a://bucket/key", "s3a: (Amazon S3)"],
    ["abfss://container@account/x", "abfss: (Azure Data Lake)"],
    ["hdfs://host/x", "hdfs: (Hadoop HDFS)"],
    ["dbfs:/x", "dbfs: (Databricks)"],
    ["gs://bucket/x", "gs: (Google Cloud Storage)"],
    ["HTTPS://host/x", "https: (a web server)"],
    ["foo:/x", "foo: of foo:/x"],
    ["data:2025.json", "data: of data:2025.json"],
  ])("%s is refused by its scheme", (uri, named) => {
    expect(() => resolveUri(uri)).toThrow(UnsupportedError);
    expect(() => resolveUri(uri)).toThrow(`the scheme ${named}`);
  });

  test("a name that looks like a scheme is explained", () => {
    expect(() => resolveUri("data:2025.json")).toThrow("is written ./data:2025.json");
  });

  test.each(["", "file:relative", "file://host/x", "file:", "/a\0b"])("%j is no path", (uri) => {
    expect(() => resolveUri(uri)).toThrow(AnalysisError);
  });
});

describe("resolvePattern", () => {
  test.each([
    ["/a/*.json", "/a/*.json"],
    ["file:/a/*.json", "/a/*.json"],
    ["file:/a/%2A.json", "/a/\\*.json"],
    ["file:/a/%5B1%5D", "/a/\\[1\\]"],
    ["/a\\[1\\]", "/a\\[1\\]"],
    ["b?", `${escapeGlob(here)}/b?`],
  ])("%s is %s", (uri, pattern) => {
    expect(resolvePattern(uri)).toBe(pattern);
  });
});

test("ancestors go from the outermost folder to the path", () => {
  expect(ancestors("/a/b/c")).toEqual(["/a", "/a/b", "/a/b/c"]);
});

test("a path is within itself and the folders above, not within a longer name", () => {
  expect([isWithin("/a/b", "/a"), isWithin("/a", "/a"), isWithin("/ab", "/a"), isWithin("/a", "/")]).toEqual([
    true,
    true,
    false,
    true,
  ]);
});
