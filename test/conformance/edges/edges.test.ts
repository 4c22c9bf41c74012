/** Statements with values at the edges of types: what is equal to Spark's recorded answers stays so. */
import { SparkSession } from "lakewright";
import { expect, it } from "vitest";
import { edgeVerdicts, seeds } from "./recorded.ts";
import { bases, edgeStatements } from "./statements.ts";
import unequal from "./unequal.json" with { type: "json" };

it("differ from Spark only where it is known", async () => {
  const spark = SparkSession.create();
  const verdicts = await edgeVerdicts(spark, seeds.shown);
  await spark.stop();
  const known = new Set<string>(unequal);
  const worse = verdicts.filter(({ sql, standing }) => standing !== "equal" && standing !== "law" && !known.has(sql));
  expect(worse.map(({ sql, detail }) => `${sql}: ${detail}`)).toEqual([]);
});

it("are equal to Spark where they were chosen by hand", async () => {
  const spark = SparkSession.create();
  const verdicts = await edgeVerdicts(spark, "chosen");
  await spark.stop();
  const unlike = verdicts.filter(({ standing }) => standing !== "equal");
  expect(unlike.map(({ sql, detail }) => `${sql}: ${detail}`)).toEqual([]);
  expect(verdicts.length).toBeGreaterThan(100);
});

it("are the same for the same seed, others for another, and none of them plain", () => {
  const [once, again, other] = ["A", "A", "C"].map(edgeStatements);
  expect(again).toEqual(once);
  expect(once!.length).toBeGreaterThan(2000);
  expect(other).not.toEqual(once);
  const plain = new Set(bases());
  expect(once!.filter((sql) => plain.has(sql))).toEqual([]);
});
