/** What only SQL has, as DuckDB SQL. */
import { duckType } from "../duck-type.ts";
import { collationKey } from "./collation-key.ts";
import { timeOfDayLowerings } from "./date/time-of-day.ts";
import type { Lowering } from "./lowering.ts";
import { reused } from "./reuse.ts";

// `when(condition, value, …, otherwise)`: a condition and a value in turn.
const branches: Lowering = (args, { call }) => {
  const pairs = Array.from(
    { length: Math.floor(args.length / 2) },
    (_, index) => `WHEN ${args[2 * index]} THEN ${args[2 * index + 1]}`,
  );
  const last = args.length % 2 === 1 ? args.at(-1)! : `NULL::${duckType(call.type)}`;
  return `CASE ${pairs.join(" ")} ELSE ${last} END`;
};

// Every second digit from the right counts twice, and the sum of all digits is a multiple of ten.
const luhn: Lowering = ([digits]) =>
  reused([digits!], ([value]) => {
    const doubled = `list_transform(list_reverse(string_split(${value}, '')), lambda d, i: CASE WHEN i % 2 = 1 THEN d::INTEGER WHEN d::INTEGER < 5 THEN 2 * d::INTEGER ELSE 2 * d::INTEGER - 9 END)`;
    return `CASE WHEN ${value} IS NULL THEN NULL WHEN NOT regexp_full_match(${value}, '[0-9]+') THEN false ELSE list_sum(${doubled}) % 10 = 0 END`;
  });

/** By SQL name; operators are in `operators.ts`, `[]` in `collection.ts`. */
export const sqlOnlyLowerings: Readonly<Record<string, Lowering>> = {
  if: branches,
  when: branches,
  space: ([count]) => `repeat(' ', greatest(0, ${count}))`,
  luhn_check: luhn,
  ...timeOfDayLowerings,
  "collation key": ([text], { types }) => collationKey(text!, types[0]!),
};
