/** A Spark that is killed and comes back, and a way to it that breaks: a server of its own, which ends with the test. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SPARK_PYTHON } from "../../../services/client.ts";
import { startWorker, type Worker } from "../../../services/spark.ts";
import { wayTo } from "./broken-connection.ts";

const python = process.env[SPARK_PYTHON];
const patience = 180_000;

/** More than the server keeps and than fits on the way. */
const many = 4_000_000;

describe.skipIf(python === undefined)("a Spark that comes and goes", () => {
  let folder: string;
  let server: Worker;
  const start = (port?: number): Promise<Worker> =>
    startWorker({
      python: python!,
      folder,
      memory: "1g",
      signal: AbortSignal.timeout(patience),
      ...(port === undefined ? {} : { port }),
    });
  const port = (): number => Number(new URL(server.remote.replace("sc:", "http:")).port);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "lakewright-restart-"));
    server = await start();
  }, patience);
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  it("loses nothing when the connection breaks, in the middle of rows and between questions", {
    timeout: patience,
  }, async () => {
    await using way = await wayTo(port());
    await using spark = SparkSession.create({ "spark.remote": `sc://127.0.0.1:${way.port}` });
    let [count, sum] = [0, 0];
    for await (const { id } of spark.range(many).toLocalIterator()) {
      count += 1;
      sum += id;
      if (count % 1_500_000 === 0) way.cut();
    }
    expect([count, sum]).toEqual([many, (many * (many - 1)) / 2]);
    expect(way.made()).toBe(3);
    way.cut();
    expect(await spark.sql("SELECT 1 AS one").collect()).toEqual([{ one: 1 }]);
  });

  it("says that the session is gone when it was killed in mid-query, and a new one works", {
    timeout: patience,
  }, async () => {
    const builder = SparkSession.builder.remote(server.remote);
    await using lost = builder.getOrCreate();
    await lost.range(3).createTempView("numbers");
    const rows = lost.range(many).toLocalIterator();
    expect(await rows.next()).toEqual({ done: false, value: { id: 0 } });
    const at = port();
    server.kill();
    server = await start(at);
    const gone = {
      condition: expect.stringMatching(/^INVALID_HANDLE\.SESSION_(?:CHANGED|NOT_FOUND)$/),
      hint: expect.stringContaining("make a new one with SparkSession.builder.getOrCreate()"),
    };
    await expect(allOf(rows)).rejects.toMatchObject(gone);
    await expect(lost.range(3).collect()).rejects.toMatchObject(gone);
    await using found = builder.getOrCreate();
    expect(found).not.toBe(lost);
    expect(await found.range(3).collect()).toEqual([{ id: 0 }, { id: 1 }, { id: 2 }]);
    await expect(found.table("numbers").collect()).rejects.toMatchObject({ condition: "TABLE_OR_VIEW_NOT_FOUND" });
  });
});

async function allOf(rows: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of rows);
}
