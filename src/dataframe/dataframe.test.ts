import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { sum } from "../functions/aggregate.ts";
import { col, lit } from "../functions/constructors.ts";
import type { Command } from "../plan/command.ts";
import { equalPlans } from "../plan/equal.ts";
import type { Relation } from "../plan/relation.ts";
import type { Batch } from "../types/batch.ts";
import { bigintType, stringType, structField, structType } from "../types/data-type.ts";
import { textOfStrings } from "../types/text.ts";
import { Configuration } from "./configuration.ts";
import { DataFrame } from "./dataframe.ts";
import type { SessionState, StorageLevel } from "./session-state.ts";

const schema = structType([structField("user", stringType, false), structField("n", bigintType, false)]);

/** A state that runs nothing: every plan has two rows, and what is asked of it is noted. */
function stateOfTwoRows() {
  const asked: { plans: Relation[]; commands: Command[]; levels: Map<Relation, StorageLevel> } = {
    plans: [],
    commands: [],
    levels: new Map(),
  };
  const batch: Batch = {
    rows: 2,
    columns: [
      { layout: "text", type: stringType, length: 2, text: textOfStrings(["ann", "bob"]) },
      { layout: "fixed", type: bigintType, length: 2, values: new BigInt64Array([1n, 2n ** 60n]) },
    ],
  };
  const state: SessionState = {
    configuration: new Configuration(),
    operations: {
      tags: [],
      addTag: () => undefined,
      removeTag: () => undefined,
      clearTags: () => undefined,
      interruptAll: async () => [],
      interruptTag: async () => [],
      interruptOperation: async () => [],
    },
    recordsOrigins: true,
    resolveSchema: () => Promise.resolve(schema),
    inputFiles: async () => [],
    semantics: async () => "",
    knownSchema: (plan) => (plan.kind === "range" ? schema : undefined),
    execute: (plan) => {
      asked.plans.push(plan);
      return Promise.resolve({ schema, batches: batchesOf(batch) });
    },
    writeAll: () => Promise.reject(new Error("nothing is written here")),
    executeCommand: (command) => {
      asked.commands.push(command);
      return Promise.resolve(undefined);
    },
    explain: (_plan, mode) => Promise.resolve(mode),
    cache: (plan, level) => asked.levels.set(plan, level),
    uncache: (plan) => Promise.resolve(void asked.levels.delete(plan)),
    storageLevel: (plan) => asked.levels.get(plan) ?? "NONE",
    executionInfo: () => undefined,
    addArtifacts: async () => undefined,
    newSession: () => state,
    registerFunction: () => {},
    onObserved: () => undefined,
    stop: () => Promise.resolve(),
  };
  return { state, asked };
}

async function* batchesOf(batch: Batch): AsyncGenerator<Batch> {
  yield batch;
}

const range: Relation = { kind: "range", start: 0n, end: 2n, step: 1n, planId: 1_000_000 };
const { state } = stateOfTwoRows();
const frame = new DataFrame(state, range);
const other = new DataFrame(state, { ...range, planId: 1_000_001 });
const a = { kind: "attribute", name: ["a"] } as const;
const literal = (kind: string, value: unknown) => ({ kind: "literal", type: { kind }, value });

