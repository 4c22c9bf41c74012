/** Moments and local times: timestamps are naive UTC in the engine, and the session's zone is applied where Spark looks at a clock. */
import { zoneRules } from "../formats/time-zone.ts";
import { text } from "../sql-text.ts";

const utc = new Set(["UTC", "Etc/UTC", "Z", "+00:00", "GMT"]);

// DuckDB knows zones by name only.
const fixedOffset = (zone: string): bigint | undefined =>
  /^(?:UTC|GMT|UT)?[+-]/.test(zone) ? zoneRules(zone)?.(0n) : undefined;

/** SQL of the local date and time of a moment in a zone. */
export function toLocal(moment: string, zone: string): string {
  if (utc.has(zone)) return moment;
  const offset = fixedOffset(zone);
  if (offset !== undefined) return `(${moment} + to_microseconds(${offset}))`;
  return `timezone(${text(zone)}, make_timestamptz(epoch_us(${moment})))`;
}

/**
 * SQL of the moment of a local date and time in a zone: the earlier one where clocks were set back, and where they were
 * set forward as much later as the gap is long, as in Java.
 */
export function fromLocal(local: string, zone: string): string {
  if (utc.has(zone)) return local;
  const offset = fixedOffset(zone);
  if (offset !== undefined) return `(${local} - to_microseconds(${offset}))`;
  const microseconds = (clock: string): string => `epoch_us(timezone(${text(zone)}, ${clock}))`;
  // DuckDB takes the later moment; the earlier has the offset of the day before.
  const earlier = `make_timestamp(${microseconds(`${local} - INTERVAL 1 DAY`)} + 86400000000)`;
  return `CASE WHEN ${toLocal(earlier, zone)} = ${local} THEN ${earlier} ELSE make_timestamp(${microseconds(local)}) END`;
}
