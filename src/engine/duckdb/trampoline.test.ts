import { DuckDBInstance } from "@duckdb/node-api";
import { expect, test } from "vitest";
import { nativeConnection } from "../../../test/engine/native.ts";
import type { Batch, FixedVector, TextVector, Vector } from "../../types/batch.ts";
import { arrayType, type DataType, decimalType, doubleType, intType, stringType } from "../../types/data-type.ts";
import { textOfStrings } from "../../types/text.ts";
import { createTrampolines, type ScalarFunction } from "./trampoline.ts";

const instance = await DuckDBInstance.create(":memory:");
const connection = await instance.connect();
const trampolines = createTrampolines(nativeConnection(await instance.connect()));

const rowsOf = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson();

const doubles = (values: Float64Array, validity?: Uint8Array): Vector => ({
  type: doubleType,
  length: values.length,
  layout: "fixed",
  values,
  ...(validity === undefined ? {} : { validity }),
});

const numbersIn = (batch: Batch, column = 0) => (batch.columns[column] as FixedVector).values as Float64Array;

const scalar = (call: (batch: Batch) => Vector, more: Partial<ScalarFunction> = {}): ScalarFunction => ({
  name: "test",
  parameters: [doubleType],
  result: doubleType,
  deterministic: true,
  call,
  ...more,
});

const twice = scalar((batch) =>
  doubles(
    numbersIn(batch).map((x) => x * 2),
    batch.columns[0]!.validity,
  ),
);

test("computes columns, with nulls", async () => {
  using bound = trampolines.bind(twice);
  expect(await rowsOf(`SELECT ${bound.sql("x")} FROM (VALUES (1.5::DOUBLE), (NULL), (-3)) AS t(x)`)).toEqual([
    [3],
    [null],
    [-6],
  ]);
  expect(await rowsOf(`SELECT sum(${bound.sql("range::DOUBLE")}) FROM range(100000)`)).toEqual([[9999900000]]);
});

test("functions of one signature share a registration and are told apart", async () => {
  using plus = trampolines.bind(scalar((batch) => doubles(numbersIn(batch).map((x) => x + 1))));
  using minus = trampolines.bind(scalar((batch) => doubles(numbersIn(batch).map((x) => x - 1))));
  expect(plus.sql("x").split("(")[0]).toBe(minus.sql("x").split("(")[0]);
  expect(await rowsOf(`SELECT ${plus.sql("x")}, ${minus.sql("x")} FROM (SELECT 5::DOUBLE AS x)`)).toEqual([[6, 4]]);
});

test("sees a constant null, and may make a value of it", async () => {
  using bound = trampolines.bind(
    scalar((batch) => doubles(new Float64Array(batch.rows).fill(batch.columns[0]!.validity === undefined ? 0 : 1))),
  );
  expect(await rowsOf(`SELECT ${bound.sql("NULL::DOUBLE")}`)).toEqual([[1]]);
});

test("takes and gives text, lists and functions without arguments", async () => {
  const length = (batch: Batch): Vector => {
    const { text } = batch.columns[0] as TextVector;
    return {
      type: intType,
      length: batch.rows,
      layout: "fixed",
      values: Int32Array.from(text.strings(), (s) => s.length),
    };
  };
  using lengths = trampolines.bind(scalar(length, { parameters: [stringType], result: intType }));
  expect(
    await rowsOf(`SELECT ${lengths.sql("x")} FROM (VALUES ('é'), ('a considerably longer text')) AS t(x)`),
  ).toEqual([[1], [26]]);

  const split = (batch: Batch): Vector => {
    const parts = (batch.columns[0] as TextVector).text.strings().map((string) => string.split(" "));
    const offsets = new Int32Array(parts.length + 1);
    parts.forEach((part, row) => {
      offsets[row + 1] = offsets[row]! + part.length;
    });
    const strings = parts.flat();
    const child: Vector = { type: stringType, length: strings.length, layout: "text", text: textOfStrings(strings) };
    return { type: arrayType(stringType), length: batch.rows, layout: "list", offsets, child };
  };
  using words = trampolines.bind(scalar(split, { parameters: [stringType], result: arrayType(stringType) }));
  const sql = `SELECT count(*) FROM range(100000) WHERE ${words.sql("'w ' || range || ' considerably-longer'")}
    IS DISTINCT FROM ['w', range::VARCHAR, 'considerably-longer']`;
  expect(await rowsOf(sql)).toEqual([["0"]]);

  using one = trampolines.bind(scalar((batch) => doubles(new Float64Array(batch.rows).fill(1)), { parameters: [] }));
  expect(await rowsOf(`SELECT sum(${one.sql()}) FROM range(5000)`)).toEqual([[5000]]);
});

