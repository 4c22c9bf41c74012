/** Plans of many bytes: compressed where the server wants it, and no end of the session where it takes none. */
import { randomBytes } from "node:crypto";
import { zstdDecompressSync } from "node:zlib";
import { create, fromBinary } from "@bufbuild/protobuf";
import { lit, SparkSession } from "lakewright";
import { expect, test } from "vitest";
import {
  ConfigResponseSchema,
  type ExecutePlanRequest,
  type Plan,
} from "../../../src/connect/generated/spark/connect/base_pb.ts";
import { RelationSchema } from "../../../src/connect/generated/spark/connect/relations_pb.ts";
import { complete, rows } from "./answers.ts";
import { type FakeAnswers, fakeSpark } from "./fake-spark.ts";

/** A server with these settings that notes the plans it gets. */
function noting(settings: Readonly<Record<string, string>>) {
  const plans: Plan[] = [];
  const asked: string[][] = [];
  const answers: FakeAnswers = {
    config: ({ operation }) => {
      const { case: kind, value } = operation!.opType;
      const keys = kind === "getOption" ? value.keys : [];
      if (kind === "getOption") asked.push(keys);
      const pairs = keys.map((key) => ({ key, ...(settings[key] === undefined ? {} : { value: settings[key] }) }));
      return create(ConfigResponseSchema, { serverSideSessionId: "the session of the server", pairs });
    },
    async *executePlan({ plan }: ExecutePlanRequest) {
      plans.push(plan!);
      yield rows("one", 1);
      yield complete;
    },
  };
  return { plans, asked, answers };
}

const compressing = {
  "spark.connect.session.planCompression.threshold": "10485760",
  "spark.connect.session.planCompression.defaultAlgorithm": "ZSTD",
};
const megabytes = (count: number): string => "x".repeat(count * 1024 * 1024);

test("go compressed where they are larger than the server says, and get smaller", async () => {
  const { plans, answers } = noting(compressing);
  await using server = await fakeSpark(answers);
  await using spark = SparkSession.create({ "spark.remote": server.url });
  const of = (value: string | Uint8Array) => spark.range(1).select(lit(value).alias("text")).collect();
  for (const value of [megabytes(9), megabytes(140), randomBytes(11 * 1024 * 1024)]) await of(value);
  expect(plans.map(({ opType }) => opType.case)).toEqual(["root", "compressedOperation", "root"]);
  const { value: sent } = plans[1]!.opType as Extract<Plan["opType"], { case: "compressedOperation" }>;
  expect(sent.data.length).toBeLessThan(100_000);
  const { relType } = fromBinary(RelationSchema, zstdDecompressSync(sent.data));
  expect(relType.case).toBe("project");
});

test("go as they are to a server that has no such setting, and small ones ask for none", async () => {
  const { plans, asked, answers } = noting({});
  await using server = await fakeSpark(answers);
  await using spark = SparkSession.create({ "spark.remote": server.url });
  await spark.range(1).collect();
  expect(asked).toEqual([]);
  await spark
    .range(1)
    .select(lit(megabytes(30)).alias("text"))
    .collect();
  expect(plans.map(({ opType }) => opType.case)).toEqual(["root", "root"]);
});

test("that the server does not take are told at once, and the session goes on", async () => {
  const { plans, answers } = noting({});
  await using server = await fakeSpark(answers);
  await using spark = SparkSession.create({ "spark.remote": server.url });
  await spark.range(1).collect();
  const tooMuch = spark
    .range(1)
    .select(lit(megabytes(140)).alias("text"))
    .collect();
  await expect(tooMuch).rejects.toMatchObject({
    message: expect.stringContaining("The message is too large for Spark at 127.0.0.1"),
    hint: expect.stringContaining("spark.connect.grpc.maxInboundMessageSize"),
  });
  await spark.range(1).collect();
  expect(plans).toHaveLength(2);
});