describe("methods make relations", () => {
  test.each<[string, DataFrame, object]>([
    ["select", frame.select("a", "*"), { kind: "project", input: range, expressions: [a, { kind: "star" }] }],
    ["filter", frame.filter(col("a").gt(1)), { kind: "filter", input: range, condition: { name: [">"] } }],
    [
      "withColumn",
      frame.withColumn("b", lit(1)),
      { kind: "with columns", columns: [{ kind: "alias", names: ["b"], input: literal("int", 1) }] },
    ],
    [
      "withColumns",
      frame.withColumns({ b: lit(1), c: col("a") }),
      { columns: [{ names: ["b"] }, { names: ["c"], input: a }] },
    ],
    ["withColumnRenamed", frame.withColumnRenamed("a", "b"), { kind: "with columns renamed", renames: { a: "b" } }],
    ["drop", frame.drop("a.b", col("c.d")), { kind: "drop", columns: [{ name: ["a.b"] }, { name: ["c", "d"] }] }],
    ["toDF", frame.toDF("a", "b"), { kind: "to columns", names: ["a", "b"] }],
    [
      "groupBy",
      frame.groupBy("a").agg(sum("b")),
      { kind: "aggregate", type: "group by", grouping: [a], aggregates: [{ name: ["sum"] }] },
    ],
    [
      "count of groups",
      frame.rollup("a").count(),
      {
        type: "rollup",
        aggregates: [{ kind: "alias", names: ["count"], input: { name: ["count"], arguments: [literal("int", 1)] } }],
      },
    ],
    ["agg", frame.agg(sum("a")), { kind: "aggregate", grouping: [], aggregates: [{ name: ["sum"] }] }],
    [
      "pivot",
      frame.groupBy("a").pivot("b", ["x", 1]).sum("c"),
      { type: "pivot", pivot: { column: { name: ["b"] }, values: [literal("string", "x"), literal("int", 1)] } },
    ],
    [
      "pivot without values",
      frame.groupBy("a").pivot("b").avg("c"),
      { type: "pivot", pivot: { column: { name: ["b"] } } },
    ],
    ["union", frame.union(other), { kind: "set operation", operation: "union", all: true, byName: false }],
    [
      "unionByName",
      frame.unionByName(other, { allowMissingColumns: true }),
      { byName: true, allowMissingColumns: true },
    ],
    ["subtract", frame.subtract(other), { operation: "except", all: false }],
    ["exceptAll", frame.exceptAll(other), { operation: "except", all: true }],
    ["intersect", frame.intersect(other), { operation: "intersect", all: false }],
    ["distinct", frame.distinct(), { kind: "deduplicate", withinWatermark: false }],
    ["dropDuplicates", frame.dropDuplicates(["a"]), { kind: "deduplicate", columns: ["a"] }],
    [
      "orderBy",
      frame.orderBy("a", col("b").desc()),
      {
        kind: "sort",
        global: true,
        order: [
          { direction: "ascending", nulls: "first", input: a },
          { direction: "descending", nulls: "last" },
        ],
      },
    ],
    ["sortWithinPartitions", frame.sortWithinPartitions("a"), { kind: "sort", global: false }],
    ["limit", frame.limit(3), { kind: "limit", count: literal("int", 3) }],
    ["offset", frame.offset(3), { kind: "offset", count: literal("int", 3) }],
    [
      "sample",
      frame.sample(0.1, { seed: 7 }),
      { kind: "sample", lower: 0, upper: 0.1, withReplacement: false, seed: 7n },
    ],
    [
      "na.fill",
      frame.na.fill(0, { subset: ["a"] }),
      { kind: "fill nulls", columns: ["a"], values: [literal("double", 0)] },
    ],
    [
      "na.fill by column",
      frame.na.fill({ a: 0, b: "x" }),
      { columns: ["a", "b"], values: [literal("bigint", 0n), literal("string", "x")] },
    ],
    ["na.drop", frame.na.drop({ how: "all" }), { kind: "drop nulls", minimumNonNulls: 1 }],
    ["na.drop with a threshold", frame.na.drop({ how: "all", thresh: 2 }), { minimumNonNulls: 2 }],
    [
      "na.replace",
      frame.na.replace(new Map([["UK", "GB"]])),
      { kind: "replace values", replacements: [[literal("string", "UK"), literal("string", "GB")]] },
    ],
    [
      "na.replace with lists",
      frame.na.replace([1, 2], 0),
      {
        replacements: [
          [literal("int", 1), literal("int", 0)],
          [literal("int", 2), literal("int", 0)],
        ],
      },
    ],
    ["describe", frame.describe("a"), { kind: "describe", columns: ["a"] }],
    ["alias", frame.alias("t"), { kind: "subquery alias", name: "t" }],
    ["hint", frame.hint("broadcast"), { kind: "hint", name: "broadcast", parameters: [] }],
    ["repartition", frame.repartition(4), { kind: "repartition", count: 4, shuffle: true }],
    [
      "repartition by columns",
      frame.repartition(4, "a"),
      { kind: "repartition by expression", count: 4, expressions: [a] },
    ],
    ["repartition by columns alone", frame.repartition("a"), { kind: "repartition by expression", expressions: [a] }],
    ["repartitionByRange", frame.repartitionByRange("a"), { expressions: [{ kind: "sort order", input: a }] }],
    ["coalesce", frame.coalesce(1), { kind: "repartition", count: 1, shuffle: false }],
    [
      "observe",
      frame.observe("seen", sum("a").as("s")),
      { kind: "observe", name: "seen", metrics: [{ kind: "alias" }] },
    ],
  ])("%s", (_name, { plan }, relation) => {
    expect(plan).toMatchObject(relation);
  });

  test("with two sides", () => {
    expect(frame.join(other, "a", "left").plan).toMatchObject({
      kind: "join",
      type: "left",
      using: ["a"],
      left: range,
    });
    expect(frame.join(other, ["a", "b"], { how: "left_anti" }).plan).toMatchObject({
      type: "left anti",
      using: ["a", "b"],
    });
    expect(frame.crossJoin(other).plan).toMatchObject({ type: "cross", using: [] });
    const condition = frame.col("a").eq(other.col("a"));
    expect(frame.join(other, condition).plan).toMatchObject({
      type: "inner",
      using: [],
      condition: {
        name: ["="],
        arguments: [
          { ...a, planId: 1_000_000 },
          { ...a, planId: 1_000_001 },
        ],
      },
    });
    expect(frame.join(other, [condition, col("b").gt(1)]).plan).toMatchObject({ condition: { name: ["AND"] } });
    expect(() => frame.join(other, "a", "sideways" as "left")).toThrow(/UNSUPPORTED_JOIN_TYPE/);
  });

  test("that have ids of their own and the place of the call", () => {
    const one = frame.limit(1).plan;
    const two = frame.limit(1).plan;
    expect(one.planId).not.toBe(two.planId);
    expect(one.origin).toMatchObject({ from: "call", method: "limit", file: import.meta.filename });
    expect(equalPlans(one, two)).toBe(true);
    expect(Object.isFrozen(one)).toBe(true);
  });

  test("without a place when places are not recorded", () => {
    const quiet = new DataFrame({ ...state, recordsOrigins: false }, range);
    expect(quiet.limit(1).plan).not.toHaveProperty("origin");
  });

  test("that Spark refuses are refused", () => {
    expect(() => frame.rollup("a").pivot("b")).toThrow(/pivot is not possible after rollup/);
    expect(() => frame.groupBy("a").pivot("b").pivot("c")).toThrow(/REPEATED_CLAUSE/);
    expect(() => frame.groupBy("a").sum()).toThrow(/\.sum\("amount"\)/);
    expect(() => frame.na.replace([1, 2], [3])).toThrow(/2 values and 1 replacements/);
  });
});

