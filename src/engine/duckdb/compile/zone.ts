/** Moments and local times: timestamps are naive UTC in the engine, and the session's zone is applied where Spark looks at a clock. */
import { text } from "../sql-text.ts";

const utc = new Set(["UTC", "Etc/UTC", "Z", "+00:00", "GMT"]);

/** SQL of the local date and time of a moment in a zone. */
export const toLocal = (moment: string, zone: string): string =>
  utc.has(zone) ? moment : `timezone(${text(zone)}, make_timestamptz(epoch_us(${moment})))`;

/** SQL of the moment of a local date and time in a zone. */
export const fromLocal = (local: string, zone: string): string =>
  utc.has(zone) ? local : `make_timestamp(epoch_us(timezone(${text(zone)}, ${local})))`;