test("is called once for a constant unless it is not deterministic", async () => {
  let calls = 0;
  const counted = (batch: Batch) => doubles(new Float64Array(batch.rows).map(() => ++calls));
  using volatile = trampolines.bind(scalar(counted, { deterministic: false }));
  expect(await rowsOf(`SELECT count(DISTINCT ${volatile.sql("1::DOUBLE")}) FROM range(3000)`)).toEqual([["3000"]]);
  using constant = trampolines.bind(scalar(counted));
  expect(await rowsOf(`SELECT count(DISTINCT ${constant.sql("1::DOUBLE")}) FROM range(3000)`)).toEqual([["1"]]);
});

test("what it throws comes back as the cause of the query's error", async () => {
  const thrown = new RangeError("no such fee");
  using bound = trampolines.bind(
    scalar(() => {
      throw thrown;
    }),
  );
  const failure = await rowsOf(`SELECT ${bound.sql("range::DOUBLE")} FROM range(10)`).catch((error) => error);
  expect(failure.message).toContain("no such fee");
  expect(bound.failure).toBe(thrown);
  expect(trampolines.originOf(failure)).toBe(thrown);
  expect(trampolines.originOf(failure)).toBeUndefined();
  expect(trampolines.originOf(new Error("something else"))).toBeUndefined();
  expect(await rowsOf(`SELECT TRY(${bound.sql("range::DOUBLE")}) FROM range(2)`)).toEqual([[null], [null]]);
});

const faulty: [string, DataType, Vector][] = [
  ["another type", doubleType, { type: intType, length: 1, layout: "fixed", values: new Int32Array(1) }],
  ["another length", doubleType, doubles(new Float64Array(2))],
  ["arrays of another type", doubleType, { type: doubleType, length: 1, layout: "fixed", values: new Int8Array(1) }],
];

test.each(faulty)("a result of %s is refused, not misread", async (_, result, vector) => {
  using bound = trampolines.bind(scalar(() => vector, { name: "fee", result }));
  await expect(rowsOf(`SELECT ${bound.sql("1::DOUBLE")}`)).rejects.toThrow(
    "The function fee made a column of double with",
  );
});

test("stops at its next batch when its signal is aborted", async () => {
  const aborter = new AbortController();
  let calls = 0;
  const call = (batch: Batch) => {
    if (++calls === 2) aborter.abort(new Error("enough"));
    return doubles(numbersIn(batch));
  };
  using bound = trampolines.bind(scalar(call), aborter.signal);
  await expect(rowsOf(`SELECT sum(${bound.sql("range::DOUBLE")}) FROM range(1000000)`)).rejects.toThrow("enough");
  expect(calls).toBe(2);
});

test("is gone after disposal", async () => {
  const bound = trampolines.bind(twice);
  bound[Symbol.dispose]();
  await expect(rowsOf(`SELECT ${bound.sql("1::DOUBLE")}`)).rejects.toThrow("calls a function that is gone");
});

test("queries on several connections call functions at the same time", async () => {
  using bound = trampolines.bind(twice);
  const sums = await Promise.all(
    Array.from({ length: 3 }, async () => {
      const each = await instance.connect();
      return (await each.runAndReadAll(`SELECT sum(${bound.sql("range::DOUBLE")}) FROM range(50000)`)).getRowsJson();
    }),
  );
  expect(sums).toEqual(Array(3).fill([[2499950000]]));
});

test("functions are registered while queries call others", async () => {
  const bound: Disposable[] = [];
  const call = (batch: Batch) => {
    const precision = bound.length + 1;
    if (precision <= 38) bound.push(trampolines.bind(scalar(twice.call, { parameters: [decimalType(precision, 0)] })));
    return doubles(new Float64Array(batch.rows).fill(1));
  };
  using registering = trampolines.bind(scalar(call, { deterministic: false }));
  const other = await instance.connect();
  await Promise.all([
    connection.run(`CREATE TABLE ones AS SELECT ${registering.sql("range::DOUBLE")} AS one FROM range(100000)`),
    other.run(`CREATE TEMP TABLE ones AS SELECT ${registering.sql("range::DOUBLE")} AS one FROM range(100000)`),
  ]);
  expect(bound).toHaveLength(38);
  expect(await rowsOf("SELECT sum(one) FROM ones")).toEqual([[100000]]);
  for (const each of bound) each[Symbol.dispose]();
});
