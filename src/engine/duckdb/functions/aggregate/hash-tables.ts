/** Aggregates whose values come in the order of the hash tables that Spark keeps them in. */
import { arrayType, bigintType } from "../../../../types/data-type.ts";
import type { StoredValue } from "../../../../types/stored-value.ts";
import { positiveZero } from "../../compile/order-key.ts";
import { inSetOrder, openHashPlaces } from "../../kernels/hash/hash-order.ts";
import { javaHash } from "../../kernels/hash/java-hash.ts";
import { kernelOf } from "../../kernels/kernel.ts";
import { once } from "../lowering.ts";
import { type AggregateLowering, aggregateCall } from "./call.ts";

/** The different values of a group. */
export const collectedSet: AggregateLowering = ([value], modifiers, context) => {
  const type = context.types[0]!;
  const hash = javaHash(type);
  const isWindow = modifiers.over !== "";
  const list = aggregateCall(
    "list",
    [positiveZero(value!, type)],
    { ...modifiers, distinct: !isWindow },
    `${value} IS NOT NULL`,
  );
  const distinct = `coalesce(${isWindow ? `list_distinct(${list})` : list}, [])`;
  if (hash === undefined) return distinct;
  const call = (values: readonly StoredValue[]): readonly StoredValue[] => inSetOrder(values, hash);
  const set = arrayType(type, false);
  return context.bind(kernelOf("collect_set", { parameters: [set], result: set, call }))(distinct);
};

const frequent =
  "list_transform(list_filter(map_entries(h), lambda e: e.value = list_max(map_values(h))), lambda e: e.key)";

/** The most frequent value: of several the least or the greatest where an order is given, else the first in the table. */
export const mode: AggregateLowering = ([value], modifiers, context) => {
  const type = context.types[0]!;
  const hash = javaHash(type);
  const isOrdered = context.constant(1) === true || modifiers.order !== undefined;
  if (!isOrdered && hash === undefined) return aggregateCall("mode", [value!], modifiers);
  const histogram = aggregateCall("histogram", [value!], { ...modifiers, order: undefined }, `${value} IS NOT NULL`);
  if (isOrdered) {
    const falls = context.call.aggregate?.order[0]?.direction === "descending";
    return once("h", histogram, `list_${falls ? "max" : "min"}(${frequent})`);
  }
  const call = (keys: readonly StoredValue[], times: readonly bigint[]): StoredValue => {
    const counts = times.map(Number);
    const most = Math.max(...counts);
    return keys[openHashPlaces(keys, hash!).find((place) => counts[place] === most)!]!;
  };
  const parameters = [arrayType(type), arrayType(bigintType)];
  const first = context.bind(kernelOf("mode", { parameters, result: type, call }));
  const pick = `CASE WHEN len(f) > 1 THEN ${first("map_keys(h)", "map_values(h)::BIGINT[]")} ELSE f[1] END`;
  return once("h", histogram, once("f", frequent, pick));
};
