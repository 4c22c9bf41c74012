/** Words that stand for moments in typed constants and casts of constants: `DATE 'today'`, `CAST('now' AS TIMESTAMP)`. */
import type { DataType } from "./data-type.ts";
import { parseTimestamp } from "./temporal-text.ts";
import { clockAt, momentAt } from "./zone-offset.ts";

const day = 86_400_000_000n;
const words = /^\s*(epoch|now|today|tomorrow|yesterday)[ \t]*(\S*)\s*$/i;
const away: Readonly<Record<string, bigint>> = { today: 0n, tomorrow: 1n, yesterday: -1n };

/**
 * What the clock of a zone shows at the moment that a word stands for, in microseconds.
 *
 * A zone may follow the word, and has no meaning. Source: Spark's `DateTimeUtils.convertSpecialTimestamp`.
 *
 * @param written - the text of the constant
 * @param timeZone - the session's zone
 * @param hasTime - whether the type has a time of day
 * @param moment - when it is read, in microseconds since 1970-01-01 00:00:00 UTC
 * @returns undefined for any other text
 */
function specialMoment(
  written: string,
  timeZone: string,
  hasTime: boolean,
  moment: bigint = BigInt(Date.now()) * 1000n,
): bigint | undefined {
  const [, found = "", suffix = ""] = words.exec(written) ?? [];
  const word = found.toLowerCase();
  if (word === "" || (suffix !== "" && !isZone(suffix)) || (word === "now" && suffix !== "")) return undefined;
  if (word === "epoch") return 0n;
  const now = clockAt(moment, timeZone);
  if (word === "now" && hasTime) return now;
  const midnight = now - (((now % day) + day) % day);
  return midnight + (away[word] ?? 0n) * day;
}

const isZone = (text: string): boolean => parseTimestamp(`2000-01-01 00:00:00 ${text}`, "UTC") !== undefined;

/**
 * The storage value of a word in a type of dates or times; undefined for any other text or type.
 *
 * @param moment - when it is read, in microseconds since 1970-01-01 00:00:00 UTC
 */
export function specialValue(
  written: string,
  { kind }: DataType,
  timeZone: string,
  moment?: bigint,
): bigint | number | undefined {
  if (kind !== "date" && kind !== "timestamp" && kind !== "timestamp_ntz") return undefined;
  const shown = specialMoment(written, timeZone, kind !== "date", moment);
  if (shown === undefined || kind === "timestamp_ntz") return shown;
  if (kind === "date") return Number(shown / day);
  return shown === 0n ? 0n : momentAt(shown, timeZone);
}
