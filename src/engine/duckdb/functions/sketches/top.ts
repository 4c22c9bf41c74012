/** The most frequent values. */
import { AnalysisError } from "../../../../errors.ts";
import { arrayType, type DataType } from "../../../../types/data-type.ts";
import type { StoredValue } from "../../../../types/stored-value.ts";
import { javaHash } from "../../kernels/hash/java-hash.ts";
import { kernelOf } from "../../kernels/kernel.ts";
import type { CountedItems } from "../../kernels/sketches/frequent-bytes.ts";
import { FrequentItems, type Item } from "../../kernels/sketches/frequent-items.ts";
import { type AggregateLowering, aggregateCall } from "../aggregate/call.ts";
import type { LoweringContext } from "../lowering.ts";

type Present = Exclude<StoredValue, null>;

const wide = (value: bigint): number => Number(BigInt.asIntN(32, value ^ (value >> 32n)));

function textHash(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash;
}

function floatingHash(value: number, isFloat: boolean): number {
  const view = new DataView(new ArrayBuffer(8));
  if (isFloat) view.setFloat32(0, value);
  else view.setFloat64(0, value);
  return isFloat ? view.getInt32(0) : wide(view.getBigInt64(0));
}

/** What Java says of a value of the type: which are equal, and their hashes. */
export function itemOf(type: DataType): (value: Present) => Item<Present> {
  if (type.kind === "float" || type.kind === "double") {
    const isFloat = type.kind === "float";
    return (value) => ({
      value,
      key: Object.is(value, -0) ? "-0" : value,
      hash: floatingHash(value as number, isFloat),
    });
  }
  if (type.kind === "decimal") {
    const hash = javaHash(type)!;
    return (value) => ({ value, key: value, hash: hash(value) });
  }
  if (type.kind === "boolean") return (value) => ({ value, key: value, hash: value ? 1231 : 1237 });
  return (value) => {
    const hash = typeof value === "bigint" ? wide(value) : typeof value === "string" ? textHash(value) : Number(value);
    return { value, key: value, hash };
  };
}

const invalid = (condition: string, sentence: string, parameters: Readonly<Record<string, string>>): AnalysisError =>
  new AnalysisError(sentence, {
    condition,
    sqlState: "22023",
    parameters: { expr: "`approx_top_k`", ...parameters },
    hint: "Give a number k and a maxItemsTracked from k to 1000000.",
  });

export const usuallyTracked = 10_000;
export const mostTracked = 1_000_000;

/** A constant of a call; null is refused. */
export function constantOf(
  { call, constant }: LoweringContext,
  index: number,
  name: string,
  otherwise: number,
): number {
  if (call.arguments.length <= index) return otherwise;
  const given = constant(index);
  if (given !== null) return Number(given);
  throw new AnalysisError(`The value of \`${name}\` in \`approx_top_k\` cannot be NULL`, {
    condition: "APPROX_TOP_K_NULL_ARG",
    sqlState: "22004",
    parameters: { argName: `\`${name}\`` },
  });
}

/** Checks how many values are asked for and how many are counted, as far as they are known. */
export function checkTopK({ k, tracked }: { readonly k?: number; readonly tracked: number }): void {
  const given = k === undefined ? [] : ([["k", k]] as const);
  for (const [name, value] of [...given, ["maxItemsTracked", tracked] as const])
    if (value <= 0)
      throw invalid(
        "APPROX_TOP_K_NON_POSITIVE_ARG",
        `The value of \`${name}\` in \`approx_top_k\` must be a positive integer, but got ${value}`,
        {
          argName: `\`${name}\``,
          argValue: String(value),
        },
      );
  if (tracked > mostTracked)
    throw invalid(
      "APPROX_TOP_K_MAX_ITEMS_TRACKED_EXCEEDS_LIMIT",
      `The max items tracked \`maxItemsTracked\`(${tracked}) of \`approx_top_k\` should be less than or equal to ${mostTracked}`,
      {
        maxItemsTracked: String(tracked),
        limit: String(mostTracked),
      },
    );
  if (k !== undefined && tracked < k)
    throw invalid(
      "APPROX_TOP_K_MAX_ITEMS_TRACKED_LESS_THAN_K",
      `The max items tracked \`maxItemsTracked\`(${tracked}) of \`approx_top_k\` should be greater than or equal to \`k\`(${k})`,
      {
        maxItemsTracked: String(tracked),
        k: String(k),
      },
    );
}

/** The values of a group with their counts, and how many nulls there are. */
export function counted(
  values: readonly StoredValue[],
  item: (value: Present) => Item<Present>,
  tracked: number,
): CountedItems {
  const items = FrequentItems.tracking<Present>(tracked);
  let nulls = 0;
  for (const value of values) {
    if (value === null) nulls++;
    else items.add(item(value));
  }
  return { items: items.merged(), nulls };
}

/** Null is counted beside the others, and comes behind what is as frequent. */
export function topOf({ items, nulls }: CountedItems, k: number): StoredValue {
  const top: { readonly value: StoredValue; readonly count: number }[] = [...items.top()];
  const before = top.findIndex(({ count }) => count < nulls);
  if (nulls > 0) top.splice(before < 0 ? top.length : before, 0, { value: null, count: nulls });
  return top.slice(0, k).map(({ value, count }) => [value, BigInt(count)]);
}

/** The most frequent values of a group with their counts. */
export const approxTopK: AggregateLowering = ([value], modifiers, context) => {
  const k = constantOf(context, 1, "k", 5);
  const tracked = constantOf(context, 2, "maxItemsTracked", usuallyTracked);
  checkTopK({ k, tracked });
  const [type] = context.types;
  const item = itemOf(type!);
  const call = (values: readonly StoredValue[]): StoredValue => topOf(counted(values, item, tracked), k);
  const kernel = kernelOf("approx_top_k", { parameters: [arrayType(type!)], result: context.call.type, call });
  return context.bind(kernel)(`coalesce(${aggregateCall("list", [value!], modifiers)}, [])`);
};
