import { DuckDBInstance } from "@duckdb/node-api";
import { expect, test } from "vitest";
import { ExecutionError } from "../../errors.ts";
import { bigintType, dateType, decimalType, doubleType, stringType, timestampType } from "../../types/data-type.ts";
import { Decimal } from "../../types/decimal.ts";
import type { Timestamp } from "../../types/timestamp.ts";
import { nativeConnection } from "./native.ts";
import { perRow, type RowFunction } from "./per-row.ts";
import { createTrampolines } from "./trampoline.ts";

const instance = await DuckDBInstance.create(":memory:");
const connection = await instance.connect();
const trampolines = createTrampolines(nativeConnection(await instance.connect()));

function bind(definition: Omit<RowFunction, "call"> & { call: (...values: never[]) => unknown }) {
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
  const call = (amount: number | null, user: string) => (amount === null ? null : amount + user.length);
  using fee = bind({ name: "fee", parameters: [doubleType, stringType], type: doubleType, call });
  const rows = await rowsOf(`SELECT ${fee.sql("a", "u")} FROM (VALUES (1.5::DOUBLE, 'ann'), (NULL, 'bob')) AS t(a, u)`);
  expect(rows).toEqual([[4.5], [null]]);
});

test("takes and gives the values that rows hold", async () => {
  const call = (date: string, price: Decimal, moment: Timestamp) =>
    [date, price.plus(Decimal.of("0.01")), moment.toJSON()].join(" ");
  using shown = bind({
    name: "shown",
    parameters: [dateType, decimalType(10, 2), timestampType],
    type: stringType,
    call,
  });
  const arguments_ = ["DATE '2025-02-01'", "1.50::DECIMAL(10,2)", "TIMESTAMP '2025-02-01 10:20:30'"];
  expect(await rowsOf(`SELECT ${shown.sql(...arguments_)}`)).toEqual([["2025-02-01 1.51 2025-02-01T10:20:30Z"]]);
  using next = bind({ name: "next", parameters: [dateType], type: dateType, call: () => "2025-02-02" });
  expect(await rowsOf(`SELECT ${next.sql("DATE '2025-02-01'")}`)).toEqual([["2025-02-02"]]);
});

test("an error names the function and the values of the row, and keeps what was thrown", async () => {
  const thrown = new RangeError("too much");
  const call = (amount: number) => {
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
  using fee = bind({ name: "fee", parameters: [doubleType], type: doubleType, call: () => "three" });
  const failure = await failureOf(`SELECT ${fee.sql("1::DOUBLE")}`);
  expect(failure.message).toMatch(/failed due to: its result: .*'?three/);
});

test("a long integer that no number holds is an error with the way out", async () => {
  using fee = bind({ name: "fee", parameters: [bigintType], type: bigintType, call: (id: number) => id });
  expect((await failureOf(`SELECT ${fee.sql("9007199254740993::BIGINT")}`)).message).toContain("9007199254740993");
  expect(await rowsOf(`SELECT ${fee.sql("-5::BIGINT")}`)).toEqual([["-5"]]);
});
