/** Checks that what a contestant has written is what the generator planted. */
import { writeFile } from "node:fs/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import type { PlantedTruth } from "../../solutions/daily-kpi/generate.ts";

const FIGURES = "date, country, category, events_total, purchases, revenue_cents, unique_users, revenue_7d_cents";

/**
 * Compares a folder with the planted truth: every row and every figure, money to the cent.
 *
 * @param out - the folder that holds `date=…/`
 * @param truth - what has to be in it
 * @returns how many rows differ
 */
export async function differences(out: string, truth: PlantedTruth): Promise<number> {
  const planted = `${out}.truth.json`;
  await writeFile(planted, JSON.stringify(truth.rows));
  const written = `
    SELECT date::VARCHAR AS date, country, category, events_total::BIGINT AS events_total,
           purchases::BIGINT AS purchases, round(revenue * 100)::BIGINT AS revenue_cents,
           unique_users::BIGINT AS unique_users, round(revenue_7d * 100)::BIGINT AS revenue_7d_cents
    FROM read_parquet('${out}/*/*.parquet', hive_partitioning = true, hive_types_autocast = false)`;
  const expected = `
    SELECT date::VARCHAR AS date, country, category, eventsTotal AS events_total, purchases,
           revenueCents::BIGINT AS revenue_cents, uniqueUsers AS unique_users,
           revenue7dCents::BIGINT AS revenue_7d_cents
    FROM read_json('${planted}')`;
  return count(`
    WITH written AS (${written}), expected AS (${expected})
    SELECT (SELECT count(*) FROM (SELECT ${FIGURES} FROM written EXCEPT ALL SELECT ${FIGURES} FROM expected))
         + (SELECT count(*) FROM (SELECT ${FIGURES} FROM expected EXCEPT ALL SELECT ${FIGURES} FROM written))`);
}

/**
 * How many rejected events a quarantine holds, each counted once and only with the right reason.
 *
 * @param out - the folder that holds the quarantine's Parquet
 */
export const quarantined = (out: string): Promise<number> =>
  count(`SELECT count(DISTINCT line ->> '$.event_id') FROM read_parquet('${out}/*.parquet')
         WHERE reason = 'NEGATIVE_REVENUE' AND (line ->> '$.props.price')::DOUBLE < 0`);

async function count(query: string): Promise<number> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const [row] = (await connection.runAndReadAll(query)).getRowsJson();
  connection.closeSync();
  instance.closeSync();
  return Number(row![0]);
}
