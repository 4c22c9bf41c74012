/** Merges against their definition, and against what Spark made of them. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MergeCase, mergeCase, mergeSql, type Row, rowsSql } from "./merge-case.ts";
import { mergeModel } from "./merge-model.ts";

const folder = mkdtempSync(join(tmpdir(), "merges-"));
let spark: SparkSession;

beforeAll(() => {
  spark = SparkSession.builder.config("spark.sql.warehouse.dir", folder).getOrCreate();
});

afterAll(async () => {
  await spark.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** How many generated cases are compared; a long run asks for more. */
const count = Number(process.env.MERGE_CASES ?? 40);

const propertiesOf = (seed: number): string =>
  [
    "",
    " TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')",
    " TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true', 'delta.enableRowTracking' = 'true')",
  ][seed % 3]!;

const partitionOf = (seed: number): string => (seed % 4 === 3 ? " PARTITIONED BY (w)" : "");

type Answer = { readonly rows: readonly unknown[] } | { readonly condition: unknown };

async function merged(seed: number, merge: MergeCase): Promise<Answer> {
  const table = `delta.\`${folder}/table-${seed}\``;
  const [some, rest] = [merge.target.slice(0, 2), merge.target.slice(2)];
  await spark.execute(`CREATE TABLE ${table} USING delta${partitionOf(seed)}${propertiesOf(seed)} AS ${rowsSql(some)}`);
  if (rest.length > 0) await spark.execute(`INSERT INTO ${table} SELECT k, v, w FROM (${rowsSql(rest)})`);
  try {
    await spark.execute(mergeSql(table, merge));
  } catch (error) {
    return { condition: (error as { condition?: string }).condition ?? error };
  }
  const rows = await spark.sql(`SELECT k, v, w FROM ${table}`).collect();
  return { rows: sorted(rows.map((row) => [row.k, row.v, row.w])) };
}

const sorted = (rows: readonly unknown[]): readonly unknown[] => rows.map((row) => JSON.stringify(row)).toSorted();

const cells = ({ k, v, w }: Row): readonly unknown[] => [k, v, w];

const ambiguous = { condition: "DELTA_MULTIPLE_SOURCE_ROW_MATCHING_TARGET_ROW_IN_MERGE" };

const modelled = (merge: MergeCase): Answer => {
  const outcome = mergeModel(merge);
  return "rows" in outcome ? { rows: sorted(outcome.rows.map(cells)) } : ambiguous;
};

interface Recorded {
  readonly seed: number;
  readonly rows?: readonly (readonly unknown[])[];
  readonly condition?: string;
}

const recorded = JSON.parse(readFileSync(join(import.meta.dirname, "recorded.json"), "utf8")) as readonly Recorded[];

describe("merges", () => {
  it.each(Array.from({ length: count }, (_, seed) => seed))("case %i is what the definition says", async (seed) => {
    const merge = mergeCase(seed);
    expect(await merged(seed, merge), mergeSql("t", merge)).toEqual(modelled(merge));
  });

  it.each(recorded)("case $seed is defined as Spark has it", ({ seed, rows, condition }) => {
    expect(modelled(mergeCase(seed))).toEqual(rows === undefined ? { condition } : { rows: sorted(rows) });
  });
});
