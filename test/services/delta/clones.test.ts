/** Clones of tables with deletion vectors, and clones of these, made by Spark and by us in turns. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasDelta, type SparkPeer } from "../../../services/client.ts";
import { connectDelta } from "./peers.ts";

describe.skipIf(!hasDelta())("clones of tables with deletion vectors", () => {
  let folder: string;
  let peer: SparkPeer;
  const session = SparkSession.create();
  const run = {
    spark: async (text: string) => void (await peer.sql(text)),
    ours: async (text: string) => void (await session.execute(text)),
  } as const;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "lakewright-clones-"));
    peer = await connectDelta();
  });
  afterAll(async () => {
    await Promise.all([session.stop(), peer.close(), rm(folder, { recursive: true, force: true })]);
  });

  /** The rows that each engine finds in a table, as numbers. */
  async function idsOf(table: string): Promise<readonly [unknown, unknown]> {
    const query = `SELECT id FROM ${table} ORDER BY id`;
    const ours = await session.sql(query).collect({ rows: "array" });
    return [(await peer.sql(query)).rows.map(([id]) => id), ours.map(([id]) => id)];
  }

  it.each([
    ["spark", "ours"],
    ["ours", "spark"],
  ] as const)("of %s, cloned by %s, have the rows of their source less those deleted since", async (maker, cloner) => {
    const named = (name: string): string => `delta.\`${join(folder, `${maker} ${name}`)}\``;
    const [source, near, nearer, own] = ["source", "near", "nearer", "own"].map(named) as [string, ...string[]];
    await run[maker](
      `CREATE TABLE ${source} (id BIGINT, p STRING) USING delta PARTITIONED BY (p) TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')`,
    );
    await run[maker](`INSERT INTO ${source} SELECT id, concat('x y%', id % 2) FROM range(0, 12, 1, 1)`);
    await run[maker](`DELETE FROM ${source} WHERE id IN (3, 4)`);
    await run[cloner](`CREATE TABLE ${near} SHALLOW CLONE ${source}`);
    await run[maker](`DELETE FROM ${near} WHERE id = 5`);
    await run.ours(`CREATE TABLE ${nearer} SHALLOW CLONE ${near}`);
    await run.ours(`CREATE TABLE ${own} DEEP CLONE ${nearer}`);
    await run.spark(`DELETE FROM ${own} WHERE id = 6`);
    const left = [0, 1, 2, 7, 8, 9, 10, 11];
    expect(await idsOf(near!)).toEqual([
      [...left, 6].sort((one, other) => one - other),
      [...left, 6].sort((one, other) => one - other),
    ]);
    expect(await idsOf(own!)).toEqual([left, left]);
  });
});
