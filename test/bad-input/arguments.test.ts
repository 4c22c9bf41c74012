/** Calls in PySpark's positional forms, which the compiler refuses: each names the call that is right. */
import { type DataFrame, isLakewrightError, type SparkSession } from "lakewright";
import { col } from "lakewright/functions";
import { testSession } from "lakewright/testing";
import { afterAll, beforeAll, expect, test } from "vitest";

let spark: SparkSession;
let df: DataFrame;
beforeAll(() => {
  spark = testSession();
  df = spark.createDataFrame([[1, "a"]], "a INT, b STRING") as unknown as DataFrame;
});
afterAll(() => spark.stop());

/** A call as a program that nobody checks writes it, and what its error says to write. */
const calls: readonly (readonly [call: string, right: string])[] = [
  ["spark.range(1.5)", "range(0, 10, { step: 2, numPartitions: 4 })"],
  ["spark.range(0, 10, { step: 0 })", "range(0, 10, { step: 2 })"],
  ["spark.range(0, 10, { numPartitions: 0 })", "range(0, 10, { numPartitions: 4 })"],
  ["df.sample(true, 0.5)", "sample(0.5, { withReplacement: true, seed: 7 })"],
  ["df.sample(0.5, 7)", "sample(0.5, { withReplacement: true, seed: 7 })"],
  ["df.sample()", "sample(0.5, { withReplacement: true, seed: 7 })"],
  ["df.randomSplit(0.8, 0.2)", "randomSplit([0.8, 0.2], 7)"],
  ["df.sort(['a', 'b'])", "sort(...columns)"],
  ["df.orderBy('a', { ascending: false })", "desc()"],
  ["df.sort('a', false)", "desc()"],
  ["df.select(['a', 'b'])", "(...columns)"],
  ["df.groupBy(['a'])", "(...columns)"],
  ["df.agg({ a: 'max' })", 'agg(max("amount")'],
  ["df.groupBy('b').agg({ a: 'max' })", 'agg(max("amount")'],
  ["df.groupBy('b').sum(['a'])", 'sum("amount"'],
  ["df.groupBy('b').pivot('a', 1, 2)", 'pivot("country", ["IN", "US"])'],
  ["df.drop(['a'])", 'drop("comment", "source")'],
  ["df.dropDuplicates('a', 'b')", 'dropDuplicates(["user", "day"])'],
  ["df.show(5, false)", "show(20, { truncate: false, vertical: true })"],
  ["df.show(false)", "show(20, { truncate: false, vertical: true })"],
  ["df.repartition(2, ['a'])", 'repartition(4, "country")'],
  ["df.describe(['a'])", 'describe("amount"'],
  ["df.summary(['min'])", 'summary("count"'],
  ["df.freqItems('a')", 'freqItems(["user", "day"])'],
  ["df.crosstab('a')", 'crosstab("user", "country")'],
  ["df.withColumn('c', 'a')", 'col("amount")'],
  ["df.withColumns('c', 1)", "withColumns({ net"],
  ["df.withColumnsRenamed('a', 'b')", "withColumnsRenamed({ amount"],
  ["df.toDF(['x', 'y'])", "toDF(...names)"],
  ["df.transform(1)", "transform((df) => df.filter(…))"],
  ["df.unionByName(df, true)", "{ allowMissingColumns: true }"],
  ["df.union(1)", "union(other, …)"],
  ["df.join('a')", "join(other, …)"],
  ["df.na.fill('x', 'b')", "na.fill(0, { subset"],
  ["df.na.drop('any', 1, ['a'])", 'na.drop({ how: "all"'],
  ["df.na.replace(1, 2, 'a')", "na.replace(1, 2, { subset"],
  ["df.na.replace({ a: 'b' })", "new Map("],
  ["df.write.csv('out', 'overwrite')", 'write.mode("overwrite").csv('],
  ["df.write.save('out', 'csv')", 'write.mode("overwrite").save('],
  ["df.write.partitionBy(['a'])", 'partitionBy("country", "day")'],
  ["spark.read.csv('in', 'a INT')", 'read.schema("a INT").csv('],
  ["spark.read.load('in', 'csv')", 'read.schema("a INT").load('],
  ["spark.range(0, 10, 2)", "range(0, 10, { step: 2, numPartitions: 4 })"],
  ["spark.createDataFrame(5)", "createDataFrame([["],
];

test.each(calls)("%s", async (call, right) => {
  const run = new Function("df", "spark", `return ${call};`);
  const error: unknown = await (async () => run(df, spark))().catch((thrown: unknown) => thrown);
  if (!isLakewrightError(error)) throw new Error(`It was not refused: ${String(error)}`);
  expect([error.condition, error.hint]).toEqual(["NOT_EXPECTED_TYPE", expect.stringContaining(right)]);
});

test("formats that Spark has and the embedded engine has not are refused by their names", async () => {
  const refusals = [
    spark.read.orc("in").count(),
    spark.read.jdbc("jdbc:h2:mem", "sales").count(),
    df.write.orc("no-such-folder/rows.orc"),
    df.write.jdbc("jdbc:h2:mem", "sales"),
  ];
  const errors = (await Promise.allSettled(refusals)).map((settled) =>
    settled.status === "rejected" ? (settled.reason as Error) : undefined,
  );
  expect(errors.map((error) => error?.name)).toEqual(Array(4).fill("UnsupportedError"));
  expect(errors.map((error) => /orc|jdbc/.exec(error!.message)![0])).toEqual(["orc", "jdbc", "orc", "jdbc"]);
});

test("nothing is in an empty list", async () => {
  expect(await df.select(col("a").isin([]).as("found")).collect()).toEqual([{ found: false }]);
});
