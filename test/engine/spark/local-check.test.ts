/** What is certain to be wrong is told before a plan is sent, and a job asks the server no more than it must. */
import { create } from "@bufbuild/protobuf";
import { col, expr, lit, SparkSession } from "lakewright";
import { callFunction, upper } from "lakewright/functions";
import { expect, test } from "vitest";
import { encodeType } from "../../../src/connect/data-type.ts";
import {
  AnalyzePlanResponseSchema,
  ConfigResponseSchema,
} from "../../../src/connect/generated/spark/connect/base_pb.ts";
import { parseDdl } from "../../../src/types/ddl.ts";
import { complete, rows } from "./answers.ts";
import { fakeSpark } from "./fake-spark.ts";

/** A server that says that whatever it is asked about has these columns; it counts what it is asked. */
async function counting() {
  const asked = { analyses: 0, versions: 0, settings: 0, executions: 0, columns: "id BIGINT, name STRING" };
  const there = { version: "4.2.0", settings: [{ key: "shuffle.partitions", value: "2" }] };
  const session = { serverSideSessionId: "the session of the server" };
  const server = await fakeSpark({
    analyzePlan: ({ analyze }) => {
      if (analyze.case === "sparkVersion") {
        asked.versions += 1;
        const result = { case: "sparkVersion", value: { version: there.version } } as const;
        return create(AnalyzePlanResponseSchema, { ...session, result });
      }
      asked.analyses += 1;
      const result = { case: "schema", value: { schema: encodeType(parseDdl(asked.columns)) } } as const;
      return create(AnalyzePlanResponseSchema, { ...session, result });
    },
    config: ({ operation }) => {
      if (operation?.opType.case !== "getAll") return create(ConfigResponseSchema, session);
      asked.settings += 1;
      return create(ConfigResponseSchema, { ...session, pairs: there.settings });
    },
    async *executePlan() {
      asked.executions += 1;
      yield rows("one", 1);
      yield complete;
    },
  });
  const spark = SparkSession.create({ "spark.remote": server.url });
  return {
    asked,
    there,
    spark,
    [Symbol.asyncDispose]: async () => {
      await spark.stop();
      await server[Symbol.asyncDispose]();
    },
  };
}

type Given = Awaited<ReturnType<typeof counting>>;
type Frame = ReturnType<Given["spark"]["sql"]>;

/** A job of sixty steps on a table. */
function steps({ spark }: Given): readonly Frame[] {
  const frames: Frame[] = [spark.table("users") as never];
  for (let step = 0; step < 60; step += 1) frames.push(nextOf(frames.at(-1)!, step));
  return frames;
}

function nextOf(frame: Frame, step: number): Frame {
  if (step % 3 === 0) return frame.withColumn(`step_${step}`, col("id").plus(lit(step)));
  return step % 3 === 1 ? frame.filter(col(`step_${step - 1}`).gt(lit(-1))) : frame.withColumn("name", upper("name"));
}

test("a name that there is not is told before the plan is sent, with what there is", async () => {
  await using given = await counting();
  const { spark, asked } = given;
  await expect(spark.table("users").filter(col("nmae").eq("ann")).collect()).rejects.toMatchObject({
    name: "AnalysisError",
    condition: "UNRESOLVED_COLUMN.WITH_SUGGESTION",
    parameters: { objectName: "`nmae`" },
  });
  expect(asked.executions).toBe(0);
});

test("a column that a table has got since is no mistake", async () => {
  await using given = await counting();
  const { spark, asked } = given;
  const users = spark.table("users");
  await users.select("name").collect();
  asked.columns = "id BIGINT, name STRING, age INT";
  await users.select("age").collect();
  expect(asked).toMatchObject({ executions: 2, analyses: 2 });
});

