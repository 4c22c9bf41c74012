/** Arrays as DuckDB SQL. Elements keep their order and nulls are elements like others, which DuckDB's own sets forget. */
import type { DataType } from "../../../../types/data-type.ts";
import { orderKey, ordersOtherwise } from "../../compile/order-key.ts";
import { duckType, structFieldName } from "../../duck-type.ts";
import { sqlError } from "../../sql-text.ts";
import { duck, type Lowering, type LoweringContext, strict } from "../lowering.ts";
import { reused } from "../reuse.ts";

/** The arguments under names, null where any of them is null. */
const strictly =
  (write: (args: readonly string[], types: readonly DataType[]) => string): Lowering =>
  (args, { types }) =>
    reused(args, (names) => strict(names, write(names, types)));

/** The texts of a list that are not null, one after the other; DuckDB's own function takes a constant separator only. */
export function textsJoined(list: string, separator: string, isConstant: boolean): string {
  if (isConstant) return `coalesce(array_to_string(${list}, ${separator}), '')`;
  const parts = `list_transform(list_filter(${list}, lambda e: e IS NOT NULL), lambda e: ${separator} || e)`;
  return `substring(coalesce(array_to_string(${parts}, ''), ''), length(${separator}) + 1)`;
}

export const elementOf = (type: DataType | undefined): DataType =>
  type?.kind === "array" ? type.element : { kind: "void" };

/** Whether an array may hold nulls. */
const mayHoldNull = (type: DataType | undefined): boolean => type?.kind === "array" && type.containsNull;

export const holdsNull = (list: string, type: DataType | undefined): string =>
  mayHoldNull(type) ? `list_position(${list}, NULL::${duckType(elementOf(type))}) IS NOT NULL` : "false";

const contains: Lowering = (args, { types }) =>
  reused(args, ([list, value]) => {
    const found = `list_contains(${list}, ${value})`;
    return mayHoldNull(types[0])
      ? `CASE WHEN ${found} THEN true WHEN ${holdsNull(list!, types[0])} THEN NULL ELSE ${found} END`
      : found;
  });

/** The elements at the positions at which they are found first. */
const distinct = (list: string): string => `list_filter(${list}, lambda e, i: list_position(${list}, e) = i)`;

const union: Lowering = strictly(([left, right]) =>
  reused([`list_concat(${left}, ${right})`], ([both]) => distinct(both!)),
);

const among = (test: "IS NULL" | "IS NOT NULL"): Lowering =>
  strictly(([left, right]) => `list_filter(${distinct(left!)}, lambda e: list_position(${right}, e) ${test})`);

const overlap = strictly(([left, right], types) => {
  const unknown = `len(${left}) > 0 AND len(${right}) > 0 AND (${holdsNull(left!, types[0])} OR ${holdsNull(right!, types[1])})`;
  return `CASE WHEN list_has_any(${left}, ${right}) THEN true WHEN ${unknown} THEN NULL ELSE false END`;
});

/** One array after the other; DuckDB passes over null ones. */
export const concatenated: Lowering = (args, context) => {
  if (args.length === 0) return "''";
  if (context.types[0]?.kind !== "array") return `(${args.join(" || ")})::${duckType(context.call.type)}`;
  return reused(args, (names) => strict(names, `list_concat(${names.join(", ")})`));
};

const zeroIndex = (): string => sqlError("INVALID_INDEX_OF_ZERO");

// A gap is filled with nulls, on whichever side it is.
const insert: Lowering = (args, { types }) =>
  reused(args, ([list, position, value]) => {
    const before = (last: string): string => `list_resize((${list})[1:${last}], ${last})`;
    const gap = `list_resize([]::${duckType(types[0]!)}, -(${position}) - len(${list}) - 1)`;
    const forward = `list_concat(${before(`(${position} - 1)`)}, [${value}], (${list})[${position}:])`;
    const place = `(len(${list}) + ${position} + 1)`;
    const backward = `CASE WHEN ${place} < 0 THEN list_concat([${value}], ${gap}, ${list}) ELSE list_concat((${list})[1:${place}], [${value}], (${list})[${place} + 1:]) END`;
    const result = `CASE WHEN ${position} = 0 THEN ${zeroIndex()} WHEN ${position} > 0 THEN ${forward} ELSE ${backward} END`;
    return strict([list!, position!], result);
  });

const joined: Lowering = (args, { constant }) =>
  reused(args, ([list, delimiter, replacement]) => {
    const values = replacement === undefined ? list! : `list_transform(${list}, lambda e: coalesce(e, ${replacement}))`;
    return strict(
      [list!, delimiter!, ...(replacement === undefined ? [] : [replacement])],
      textsJoined(values, delimiter!, typeof constant(1) === "string"),
    );
  });

type Direction = "'ASC', 'NULLS FIRST'" | "'ASC', 'NULLS LAST'" | "'DESC', 'NULLS LAST'";

/** An array sorted in Spark's order. */
export function sorted(list: string, type: DataType, direction: Direction): string {
  const element = elementOf(type);
  if (!ordersOtherwise(element)) return `list_sort(${list}, ${direction})`;
  const keyed = `list_transform(${list}, lambda e: {f0: ${orderKey("e", element)}, f1: e})`;
  const absent = `list_filter(${list}, lambda e: e IS NULL)`;
  const present = `list_transform(list_sort(list_filter(${keyed}, lambda e: e.f1 IS NOT NULL), ${direction}), lambda e: e.f1)`;
  const parts = direction.includes("FIRST") ? [absent, present] : [present, absent];
  return `CASE WHEN ${list} IS NOT NULL THEN list_concat(${parts.join(", ")}) END`;
}

