/** Rows that are many go to the server once, in chunks, and what a server is too old for is refused. */
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { create } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { col, SparkSession } from "lakewright";
import { expect, test } from "vitest";
import {
  type AddArtifactsRequest,
  AddArtifactsResponseSchema,
  AnalyzePlanResponseSchema,
  ArtifactStatusesResponseSchema,
  type ExecutePlanRequest,
} from "../../../src/connect/generated/spark/connect/base_pb.ts";
import type { Relation } from "../../../src/connect/generated/spark/connect/relations_pb.ts";
import { readArrow } from "../../../src/types/arrow/arrow-reader.ts";
import { complete, refusal, rows } from "./answers.ts";
import { type FakeAnswers, fakeSpark } from "./fake-spark.ts";

const serverSideSessionId = "the session of the server";

/** A server that keeps what is sent. */
function keeping(version: string) {
  const artifacts = new Map<string, Buffer>();
  const plans: Relation["relType"][] = [];
  const asked: string[] = [];
  const take = (name: string, { data, crc }: { data: Uint8Array; crc: bigint }): void => {
    expect(BigInt(crc32(data))).toBe(crc);
    artifacts.set(name, Buffer.concat([artifacts.get(name) ?? Buffer.alloc(0), data]));
  };
  const answers: FakeAnswers = {
    analyzePlan: ({ analyze }) => {
      asked.push(analyze.case!);
      const result = { case: "sparkVersion", value: { version } } as const;
      return create(AnalyzePlanResponseSchema, { serverSideSessionId, result });
    },
    artifactStatus: ({ names }) =>
      create(ArtifactStatusesResponseSchema, {
        serverSideSessionId,
        statuses: Object.fromEntries(names.map((name) => [name, { exists: artifacts.has(name) }])),
      }),
    addArtifacts: async (requests: AsyncIterable<AddArtifactsRequest>) => {
      let name = "";
      for await (const { payload } of requests) {
        const parts = payload.case === "batch" ? payload.value.artifacts : [];
        const begun =
          payload.case === "beginChunk" ? [{ name: payload.value.name, data: payload.value.initialChunk }] : [];
        for (const part of [...parts, ...begun]) {
          name = part.name;
          take(name, part.data!);
        }
        if (payload.case === "chunk") take(name, payload.value);
      }
      const summary = { name, isCrcSuccessful: true };
      return create(AddArtifactsResponseSchema, { serverSideSessionId, artifacts: [summary] });
    },
    async *executePlan({ plan }: ExecutePlanRequest) {
      if (plan?.opType.case === "root") plans.push(plan.opType.value.relType);
      yield rows("one", 1);
      yield complete;
    },
  };
  return { artifacts, plans, asked, answers };
}

const numbered = (spark: SparkSession, count: number) =>
  spark.createDataFrame(
    Array.from({ length: count }, (_, id) => [id, `name ${id} of some length`] as [number, string]),
    "id BIGINT, name STRING",
  );

test("few rows go with the plan", async () => {
  const { plans, answers, artifacts, asked } = keeping("4.2.0");
  await using server = await fakeSpark(answers);
  await using spark = SparkSession.create({ "spark.remote": server.url });
  await numbered(spark, 10).collect();
  expect(plans.map((plan) => plan.case)).toEqual(["localRelation"]);
  expect([artifacts.size, asked]).toEqual([0, []]);
});

test("many go before it, once, in chunks that hold each row", async () => {
  const { plans, answers, artifacts } = keeping("4.2.0");
  await using server = await fakeSpark(answers);
  await using spark = SparkSession.create({ "spark.remote": server.url });
  const frame = numbered(spark, 600_000);
  await frame.collect();
  const before = artifacts.size;
  await frame.filter("id > 1").collect();
  expect(artifacts.size).toBe(before);

  const [plan] = plans;
  if (plan?.case !== "chunkedCachedLocalRelation") throw new Error(`the plan is ${plan?.case}`);
  const { dataHashes, schemaHash } = plan.value;
  expect(dataHashes.length).toBeGreaterThan(1);
  for (const [name, bytes] of artifacts) expect(name).toBe(`cache/${createHash("sha256").update(bytes).digest("hex")}`);
  const read = dataHashes.map((hash) => readArrow(artifacts.get(`cache/${hash}`)!).batches);
  expect(read.flat().reduce((sum, batch) => sum + batch.rows, 0)).toBe(600_000);
  expect(JSON.parse(String(artifacts.get(`cache/${schemaHash}`)))).toMatchObject({
    fields: [{ name: "id", type: "long" }, { name: "name" }],
  });
});

