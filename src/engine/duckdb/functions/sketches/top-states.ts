/** The most frequent values, in sketches that can be kept and combined. */
import { ExecutionError } from "../../../../errors.ts";
import { arrayType, type DataType, type StructType } from "../../../../types/data-type.ts";
import type { StoredValue } from "../../../../types/stored-value.ts";
import { sqlName } from "../../../../types/type-name.ts";
import { kernelOf } from "../../kernels/kernel.ts";
import { type CountedItems, readItems, writeItems } from "../../kernels/sketches/frequent-bytes.ts";
import { FrequentItems } from "../../kernels/sketches/frequent-items.ts";
import { type AggregateLowering, aggregateCall } from "../aggregate/call.ts";
import { gathered } from "../aggregate/gathered.ts";
import type { Lowerings } from "../lowering.ts";
import { checkTopK, constantOf, counted, itemOf, mostTracked, topOf, usuallyTracked } from "./top.ts";

type State = readonly [sketch: Uint8Array, tracked: number, item: null, ddl: string];

/** The type of items by its DDL, as Spark writes it. */
const ddlOf = (type: DataType): string =>
  type.kind === "string" ? "item string not null" : `item ${sqlName(type)} NOT NULL`;

const stateOf = (items: CountedItems, tracked: number, type: DataType): State => [
  writeItems(items, type),
  tracked,
  null,
  ddlOf(type),
];

const accumulated: AggregateLowering = ([value], modifiers, context) => {
  const tracked = constantOf(context, 1, "maxItemsTracked", usuallyTracked);
  checkTopK({ tracked });
  const type = context.types[0]!;
  const item = itemOf(type);
  const call = (values: readonly StoredValue[]): StoredValue => stateOf(counted(values, item, tracked), tracked, type);
  const kernel = kernelOf(context.call.name, { parameters: [arrayType(type)], result: context.call.type, call });
  return context.bind(kernel)(`coalesce(${aggregateCall("list", [value!], modifiers)}, [])`);
};

const itemTypeOf = (state: DataType): DataType => (state as StructType).fields[2]!.type;

function read([bytes]: State, type: DataType, name: string): CountedItems {
  const found = orNothing(() => readItems(bytes, type, itemOf(type)));
  if (found !== undefined) return found;
  throw new ExecutionError(`The state that ${name} was given has no sketch of frequent items`, {
    hint: "Give what approx_top_k_accumulate or approx_top_k_combine has made.",
  });
}

/** What lies behind the end of bytes is a RangeError. */
function orNothing<Value>(attempt: () => Value): Value | undefined {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function differentSizes(left: number, right: number): ExecutionError {
  return new ExecutionError(
    `Combining approx_top_k sketches of different sizes is not allowed. Found sketches of size ${left} and ${right}`,
    {
      condition: "APPROX_TOP_K_SKETCH_SIZE_NOT_MATCH",
      sqlState: "42846",
      parameters: { size1: String(left), size2: String(right) },
      hint: "Give approx_top_k_combine a size.",
    },
  );
}

const combined: AggregateLowering = ([value], modifiers, context) => {
  const given = constantOf(context, 1, "maxItemsTracked", 0);
  const isGiven = context.call.arguments.length > 1;
  if (isGiven) checkTopK({ tracked: given });
  const state = context.types[0]!;
  const type = itemTypeOf(state);
  const call = (states: readonly State[]): StoredValue => {
    const items = FrequentItems.tracking<Exclude<StoredValue, null>>(isGiven ? given : mostTracked);
    const first = states[0]?.[1] ?? usuallyTracked;
    let nulls = 0;
    for (const one of states) {
      if (!isGiven && one[1] !== first) throw differentSizes(first, one[1]);
      const added = read(one, type, context.call.name);
      items.merge(added.items);
      nulls += added.nulls;
    }
    return stateOf({ items: items.merged(), nulls }, isGiven ? given : first, type);
  };
  const kernel = kernelOf(context.call.name, { parameters: [arrayType(state)], result: context.call.type, call });
  return context.bind(kernel)(gathered(value!, modifiers));
};

/** By SQL name. */
export const topKAggregates = {
  approx_top_k_accumulate: accumulated,
  approx_top_k_combine: combined,
} satisfies Readonly<Record<string, AggregateLowering>>;

/** By SQL name. */
export const topKLowerings = {
  approx_top_k_estimate: ([value], context) => {
    const k = constantOf(context, 1, "k", 5);
    const state = context.types[0]!;
    const type = itemTypeOf(state);
    const call = (given: State): StoredValue => {
      checkTopK({ k, tracked: given[1] });
      return topOf(read(given, type, context.call.name), k);
    };
    const kernel = kernelOf(context.call.name, { parameters: [state], result: context.call.type, call });
    return context.bind(kernel)(value!);
  },
} satisfies Lowerings<Pick<typeof import("../../../../functions/summary.ts"), "approxTopKEstimate">>;
