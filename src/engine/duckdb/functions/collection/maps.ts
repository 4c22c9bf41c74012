/** Maps as DuckDB SQL. */
import { arrayType, type DataType, type MapType } from "../../../../types/data-type.ts";
import { duckType } from "../../duck-type.ts";
import { sqlError } from "../../sql-text.ts";
import { duck, type Lowering, type LoweringContext, strict } from "../lowering.ts";
import { reused } from "../reuse.ts";
import { holdsNull } from "./arrays.ts";

const arrayText = (values: readonly string[], element: DataType): string =>
  `[${values.join(", ")}]::${duckType(element)}[]`;

/** SQL that makes a map of keys; DuckDB fails at one that is there twice, and does not say which. */
function mapOfKeys(keys: string, context: LoweringContext, map: string): string {
  if (!context.isSearching) return map;
  const { key } = context.call.type as MapType;
  return reused([context.kernel("repeated_key", [keys], [arrayType(key)])], ([repeated]) => {
    const error = sqlError("DUPLICATED_MAP_KEY", { key: repeated! });
    return `CASE WHEN ${repeated} IS NOT NULL THEN ${error} ELSE ${map} END`;
  });
}

/** The map of an array of structs, by the name of their first field. */
export function mapOfEntries(entries: string, key: string, context: LoweringContext): string {
  if (!context.isSearching) return `map_from_entries(${entries})`;
  return reused([entries], ([list]) =>
    mapOfKeys(`list_transform(${list}, lambda e: e.${key})`, context, `map_from_entries(${list})`),
  );
}

const create: Lowering = (args, context) => {
  const { call } = context;
  if (call.type.kind !== "map") return "NULL";
  const keys = args.filter((_, index) => index % 2 === 0);
  const values = args.filter((_, index) => index % 2 === 1);
  const allKeys = arrayText(keys, call.type.key);
  return mapOfKeys(allKeys, context, `map(${allKeys}, ${arrayText(values, call.type.value)})`);
};

/** The entries of a map as an array of structs of ours. */
export const entriesOf = (map: string): string =>
  `list_transform(map_entries(${map}), lambda e: {f0: e.key, f1: e.value})`;

// DuckDB's own lets the last of equal keys win.
const concat: Lowering = (args, context) => {
  if (args.length === 0) return `map([], [])::${duckType(context.call.type)}`;
  return reused(args, (maps) =>
    strict(maps, mapOfEntries(`list_concat(${maps.map((map) => `map_entries(${map})`).join(", ")})`, "key", context)),
  );
};

const fromArrays: Lowering = (args, context) =>
  reused(args, ([keys, values]) => {
    const uneven = sqlError("_LEGACY_ERROR_TEMP_2128");
    return strict(
      [keys!, values!],
      `CASE WHEN len(${keys}) <> len(${values}) THEN ${uneven} ELSE ${mapOfKeys(keys!, context, `map(${keys}, ${values})`)} END`,
    );
  });

const fromEntries: Lowering = ([entries], context) =>
  reused(
    [entries!],
    ([list]) =>
      `CASE WHEN ${holdsNull(list!, context.types[0])} THEN NULL::${duckType(context.call.type)} ELSE ${mapOfEntries(list!, "f0", context)} END`,
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
