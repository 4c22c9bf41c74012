/** Windows of time: Spark's documented examples with the answers that it gives, and rows worked out by hand. */
import { SparkSession } from "lakewright";
import { col, count, lit, sessionWindow, window, windowTime } from "lakewright/functions";
import { afterAll, beforeAll, expect, it } from "vitest";

let spark: SparkSession;
beforeAll(() => {
  spark = SparkSession.create();
});
afterAll(() => spark.stop());

const rows = async (sql: string): Promise<unknown> =>
  (await spark.sql(sql).collect()).map((row) =>
    Object.values(row).map((value) => (typeof value === "bigint" ? Number(value) : written(value))),
  );

function written(value: unknown): unknown {
  if (value instanceof Object && "start" in value && "end" in value) return `${text(value.start)} ${text(value.end)}`;
  return value instanceof Date || value instanceof Object ? text(value) : value;
}

const text = (value: unknown): string => JSON.stringify(value).replaceAll(/"|Z|:00(?=Z?"$)/g, "");

const three = "('A1', '2021-01-01 00:00:00'), ('A1', '2021-01-01 00:04:30')";
const late = `VALUES ${three}, ('A1', '2021-01-01 00:06:00'), ('A2', '2021-01-01 00:01:00') AS tab(a, b)`;
const apart = `VALUES ${three}, ('A1', '2021-01-01 00:10:00'), ('A2', '2021-01-01 00:01:00')`;

it("groups by windows that follow each other", async () => {
  expect(
    await rows(
      `SELECT a, window.start, window.end, count(*) FROM ${late} GROUP BY a, window(b, '5 minutes') ORDER BY a, start`,
    ),
  ).toEqual([
    ["A1", "2021-01-01T00:00", "2021-01-01T00:05", 2],
    ["A1", "2021-01-01T00:05", "2021-01-01T00:10", 1],
    ["A2", "2021-01-01T00:00", "2021-01-01T00:05", 1],
  ]);
});

it("counts a row in each window that slides over it", async () => {
  expect(
    await rows(
      `SELECT a, window.start, window.end, count(*) FROM ${late} GROUP BY a, window(b, '10 minutes', '5 minutes') ORDER BY a, start`,
    ),
  ).toEqual([
    ["A1", "2020-12-31T23:55", "2021-01-01T00:05", 2],
    ["A1", "2021-01-01T00:00", "2021-01-01T00:10", 3],
    ["A1", "2021-01-01T00:05", "2021-01-01T00:15", 1],
    ["A2", "2020-12-31T23:55", "2021-01-01T00:05", 1],
    ["A2", "2021-01-01T00:00", "2021-01-01T00:10", 1],
  ]);
});

it("gives the last moment of a window", async () => {
  expect(
    await rows(
      `SELECT a, window_time(window) t, n FROM (SELECT a, window, count(*) n FROM ${late} GROUP BY a, window(b, '5 minutes')) ORDER BY a, t`,
    ),
  ).toEqual([
    ["A1", "2021-01-01T00:04:59.999999", 2],
    ["A1", "2021-01-01T00:09:59.999999", 1],
    ["A2", "2021-01-01T00:04:59.999999", 1],
  ]);
});

it("merges sessions that touch, by the other keys", async () => {
  expect(
    await rows(
      `SELECT a, session_window.start, session_window.end, count(*) FROM ${apart} AS tab(a, b) GROUP BY a, session_window(b, '5 minutes') ORDER BY a, start`,
    ),
  ).toEqual([
    ["A1", "2021-01-01T00:00", "2021-01-01T00:09:30", 2],
    ["A1", "2021-01-01T00:10", "2021-01-01T00:15", 1],
    ["A2", "2021-01-01T00:01", "2021-01-01T00:06", 1],
  ]);
});

it("takes another gap for each row", async () => {
  const gap = "CASE WHEN a = 'A1' THEN '5 minutes' WHEN a = 'A2' THEN '1 minute' ELSE '10 minutes' END";
  expect(
    await rows(
      `SELECT a, session_window.start, session_window.end, count(*) FROM ${apart}, ('A2', '2021-01-01 00:04:30') AS tab(a, b) GROUP BY a, session_window(b, ${gap}) ORDER BY a, start`,
    ),
  ).toEqual([
    ["A1", "2021-01-01T00:00", "2021-01-01T00:09:30", 2],
    ["A1", "2021-01-01T00:10", "2021-01-01T00:15", 1],
    ["A2", "2021-01-01T00:01", "2021-01-01T00:02", 1],
    ["A2", "2021-01-01T00:04:30", "2021-01-01T00:05:30", 1],
  ]);
});

const moment = (time: string): string => `VALUES (timestamp'${time}'), (NULL) AS v(t)`;

it("answers as the examples in the documentation say", async () => {
  const time = lit("2024-01-01 00:07:00").cast("timestamp");
  const one = spark.range(1);
  const [spans] = await one
    .select(window(time, "5 minutes"), windowTime(window(time, "5 minutes")).as("last"))
    .collect();
  expect(Object.values(spans!).map(written)).toEqual([
    "2024-01-01T00:05 2024-01-01T00:10",
    "2024-01-01T00:09:59.999999",
  ]);
  const [session] = await one.select(sessionWindow(time, "5 minutes")).collect();
  expect(Object.values(session!).map(written)).toEqual(["2024-01-01T00:07 2024-01-01T00:12"]);
});

