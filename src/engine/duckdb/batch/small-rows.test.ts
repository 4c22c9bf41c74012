import duckdb from "@duckdb/node-bindings";
import { expect, test } from "vitest";
import { smallRows } from "./small-rows.ts";

const connection = await duckdb.connect(await duckdb.open(":memory:", duckdb.create_config()));
const rowsOf = async (sql: string) => smallRows(await duckdb.query(connection, sql));

test("text, numbers, booleans and maps come by the names of their columns", async () => {
  const sql = "SELECT 'a' AS s, 7 AS i, 9007199254740993 AS l, 5::UBIGINT AS u, true AS b, NULL::VARCHAR AS n";
  expect(await rowsOf(sql)).toEqual([{ s: "a", i: 7, l: 9007199254740993n, u: 5n, b: true, n: null }]);
  const map = new Map([["x", new Map([["min", "1"]])]]);
  expect(await rowsOf("SELECT MAP {'x': MAP {'min': '1'}} AS m, NULL::MAP(VARCHAR, VARCHAR) AS n")).toEqual([
    { m: map, n: null },
  ]);
});

test("all chunks are read", async () => {
  const rows = await rowsOf("SELECT range AS n FROM range(5000)");
  expect(rows).toHaveLength(5000);
  expect(rows.at(-1)).toEqual({ n: 4999n });
});

test("a column of another type is a fault of ours", async () => {
  await expect(rowsOf("SELECT 1.5 AS d")).rejects.toThrow("DECIMAL(2,1)");
});
