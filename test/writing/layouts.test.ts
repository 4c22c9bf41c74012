/** How texts are laid out in the files that are written: what real Spark wrote for the same rows. */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const nested = "SELECT named_struct('b', 1, 'a', map('z', 1, 'c', 2)) AS s, 1 AS a";
const withNulls = "SELECT null AS z, named_struct('y', null, 'x', 1) AS a";
const letters = "SELECT 'é😀\u0080\"' AS a, map('ü', 1) AS m";
const letter = "SELECT 'é' AS b FROM range(2)";
const rows = "SELECT named_struct('b', 1, 'a', array(1, 2)) AS s, 1 AS a";
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

describe("layouts", () => {
  let folder: string;
  const spark = SparkSession.create();
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "layouts-"));
  });
  afterAll(async () => {
    await spark.stop();
    await rm(folder, { recursive: true });
  });

  async function written(sql: string, format: string, options: Record<string, string>): Promise<string> {
    const path = await mkdtemp(join(folder, "written-"));
    await spark.sql(sql).coalesce(1).write.mode("overwrite").format(format).options(options).save(path);
    const name = (await readdir(path)).find((each) => each.startsWith("part-"))!;
    return readFile(join(path, name), "utf8");
  }

  it.each([
    [nested, { sortKeys: "true" }, '{"a":1,"s":{"a":{"c":2,"z":1},"b":1}}\n'],
    [withNulls, { sortKeys: "true", ignoreNullFields: "false" }, '{"a":{"x":1,"y":null},"z":null}\n'],
    [
      nested,
      { pretty: "true" },
      '{\n  "s" : {\n    "b" : 1,\n    "a" : {\n      "z" : 1,\n      "c" : 2\n    }\n  },\n  "a" : 1\n}\n',
    ],
    [letter, { pretty: "true", lineSep: ";" }, '{\n  "b" : "é"\n};{\n  "b" : "é"\n};'],
    [
      letters,
      { writeNonAsciiCharacterAsCodePoint: "true" },
      '{"a":"\\u00E9\\uD83D\\uDE00\\u0080\\"","m":{"\\u00FC":1}}\n',
    ],
  ])("of JSON: %s with %o", async (sql, options, text) => {
    expect(await written(sql, "json", options as Record<string, string>)).toBe(text);
  });

  it("of JSON with a variant inside cannot be on lines", async () => {
    const sql = "SELECT parse_json('{}') AS v";
    await expect(written(sql, "json", { pretty: "true" })).rejects.toThrow(/pretty is not supported/);
  });

  it.each([
    ["", `${declaration}\n<ROWS>\n<r><s><b>1</b><a>1</a><a>2</a></s><a>1</a></r>\n</ROWS>`],
    [
      "\t",
      `${declaration}\n<ROWS>\n\t<r>\n\t\t<s>\n\t\t\t<b>1</b>\n\t\t\t<a>1</a>\n\t\t\t<a>2</a>\n\t\t</s>\n\t\t<a>1</a>\n\t</r>\n</ROWS>`,
    ],
  ])("of XML indented by %j", async (indent, text) => {
    expect(await written(rows, "xml", { rowTag: "r", indent })).toBe(text);
  });
});