test("a Spark 4.0 gets them in one piece", async () => {
  const { plans, answers, artifacts, asked } = keeping("4.0.1");
  await using server = await fakeSpark(answers);
  await using spark = SparkSession.create({ "spark.remote": server.url });
  await numbered(spark, 60_000).collect();
  await numbered(spark, 60_001).collect();
  expect(plans.map((plan) => plan.case)).toEqual(["cachedLocalRelation", "cachedLocalRelation"]);
  expect(artifacts.size).toBe(2);
  expect(asked, "The version is asked once.").toEqual(["sparkVersion"]);
});

test("rows that arrive damaged are told", async () => {
  const { answers } = keeping("4.2.0");
  const artifacts = [{ name: "cache/…", isCrcSuccessful: false }];
  await using server = await fakeSpark({
    ...answers,
    addArtifacts: async () => create(AddArtifactsResponseSchema, { serverSideSessionId, artifacts }),
  });
  await using spark = SparkSession.create({ "spark.remote": server.url });
  await expect(numbered(spark, 60_000).collect()).rejects.toThrow("its checksum is another");
});

test.each([
  ["4.0.1", false],
  ["4.1.0", false],
  ["4.2.0", true],
  ["4.3.0-SNAPSHOT", true],
  ["17.3.x-scala2.13", true],
  ["sail", true],
])("a server of version %s runs a nearest-by join: %s", async (version, runs) => {
  const { answers, asked, plans } = keeping(version);
  await using server = await fakeSpark(answers);
  await using spark = SparkSession.create({ "spark.remote": server.url });
  const [left, right] = [numbered(spark, 2).alias("l"), numbered(spark, 3).alias("r")];
  const joined = left.nearestByJoin(right, col("r.id"), 1, "exact", "distance");
  const act = () => joined.collect();
  if (runs) await act();
  else
    await expect(act).rejects.toMatchObject({
      name: "UnsupportedError",
      message: expect.stringContaining(`A nearest-by join came with Spark 4.2, which is newer than Spark at`),
    });
  expect(asked).toEqual(["sparkVersion"]);
  expect(plans).toHaveLength(runs ? 1 : 0);
});

test("files of the program go there by their kinds", async () => {
  const { answers, artifacts } = keeping("4.2.0");
  await using server = await fakeSpark(answers);
  await using spark = SparkSession.create({ "spark.remote": server.url });
  const folder = await mkdtemp(join(tmpdir(), "lakewright-artifacts-"));
  const file = async (name: string, content: string): Promise<string> => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };
  const jar = await file("functions.jar", "a jar of more than a mebibyte".padEnd(3_000_000));
  await spark.addArtifacts(jar);
  await spark.addArtifacts([await file("codes.csv", "a;1")], { file: true });
  await spark.addArtifacts(`${await file("data.zip", "PK")}#unpacked`, { archive: true });
  await spark.copyFromLocalToFs(join(folder, "codes.csv"), "/data/codes.csv");
  expect([...artifacts].map(([name, content]) => [name, content.length])).toEqual([
    ["jars/functions.jar", 3_000_000],
    ["files/codes.csv", 3],
    ["archives/data.zip#unpacked", 2],
    ["forward_to_fs/data/codes.csv", 3],
  ]);
  await expect(spark.addArtifacts(join(folder, "codes.csv"))).rejects.toThrow("codes.csv file format is not supported");
  await expect(spark.addArtifacts(jar, { file: true, archive: true })).rejects.toThrow("cannot be true together");
  await expect(spark.addArtifacts(join(folder, "none.jar"))).rejects.toMatchObject({ condition: "PATH_NOT_FOUND" });
  await expect(spark.copyFromLocalToFs(jar, "s3://bucket/x")).rejects.toThrow("no absolute path");
  await rm(folder, { recursive: true });
  await expect(SparkSession.create().addArtifacts("functions.jar")).rejects.toThrow(
    "takes no files such as functions.jar",
  );
});

test("a server that keeps nothing gets them with each plan", async () => {
  const { plans, answers, artifacts } = keeping("4.2.0");
  const metadata = {
    errorClass: "UNSUPPORTED_FEATURE",
    sqlState: "0A000",
    classes: '["java.lang.UnsupportedOperationException"]',
  };
  const artifactStatus = () => {
    throw refusal(Code.Unimplemented, metadata, "[UNSUPPORTED_FEATURE] artifact statuses");
  };
  await using server = await fakeSpark({ ...answers, artifactStatus });
  await using spark = SparkSession.create({ "spark.remote": server.url });
  const frame = numbered(spark, 100_000);
  await frame.collect();
  await frame.collect();
  expect([plans.map((plan) => plan.case), artifacts.size]).toEqual([["localRelation", "localRelation"], 0]);
});
