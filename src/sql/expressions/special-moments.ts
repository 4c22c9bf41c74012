/** Words that stand for moments in typed constants: `DATE 'today'`, `TIMESTAMP 'now'`. */
import { parseTimestamp } from "../../types/temporal-text.ts";
import { clockAt } from "../../types/zone-offset.ts";

const day = 86_400_000_000n;
const words = /^\s*(epoch|now|today|tomorrow|yesterday)[ \t]*(\S*)\s*$/i;
const away: Readonly<Record<string, bigint>> = { today: 0n, tomorrow: 1n, yesterday: -1n };

/**
 * What the clock of a zone shows at the moment that a word stands for, in microseconds; `now` is when the text is read.
 *
 * A zone may follow the word, and has no meaning. Source: Spark's `DateTimeUtils.convertSpecialTimestamp`.
 *
 * @param written - the text of the constant
 * @param timeZone - the session's zone
 * @param hasTime - whether the type has a time of day
 * @returns undefined for any other text
 */
export function specialMoment(written: string, timeZone: string, hasTime: boolean): bigint | undefined {
  const [, found = "", suffix = ""] = words.exec(written) ?? [];
  const word = found.toLowerCase();
  if (word === "" || (suffix !== "" && !isZone(suffix)) || (word === "now" && suffix !== "")) return undefined;
  if (word === "epoch") return 0n;
  const now = clockAt(BigInt(Date.now()) * 1000n, timeZone);
  if (word === "now" && hasTime) return now;
  const midnight = now - (((now % day) + day) % day);
  return midnight + (away[word] ?? 0n) * day;
}

const isZone = (text: string): boolean => parseTimestamp(`2000-01-01 00:00:00 ${text}`, "UTC") !== undefined;
