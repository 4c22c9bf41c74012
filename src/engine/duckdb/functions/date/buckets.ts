/** The beginnings of spans of equal length as DuckDB SQL: months and days go by the clock, shorter spans are time that passes. */
import type { DataType } from "../../../../types/data-type.ts";
import { fromLocal, toLocal } from "../../compile/zone.ts";
import { type Lowering, type LoweringContext, strict } from "../lowering.ts";
import { reused } from "../reuse.ts";
import { moved, type Span } from "./moved.ts";

const day = 86_400_000_000;
const firstOrigin = "TIMESTAMP '1970-01-01 00:00:00'";

const remainder = (distance: string, size: string): string => `((${distance}) % ${size} + ${size}) % ${size}`;
const flooredQuotient = (distance: string, size: string): string =>
  `((${distance}) - ${remainder(distance, size)}) // ${size}`;

/** SQL of the size, the moment and the origin, each cheap to write again, with the type and the zone. */
interface Bucketed {
  readonly size: string;
  readonly time: string;
  readonly origin: string;
  readonly type: DataType;
  readonly zone: string;
}

/** The bucket of a number that is at most one too high or too low. */
function nearest(given: Bucketed, number: string, spanOf: (number: string) => Span): string {
  const { time, origin, type, zone } = given;
  return reused([number], ([near]) => {
    const start = (offset: number) => moved(origin, type, spanOf(`(${near} + (${offset}))`), "+", zone);
    return `CASE WHEN ${start(1)} <= ${time} THEN ${start(1)} WHEN ${start(0)} <= ${time} THEN ${start(0)} ELSE ${start(-1)} END`;
  });
}

const onClock = (moment: string, { type, zone }: Bucketed): string =>
  type.kind === "timestamp" ? toLocal(moment, zone) : moment;

function ofMonths(given: Bucketed): string {
  const months = (moment: string) => `(year(${onClock(moment, given)}) * 12 + month(${onClock(moment, given)}))`;
  const distance = `${months(given.time)} - ${months(given.origin)}`;
  return nearest(given, flooredQuotient(distance, given.size), (number) => ({ months: `(${number} * ${given.size})` }));
}

function ofDays(given: Bucketed): string {
  const clock = (moment: string) => `epoch_us(${onClock(moment, given)})`;
  const distance = `${clock(given.time)} - ${clock(given.origin)}`;
  return nearest(given, flooredQuotient(distance, given.size), (number) => {
    const length = `(${number} * ${given.size})`;
    return { days: `(${length} // ${day})`, microseconds: `(${length} % ${day})` };
  });
}

const ofTime = ({ time, origin, size }: Bucketed): string =>
  `make_timestamp(epoch_us(${time}) - ${remainder(`epoch_us(${time}) - epoch_us(${origin})`, size)})`;

function startOf(given: Bucketed, context: LoweringContext): string {
  if (context.types[0]!.kind === "year-month interval") return ofMonths(given);
  const changesClocks = given.type.kind === "timestamp" && fromLocal(firstOrigin, given.zone) !== firstOrigin;
  return changesClocks
    ? `CASE WHEN ${given.size} < ${day} THEN ${ofTime(given)} ELSE ${ofDays(given)} END`
    : ofTime(given);
}

/** The beginning of the span that a moment lies in. */
export const bucket: Lowering = ([length, moment, first], context) => {
  const { type } = context.call;
  const zone = context.timeZone;
  const epoch = type.kind === "timestamp" ? fromLocal(firstOrigin, zone) : firstOrigin;
  return reused([length!, moment!, first ?? epoch], ([size, time, origin]) =>
    strict([size!, time!, origin!], startOf({ size: size!, time: time!, origin: origin!, type, zone }, context)),
  );
};
