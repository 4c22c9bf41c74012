/** The rules: which updates count, and how they become versions of customers. */
import { col, lit, type SparkSession, Window, when } from "lakewright";
import { DeltaTable, type MergeMetrics, scd2 } from "lakewright/delta";
import { coalesce, lower, max, min, struct, toJson } from "lakewright/functions";
import type { Records } from "../common/records.ts";

const TRACKED = ["name", "email", "phone", "address", "customer_segment", "credit_score"] as const;

/** The columns of the updates, in the order of a CSV file. */
export const UPDATE_FIELDS = ["customer_id", ...TRACKED, "updated_at", "operation"] as const;

/** The columns that tell of versions, as `scd2` and whoever looks back need them. */
export const HISTORY = {
  keys: ["customer_id"],
  startAt: "effective_date",
  endAt: "end_date",
  current: "is_current",
  generatedColumnList: ["customer_sk"],
} as const;

const time = col("updated_at").tryCast("timestamp");
const score = col("credit_score").tryCast("int");
const operation = lower(coalesce("operation", lit("upsert")));

/** Updates that count by themselves. */
const isGood = col("reason").isNull();
const said = toJson(struct(...TRACKED, operation.as("operation")));
const atOnce = Window.partitionBy("customer_id", time, isGood);

/**
 * Updates with the reason for which they must not count: null for those that do. Of two that say different things of a
 * customer at one moment, nobody can tell which holds.
 */
export const judge = (updates: Records<(typeof UPDATE_FIELDS)[number]>) =>
  updates
    .withColumn(
      "reason",
      when(col("_corrupt_record").isNotNull(), "MALFORMED")
        .when(col("customer_id").isNull().or(col("updated_at").isNull()), "NULL_KEY")
        .when(time.isNull(), "INVALID_TIME")
        .when(operation.isin("upsert", "delete").not(), "UNKNOWN_OPERATION")
        .when(col("credit_score").isNotNull().and(score.isNull()), "INVALID_SCORE"),
    )
    .withColumn(
      "reason",
      when(isGood.not(), col("reason")).when(min(said).over(atOnce).ne(max(said).over(atOnce)), "AMBIGUOUS"),
    );

/** The updates that count, with types. */
export const accepted = (judged: ReturnType<typeof judge>) =>
  judged
    .filter(isGood)
    .select(
      "customer_id",
      ...TRACKED.filter((name) => name !== "credit_score"),
      score.as("credit_score"),
      time.as("updated_at"),
      operation.as("operation"),
    );

export type Updates = ReturnType<typeof accepted>;

/** The dimension in its folder, made where it is not there. */
export const customerDimension = (spark: SparkSession, path: string) =>
  DeltaTable.createIfNotExists(spark)
    .location(path)
    .addColumn("customer_sk", "BIGINT", { identity: { generated: "always" } })
    .addColumns("customer_id STRING NOT NULL, name STRING, email STRING, phone STRING, address STRING")
    .addColumns("customer_segment STRING, credit_score INT")
    .addColumns("effective_date TIMESTAMP NOT NULL, end_date TIMESTAMP, is_current BOOLEAN NOT NULL")
    .execute();

export type CustomerDimension = Awaited<ReturnType<typeof customerDimension>>;

/** Merges updates into the dimension, in one commit or none. */
export const mergeUpdates = (dimension: CustomerDimension, updates: Updates): Promise<MergeMetrics> =>
  scd2(dimension, updates, {
    ...HISTORY,
    sequenceBy: "updated_at",
    applyAsDeletes: "operation = 'delete'",
    exceptColumnList: ["operation"],
  });
