/** `sequence`: the values from one bound to another, as DuckDB SQL. */
import type { DataType } from "../../../../types/data-type.ts";
import { fromLocal, toLocal } from "../../compile/zone.ts";
import { duckType } from "../../duck-type.ts";
import { sqlError } from "../../sql-text.ts";
import { type Lowering, strict } from "../lowering.ts";
import { reused } from "../reuse.ts";

const illegal = (start: string, stop: string, step: string): string =>
  sqlError("ILLEGAL_SEQUENCE_BOUNDARIES", { start, stop, step });

const integers: Lowering = (args, { types, call }) =>
  reused(args, ([start, stop, given]) => {
    const [from, to] = [`${start}::BIGINT`, `${stop}::BIGINT`];
    const step = given === undefined ? `(CASE WHEN ${start} <= ${stop} THEN 1 ELSE -1 END)` : `${given}::BIGINT`;
    const series = `generate_series(${from}, ${to}, ${step})::${duckType(call.type)}`;
    if (given === undefined) return strict([start!, stop!], series);
    const wrong = `(${given} > 0 AND ${start} > ${stop}) OR (${given} < 0 AND ${start} < ${stop}) OR (${given} = 0 AND ${start} <> ${stop})`;
    const only = `[${start}]::${duckType(types[0]!)}[]`;
    return strict(
      args.length === 3 ? [start!, stop!, given] : [start!, stop!],
      `CASE WHEN ${wrong} THEN ${illegal(start!, stop!, given)} WHEN ${given} = 0 THEN ${only} ELSE ${series} END`,
    );
  });

const day = "86400000000";

/** A step as months, days and microseconds. */
interface Step {
  readonly months: string;
  readonly days: string;
  readonly microseconds: string;
}

function stepOf(step: string | undefined, type: DataType | undefined): Step {
  if (step === undefined || type === undefined) return { months: "0", days: "1", microseconds: "0" };
  if (type.kind === "year-month interval") return { months: step, days: "0", microseconds: "0" };
  if (type.kind === "day-time interval")
    return { months: "0", days: `(${step} // ${day})`, microseconds: `(${step} % ${day})` };
  return {
    months: `(date_part('year', ${step}) * 12 + date_part('month', ${step}))`,
    days: `date_part('day', ${step})`,
    microseconds: `(epoch_us(${step} - to_months((date_part('year', ${step}) * 12 + date_part('month', ${step}))::INTEGER) - to_days(date_part('day', ${step})::INTEGER)))`,
  };
}

// Spark counts each value from the start, so that the end of a month is not lost on the way.
const moments: Lowering = (args, { types, call, timeZone }) =>
  reused(args, ([start, stop, given]) => {
    const element = duckType(call.type).slice(0, -2);
    const zoned = types[0]?.kind === "timestamp";
    const { months, days, microseconds } = stepOf(given, types[2]);
    const least = `(${months} * 28 * ${day} + ${days} * ${day} + ${microseconds})`;
    const span = `(epoch_us(${stop}::TIMESTAMP) - epoch_us(${start}::TIMESTAMP))`;
    const direction = given === undefined ? `(CASE WHEN ${span} < 0 THEN -1 ELSE 1 END)` : "1";
    const local = zoned ? toLocal(start!, timeZone) : `${start}::TIMESTAMP`;
    const moved = `${local} + to_months((i * ${months})::INTEGER) + to_days((i * ${days} * ${direction})::INTEGER)`;
    const value = `((${zoned ? fromLocal(`(${moved})`, timeZone) : `(${moved})`}) + to_microseconds((i * ${microseconds})::BIGINT))::${element}`;
    const forward = given === undefined ? `${span} >= 0` : `${least} > 0`;
    const within = `CASE WHEN ${forward} THEN x <= ${stop} ELSE x >= ${stop} END`;
    const count = `(abs(${span}) // greatest(1, abs(${least})) + 1)`;
    const series = `list_filter(list_transform(range(0, ${count}::BIGINT + 1), lambda i: ${value}), lambda x: ${within})`;
    const wrong = `(${least} > 0 AND ${span} < 0) OR (${least} < 0 AND ${span} > 0) OR (${least} = 0 AND ${span} <> 0)`;
    const checked =
      given === undefined
        ? series
        : `CASE WHEN ${wrong} THEN ${illegal(start!, stop!, given)} WHEN ${span} = 0 THEN [${start}] ELSE ${series} END`;
    return strict(
      [start, stop, given].filter((part) => part !== undefined),
      checked,
    );
  });

export const sequence: Lowering = (args, context) =>
  (context.types[0]?.kind.includes("int") ? integers : moments)(args, context);