describe("actions", () => {
  test("collect rows as objects, or as arrays", async () => {
    const { user } = (await frame.limit(2).collect({ longs: "bigint" }))[1]!;
    expect(user).toBe("bob");
    expect(await frame.collect({ rows: "array", longs: "bigint" })).toEqual([
      ["ann", 1n],
      ["bob", 2n ** 60n],
    ]);
  });

  test("name the option when a number cannot hold a long integer", async () => {
    await expect(frame.collect()).rejects.toThrow(/longs: "bigint"/);
  });

  test("give rows one by one, also to callers that do not wait", async () => {
    const rows = frame.toLocalIterator({ longs: "bigint" });
    const [first, second, end] = await Promise.all([rows.next(), rows.next(), rows.next()]);
    expect([first.value?.user, second.value?.user, end.done]).toEqual(["ann", "bob", true]);
  });

  test("ask for no more rows than they need", async () => {
    const { state, asked } = stateOfTwoRows();
    await new DataFrame(state, range).take(5, { longs: "bigint" });
    await new DataFrame(state, range).tail(3, { longs: "bigint" });
    expect(await new DataFrame(state, range).isEmpty()).toBe(false);
    expect(asked.plans).toMatchObject([
      { kind: "limit", count: { value: 5 } },
      { kind: "tail", count: { value: 3 } },
      { kind: "limit", count: { value: 1 } },
    ]);
  });

  test("give the schema in three forms", async () => {
    expect(await frame.schema()).toBe(schema);
    expect(await frame.columns()).toEqual(["user", "n"]);
    expect(await frame.dtypes()).toEqual([
      ["user", "string"],
      ["n", "bigint"],
    ]);
  });

  test("keep and forget rows", async () => {
    const { state } = stateOfTwoRows();
    const cached = new DataFrame(state, range).cache();
    expect(cached.storageLevel).toBe("MEMORY_AND_DISK");
    await cached.unpersist();
    expect(cached.storageLevel).toBe("NONE");
  });

  test("make views and files by commands", async () => {
    const { state, asked } = stateOfTwoRows();
    const written = new DataFrame(state, range);
    await written.createOrReplaceTempView("numbers");
    await written.write
      .mode("overwrite")
      .partitionBy("a")
      .option("Compression", "zstd")
      .parquet("out", { maxRecordsPerFile: 10 });
    await written.write.json("out", { mode: "append", partitionBy: "b" });
    expect(asked.commands).toMatchObject([
      {
        kind: "create view",
        name: "numbers",
        global: false,
        replace: true,
        origin: { method: "createOrReplaceTempView" },
      },
      {
        kind: "write",
        format: "parquet",
        mode: "overwrite",
        partitionBy: ["a"],
        options: { compression: "zstd", maxrecordsperfile: "10" },
        target: { path: "out" },
      },
      { kind: "write", format: "json", mode: "append", partitionBy: ["b"] },
    ]);
    expect(() => written.write.mode("replace" as "append")).toThrow(/INVALID_SAVE_MODE/);
  });
});

describe("a DataFrame in a program", () => {
  test("is neither a promise nor iterable", () => {
    expect("then" in frame).toBe(false);
    expect(Symbol.iterator in frame).toBe(false);
    expect(Symbol.asyncIterator in frame).toBe(false);
  });

  test("prints its schema where it is known, and runs nothing", () => {
    const { state, asked } = stateOfTwoRows();
    expect(inspect(new DataFrame(state, range))).toBe("DataFrame[user: string, n: bigint]");
    expect(String(new DataFrame(state, range).limit(1))).toBe("DataFrame[…]");
    expect(asked.plans).toEqual([]);
  });
});
