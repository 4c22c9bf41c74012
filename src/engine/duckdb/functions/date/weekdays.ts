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

/** The first date later than a date that falls on a day of the week. */
export const nextDay: Lowering = ([date, name], { call, constant }) => {
  const known = constant(1);
  const next = byUnit(
    name!,
    known,
    weekdays,
    call.type,
    (number) => `(${date} + ((${number} - isodow(${date}) + 6) % 7 + 1)::INTEGER)`,
  );
  const illegal = sqlError("ILLEGAL_DAY_OF_WEEK", { string: typeof known === "string" ? text(known) : name! });
  return strict([date!, name!], `coalesce(${next}, ${illegal})`);
};
