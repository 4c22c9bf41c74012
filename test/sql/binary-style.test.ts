/** `spark.sql.binaryOutputStyle`: how bytes look in shown rows and in texts of CSV and XML. Spark's own answers. */
import { SparkSession } from "lakewright";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

let spark: SparkSession;
beforeEach(() => {
  spark = SparkSession.create();
});
afterEach(() => spark.stop());

const bytes = "SELECT X'4142FF00' AS b, array(X'01', null) AS a, named_struct('x', X'C3A9') AS s, map('k', X'') AS m";
const texts =
  "SELECT to_csv(named_struct('b', X'41FF')) AS c, CAST(X'4142' AS STRING) AS t, to_json(named_struct('b', X'41')) AS j";

describe("spark.sql.binaryOutputStyle", () => {
  test.each([
    ["UTF-8", "|AB\ufffd\0|[\u0001, NULL]|{\u00e9}|{k -> }|", "A\ufffd"],
    ["BASIC", "|[65, 66, -1, 0]|[[1], NULL]|{[-61, -87]}|{k -> []}|", '"[65, -1]"'],
    ["BASE64", "|QUL/AA|[AQ, NULL]|{w6k}|{k -> }|", "Qf8"],
    ["hex", "|4142FF00|[01, NULL]|{C3A9}|{k -> }|", "41FF"],
    ["HEX_DISCRETE", "|[41 42 FF 00]|[[01], NULL]|{[C3 A9]}|{k -> []}|", "[41 FF]"],
  ])("%s", async (style, shown, csv) => {
    spark.conf.set("spark.sql.binaryOutputStyle", style);
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    await spark.sql(bytes).show(20, { truncate: false });
    const lines = String(log.mock.calls[0]![0]).split("\n");
    log.mockRestore();
    expect(lines[3]!.replaceAll(/ +\|/g, "|")).toBe(shown);
    expect(await spark.sql(texts).collect({ rows: "array" })).toEqual([[csv, "AB", '{"b":"QQ=="}']]);
  });

  test.each([
    ["UTF-8", "Eason", "Eason"],
    ["BASIC", "[69, -2]", "E\ufffd"],
    ["BASIC", "[300]", null],
    ["BASE64", "RWFzb24", "Eason"],
    ["HEX", "4561", "Ea"],
    ["HEX", "456", "\u0004V"],
    ["HEX", "45 61", null],
  ])("%s is what from_xml reads: %s", async (style, text, value) => {
    spark.conf.set("spark.sql.binaryOutputStyle", style);
    const [row] = await spark.sql(`SELECT from_xml('<r><a>${text}</a></r>', 'a BINARY').a AS a`).collect();
    expect(row!.a === null ? null : Buffer.from(row!.a as Uint8Array).toString()).toBe(value);
  });

  test("has these values only", () => {
    expect(() => spark.conf.set("spark.sql.binaryOutputStyle", "plain")).toThrow(
      expect.objectContaining({ condition: "INVALID_CONF_VALUE.OUT_OF_RANGE_OF_OPTIONS" }),
    );
  });
});