test("what only the server can know passes", async () => {
  await using given = await counting();
  const { spark, asked } = given;
  const users = spark.table("users");
  await users.select(callFunction("a_function_of_the_cluster", "id")).collect();
  await users.select(expr("_metadata.file_path")).collect();
  await spark.sql("SELECT a_variable FROM users").collect();
  await spark.table("users").groupBy("id").pivot("name").count().collect();
  expect(asked.executions).toBe(4);
});

test("a job of sixty steps asks for the schema of its table, once", async () => {
  await using given = await counting();
  const result = steps(given).at(-1)!;
  await result.collect();
  await result.groupBy("name").count().collect();
  expect(given.asked).toMatchObject({ analyses: 1, versions: 0, executions: 2 });
});

test("the schemas after each of sixty steps ask no more than that, and what the server is", async () => {
  await using given = await counting();
  const schemas: string[] = [];
  for (const frame of steps(given)) schemas.push((await frame.columns()).join());
  expect(schemas.slice(0, 4)).toEqual(["id,name", "id,name,step_0", "id,name,step_0", "id,name,step_0"]);
  expect(schemas.at(-1)).toBe(`id,name,${Array.from({ length: 20 }, (_, index) => `step_${3 * index}`).join()}`);
  expect(given.asked).toMatchObject({ analyses: 1, versions: 1, settings: 1, executions: 0 });
});

test.each([
  ["an older server", { version: "4.1.1" }],
  ["a server of others", { version: "17.0.x-photon" }],
  [
    "a setting of the server",
    { settings: [{ key: "spark.sql.decimalOperations.allowPrecisionLoss", value: "false" }] },
  ],
])("%s is asked for every schema", async (_, other) => {
  await using given = await counting();
  Object.assign(given.there, other);
  const users = given.spark.table("users");
  await users.select("id").schema();
  await users.select("name").schema();
  expect(given.asked.analyses).toBe(3);
});

test("a setting of the program, and one that asks the server in any case", async () => {
  await using given = await counting();
  const { spark, asked, there } = given;
  const users = spark.table("users");
  await users.select("id").schema();
  expect(asked.analyses).toBe(1);
  spark.conf.set("spark.sql.caseSensitive", "true");
  there.settings = [{ key: "caseSensitive", value: "true" }];
  await users.select("id").schema();
  expect(asked).toMatchObject({ analyses: 2, settings: 2 });
  there.settings = [];
  spark.conf.unset("spark.sql.caseSensitive");
  spark.conf.set("lakewright.localSchemas", "false");
  await users.select("id").schema();
  expect(asked).toMatchObject({ analyses: 3, settings: 2 });
});

test("schemas that only the server can know are asked for", async () => {
  await using given = await counting();
  const { spark, asked } = given;
  const users = spark.table("users");
  await users.schema();
  const unknown = [
    users.select(callFunction("a_function_of_the_cluster", "id")),
    spark.sql("SELECT id FROM users"),
    users.groupBy("id").pivot("name").count(),
    users.transpose(),
    users.stat.crosstab("id", "name"),
  ];
  for (const frame of unknown) await frame.schema();
  expect(asked.analyses).toBe(1 + unknown.length);
});

test("a table is asked for anew after a command, and names are the server's after functions and variables", async () => {
  await using given = await counting();
  const { spark, asked } = given;
  const users = spark.table("users");
  await users.select("id").schema();
  asked.columns = "id BIGINT, name STRING, age INT";
  await spark.execute("ALTER TABLE users ADD COLUMN age INT");
  expect(await users.select("*").columns()).toEqual(["id", "name", "age"]);
  expect(asked.analyses).toBe(2);
  await spark.execute("CREATE TEMPORARY FUNCTION upper(a STRING) RETURNS INT RETURN 1");
  await users.select(upper("name")).schema();
  expect(asked.analyses).toBe(3);
});

test("the schema of a DataFrame is asked once", async () => {
  await using given = await counting();
  const { spark, asked } = given;
  const users = spark.table("users");
  expect((await users.schema()).fields).toHaveLength(2);
  await users.schema();
  await users.columns();
  expect(asked.analyses).toBe(1);
});
