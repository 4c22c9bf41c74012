import { DuckDBInstance } from "@duckdb/node-api";
import { expect, test } from "vitest";
import { nativeConnection } from "../../../test/engine/native.ts";
import { ExecutionError } from "../../errors.ts";
import {
  arrayType,
  bigintType,
  booleanType,
  type DataType,
  dateType,
  decimalType,
  doubleType,
  floatType,
  intType,
  smallintType,
  stringType,
  timestampType,
  tinyintType,
} from "../../types/data-type.ts";
import { Decimal } from "../../types/decimal.ts";
import type { Timestamp } from "../../types/timestamp.ts";
import { perRow, type RowFunction } from "./per-row.ts";
import { createTrampolines } from "./trampoline.ts";

const instance = await DuckDBInstance.create(":memory:");
const connection = await instance.connect();
const trampolines = createTrampolines(nativeConnection(await instance.connect()));

function bind(partial: Omit<RowFunction, "takesNull"> & Partial<RowFunction>) {
  const definition = { takesNull: partial.parameters.map(() => true), ...partial };
  const { name, parameters, type } = definition;
  return trampolines.bind({ name, parameters, result: type, deterministic: true, call: perRow(definition) });
}

const rowsOf = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson();

async function failureOf(sql: string): Promise<ExecutionError> {
  const failure = await rowsOf(sql).catch((error) => trampolines.originOf(error));
  expect(failure).toBeInstanceOf(ExecutionError);
  return failure as ExecutionError;
}

test("is called with the values of each row, nulls included", async () => {
  const call = ({ amount, user }: { amount: number | null; user: string }) =>
    amount === null ? null : amount + user.length;
  using fee = bind({
    name: "fee",
    parameters: [doubleType, stringType],
    parameterNames: ["amount", "user"],
    type: doubleType,
    call,
  });
  const rows = await rowsOf(`SELECT ${fee.sql("a", "u")} FROM (VALUES (1.5::DOUBLE, 'ann'), (NULL, 'bob')) AS t(a, u)`);
  expect(rows).toEqual([[4.5], [null]]);
});

test("takes and gives the values that rows hold", async () => {
  const call = ({ date, price, moment }: { date: string; price: Decimal; moment: Timestamp }) =>
    [date, price.plus(Decimal.of("0.01")), moment.toJSON()].join(" ");
  using shown = bind({
    name: "shown",
    parameters: [dateType, decimalType(10, 2), timestampType],
    parameterNames: ["date", "price", "moment"],
    type: stringType,
    call,
  });
  const arguments_ = ["DATE '2025-02-01'", "1.50::DECIMAL(10,2)", "TIMESTAMP '2025-02-01 10:20:30'"];
  expect(await rowsOf(`SELECT ${shown.sql(...arguments_)}`)).toEqual([["2025-02-01 1.51 2025-02-01T10:20:30Z"]]);
  using next = bind({
    name: "next",
    parameters: [dateType],
    parameterNames: ["date"],
    type: dateType,
    call: () => "2025-02-02",
  });
  expect(await rowsOf(`SELECT ${next.sql("DATE '2025-02-01'")}`)).toEqual([["2025-02-02"]]);
});

test("an error names the function and the values of the row, and keeps what was thrown", async () => {
  const thrown = new RangeError("too much");
  const call = ({ amount }: { amount: number }) => {
    if (amount === 3) throw thrown;
    return amount;
  };
  using fee = bind({ name: "fee", parameters: [doubleType], parameterNames: ["amount"], type: doubleType, call });
  const failure = await failureOf(`SELECT ${fee.sql("range::DOUBLE")} FROM range(10)`);
  expect(failure.condition).toBe("FAILED_EXECUTE_UDF");
  expect(failure.message).toContain("User defined function (`fee` (double) => double) failed due to: too much");
  expect(failure.hint).toBe("It was called with amount = 3.");
  expect(failure.cause).toBe(thrown);
});

