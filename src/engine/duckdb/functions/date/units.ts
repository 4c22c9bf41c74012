/** The units of time that functions are given by name. */
import type { DataType } from "../../../../types/data-type.ts";
import { duckType } from "../../duck-type.ts";
import { text } from "../../sql-text.ts";

/** DuckDB's name of a unit, and Spark's names of it. */
export type Units = Readonly<Record<string, readonly string[]>>;

/** The units that a date can be cut to. */
export const dateUnits: Units = {
  year: ["YEAR", "YYYY", "YY"],
  quarter: ["QUARTER"],
  month: ["MONTH", "MM", "MON"],
  week: ["WEEK"],
};

/** The units that a timestamp can be cut to. */
export const timestampUnits: Units = {
  ...dateUnits,
  day: ["DAY", "DD"],
  hour: ["HOUR"],
  minute: ["MINUTE"],
  second: ["SECOND"],
  millisecond: ["MILLISECOND"],
  microsecond: ["MICROSECOND"],
};

/**
 * What is written for the unit that a text names, null for another text.
 *
 * @param unit - SQL of the text
 * @param known - the text where it is a constant
 * @param write - SQL for a unit
 */
export function byUnit(
  unit: string,
  known: unknown,
  units: Units,
  type: DataType,
  write: (unit: string) => string,
): string {
  const spellings = Object.entries(units).flatMap(([name, all]) => all.map((spelling) => [spelling, name] as const));
  if (typeof known === "string") {
    const found = spellings.find(([spelling]) => spelling === known.toUpperCase());
    return found === undefined ? `NULL::${duckType(type)}` : write(found[1]);
  }
  return `CASE upper(${unit}) ${spellings.map(([spelling, name]) => `WHEN ${text(spelling)} THEN ${write(name)}`).join(" ")} END`;
}