it.each([
  // Before 1970 a window begins below, too; the microsecond before an end is inside.
  ["window(t, '10 minutes')", "1969-12-31 23:59:59.999999", ["1969-12-31T23:50 1970-01-01T00:00"]],
  ["window(t, '10 minutes')", "1970-01-01 00:10:00", ["1970-01-01T00:10 1970-01-01T00:20"]],
  // Windows whose length is no number of slides: only those that hold the time.
  [
    "window(t, '12 minutes', '5 minutes', '2 minutes')",
    "2024-01-01 12:05:00",
    ["2024-01-01T12:02 2024-01-01T12:14", "2024-01-01T11:57 2024-01-01T12:09"],
  ],
  ["window(t, '1 hour', '1 hour', '-15 minutes')", "2024-01-01 12:50:00", ["2024-01-01T12:45 2024-01-01T13:45"]],
  ["window(t, 1000000)", "2024-01-01 12:50:00.5", ["2024-01-01T12:50 2024-01-01T12:50:01"]],
  ["window(t, '1 week')", "2024-01-31 00:01:00", ["2024-01-25T00:00 2024-02-01T00:00"]],
  ["session_window(t, '1 minute 30 seconds')", "2024-01-01 12:00:00", ["2024-01-01T12:00 2024-01-01T12:01:30"]],
  ["session_window(t, '-5 minutes')", "2024-01-01 12:00:00", []],
  ["session_window(t, 'soon')", "2024-01-01 12:00:00", []],
  ["session_window(t, make_interval(0, 1))", "2024-01-31 12:00:00", ["2024-01-31T12:00 2024-02-29T12:00"]],
])("%s of %s", async (call, time, windows) => {
  expect(await rows(`SELECT ${call} FROM ${moment(time)}`)).toEqual(windows.map((shown) => [shown]));
});

it("makes the sessions of rows that begin together one, whatever their order", async () => {
  const values = "('12:00:00', 1), ('12:00:00', 2), ('12:05:00', 3), ('12:10:00.000001', 4)";
  expect(
    await rows(
      `SELECT session_window(concat('2024-01-01 ', t), '5 minutes') s, sum(x) FROM VALUES ${values} AS v(t, x) GROUP BY 1 ORDER BY s`,
    ),
  ).toEqual([
    ["2024-01-01T12:00 2024-01-01T12:10", 6],
    ["2024-01-01T12:10:00.000001 2024-01-01T12:15:00.000001", 4],
  ]);
});

it("stands in DataFrames, and is called window", async () => {
  const times = spark.range(4).select(col("id").multiply(lit(90)).cast("timestamp").as("time"));
  const grouped = times.groupBy(window("time", "2 minutes")).agg(count("*").as("rows"));
  expect((await grouped.schema()).fields.map(({ name, nullable }) => [name, nullable])).toEqual([
    ["window", false],
    ["rows", false],
  ]);
  expect((await grouped.collect()).map((row) => Number(row.rows)).sort()).toEqual([1, 1, 2]);
  const last = await times.select(windowTime(window("time", "2 minutes")).as("last")).collect();
  expect(last.map((row) => text(row.last))).toContain("1970-01-01T00:01:59.999999");
  expect(await times.groupBy(sessionWindow("time", "2 minutes")).count().collect()).toHaveLength(1);
  expect(
    await times
      .filter(window("time", "2 minutes").getField("start").gt(lit("1970-01-01 00:03:00").cast("timestamp")))
      .collect(),
  ).toHaveLength(1);
});

it.each([
  ["window(t, '0 minutes')", "DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE"],
  ["window(t, '1 minute', '2 minutes')", "DATATYPE_MISMATCH.PARAMETER_CONSTRAINT_VIOLATION"],
  ["window(t, '1 minute', '1 minute', '1 minute')", "DATATYPE_MISMATCH.PARAMETER_CONSTRAINT_VIOLATION"],
  ["window(t, string(t))", "_LEGACY_ERROR_TEMP_1207"],
  ["window(t, 'soon')", "CANNOT_PARSE_INTERVAL"],
  ["window(t, '1 month')", "_LEGACY_ERROR_TEMP_3231"],
  ["window(1, '1 minute')", "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE"],
  ["window(t)", "WRONG_NUM_ARGS.WITHOUT_SUGGESTION"],
  ["window(t, '1 minute'), window(t, '2 minutes')", "_LEGACY_ERROR_TEMP_1039"],
  ["session_window(t, 5)", "_LEGACY_ERROR_TEMP_1040"],
  ["session_window(t, string(t))", "UNSUPPORTED_FEATURE"],
  ["window_time(named_struct('start', t, 'end', t))", "_LEGACY_ERROR_TEMP_3101"],
])("refuses %s under %s", async (list, condition) => {
  await expect(rows(`SELECT ${list} FROM ${moment("2024-01-01 00:00:00")}`)).rejects.toMatchObject({ condition });
});

it("refuses windows where no rows can be made of them", async () => {
  const join = "VALUES (timestamp'2024-01-01') AS a(t) JOIN VALUES (1) AS b(u) ON window(t, '1 minute').start IS NULL";
  await expect(rows(`SELECT 1 FROM ${join}`)).rejects.toMatchObject({ condition: "UNSUPPORTED_FEATURE" });
  const sets = `${moment("2024-01-01")} GROUP BY ROLLUP(session_window(t, '1 minute'))`;
  await expect(rows(`SELECT count(*) FROM ${sets}`)).rejects.toMatchObject({ condition: "UNSUPPORTED_FEATURE" });
});