test("a result of the wrong type is an error", async () => {
  using fee = bind({
    name: "fee",
    parameters: [doubleType],
    parameterNames: ["amount"],
    type: doubleType,
    call: () => "three",
  });
  const failure = await failureOf(`SELECT ${fee.sql("1::DOUBLE")}`);
  expect(failure.message).toMatch(/failed due to: its result: .*'?three/);
});

test("a long integer that no number holds is an error with the way out", async () => {
  const call = ({ id }: { id: number }) => id;
  using fee = bind({ name: "fee", parameters: [bigintType], parameterNames: ["id"], type: bigintType, call });
  expect((await failureOf(`SELECT ${fee.sql("9007199254740993::BIGINT")}`)).message).toContain("9007199254740993");
  expect(await rowsOf(`SELECT ${fee.sql("-5::BIGINT")}`)).toEqual([["-5"]]);
});

test("is not called where a parameter that is not null is null", async () => {
  const call = ({ amount, rate }: { amount: number; rate: number | null }) => amount * (rate ?? 2);
  using fee = bind({
    name: "fee",
    parameters: [doubleType, doubleType],
    parameterNames: ["amount", "rate"],
    takesNull: [false, true],
    type: doubleType,
    call,
  });
  const rows = await rowsOf(
    `SELECT ${fee.sql("a", "r")} FROM (VALUES (1::DOUBLE, NULL::DOUBLE), (NULL, 3)) AS t(a, r)`,
  );
  expect(rows).toEqual([[2], [null]]);
});

test("a promise is refused", async () => {
  using later = bind({ name: "later", parameters: [], parameterNames: [], type: intType, call: async () => 1 });
  expect((await failureOf(`SELECT ${later.sql()}`)).message).toMatch(/the function later returned a promise/);
});

const results: [string, DataType, readonly unknown[], readonly unknown[]][] = [
  ["int", intType, [2147483647, -2147483648, 3n, null, undefined], [2147483647, -2147483648, 3, null, null]],
  ["smallint", smallintType, [32767, -32768, null], [32767, -32768, null]],
  ["tinyint", tinyintType, [127, -128, null], [127, -128, null]],
  [
    "bigint",
    bigintType,
    [2 ** 53 - 1, -(2 ** 53) + 1, -1, 2n ** 62n, null],
    ["9007199254740991", "-9007199254740991", "-1", "4611686018427387904", null],
  ],
  ["float", floatType, [1.5, 0.1, null], [1.5, Math.fround(0.1), null]],
  ["double", doubleType, [0.1, 5n, null], [0.1, 5, null]],
  ["boolean", booleanType, [true, false, null], [true, false, null]],
  ["string", stringType, ["a", "", null, "longer than twelve"], ["a", "", null, "longer than twelve"]],
  ["array", arrayType(intType), [[1, null], null, []], [[1, null], null, []]],
];

test.each(results)("gives every value of %s, and null", async (_, type, given, expected) => {
  const call = ({ n }: { n: number }) => given[n];
  using pick = bind({ name: "pick", parameters: [intType], parameterNames: ["n"], type, call });
  const rows = await rowsOf(`SELECT ${pick.sql("range::INTEGER")} FROM range(${given.length})`);
  expect(rows.map(([value]) => value)).toEqual(expected);
});

const misfits: [string, DataType, unknown][] = [
  ["an int that is too large", intType, 2 ** 31],
  ["a fraction for an int", intType, 1.5],
  ["a smallint that is too large", smallintType, 32768],
  ["a tinyint that is too small", tinyintType, -129],
  ["a bigint beyond 2^53 as a number", bigintType, 2 ** 53],
  ["a number for a boolean", booleanType, 1],
  ["a text for a double", doubleType, "1"],
  ["a number for a text", stringType, 1],
];

test.each(misfits)("%s is an error", async (_, type, given) => {
  using wrong = bind({ name: "wrong", parameters: [], parameterNames: [], type, call: () => given });
  expect((await failureOf(`SELECT ${wrong.sql()}`)).condition).toBe("FAILED_EXECUTE_UDF");
});

test("a parameter may have any name", async () => {
  const call = (values: Record<string, number>) => Object.values(values).reduce((sum, value) => sum + value);
  const parameterNames = ["__proto__", 'a "b"', "constructor"];
  using all = bind({ name: "all", parameters: [intType, intType, intType], parameterNames, type: intType, call });
  expect(await rowsOf(`SELECT ${all.sql("1", "2", "3")}`)).toEqual([[6]]);
});

test("a column of results is the same after many others, nulls and large ones included", async () => {
  const call = ({ id }: { id: number }) => (id % 3 === 0 ? null : id * 2);
  using twice = bind({ name: "twice", parameters: [bigintType], parameterNames: ["id"], type: bigintType, call });
  const right = "result IS NOT DISTINCT FROM CASE WHEN i % 3 = 0 THEN NULL ELSE i * 2 END";
  const sql = `SELECT i, ${twice.sql("i")} AS result FROM range(5000000000, 5000010000) AS t(i)`;
  expect(await rowsOf(`SELECT count(*) FILTER (${right}) FROM (${sql})`)).toEqual([["10000"]]);
});
