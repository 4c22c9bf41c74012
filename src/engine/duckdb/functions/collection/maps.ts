/** Maps as DuckDB SQL. */
import type { DataType } from "../../../../types/data-type.ts";
import { duckType } from "../../duck-type.ts";
import { sqlError } from "../../sql-text.ts";
import { duck, type Lowering, strict } from "../lowering.ts";
import { reused } from "../reuse.ts";
import { holdsNull } from "./arrays.ts";

const arrayText = (values: readonly string[], element: DataType): string =>
  `[${values.join(", ")}]::${duckType(element)}[]`;

const create: Lowering = (args, { call }) => {
  if (call.type.kind !== "map") return "NULL";
  const keys = args.filter((_, index) => index % 2 === 0);
  const values = args.filter((_, index) => index % 2 === 1);
  return `map(${arrayText(keys, call.type.key)}, ${arrayText(values, call.type.value)})`;
};

/** The entries of a map as an array of structs of ours. */
export const entriesOf = (map: string): string =>
  `list_transform(map_entries(${map}), lambda e: {f0: e.key, f1: e.value})`;

// DuckDB's own lets the last of equal keys win.
const concat: Lowering = (args, { call }) => {
  if (args.length === 0) return `map([], [])::${duckType(call.type)}`;
  return reused(args, (maps) =>
    strict(maps, `map_from_entries(list_concat(${maps.map((map) => `map_entries(${map})`).join(", ")}))`),
  );
};

const fromArrays: Lowering = (args) =>
  reused(args, ([keys, values]) => {
    const uneven = sqlError("_LEGACY_ERROR_TEMP_2128");
    return strict(
      [keys!, values!],
      `CASE WHEN len(${keys}) <> len(${values}) THEN ${uneven} ELSE map(${keys}, ${values}) END`,
    );
  });

const fromEntries: Lowering = ([entries], { types, call }) =>
  reused(
    [entries!],
    ([list]) =>
      `CASE WHEN ${holdsNull(list!, types[0])} THEN NULL::${duckType(call.type)} ELSE map_from_entries(${list}) END`,
  );

const containsKey: Lowering = (args) =>
  reused(args, ([map, key]) => strict([map!, key!], `list_contains(map_keys(${map}), ${key})`));

export const mapLowerings = {
  map: create,
  map_concat: concat,
  map_contains_key: containsKey,
  map_entries: ([map]) => entriesOf(map!),
  map_from_arrays: fromArrays,
  map_from_entries: fromEntries,
  map_keys: duck("map_keys"),
  map_values: duck("map_values"),
  str_to_map: ([value, pairs, keys], { kernel }) => kernel("str_to_map", [value!, pairs ?? "','", keys ?? "':'"]),
} satisfies Readonly<Record<string, Lowering>>;
