/** `node --conditions=lakewright:source bench/analyzer.ts`: how long the analysis of a plan of fifty relations takes. */
import { col, type DataFrame, SparkSession, Window } from "lakewright";
import { avg, count, rowNumber, sum, upper } from "lakewright/functions";
import { analyze } from "../src/analyzer/analyze.ts";
import type { Relation } from "../src/plan/relation.ts";
import { isRelation, walk } from "../src/plan/rewrite.ts";

const RUNS = 500;
const WARM_UP = 100;
const ROUNDS = 8;

const spark = SparkSession.create();
const sales = spark.createDataFrame([], "id BIGINT, user STRING, country STRING, day INT, amount DECIMAL(10,2)");
const users = spark.createDataFrame([], "user STRING, age INT, city STRING");

/** Six relations more: filter, column, window, join, projection, order. */
function step(input: DataFrame, index: number): DataFrame {
  const latest = Window.partitionBy("user").orderBy(col("day").desc());
  const numbered = input
    .filter(col("amount").gt(index).and(col("country").isNotNull()))
    .withColumn(`doubled${index}`, col("amount").multiply(2).plus(col("day")))
    .withColumn(`rank${index}`, rowNumber().over(latest));
  return numbered
    .join(users.select("user", upper("city").as(`city${index}`)), "user", "left")
    .orderBy("day") as DataFrame;
}

function plan(): Relation {
  let frame = sales as DataFrame;
  for (let index = 0; index < ROUNDS; index++) frame = step(frame, index);
  return frame.groupBy("country").agg(sum("amount").as("total"), avg("day"), count("*")).plan;
}

function relationsOf(root: Relation): number {
  let relations = 0;
  walk(root, (node) => {
    relations += isRelation(node) ? 1 : 0;
    return true;
  });
  return relations;
}

function median(milliseconds: readonly number[]): number {
  return milliseconds.toSorted((left, right) => left - right)[Math.floor(milliseconds.length / 2)]!;
}

const subject = plan();
const nothing = { leaves: new Map(), pivotValues: new Map() };
const times = Array.from({ length: RUNS + WARM_UP }, () => {
  const started = performance.now();
  analyze(subject, nothing, { caseSensitive: false, timeZone: "UTC" });
  return performance.now() - started;
});
const warm = times.slice(WARM_UP);
console.log(
  `${relationsOf(subject)} relations: first ${times[0]!.toFixed(2)} ms, median ${median(warm).toFixed(2)} ms of ${RUNS}`,
);
