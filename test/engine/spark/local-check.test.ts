/** What is certain to be wrong is told before a plan is sent, and a job asks the server no more than it must. */
import { create } from "@bufbuild/protobuf";
import { col, expr, lit, SparkSession } from "lakewright";
import { callFunction, upper } from "lakewright/functions";
import { expect, test } from "vitest";
import { encodeType } from "../../../src/connect/data-type.ts";
import { AnalyzePlanResponseSchema } from "../../../src/connect/generated/spark/connect/base_pb.ts";
import { parseDdl } from "../../../src/types/ddl.ts";
import { complete, rows } from "./answers.ts";
import { fakeSpark } from "./fake-spark.ts";

/** A server that says that whatever it is asked about has these columns; it counts what it is asked. */
async function counting() {
  const asked = { analyses: 0, executions: 0, columns: "id BIGINT, name STRING" };
  const server = await fakeSpark({
    analyzePlan: () => {
      asked.analyses += 1;
      const result = { case: "schema", value: { schema: encodeType(parseDdl(asked.columns)) } } as const;
      return create(AnalyzePlanResponseSchema, { serverSideSessionId: "the session of the server", result });
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
    spark,
    [Symbol.asyncDispose]: async () => {
      await spark.stop();
      await server[Symbol.asyncDispose]();
    },
  };
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
  const { spark, asked } = given;
  const steps = Array.from({ length: 60 }, (_, index) => index);
  const users = spark.table("users");
  const result = steps.reduce(
    (frame, step) =>
      step % 3 === 0
        ? frame.withColumn(`step_${step}`, col("id").plus(lit(step)))
        : step % 3 === 1
          ? frame.filter(col(`step_${step - 1}`).gt(lit(-1)))
          : frame.withColumn("name", upper("name")),
    users as never as ReturnType<typeof spark.sql>,
  );
  await result.collect();
  await result.groupBy("name").count().collect();
  expect(asked).toMatchObject({ analyses: 1, executions: 2 });
});

test("the schema of a DataFrame is asked once", async () => {
  await using given = await counting();
  const { spark, asked } = given;
  const users = spark.table("users");
  expect((await users.schema()).fields).toHaveLength(2);
  await users.schema();
  await users.columns();
  expect(asked.analyses).toBeLessThanOrEqual(2);
});
