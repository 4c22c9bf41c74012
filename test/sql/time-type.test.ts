import { describe, expect, it } from "vitest";
import { SparkSession } from "../../src/index.ts";

const spark = SparkSession.create({ "spark.sql.timeType.enabled": "true" });
const first = async (query: string): Promise<readonly string[]> => {
  const [row] = await spark.sql(query).collect({ rows: "array" });
  return (row as readonly unknown[]).map(String);
};

/** What Spark answers while `spark.sql.timeType.enabled` is true. */
const answers: readonly (readonly [query: string, values: readonly string[]])[] = [
  ["SELECT make_time(1, 18, 19.87), make_time('1', 2L, 3)", ["01:18:19.87", "01:02:03"]],
  ["SELECT time_trunc('HOUR', '10:11:12'), time_diff('HOUR', '10:11:12', TIME'10:11')", ["10:00:00", "0"]],
  [
    "SELECT to_time('10:11 PM', 'hh:mm a'), to_time('10.5', 'HH.S'), try_to_time('abc')",
    ["22:11:00", "10:00:00.5", "null"],
  ],
  [
    "SELECT hour(TIME'12:30:01.5'), second(TIME'12:30:01.5'), date_part('second', TIME'12:30:01.5')",
    ["12", "1", "1.500000"],
  ],
  ["SELECT cast(TIME'12:30:01.5' as int), cast(TIME'12:30:01.5' as decimal(10,2))", ["45001", "45001.50"]],
  ["SELECT cast(TIME'10:11:12.999999' as time(0)), try_cast('13:02:03 PM' as time)", ["10:11:12", "null"]],
  [
    "SELECT '08:30' :: TIME(0) - INTERVAL '6' HOUR, typeof('08:30' :: TIME(0) - INTERVAL '6' HOUR)",
    ["02:30:00", "time(0)"],
  ],
  ["SELECT time_from_seconds(3661.5), time_from_micros(3661500001)", ["01:01:01.5", "01:01:01.500001"]],
  ["SELECT time_to_seconds(TIME'01:01:01.5'), time_to_millis(TIME'01:01:01.5')", ["3661.500000", "3661500"]],
  ["SELECT max(t), min(t) FROM VALUES (TIME'10:11'), (TIME'11:11') AS x(t)", ["11:11:00", "10:11:00"]],
];

const faults: readonly (readonly [query: string, condition: string])[] = [
  ["SELECT make_time(25, 18, 19.87)", "DATETIME_FIELD_OUT_OF_BOUNDS.WITHOUT_SUGGESTION"],
  ["SELECT time_from_seconds(86400)", "DATETIME_FIELD_OUT_OF_BOUNDS.WITHOUT_SUGGESTION"],
  ["SELECT time_trunc('ABC', TIME'10:11')", "INVALID_PARAMETER_VALUE.TIME_UNIT"],
  ["SELECT to_time('abc', 'HH:mm')", "CANNOT_PARSE_TIME"],
  ["SELECT cast('24:00' as time)", "CAST_INVALID_INPUT"],
  ["SELECT TIME'12:30' + INTERVAL '12' HOUR", "DATETIME_OVERFLOW"],
  ["SELECT cast(1 as time)", "DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION"],
];

describe("the type TIME, where it is on", () => {
  it.each(answers)("%s", async (query, values) => {
    expect(await first(query)).toEqual(values);
  });

  it.each(faults)("%s is refused", async (query, condition) => {
    await expect(first(query)).rejects.toMatchObject({ condition });
  });
});

it("has no type TIME by default", async () => {
  const plain = SparkSession.create();
  await expect(plain.sql("SELECT make_time(1, 2, 3)").collect()).rejects.toMatchObject({
    condition: "UNSUPPORTED_TIME_TYPE",
  });
});
