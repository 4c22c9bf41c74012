/** Days of the week by name, as DuckDB SQL. */
import { sqlError, text } from "../../sql-text.ts";
import { type Lowering, strict } from "../lowering.ts";
import { byUnit, type Units } from "./units.ts";

/** By the number that ISO gives them. */
const weekdays: Units = {
  1: ["MO", "MON", "MONDAY"],
  2: ["TU", "TUE", "TUESDAY"],
  3: ["WE", "WED", "WEDNESDAY"],
  4: ["TH", "THU", "THURSDAY"],
  5: ["FR", "FRI", "FRIDAY"],
  6: ["SA", "SAT", "SATURDAY"],
  7: ["SU", "SUN", "SUNDAY"],
};

/** The first date later than a date that falls on a day of the week; null for what is no name of one. */
export const triedNextDay: Lowering = ([date, name], { call, constant }) =>
  byUnit(
    name!,
    constant(1),
    weekdays,
    call.type,
    (number) => `(${date} + ((${number} - isodow(${date}) + 6) % 7 + 1)::INTEGER)`,
  );

export const nextDay: Lowering = ([date, name], context) => {
  const known = context.constant(1);
  const next = triedNextDay([date!, name!], context);
  const illegal = sqlError("ILLEGAL_DAY_OF_WEEK", { string: typeof known === "string" ? text(known) : name! });
  return strict([date!, name!], `coalesce(${next}, ${illegal})`);
};
