/** Reading the dimension back: what must hold of every history, and what is planted. */
import { col, type DataFrame, lit, Window } from "lakewright";
import { scd2AsOf } from "lakewright/delta";
import { count, countDistinct, countIf, lead } from "lakewright/functions";
import { type Check, plain } from "../common/checks.ts";
import { NOON, type PlantedTruth } from "./generate.ts";
import { type CustomerDimension, HISTORY } from "./pipeline.ts";

/** Versions of a customer follow each other without overlap, and only the last of them holds. */
export async function checkHistories(dimension: CustomerDimension): Promise<readonly Check[]> {
  const next = lead("effective_date").over(Window.partitionBy("customer_id").orderBy("effective_date"));
  const rows = dimension.toDF().withColumn("next", next);
  const figures = rows.agg(
    count(lit(1)).as("versions"),
    countDistinct("customer_sk").as("surrogates"),
    countIf(col("end_date").leq(col("effective_date"))).as("empty"),
    countIf(
      col("next")
        .isNotNull()
        .and(
          col("end_date")
            .isNull()
            .or(col("end_date").gt(col("next"))),
        ),
    ).as("overlapping"),
    countIf(col("is_current").ne(col("end_date").isNull())).as("mistaken"),
  );
  const found = await one(figures);
  return [
    { check: "surrogate keys", expected: plain(found.versions), found: plain(found.surrogates) },
    { check: "versions of no time", expected: 0, found: plain(found.empty) },
    { check: "overlapping versions", expected: 0, found: plain(found.overlapping) },
    { check: "mistaken is_current", expected: 0, found: plain(found.mistaken) },
  ];
}

/** Generated data comes with the truth. */
export async function checkPlanted(
  dimension: CustomerDimension,
  truth: PlantedTruth | undefined,
): Promise<readonly Check[]> {
  if (truth === undefined) return [];
  const figures = dimension
    .toDF()
    .agg(
      countDistinct("customer_id").as("customers"),
      count(lit(1)).as("versions"),
      countIf(col("is_current")).as("current"),
    );
  const found = await one(figures);
  return [
    { check: "planted customers", expected: truth.customers, found: plain(found.customers) },
    { check: "planted versions", expected: truth.versions, found: plain(found.versions) },
    { check: "planted current", expected: truth.current, found: plain(found.current) },
    { check: "planted at noon", expected: truth.atNoon, found: await scd2AsOf(dimension, NOON, HISTORY).count() },
  ];
}

async function one(frame: unknown): Promise<Readonly<Record<string, unknown>>> {
  const [row] = await (frame as DataFrame).collect();
  return row as Readonly<Record<string, unknown>>;
}
