import { DuckDBInstance } from "@duckdb/node-api";
import duckdb from "@duckdb/node-bindings";
import { expect, test } from "vitest";
import { nativeConnection, nativeResult } from "../../../../test/engine/native.ts";
import { ExecutionError, InternalError } from "../../../errors.ts";
import type { FixedVector } from "../../../types/batch.ts";
import {
  bigintType,
  type DataType,
  doubleType,
  stringType,
  structField,
  structType,
} from "../../../types/data-type.ts";
import { batches, failureOf, type ResultOptions } from "./read-result.ts";

const instance = await DuckDBInstance.create(":memory:");
const connection = await instance.connect();
const native = nativeConnection(connection);
const interrupt = () => duckdb.interrupt(native);

const columns = (...types: DataType[]) => structType(types.map((type, index) => structField(`c${index}`, type)));

async function numbersOf(sql: string, options: ResultOptions = {}): Promise<bigint[]> {
  const result = nativeResult(await connection.stream(sql));
  const numbers: bigint[] = [];
  for await (const batch of batches(result, columns(bigintType), { interrupt, ...options })) {
    numbers.push(...((batch.columns[0] as FixedVector).values as BigInt64Array));
  }
  return numbers;
}

const failing =
  "SELECT CASE WHEN i = 600000 THEN error('at six hundred thousand') ELSE i END FROM range(1000000) AS t(i)";

test("gives the rows of a query in order", async () => {
  const numbers = await numbersOf("FROM range(10000)");
  expect(numbers).toEqual(Array.from({ length: 10000 }, (_, row) => BigInt(row)));
});

test("gives nothing for a query without rows", async () => {
  expect(await numbersOf("FROM range(0)")).toEqual([]);
});

test("a query that fails after its first rows does not pass for one that ended", async () => {
  await expect(numbersOf(failing)).rejects.toThrow(/^The query failed after \d+ rows/);
  await expect(numbersOf(failing)).rejects.toBeInstanceOf(ExecutionError);
});

test("the reason of a failure is found by asking again", async () => {
  const failure = () => failureOf(native, failing);
  await expect(numbersOf(failing, { failure })).rejects.toThrow("at six hundred thousand");
  expect(await failureOf(native, "SELECT 1")).toBeUndefined();
  expect(await numbersOf("SELECT 1::BIGINT")).toEqual([1n]);
});

test("an aborted signal ends the engine's work and leaves the connection usable", async () => {
  const aborter = new AbortController();
  setTimeout(() => aborter.abort(new Error("enough")), 50);
  const start = performance.now();
  // The filter keeps the engine busy for minutes before the first row.
  const endless =
    "SELECT a.range FROM range(1000000) a, range(1000000) b WHERE (a.range * b.range) % 1000003 = 1000004";
  const reading = connection.stream(endless).catch((error) => {
    throw aborter.signal.reason ?? error;
  });
  aborter.signal.addEventListener("abort", interrupt);
  await expect(reading).rejects.toThrow("enough");
  expect(performance.now() - start).toBeLessThan(2000);
  expect(await numbersOf("SELECT 1::BIGINT")).toEqual([1n]);
});

test("an aborted signal ends a result that is being read", async () => {
  const aborter = new AbortController();
  const reading = async () => {
    const result = nativeResult(await connection.stream("SELECT a.range FROM range(1000000) a, range(1000000) b"));
    for await (const batch of batches(result, columns(bigintType), { interrupt, signal: aborter.signal })) {
      if (batch.rows > 0) aborter.abort(new Error("enough"));
    }
  };
  await expect(reading()).rejects.toThrow("enough");
  await expect(reading()).rejects.toThrow("enough");
  expect(await numbersOf("SELECT 1::BIGINT")).toEqual([1n]);
});

test("leaving the loop early interrupts the query", async () => {
  const result = nativeResult(await connection.stream("SELECT a.range FROM range(1000000) a, range(1000000) b"));
  let interrupts = 0;
  for await (const _ of batches(result, columns(bigintType), { interrupt: () => interrupts++ })) break;
  expect(interrupts).toBe(1);
  expect(await numbersOf("SELECT 1::BIGINT")).toEqual([1n]);
  await numbersOf("SELECT 1::BIGINT", { interrupt: () => interrupts++ });
  expect(interrupts).toBe(1);
});

test.each([
  ["another type", "SELECT 1.5", columns(doubleType), "Column c0 came as DECIMAL(2,1) for DOUBLE"],
  ["another count of columns", "SELECT 1::BIGINT, 2", columns(bigintType), "A query gave 2 columns for 1"],
  ["another type inside", "SELECT {f0: 1}", columns(structType([structField("a", stringType)])), "STRUCT(f0 INTEGER)"],
])("a result of %s than the schema's is refused, not misread", async (_, sql, schema, sentence) => {
  const reading = batches(nativeResult(await connection.stream(sql)), schema).next();
  await expect(reading).rejects.toThrow(sentence);
  await expect(batches(nativeResult(await connection.stream(sql)), schema).next()).rejects.toBeInstanceOf(
    InternalError,
  );
});
