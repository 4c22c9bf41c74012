/** The values of a group that occur often. */
import type { DataType } from "../../../../types/data-type.ts";
import { once } from "../lowering.ts";
import { type AggregateLowering, aggregateCall } from "./call.ts";

/** A kernel finds the places of the values in the list of them, by texts that are equal where the values are. */
export const frequentItems: AggregateLowering = ([value, size], modifiers, { types, kernel }) => {
  const rows = `coalesce(${aggregateCall("list", [`{v: ${value}, k: ${keyOf(value!, types[0]!)}}`], modifiers)}, [])`;
  const places = kernel("frequent_items", ["list_transform(l, lambda r: r.k)", size!]);
  return once("l", rows, `list_transform(${places}, lambda i: l[i].v)`);
};

/** Spark compares NaN, bytes and maps by identity: no two of them are equal, which the empty text says. */
function keyOf(value: string, { kind }: DataType): string {
  if (kind === "binary" || kind === "map") return `CASE WHEN ${value} IS NOT NULL THEN '' END`;
  if (kind === "double" || kind === "float") return `CASE WHEN isnan(${value}) THEN '' ELSE '=' || (${value} + 0) END`;
  return `'=' || (${value})::VARCHAR`;
}
