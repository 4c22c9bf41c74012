import { describe, expect, test } from "vitest";
import { AnalysisError } from "../errors.ts";
import { dateType, doubleType, intType, stringType, structField, structType } from "../types/data-type.ts";
import { simpleString } from "../types/type-name.ts";
import { discoverPartitions, type PartitionOptions } from "./partitions.ts";
import type { FileListing, ListingOptions } from "./resolve-uris.ts";

interface Given {
  readonly roots: readonly string[];
  readonly files: readonly string[];
  readonly basePath?: string;
  readonly options?: ListingOptions;
}

/** A listing of files by path; a root that is a file's path is that file. */
function listing({ roots, files, basePath, options = {} }: Given): FileListing {
  const entries = files.map((path) => ({ path, size: 1, modifiedAt: 1000 }));
  return {
    roots: roots.map((path) => ({
      path,
      kind: files.includes(path) ? "file" : "folder",
      files: entries.filter((entry) => entry.path === path || entry.path.startsWith(`${path}/`)),
    })),
    basePath,
    options,
  };
}

function discovered(given: Given, options?: PartitionOptions) {
  const { columns, files } = discoverPartitions(listing(given), options);
  return {
    columns: columns.map(({ name, type }) => `${name} ${simpleString(type)}`).join(", "),
    files: files.map(({ path, partitionValues }) => `${path} ${partitionValues.map(String).join(",")}`.trim()),
  };
}

const two = ["/p/a=1/b=x/f", "/p/a=2/b=y/f"];

// What Spark 4.2 reads from these folders.
describe("partitions", () => {
  test.each<[what: string, given: Given, columns: string, files: string[]]>([
    [
      "are named by folders",
      { roots: ["/p"], files: two },
      "a int, b string",
      ["/p/a=1/b=x/f 1,x", "/p/a=2/b=y/f 2,y"],
    ],
    ["start below the path", { roots: ["/p/a=1"], files: two }, "b string", ["/p/a=1/b=x/f x"]],
    ["are none in a leaf folder", { roots: ["/p/a=1/b=x"], files: two }, "", ["/p/a=1/b=x/f"]],
    ["are none of a file", { roots: ["/p/a=1/b=x/f"], files: two }, "", ["/p/a=1/b=x/f"]],
    ["are none of files", { roots: two, files: two }, "", two],
    ["are none of all leaf folders", { roots: ["/p/a=1/b=x", "/p/a=2/b=y"], files: two }, "", two],
    [
      "start at the base path",
      { roots: ["/p/a=1"], files: two, basePath: "/p" },
      "a int, b string",
      ["/p/a=1/b=x/f 1,x"],
    ],
    [
      "may start below the base path",
      { roots: ["/p/a=1"], files: two, basePath: "/" },
      "a int, b string",
      ["/p/a=1/b=x/f 1,x"],
    ],
    [
      "of files start at the base path",
      { roots: two, files: two, basePath: "/p" },
      "a int, b string",
      ["/p/a=1/b=x/f 1,x", "/p/a=2/b=y/f 2,y"],
    ],
    ["may begin with _", { roots: ["/d"], files: ["/d/_p=1/x"] }, "_p int", ["/d/_p=1/x 1"]],
    ["may lie below another folder", { roots: ["/d"], files: ["/d/x/a=1/f"] }, "a int", ["/d/x/a=1/f 1"]],
    [
      "may hold folders",
      { roots: ["/d"], files: ["/d/a=1/sub/f", "/d/a=2/f"] },
      "a int",
      ["/d/a=1/sub/f 1", "/d/a=2/f 2"],
    ],
    ["leave out files beside them", { roots: ["/d"], files: ["/d/a=1/f", "/d/f"] }, "a int", ["/d/a=1/f 1"]],
    ["ignore case", { roots: ["/d"], files: ["/d/A=2/f", "/d/a=1/f"] }, "A int", ["/d/A=2/f 2", "/d/a=1/f 1"]],
    [
      "widen types",
      { roots: ["/d"], files: ["/d/a=1/f", "/d/a=1.5/f", "/d/a=__HIVE_DEFAULT_PARTITION__/f"] },
      "a double",
      ["/d/a=1/f 1", "/d/a=1.5/f 1.5", "/d/a=__HIVE_DEFAULT_PARTITION__/f null"],
    ],
    [
      "keep the text that does not fit a number",
      { roots: ["/d"], files: ["/d/a=007/f", "/d/a=x%2Fy/f"] },
      "a string",
      ["/d/a=007/f 007", "/d/a=x%2Fy/f x/y"],
    ],
    ["decode names", { roots: ["/d"], files: ["/d/a%3Db%2Fc d=2/f"] }, "a=b/c d int", ["/d/a%3Db%2Fc d=2/f 2"]],
    [
      "count a file once",
      { roots: ["/p", "/p"], files: two },
      "a int, b string",
      ["/p/a=1/b=x/f 1,x", "/p/a=2/b=y/f 2,y"],
    ],
  ])("%s", (_, given, columns, files) => {
    expect(discovered(given)).toEqual({ columns, files });
  });

  test("tell their types by files that the options leave out", () => {
    const given = { roots: ["/f"], files: ["/f/a=1/x.txt", "/f/a=b/z.dat"], options: { pathGlobFilter: "*.txt" } };
    expect(discovered(given)).toEqual({ columns: "a string", files: ["/f/a=1/x.txt 1"] });
  });

  test("are all text without type inference", () => {
    const files = ["/d/a=1/f", "/d/a=__HIVE_DEFAULT_PARTITION__/f"];
    expect(discovered({ roots: ["/d"], files }, { typeInference: false })).toEqual({
      columns: "a string",
      files: ["/d/a=1/f 1", "/d/a=__HIVE_DEFAULT_PARTITION__/f null"],
    });
  });

  test("take types and spelling from the schema", () => {
    const files = ["/d/p=02/q=y/f"];
    const schema = structType([
      structField("value", stringType),
      structField("P", doubleType),
      structField("q", stringType),
    ]);
    expect(discovered({ roots: ["/d"], files }, { schema })).toEqual({
      columns: "P double, q string",
      files: ["/d/p=02/q=y/f 2,y"],
    });
  });

  test("take only exact names from the schema when case counts", () => {
    const schema = structType([structField("P", doubleType)]);
    expect(discovered({ roots: ["/d"], files: ["/d/p=02/f"] }, { schema, caseSensitive: true }).columns).toBe("p int");
  });
});

