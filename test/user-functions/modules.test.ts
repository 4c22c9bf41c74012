import { type ExecutionError, udf } from "lakewright";
import { testSession } from "lakewright/testing";
import { afterAll, describe, expect, test } from "vitest";

const spark = testSession();
afterAll(() => spark.stop());

const functions = new URL("./module.ts", import.meta.url);
const frame = spark.createDataFrame(
  [
    [1, "a"],
    [2, null],
    [null, "ccc"],
  ],
  "n INT, text STRING",
);

async function failureOf(fn: ReturnType<typeof failing>): Promise<ExecutionError> {
  const error = await frame
    .select(fn("n"))
    .collect()
    .then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
  // The session stays usable whatever a thread did.
  expect(await frame.count()).toBe(3);
  return error as ExecutionError;
}
const failing = (name: string, options = {}) =>
  udf.fromModule(functions, name, { n: "int not null" }, "int", { workers: 1, ...options });

describe("udf.fromModule", () => {
  test("takes and gives values of many types", async () => {
    const describeRow = udf.fromModule(
      functions,
      "describeRow",
      { n: "int", text: "string", list: "array<string>", moment: "timestamp" },
      "struct<n: int, text: string, size: int, year: int>",
    );
    const rows = await spark
      .createDataFrame(
        [
          [1, "a longer text than twelve bytes", ["x", null], new Date("2025-02-01T00:00:00Z")],
          [null, null, null, null],
        ],
        "n INT, text STRING, list ARRAY<STRING>, moment TIMESTAMP",
      )
      .select(describeRow().as("row"))
      .collect();
    expect(rows).toEqual([
      { row: { n: 2, text: "A LONGER TEXT THAN TWELVE BYTES", size: 2, year: 2025 } },
      { row: { n: null, text: null, size: 0, year: null } },
    ]);
  });

  test("keeps the order of the rows over several threads, and the columns beside", async () => {
    const twice = udf.fromModule(functions, "twice", { id: "bigint" }, "bigint", { workers: 2 });
    const rows = await spark.range(20_000).select("id", twice().as("twice")).collect();
    expect(rows).toHaveLength(20_000);
    expect(rows.findIndex(({ id, twice }, index) => id !== index || twice !== 2 * index)).toBe(-1);
  });

  test("an async function is awaited", async () => {
    const later = udf.fromModule(functions, "later", { n: "int not null" }, "int");
    expect((await frame.select(later().as("n")).collect()).map(({ n }) => n)).toEqual([2, 3, null]);
  });

  test("an error names the function and the row", async () => {
    const error = await failureOf(failing("throws"));
    expect(error.condition).toBe("FAILED_EXECUTE_UDF");
    expect(error.message).toMatch(/`throws` \(int\) => int\) failed due to: two.*It was called with n = 2/s);
    expect(error.cause).toBeInstanceOf(RangeError);
    expect((await failureOf(failing("text"))).message).toMatch(/`text`.*its result/s);
  });

  test("a missing module or export is told", async () => {
    expect((await failureOf(failing("nothing"))).message).toMatch(/exports no function 'nothing'; it exports .*twice/);
    const absent = udf.fromModule(new URL("./absent.ts", functions), "x", { n: "int not null" }, "int");
    expect((await failureOf(absent)).message).toMatch(/absent\.ts/);
    expect(() => udf.fromModule("./module.ts", "x", { n: "int" }, "int")).toThrow(/new URL\(/);
  });

  test("one that ends its thread, or takes all memory, is a clear error", async () => {
    expect((await failureOf(failing("leaves"))).message).toMatch(/`leaves`.*ended with exit code 7/s);
    const greedy = await failureOf(failing("takesAll", { memoryMegabytes: 16 }));
    expect(greedy.message).toMatch(/`takesAll`.*memory.*memoryMegabytes/s);
  });

  test("one that never returns is ended when the signal is aborted", async () => {
    const hanging = frame.select(failing("hangs")("n"));
    await expect(hanging.collect({ signal: AbortSignal.timeout(500) })).rejects.toThrow(/timeout|aborted/);
    expect(await frame.count()).toBe(3);
  });
});