const sort: Lowering = ([list, ascending], { types, constant }) => {
  const isAscending = ascending === undefined || constant(1);
  const direction = isAscending === false ? "'DESC', 'NULLS LAST'" : "'ASC', 'NULLS FIRST'";
  const value = isAscending === null ? `(CASE WHEN false THEN ${list} END)` : list!;
  return reused([value], ([array]) => sorted(array!, types[0]!, direction));
};

const extreme =
  (name: "list_min" | "list_max", direction: Direction): Lowering =>
  ([list], { types }) =>
    ordersOtherwise(elementOf(types[0]))
      ? `(${reused([`list_filter(${list}, lambda e: e IS NOT NULL)`], ([value]) => sorted(value!, types[0]!, direction))})[1]`
      : `${name}(${list})`;

const slice: Lowering = strictly(([list, start, length]) => {
  const badStart = sqlError("INVALID_PARAMETER_VALUE.START", { functionName: "'`slice`'" });
  const badLength = sqlError("INVALID_PARAMETER_VALUE.LENGTH", { functionName: "'`slice`'", length: length! });
  const first = `(CASE WHEN ${start} > 0 THEN ${start}::BIGINT ELSE len(${list}) + ${start} + 1 END)`;
  return `CASE WHEN ${start} = 0 THEN ${badStart} WHEN ${length} < 0 THEN ${badLength} WHEN ${first} < 1 THEN (${list})[1:0] ELSE (${list})[${first}:${first} + ${length} - 1] END`;
});

const zipped: Lowering = (args) => {
  if (args.length === 0) return "[]";
  return reused(args, (lists) => {
    const fields = lists.map((list, index) => `${structFieldName(index)}: (${list})[i]`).join(", ");
    const longest =
      lists.length === 1 ? `len(${lists[0]})` : `greatest(${lists.map((list) => `len(${list})`).join(", ")})`;
    return strict(lists, `list_transform(range(1, ${longest} + 1), lambda i: {${fields}})`);
  });
};

// Clusters of combining marks stay together in DuckDB's reverse.
const reversed: Lowering = ([value], { types }) => {
  if (types[0]?.kind === "array") return `list_reverse(${value})`;
  if (types[0]?.kind === "binary")
    return `from_hex(array_to_string(list_reverse(regexp_extract_all(hex(${value}), '..')), ''))`;
  return reused(
    [value!],
    ([text]) =>
      `CASE WHEN octet_length(encode(${text})) = length(${text}) THEN reverse(${text}) ELSE array_to_string(list_reverse(string_split(${text}, '')), '') END`,
  );
};

const shuffled: Lowering = ([list, seed], context) => {
  if (seed !== undefined && context.constant(1) !== null) return shuffledBy(seed, list!, context);
  const keyed = `list_sort(list_transform(${list}, lambda e: {f0: random(), f1: e}))`;
  return `list_transform(${keyed}, lambda e: e.f1)`;
};

/** In the order of Spark's generator, which draws a number for each element. */
function shuffledBy(seed: string, list: string, { kernel, drawnBefore }: LoweringContext): string {
  const size = `coalesce(len(${list}), 0)`;
  const order = kernel("seeded_order", [`(${seed})::BIGINT`, drawnBefore(size), `${size}::INTEGER`]);
  return `CASE WHEN ${list} IS NOT NULL THEN list_transform(${order}, lambda place: list_extract(${list}, place)) END`;
}

/** The number of elements of an array or of entries of a map. */
export const collectionSize: Lowering = ([collection], { types }) =>
  types[0]?.kind === "map" ? `cardinality(${collection})::INTEGER` : `len(${collection})::INTEGER`;

export const arrayLowerings = {
  array: (args, { call }) => `([${args.join(", ")}]::${duckType(call.type)})`,
  array_append: (args) => reused(args, ([list, value]) => strict([list!], `list_concat(${list}, [${value}])`)),
  array_compact: ([list]) => `list_filter(${list}, lambda e: e IS NOT NULL)`,
  array_contains: contains,
  array_distinct: ([list]) => reused([list!], ([value]) => distinct(value!)),
  array_except: among("IS NULL"),
  array_insert: insert,
  array_intersect: among("IS NOT NULL"),
  array_join: joined,
  array_max: extreme("list_max", "'DESC', 'NULLS LAST'"),
  array_min: extreme("list_min", "'ASC', 'NULLS LAST'"),
  array_position: strictly(([list, value]) => `coalesce(list_position(${list}, ${value}), 0)::BIGINT`),
  array_prepend: (args) => reused(args, ([list, value]) => strict([list!], `list_concat([${value}], ${list})`)),
  array_remove: strictly(([list, value]) => `list_filter(${list}, lambda e: e IS DISTINCT FROM ${value})`),
  array_repeat: (args) =>
    reused(args, ([value, count]) => strict([count!], `repeat([${value}], greatest(${count}, 0))`)),
  array_size: ([list]) => `len(${list})::INTEGER`,
  array_union: union,
  arrays_overlap: overlap,
  arrays_zip: zipped,
  concat: concatenated,
  flatten: ([lists], { types }) =>
    reused([lists!], ([list]) => `CASE WHEN ${holdsNull(list!, types[0])} THEN NULL ELSE flatten(${list}) END`),
  get: (args) => reused(args, ([list, index]) => `CASE WHEN ${index} >= 0 THEN (${list})[${index}::BIGINT + 1] END`),
  reverse: reversed,
  shuffle: shuffled,
  size: collectionSize,
  cardinality: duck("cardinality"),
  slice,
  sort_array: sort,
} satisfies Readonly<Record<string, Lowering>>;
