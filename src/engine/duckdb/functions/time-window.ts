/** Spans of time as DuckDB SQL: what the analyzer makes of `window` and `session_window`. */
import { structFieldName } from "../duck-type.ts";
import { bucket } from "./date/buckets.ts";
import type { Lowerings } from "./lowering.ts";
import { reused } from "./reuse.ts";

const [start, end] = [structFieldName(0), structFieldName(1)];
const moment = (microseconds: string): string => `make_timestamp((${microseconds})::BIGINT)`;

export const timeWindowLowerings = {
  // Remainders have the sign of what is divided; the span before 1970 is the one below.
  window: ([time, duration, slide, origin, earlier]) =>
    reused([`epoch_us(${time})`], ([at]) =>
      reused([`${at} - ((${at} - ${origin}) % ${slide} + ${slide}) % ${slide} - ${earlier} * ${slide}`], ([first]) => {
        return `{${start}: ${moment(first!)}, ${end}: ${moment(`${first} + ${duration}`)}}`;
      }),
    ),
  session_window: ([first, last]) => `{${start}: ${first}, ${end}: ${last}}`,
  time_bucket: bucket,
  window_time: ([window]) => moment(`epoch_us((${window}).${end}) - 1`),
} satisfies Lowerings<typeof import("../../../functions/time-window.ts")>;