describe("without partitions", () => {
  const files = ["/n/a", "/n/sub/b", "/n/sub/deep/c"];

  test.each<[what: string, given: Given, files: string[]]>([
    ["only files directly in a folder are read", { roots: ["/n"], files }, ["/n/a"]],
    ["every listed folder counts", { roots: ["/n", "/n/sub"], files }, ["/n/a", "/n/sub/b"]],
    ["a file that is named twice is read twice", { roots: ["/n/a", "/n/a"], files }, ["/n/a", "/n/a"]],
    [
      "recursive lookup takes every depth, once",
      { roots: ["/n", "/n/sub"], files, options: { recursiveFileLookup: true } },
      files,
    ],
    [
      "recursive lookup finds no partitions",
      { roots: ["/p"], files: two, options: { recursiveFileLookup: true } },
      two,
    ],
    ["nothing is read from nothing", { roots: [], files }, []],
  ])("%s", (_, given, expected) => {
    expect(discovered(given)).toEqual({ columns: "", files: expected });
  });

  test("modification times choose files, bounds excluded", () => {
    const at = (options: ListingOptions) => discovered({ roots: ["/n"], files, options }).files.length;
    expect([
      at({ modifiedBefore: 1000 }),
      at({ modifiedBefore: 1001 }),
      at({ modifiedAfter: 1000 }),
      at({ modifiedAfter: 999 }),
    ]).toEqual([0, 1, 0, 1]);
  });
});

describe("errors", () => {
  // Conditions and SQLSTATEs as Spark 4.2 gives them.
  test.each<[condition: string, sqlState: string, given: Given, options: PartitionOptions, says: string]>([
    [
      "CONFLICTING_PARTITION_COLUMN_NAMES",
      "KD009",
      { roots: ["/d"], files: ["/d/a=1/f", "/d/b=1/f"] },
      {},
      "Partition column name list #1: b",
    ],
    [
      "CONFLICTING_PARTITION_COLUMN_NAMES",
      "KD009",
      { roots: ["/d"], files: ["/d/a=1/f", "/d/a=1/b=2/f"] },
      {},
      "file:/d/a=1/b=2",
    ],
    [
      "CONFLICTING_PARTITION_COLUMN_NAMES",
      "KD009",
      { roots: ["/d"], files: ["/d/a=1/f", "/d/A=2/f"] },
      { caseSensitive: true },
      "list #1: A",
    ],
    ["CONFLICTING_DIRECTORY_STRUCTURES", "KD009", { roots: ["/p/a=1", "/p/a=2"], files: two }, {}, "file:/p/a=2"],
    ["CONFLICTING_DIRECTORY_STRUCTURES", "KD009", { roots: ["/d"], files: ["/d/a=1/f", "/d/sub/f"] }, {}, "basePath"],
    [
      "CONFLICTING_DIRECTORY_STRUCTURES",
      "KD009",
      { roots: ["/d"], files: ["/d/x/a=1/f", "/d/y/a=2/f"] },
      {},
      "file:/d/y",
    ],
    ["COLUMN_ALREADY_EXISTS", "42711", { roots: ["/d"], files: ["/d/a=1/A=2/f"] }, {}, "The column `a` already exists"],
    ["EMPTY_PARTITION_COLUMN_NAME", "KD009", { roots: ["/d"], files: ["/d/=1/f"] }, {}, "'=1'"],
    ["EMPTY_PARTITION_COLUMN_VALUE", "KD009", { roots: ["/d"], files: ["/d/p=/f"] }, {}, "'p='"],
    [
      "INVALID_PARTITION_VALUE",
      "42846",
      { roots: ["/d"], files: ["/d/p=02/f"] },
      { schema: structType([structField("p", dateType)]) },
      "Failed to cast value '02' to data type \"DATE\" for partition column `p`",
    ],
  ])("%s", (condition, sqlState, given, options, says) => {
    const attempt = () => discovered(given, options);
    expect(attempt).toThrow(AnalysisError);
    expect(attempt).toThrow(expect.objectContaining({ condition, sqlState }));
    expect(attempt).toThrow(says);
  });

  test("a value that is none of its type is null when values are not validated", () => {
    const options = { schema: structType([structField("q", intType)]), validate: false };
    expect(discovered({ roots: ["/d"], files: ["/d/q=y/f"] }, options).files).toEqual(["/d/q=y/f null"]);
  });

  test("folders that are no partitions can be ignored", () => {
    const given = { roots: ["/d"], files: ["/d/a=1/f", "/d/sub/f"] };
    expect(discovered(given, { ignoreInvalidPaths: true })).toEqual({ columns: "a int", files: ["/d/a=1/f 1"] });
  });
});
