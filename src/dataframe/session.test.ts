import { describe, expect, test } from "vitest";
import { col } from "../functions/constructors.ts";
import type { Relation } from "../plan/relation.ts";
import { Configuration } from "./configuration.ts";
import type { DataFrame } from "./dataframe.ts";
import { SparkSession } from "./session.ts";
import { sessionsOn } from "./session-builder.ts";
import type { SessionState } from "./session-state.ts";

/** A state that can be configured and stopped, and runs nothing. */
const idleState = (configuration: Configuration): SessionState => ({
  configuration,
  operations: {
    tags: [],
    addTag: () => undefined,
    removeTag: () => undefined,
    clearTags: () => undefined,
    interruptAll: async () => [],
    interruptTag: async () => [],
    interruptOperation: async () => [],
  },
  recordsOrigins: false,
  resolveSchema: () => Promise.reject(new Error("nothing runs here")),
  inputFiles: async () => [],
  semantics: async () => "",
  knownSchema: () => undefined,
  execute: () => Promise.reject(new Error("nothing runs here")),
  executeCommand: () => Promise.reject(new Error("nothing runs here")),
  writeAll: () => Promise.reject(new Error("nothing runs here")),
  explain: () => Promise.reject(new Error("nothing runs here")),
  cache: () => undefined,
  uncache: () => Promise.resolve(),
  storageLevel: () => "NONE",
  executionInfo: () => undefined,
  addArtifacts: async () => undefined,
  newSession: () => idleState(configuration.anew()),
  registerFunction: () => {},
  onObserved: () => undefined,
  stop: () => Promise.resolve(),
});

const spark = new SparkSession(idleState(new Configuration()));
const planOf = ({ plan }: DataFrame): Relation => plan;

describe("sessions", () => {
  test("getOrCreate is one a process, with the settings of every builder", async () => {
    const sessions = sessionsOn({ makeState: idleState });
    const first = sessions.builder.appName("first").getOrCreate();
    const second = sessions.builder.config({ "spark.sql.ansi.enabled": true, limit: 3 }).getOrCreate();
    expect(second).toBe(first);
    expect(first.conf.getAll()).toEqual({ "spark.app.name": "first", "spark.sql.ansi.enabled": "true", limit: "3" });
    expect(sessions.getActiveSession()).toBe(first);
  });

  test("a stopped one gives way to a new one", async () => {
    const sessions = sessionsOn({ makeState: idleState });
    const first = sessions.builder.getOrCreate();
    await first.stop();
    expect(sessions.getActiveSession()).toBeUndefined();
    expect(sessions.builder.getOrCreate()).not.toBe(first);
  });

  test("create makes a new one each time, and leaving its block ends it", async () => {
    const sessions = sessionsOn({ makeState: idleState });
    let kept: SparkSession;
    {
      await using session = sessions.create({ "spark.sql.session.timeZone": "Europe/Zurich" });
      expect(session.conf.get("spark.sql.session.timeZone")).toBe("Europe/Zurich");
      expect(sessions.create()).not.toBe(session);
      kept = session;
    }
    expect(kept.stopped).toBe(true);
    expect(sessions.getActiveSession()).toBeUndefined();
  });
});

describe("settings", () => {
  test("are text, with defaults of the registry or of the caller", () => {
    const registry = { defaultOf: (key: string) => (key === "known" ? "yes" : undefined), check: () => undefined };
    const conf = new Configuration(registry);
    expect([conf.get("known"), conf.get("other", "no")]).toEqual(["yes", "no"]);
    expect(() => conf.get("other")).toThrow(/SQL_CONF_NOT_FOUND/);
    conf.set("known", false);
    expect(conf.get("known")).toBe("false");
    conf.unset("known");
    expect(conf.get("known")).toBe("yes");
  });

  test("are refused by the registry", () => {
    const check = (key: string) => {
      throw new Error(`${key} is refused`);
    };
    expect(() => new Configuration({ defaultOf: () => undefined, check }, { bad: 1 })).toThrow("bad is refused");
  });
});

describe("sources", () => {
  test("range counts from 0, or from a start by steps", () => {
    expect(planOf(spark.range(3))).toMatchObject({ kind: "range", start: 0n, end: 3n, step: 1n });
    expect(planOf(spark.range(1n, 10, { step: 2, numPartitions: 4 }))).toMatchObject({
      start: 1n,
      end: 10n,
      step: 2n,
      partitions: 4,
    });
  });

  test("rows become columns of the types of all rows", () => {
    const plan = planOf(
      spark.createDataFrame([
        { user: "ann", n: 1 },
        { user: "bob", n: 1.5 },
        { user: null, n: null },
      ]),
    );
    expect(plan).toMatchObject({
      kind: "local relation",
      schema: {
        fields: [
          { name: "user", type: { kind: "string" } },
          { name: "n", type: { kind: "double" } },
        ],
      },
      batches: [{ rows: 3 }],
    });
  });

  test("rows may come with a schema, or with names", () => {
    const stated = planOf(spark.createDataFrame([["ann", 1]], "user STRING NOT NULL, n INT"));
    expect(stated).toMatchObject({
      schema: {
        fields: [
          { name: "user", nullable: false },
          { name: "n", type: { kind: "int" } },
        ],
      },
    });
    const named = planOf(spark.createDataFrame([["ann", 1]], ["user", "n"]));
    expect(named).toMatchObject({ schema: { fields: [{ name: "user" }, { name: "n", type: { kind: "bigint" } }] } });
    expect(() => spark.createDataFrame([{ n: "one" }], "n INT")).toThrow(/row 0.*n/s);
  });

  test("files are read with a format, a schema and options", () => {
    const read = spark.read
      .schema("n INT")
      .option("multiLine", true)
      .json(["a", "b"], { mode: "FAILFAST", multiLine: false });
    expect(planOf(read)).toMatchObject({
      kind: "read",
      format: "json",
      paths: ["a", "b"],
      schema: { fields: [{ name: "n" }] },
      options: { multiline: "false", mode: "FAILFAST" },
      isStreaming: false,
    });
    expect(planOf(spark.read.format("csv").options({ header: true }).load("a"))).toMatchObject({
      format: "csv",
      options: { header: "true" },
    });
    expect(planOf(spark.read.load("a"))).toMatchObject({ format: null });
    expect(planOf(spark.read.text("a").filter(col("value").eq("x")))).toMatchObject({ input: { format: "text" } });
    expect(() => spark.read.schema("not a schema at all,,")).toThrow(/PARSE_SYNTAX_ERROR/);
  });

  test("tables are named by parts", () => {
    expect(planOf(spark.table("global_temp.`a.b`"))).toMatchObject({
      kind: "read table",
      name: ["global_temp", "a.b"],
    });
  });
});
