import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { col, SparkSession } from "lakewright";
import { regexpReplace } from "lakewright/functions";
import { assertDataFrameEqual, type JobRunOptions, runJob } from "lakewright/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { QUARANTINE } from "../common/quarantine.ts";
import { generate } from "./generate.ts";
import job from "./job.ts";
import { TABLES } from "./tables.ts";

let folder: string;
let spark: SparkSession;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "spend-analytics-"));
  spark = SparkSession.create();
});
afterAll(async () => {
  await spark.stop();
  await rm(folder, { recursive: true });
});

type Given = Omit<JobRunOptions<NonNullable<typeof job.options>>, "out">;

/** Runs the job; gives what it reported. */
const run = async (out: string, given: Given = {}) => (await runJob(job, spark, { ...given, out })).reported;

/** The rows of a table as text, sorted. */
async function rowsOf(out: string, table: string): Promise<readonly string[]> {
  const frame = spark.read.parquet(join(out, table));
  const rows = await frame.select(...(await frame.columns()).map((name) => col(`\`${name}\``).cast("string"))).collect({
    rows: "array",
  });
  return rows.map((row) => row.join(" ")).toSorted();
}

const quarantineOf = (out: string, kind: string) =>
  spark.read
    .schema(QUARANTINE)
    .parquet(join(out, `quarantine_${kind}`))
    .orderBy("line")
    .collect();

