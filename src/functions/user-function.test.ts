import { describe, expect, test } from "vitest";
import { ExecutionError } from "../errors.ts";
import type { UserFunction } from "../plan/expression.ts";
import type { Batch } from "../types/batch.ts";
import { bigintType, doubleType, intType, stringType, structField, structType } from "../types/data-type.ts";
import { textOfStrings } from "../types/text.ts";
import { vectorValues } from "../types/vector-values.ts";
import type { Column } from "./column.ts";
import { batchColumns, batchOf } from "./column-arrays.ts";
import { col } from "./constructors.ts";
import { udf } from "./user-function.ts";
import { userFunctions } from "./user-function-registry.ts";

const planned = (column: Column): UserFunction => column.expression as UserFunction;
const implementation = (column: Column) => userFunctions.get(planned(column).id)!;
const call = (column: Column, ...values: unknown[]): unknown =>
  (implementation(column).call as (...values: unknown[]) => unknown)(...values);

describe("udf", () => {
  const fee = udf(
    { amount: "double not null", rate: "double" },
    "double",
    ({ amount, rate }) => amount * (rate ?? 0.01),
  );

  test("the plan holds its name and types, the process the function", () => {
    expect(planned(fee("amount", 0.5))).toEqual({
      kind: "user function",
      id: expect.any(String),
      name: "udf",
      parameters: [doubleType, doubleType],
      type: doubleType,
      deterministic: true,
      vectorized: false,
      asynchronous: false,
      arguments: [
        { kind: "attribute", name: ["amount"] },
        { kind: "literal", type: { kind: "double" }, value: 0.5 },
      ],
    });
    expect(implementation(fee())).toMatchObject({ parameterNames: ["amount", "rate"], shape: "row" });
  });

  test("arguments come by position, by name, or from columns of the same name", () => {
    const price = { kind: "attribute", name: ["price"] };
    const rate = { kind: "attribute", name: ["rate"] };
    expect(planned(fee("price", "rate")).arguments).toEqual([price, rate]);
    expect(planned(fee({ amount: col("price") })).arguments).toEqual([price, rate]);
    expect(planned(fee()).arguments).toEqual([{ kind: "attribute", name: ["amount"] }, rate]);
    expect(() => fee("price")).toThrow(/takes 2 arguments \(amount, rate\), not 1/);
    expect(() => fee({ amuont: "price" } as never)).toThrow(/no parameter 'amuont'/);
  });

  test("it says which parameters may be null", () => {
    expect(implementation(fee()).takesNull).toEqual([false, true]);
    expect(call(fee(), { amount: 200, rate: null })).toBe(2);
  });

  test("an async function is known as one", async () => {
    const slow = udf({ text: "string" }, "string", async ({ text }) => `${text}!`, { concurrency: 3 });
    expect(planned(slow()).asynchronous).toBe(true);
    expect(implementation(slow()).concurrency).toBe(3);
    expect(await call(slow(), { text: "a" })).toBe("a!");
  });

  test("it has the name of the function or of the option", () => {
    function double({ n }: { n: number | null }) {
      return n;
    }
    expect(planned(udf({ n: "int" }, "int", double)()).name).toBe("double");
    expect(planned(udf({ n: "int" }, "int", ({ n }) => n, { name: "twice", deterministic: false })())).toMatchObject({
      name: "twice",
      deterministic: false,
    });
  });

  test("types and names that cannot be read are refused at once", () => {
    expect(() => udf({ n: "no such type" }, "int", () => 1)).toThrow(/UNSUPPORTED_DATATYPE|PARSE_SYNTAX_ERROR/);
    expect(() => udf({ 0: "int" }, "int", () => 1)).toThrow(/cannot be called '0'/);
    const unchecked = udf as unknown as (...args: readonly unknown[]) => unknown;
    expect(() => unchecked((n: number) => n, "int")).toThrow(
      /not a function first[\s\S]*udf\({ id: "BIGINT" }, "STRING"/,
    );
    expect(() => unchecked(["int"], "int", () => 1)).toThrow(/not an array first/);
    expect(() => unchecked({ n: "int" }, "int")).toThrow(/not nothing third/);
  });
});

describe("udf.vectorized", () => {
  const numbers = (values: number[]): Batch => ({
    rows: values.length,
    columns: [{ layout: "fixed", type: doubleType, length: values.length, values: Float64Array.from(values) }],
  });

  test("takes arrays by name and gives an array", () => {
    const twice = udf.vectorized({ n: "double" }, "double", ({ n }, rows) =>
      Array.from(n, (value) => (value ?? 0) * rows),
    );
    const vector = call(twice(), numbers([1, 2])) as Parameters<typeof vectorValues>[0];
    expect(Array.from(vectorValues(vector))).toEqual([2, 4]);
    expect(implementation(twice()).shape).toBe("vectorized");
  });

  test("takes typed arrays as they are", () => {
    const given = Float64Array.from([5, 6]);
    const fixed = udf.vectorized({ n: "double" }, "double", () => given);
    expect(call(fixed(), numbers([1, 2]))).toMatchObject({ layout: "fixed", values: given });
  });

  test("names the function that throws, gives too few rows or a wrong value", () => {
    const throws = udf.vectorized(
      { n: "double" },
      "double",
      () => {
        throw new Error("no");
      },
      { name: "bad" },
    );
    expect(() => call(throws(), numbers([1]))).toThrow(/FAILED_EXECUTE_UDF.*`bad`.*no/s);
    const few = udf.vectorized({ n: "double" }, "double", () => [], { name: "few" });
    expect(() => call(few(), numbers([1]))).toThrow(/the result of few has 0 rows where 1 are due/);
    const wrong = udf.vectorized({ n: "double" }, "int", () => ["x"] as never, { name: "wrong" });
    expect(() => call(wrong(), numbers([1]))).toThrow(/wrong/);
  });
});

describe("batches by column", () => {
  const schema = structType([structField("user", stringType), structField("n", intType)]);

  test("are read by name and made of arrays", () => {
    const batch = batchOf({ user: ["ann", null], n: Int32Array.from([1, 2]) }, schema);
    expect(batch.rows).toBe(2);
    const { user, n } = batchColumns(["user", "n"])(batch);
    expect([Array.from(user!), Array.from(n!)]).toEqual([
      ["ann", null],
      [1, 2],
    ]);
  });

  test("read text that is stored as text", () => {
    const column = { layout: "text", type: stringType, length: 1, text: textOfStrings(["ann"]) } as const;
    expect(batchColumns(["user"])({ rows: 1, columns: [column] }).user).toEqual(["ann"]);
  });

  test("are made where a column is looked at, once", () => {
    const wide = structType([structField("n", bigintType), structField("user", stringType)]);
    const batch = batchOf({ n: BigInt64Array.of(2n ** 60n), user: ["ann"] }, wide);
    const columns = batchColumns(["n", "user"])(batch);
    expect(columns.user).toBe(columns.user);
    expect(Object.keys(columns)).toEqual(["n", "user"]);
    expect(() => columns.n).toThrow(ExecutionError);
  });

  test("need every column, of one length", () => {
    expect(() => batchOf({ user: ["ann"] }, schema)).toThrow(/Missing: n\..*gave: user/s);
    expect(() => batchOf({ user: ["ann"], n: [1, 2] }, schema)).toThrow(/column 'n' has 2 rows where 1 are due/);
  });
});
