/** Times of day as DuckDB SQL: microseconds since midnight, made, cut and told apart. */
import { decimalType, isIntegral } from "../../../../types/data-type.ts";
import { ofMicroseconds } from "../../casts/time-of-day.ts";
import { sqlError, sqlErrorOf, text } from "../../sql-text.ts";
import { scaled } from "../decimal.ts";
import type { Lowering } from "../lowering.ts";
import { reused } from "../reuse.ts";
import { readMoment } from "./pattern.ts";

const microseconds = (time: string): string => `epoch_us(${time})`;

const unitSizes = {
  HOUR: 3_600_000_000,
  MINUTE: 60_000_000,
  SECOND: 1_000_000,
  MILLISECOND: 1000,
  MICROSECOND: 1,
} as const;

/** SQL of the microseconds of the unit that a text names, and an error for another text. */
function unitSize(unit: string, functionName: string): string {
  const known = Object.entries(unitSizes).map(([name, size]) => `WHEN ${text(name)} THEN ${size}`);
  const other = sqlError("INVALID_PARAMETER_VALUE.TIME_UNIT", { functionName: text(functionName), unit });
  return `CASE upper(${unit}) ${known.join(" ")} ELSE ${other} END::BIGINT`;
}

/** Null where an argument is, which comes before what is wrong with the others. */
const unlessNull = (args: readonly string[], value: string): string =>
  `CASE WHEN ${args.map((arg) => `${arg} IS NOT NULL`).join(" AND ")} THEN ${value} END`;

const truncated: Lowering = (args) => {
  const [unit, time] = args as [string, string];
  const whole = reused([unitSize(unit, "time_trunc")], ([size]) => `(${microseconds(time)} // ${size}) * ${size}`);
  return unlessNull(args, ofMicroseconds(whole));
};

const difference: Lowering = (args) => {
  const [unit, start, end] = args as [string, string, string];
  return unlessNull(args, `((${microseconds(end)} - ${microseconds(start)}) // ${unitSize(unit, "time_diff")})`);
};

/** What is wrong with a part of a time that has none such. */
const partFault = (part: string, field: string, most: number) => ({
  when: `NOT (${part} >= 0 AND ${part} < ${most + 1})`,
  condition: "DATETIME_FIELD_OUT_OF_BOUNDS.WITHOUT_SUGGESTION",
  parameters: {
    message: `${text(`Invalid value for ${field} (valid values 0 - ${most}): `)} || trunc(${part})::BIGINT::VARCHAR`,
  },
});

const made: Lowering = (args) => {
  const [hour, minute, second] = args as [string, string, string];
  const total = `(${hour})::BIGINT * ${unitSizes.HOUR} + (${minute})::BIGINT * ${unitSizes.MINUTE} + (${second} * 1000000)::BIGINT`;
  const fits = `${hour} BETWEEN 0 AND 23 AND ${minute} BETWEEN 0 AND 59 AND ${second} >= 0 AND ${second} < 60`;
  const fault = sqlErrorOf([
    partFault(hour, "HourOfDay", 23),
    partFault(minute, "MinuteOfHour", 59),
    partFault(second, "SecondOfMinute", 59),
  ]);
  return unlessNull(args, `CASE WHEN ${fits} THEN ${ofMicroseconds(total)} ELSE ${fault} END`);
};

/** Text by a pattern, or as casts read it; null where it is no time. */
const attempt: Lowering = ([value, pattern], context) =>
  pattern === undefined
    ? ofMicroseconds(context.kernel("parse_time", [value!]))
    : `(${readMoment(value!, pattern, context.constant(1), context, true)})::TIME`;

const read: Lowering = (args, context) => {
  const [value, format = text("HH:mm:ss.SSSSSS")] = args as [string, string?];
  const fault = sqlError("CANNOT_PARSE_TIME", { input: value, format });
  return unlessNull(args, `coalesce(${attempt(args, context)}, ${fault})`);
};

/** A number of a unit since midnight. */
const since =
  (size: number): Lowering =>
  ([count], { types }) => {
    const scaledCount = isIntegral(types[0]!)
      ? `(${count})::HUGEINT * ${size}`
      : `trunc((${count}) * ${size})::HUGEINT`;
    return reused([scaledCount], ([total]) => {
      const message = `'Invalid TIME value: must be between 00:00:00 and 23:59:59.999999999, but got ' || (${total} * 1000)::VARCHAR || ' nanoseconds'`;
      const fault = sqlError("DATETIME_FIELD_OUT_OF_BOUNDS.WITHOUT_SUGGESTION", { message });
      return unlessNull(
        [total!],
        `CASE WHEN ${total} BETWEEN 0 AND 86399999999 THEN ${ofMicroseconds(total!)} ELSE ${fault} END`,
      );
    });
  };

/** By SQL name. */
export const timeOfDayLowerings: Readonly<Record<string, Lowering>> = {
  make_time: made,
  to_time: read,
  try_to_time: attempt,
  time_trunc: truncated,
  time_diff: difference,
  time_from_seconds: since(1_000_000),
  time_from_millis: since(1000),
  time_from_micros: since(1),
  time_to_seconds: ([time]) => scaled(microseconds(time!), decimalType(14, 6)),
  time_to_millis: ([time]) => `(${microseconds(time!)} // 1000)`,
  time_to_micros: ([time]) => microseconds(time!),
};
