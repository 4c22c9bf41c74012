/** Values that occur often, by the algorithm of Karp, Papadimitriou and Shenker. */
import { arrayType, intType, stringType } from "../../../types/data-type.ts";
import type { KernelDefinition } from "./kernel.ts";

interface Item {
  readonly place: number;
  count: number;
}

/**
 * Where the first of each frequent value stands, from 1: every value that more than one in `size` has is among them.
 *
 * @param keys - texts that are equal where values are; an empty one is equal to none
 * @param size - how many values are counted at a time
 */
function frequentItems(keys: readonly (string | null)[], size: number): number[] {
  const items = new Map<unknown, Item>();
  for (const [index, text] of keys.entries()) {
    const key = text === "" ? index : text;
    const item = items.get(key);
    if (item !== undefined) item.count += 1;
    else if (items.size < size) items.set(key, { place: index + 1, count: 1 });
    else weaken(items);
  }
  return [...items.values()].map(({ place }) => place);
}

/** A value that finds no place takes one from the count of each that has. */
function weaken(items: Map<unknown, Item>): void {
  for (const [key, item] of items) {
    item.count -= 1;
    if (item.count === 0) items.delete(key);
  }
}

export const frequentItemKernels = {
  frequent_items: {
    parameters: [arrayType(stringType), intType],
    result: arrayType(intType, false),
    call: frequentItems,
  },
} satisfies Readonly<Record<string, KernelDefinition>>;