describe("spend-analytics on a few events", () => {
  let data: string;
  let out: string;
  let made = 0;

  beforeEach(async () => {
    made += 1;
    data = join(folder, `few-${made}`);
    out = join(folder, `few-${made}-out`);
    await mkdir(data);
  });

  const events = (...lines: readonly string[]) =>
    writeFile(join(data, "events.csv"), ["user_id,country,event_dt,spend", ...lines, ""].join("\n"));
  const orders = (...lines: readonly string[]) =>
    writeFile(join(data, "orders.csv"), ["user_id,order_id,event_dt", ...lines, ""].join("\n"));

  it("ranks within the day, equal amounts alike, only the country and month asked for", async () => {
    await events(
      "1,IN,2025-02-03 09:00:00,10.00",
      "2,IN,2025-02-03 23:59:59,20.00",
      "3,IN,2025-02-03 00:00:00,20.00",
      "4,IN,2025-02-04 00:00:00,5.00",
      "5,DE,2025-02-03 09:00:00,99.00",
      "6,IN,2025-01-31 23:59:59,99.00",
      "7,IN,2025-03-01 00:00:00,99.00",
    );
    await run(out, { data });
    expect(await rowsOf(out, "spend_rank")).toEqual([
      "1 IN 2025-02-03 09:00:00 10.00 2025-02-03 2",
      "2 IN 2025-02-03 23:59:59 20.00 2025-02-03 1",
      "3 IN 2025-02-03 00:00:00 20.00 2025-02-03 1",
      "4 IN 2025-02-04 00:00:00 5.00 2025-02-04 1",
    ]);
  });

  it("rolls over seven calendar days with all events of a day, whatever their hour", async () => {
    await events(
      "1,IN,2025-02-01 23:00:00,1.00",
      "1,IN,2025-02-07 01:00:00,2.00",
      "1,IN,2025-02-07 22:00:00,4.00",
      "1,IN,2025-02-08 00:30:00,8.00",
      "2,IN,2025-02-08 00:30:00,16.00",
    );
    await run(out, { data });
    expect(await rowsOf(out, "rolling_spend")).toEqual([
      "1 IN 2025-02-01 23:00:00 1.00 1.00",
      "1 IN 2025-02-07 01:00:00 2.00 7.00",
      "1 IN 2025-02-07 22:00:00 4.00 7.00",
      "1 IN 2025-02-08 00:30:00 8.00 14.00",
      "2 IN 2025-02-08 00:30:00 16.00 16.00",
    ]);
  });

  it("counts different orders, in the country of the latest event", async () => {
    await events(
      "1,DE,2025-02-01 00:00:00,1.00",
      "1,IN,2025-02-02 00:00:00,1.00",
      "2,IN,2025-02-01 00:00:00,1.00",
      "3,DE,2025-02-01 00:00:00,1.00",
      "4,IN,2025-02-01 00:00:00,1.00",
    );
    await orders(
      "1,a,2025-02-01",
      "1,b,2025-02-02",
      "2,c,2025-02-01",
      "2,c,2025-02-01",
      "3,d,2025-02-01",
      "3,e,2025-02-01",
    );
    await run(out, { data });
    expect(await rowsOf(out, "repeat_buyers")).toEqual(["DE 1 1 1.0", "IN 1 3 0.3333333333333333"]);
  });

  it("gives each country a column, with zero where a day has nothing of it", async () => {
    await events("1,IN,2025-02-01 10:00:00,1.50", "2,IN,2025-02-01 11:00:00,2.00", "3,DE,2025-02-03 10:00:00,7.25");
    await run(out, { data });
    expect(await spark.read.parquet(join(out, "daily_revenue")).columns()).toEqual(["day", "DE", "IN"]);
    expect(await rowsOf(out, "daily_revenue")).toEqual(["2025-02-01 0.00 3.50", "2025-02-03 7.25 0.00"]);
  });

  it("cuts ranks at their exact quartiles, ties in the order of users", async () => {
    // Six users, ranks cut at 2.25, 3.5 and 4.75: two, one, one and two of them, as pandas.qcut does.
    await events(
      ...[1, 2, 3, 4, 5, 6].map((user) => `${user},IN,2025-02-0${user} 12:00:00,${user === 6 ? 5 : user}.00`),
    );
    await run(out, { data });
    expect(await rowsOf(out, "rfm")).toEqual([
      "1 6 1 1.00 1 1 1 3 Hibernating",
      "2 5 1 2.00 1 1 1 3 Hibernating",
      "3 4 1 3.00 2 2 2 6 Hibernating",
      "4 3 1 4.00 3 3 3 9 Champions",
      "5 2 1 5.00 4 4 4 12 Champions",
      "6 1 1 5.00 4 4 4 12 Champions",
    ]);
  });

  it("scores a single user", async () => {
    await events("1,IN,2025-02-01 12:00:00,3.00");
    await run(out, { data });
    expect(await rowsOf(out, "rfm")).toEqual(["1 1 1 3.00 4 1 1 6 Hibernating"]);
  });

  it.each([
    ["MALFORMED", "1,IN,2025-02-01 10:00:00"],
    ["NULL_KEY", "1,,2025-02-01 10:00:00,1.00"],
    ["INVALID_USER", "ann,IN,2025-02-01 10:00:00,1.00"],
    ["INVALID_TIME", "1,IN,2025-02-30 10:00:00,1.00"],
    ["INVALID_SPEND", "1,IN,2025-02-01 10:00:00,much"],
    ["INVALID_SPEND", "1,IN,2025-02-01 10:00:00,"],
    ["NEGATIVE_SPEND", "1,IN,2025-02-01 10:00:00,-0.01"],
  ])("keeps an event that is %s aside: %s", async (reason, line) => {
    await events(line, "2,IN,2025-02-01 10:00:00,1.00");
    await run(out, { data });
    const rows = await quarantineOf(out, "events");
    expect(rows.map((row) => row.reason)).toEqual([reason]);
    const values = rows[0]!.line!.startsWith("{") ? Object.values(JSON.parse(rows[0]!.line!)).join(",") : rows[0]!.line;
    expect(values).toBe(line.replace(/,$/, "").replace(",,", ","));
    expect(rows[0]!.source_file).toMatch(/events\.csv$/);
    expect(await rowsOf(out, "rolling_spend")).toEqual(["2 IN 2025-02-01 10:00:00 1.00 1.00"]);
  });

  it("keeps orders of users without events aside, and counts them after a replay", async () => {
    await events("1,IN,2025-02-01 10:00:00,1.00");
    await orders("1,a,2025-02-01", "9,b,2025-02-01", "9,c,2025-02-01", ",d,2025-02-01");
    await run(out, { data });
    expect((await quarantineOf(out, "orders")).map(({ reason }) => reason).toSorted()).toEqual([
      "NULL_KEY",
      "UNKNOWN_USER",
      "UNKNOWN_USER",
    ]);
    await appendFile(join(data, "events.csv"), "9,IN,2025-02-01 10:00:00,1.00\n");
    for (let time = 0; time < 2; time++) {
      await run(out, { data, options: { replay: true } });
      expect(await rowsOf(out, "repeat_buyers")).toEqual(["IN 1 2 0.5"]);
      expect((await quarantineOf(out, "orders")).map(({ reason }) => reason)).toEqual(["NULL_KEY"]);
    }
  });

  it("takes corrected records in place of the original ones, and does not forget them", async () => {
    await events("1,IN,2025-02-01 10:00:00,1.00", "2,IN,2025-02-01 10:00:00,-5.00");
    await run(out, { data });
    const path = join(out, "quarantine_events");
    const corrected = spark.read
      .schema(QUARANTINE)
      .parquet(path)
      .withColumn("corrected", regexpReplace("line", "-5", "5"));
    const mended = await corrected.collect();
    await spark.createDataFrame(mended, QUARANTINE).write.mode("overwrite").parquet(path);
    await expect(run(out, { data })).rejects.toThrow("holds 1 corrected lines: run with --replay");
    for (let time = 0; time < 2; time++) {
      await run(out, { data, options: { replay: true } });
      expect(await rowsOf(out, "rolling_spend")).toEqual([
        "1 IN 2025-02-01 10:00:00 1.00 1.00",
        "2 IN 2025-02-01 10:00:00 5.00 5.00",
      ]);
      expect((await quarantineOf(out, "events")).map(({ reason }) => reason)).toEqual(["CORRECTED"]);
    }
  });

  it("loses nothing when all is bad, and nothing when there is nothing", async () => {
    await events("1", "x,y,z,w");
    await run(out, { data });
    expect(await quarantineOf(out, "events")).toHaveLength(2);
    expect(await rowsOf(out, "rfm")).toEqual([]);
    await events();
    await run(out, { data });
    expect(await quarantineOf(out, "events")).toEqual([]);
  });

  it("names what is missing, and refuses a folder that holds something else", async () => {
    await expect(run(out, { data })).rejects.toThrow("has no events: put one of events.jsonl, events.csv");
    await events("1,IN,2025-02-01 10:00:00,1.00");
    await mkdir(out);
    await writeFile(join(out, "thesis.txt"), "");
    await expect(run(out, { data })).rejects.toThrow("holds thesis.txt, which is no output of spend-analytics");
  });

  it.each(["jsonl", "parquet"] as const)("reads %s as well", async (format) => {
    const rows = [
      { user_id: 1, country: "IN", event_dt: "2025-02-01 10:00:00", spend: 1.5 },
      { user_id: 2, country: "DE", event_dt: "2025-02-02 10:00:00", spend: -1 },
    ];
    const frame = spark.createDataFrame(rows);
    if (format === "jsonl")
      await writeFile(join(data, "events.jsonl"), rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    else await frame.write.parquet(join(data, "events.parquet"));
    await run(out, { data });
    expect(await rowsOf(out, "rolling_spend")).toEqual(["1 IN 2025-02-01 10:00:00 1.50 1.50"]);
    expect(JSON.parse((await quarantineOf(out, "events"))[0]!.line!)).toMatchObject({ user_id: expect.anything() });
  });
});

describe("spend-analytics on generated events", () => {
  it("finds what is planted, and agrees with loops over the same file", async () => {
    const out = join(folder, "generated");
    const lines = await run(out, { rows: 3_000, options: { damaged: 12 } });
    expect(lines.filter((line) => line.endsWith("  ok"))).toHaveLength(7);
    expect(lines.join("\n")).toContain("Rejected events: 12 (");
    const expected = await recomputed(`${out}-data`);
    expect(await rowsOf(out, "rolling_spend")).toEqual(expected.rolling);
    expect(await rowsOf(out, "repeat_buyers")).toEqual(expected.buyers);
  });

  it("writes Delta tables of the same rows", async () => {
    const [plain, delta] = [join(folder, "plain"), join(folder, "delta")];
    const given = { rows: 1_000, options: { damaged: 6 } };
    await run(plain, given);
    const lines = await run(delta, { ...given, options: { ...given.options, format: "delta" } });
    expect(lines.filter((line) => line.endsWith("  ok"))).toHaveLength(7);
    for (const name of TABLES) {
      const [expected, found] = [
        spark.read.parquet(join(plain, name)),
        spark.read.format("delta").load(join(delta, name)),
      ];
      expect(await found.count(), name).toBeGreaterThan(0);
      expect(await found.columns()).toEqual(await expected.columns());
      await assertDataFrameEqual(found, expected);
    }
    await expect(run(delta, given)).rejects.toThrow("holds a Delta table");
  });

  it("makes the same bytes of the same seed, and as many damaged lines as asked for", async () => {
    const [one, two] = [join(folder, "one"), join(folder, "two")];
    const truth = await generate(one, { events: 500, seed: 7, damaged: 6 });
    expect(await generate(two, { events: 500, seed: 7, damaged: 6 })).toEqual(truth);
    for (const name of await readdir(one))
      expect(await readFile(join(one, name))).toEqual(await readFile(join(two, name)));
    expect([...truth.rejected.values()].reduce((sum, lines) => sum + lines)).toBe(6);
  });
});

/** Rolling spend and repeat buyers by loops and maps, of the lines that have four good fields. */
async function recomputed(data: string) {
  const lines = async (name: string) => (await readFile(join(data, name), "utf8")).trimEnd().split("\n").slice(1);
  const events = (await lines("events.csv")).flatMap((line) => {
    const [user, country, time, spend] = line.split(",");
    const good = /^\d+$/.test(user!) && time !== "2025-02-30 10:00:00" && Number(spend) >= 0;
    return good
      ? [
          {
            user: user!,
            country: country!,
            time: time!,
            day: Date.parse(time!.slice(0, 10)) / 86_400_000,
            cents: Math.round(Number(spend) * 100),
          },
        ]
      : [];
  });
  const byUser = Map.groupBy(events, ({ user }) => user);
  const money = (cents: number) => (cents / 100).toFixed(2);
  const rolling = events.map(({ user, country, time, day, cents }) => {
    const week = byUser.get(user)!.filter((event) => event.day <= day && event.day > day - 7);
    return `${user} ${country} ${time} ${money(cents)} ${money(week.reduce((sum, event) => sum + event.cents, 0))}`;
  });
  const orders = Map.groupBy(await lines("orders.csv"), (line) => line.split(",")[0]!);
  const latest = [...byUser].map(([user, of]) => ({
    user,
    country: of.toSorted((a, b) => (`${a.time}${a.country}` < `${b.time}${b.country}` ? -1 : 1)).at(-1)!.country,
  }));
  const buyers = [...Map.groupBy(latest, ({ country }) => country)].map(([country, users]) => {
    const repeat = users.filter(({ user }) => (orders.get(user)?.length ?? 0) >= 2).length;
    const rate = repeat / users.length;
    return `${country} ${repeat} ${users.length} ${Number.isInteger(rate) ? rate.toFixed(1) : rate}`;
  });
  return { rolling: rolling.toSorted(), buyers: buyers.toSorted() };
}
