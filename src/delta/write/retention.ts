/** How long things are kept: intervals as properties of tables write them. */
import { AnalysisError } from "../../errors.ts";

const hour = 3_600_000;

const units: Readonly<Record<string, number>> = {
  microsecond: 0.001,
  millisecond: 1,
  second: 1000,
  minute: 60_000,
  hour,
  day: 24 * hour,
  week: 7 * 24 * hour,
};

/**
 * The length of an interval such as `interval 7 days`.
 *
 * @param text - the property; undefined for the default
 * @throws AnalysisError for months and years, which have no fixed length
 */
export function milliseconds(text: string | undefined, otherwise: string): number {
  const words = (text ?? otherwise)
    .trim()
    .toLowerCase()
    .replace(/^interval\s+/, "")
    .split(/\s+/);
  let sum = 0;
  for (let index = 0; index < words.length; index += 2) {
    const [count, unit] = [Number(words[index]), units[words[index + 1]?.replace(/s$/, "") ?? ""]];
    if (!Number.isFinite(count) || unit === undefined) throw noInterval(text ?? otherwise);
    sum += count * unit;
  }
  return sum;
}

const noInterval = (text: string): AnalysisError =>
  new AnalysisError(`${JSON.stringify(text)} is no interval of weeks, days, hours, minutes or seconds`, {
    condition: "DELTA_INVALID_CALENDAR_INTERVAL_EMPTY",
    sqlState: "2200P",
    hint: 'Write "interval 7 days".',
  });
