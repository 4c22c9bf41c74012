/** KLL sketches. */
import { AnalysisError, ExecutionError } from "../../../../errors.ts";
import {
  arrayType,
  bigintType,
  binaryType,
  type DataType,
  doubleType,
  floatType,
  stringType,
} from "../../../../types/data-type.ts";
import type { StoredValue } from "../../../../types/stored-value.ts";
import { duckType } from "../../duck-type.ts";
import { kernelOf } from "../../kernels/kernel.ts";
import { javaText } from "../../kernels/sketches/java-text.ts";
import { emptyKll, insert, type KllSketch, merge, quantiles, ranks } from "../../kernels/sketches/kll.ts";
import { describeKll, type KllItems, readKll, writeKll } from "../../kernels/sketches/kll-bytes.ts";
import type { AggregateLowering } from "../aggregate/call.ts";
import { gathered } from "../aggregate/gathered.ts";
import type { Lowering, LoweringContext } from "../lowering.ts";
import { invalidSketch, readSketch, settled } from "./faults.ts";

type Value = number | bigint;

interface KllType {
  readonly type: DataType;
  readonly items: KllItems<Value>;
}

const fraction =
  (digits: "float" | "double") =>
  (value: Value | undefined): string =>
    value === undefined ? "NaN" : javaText(value as number, digits);

/** By the end of the names of functions. */
const types: Readonly<Record<string, KllType>> = {
  bigint: {
    type: bigintType,
    items: {
      title: "KllLongs",
      size: 8,
      read: (view, at) => view.getBigInt64(at, true),
      write: (view, at, value) => view.setBigInt64(at, value as bigint, true),
      text: (value) => String(value ?? Number.NaN),
    },
  },
  double: {
    type: doubleType,
    items: {
      title: "KllDoubles",
      size: 8,
      read: (view, at) => view.getFloat64(at, true),
      write: (view, at, value) => view.setFloat64(at, value as number, true),
      text: fraction("double"),
    },
  },
  float: {
    type: floatType,
    items: {
      title: "KllFloats",
      size: 4,
      read: (view, at) => view.getFloat32(at, true),
      write: (view, at, value) => view.setFloat32(at, value as number, true),
      text: fraction("float"),
    },
  },
};

const kllIn = (bytes: Uint8Array, { items }: KllType, name: string): KllSketch<Value> =>
  readSketch("KLL", name, () => readKll(bytes, items));

const leastK = 8;
const mostK = 65535;

function checkedK(context: LoweringContext, k: number): number {
  if (k >= leastK && k <= mostK) return k;
  const { name } = context.call;
  throw new AnalysisError(
    `For function \`${name}\`, the k parameter must be between 8 and 65535 (inclusive), but got ${k}`,
    {
      condition: "DATATYPE_MISMATCH.TYPE_CHECK_FAILURE_WITH_HINT",
      sqlState: "42K09",
      parameters: { functionName: `\`${name}\``, k: String(k) },
    },
  );
}

const sketched =
  (kind: KllType): AggregateLowering =>
  ([value], modifiers, context) => {
    const k = checkedK(context, settled(context, 1, 200));
    const call = (values: readonly Value[]): Uint8Array => {
      const sketch = emptyKll<Value>(k);
      for (const one of values) if (!Number.isNaN(one)) insert(sketch, one);
      return writeKll(sketch, kind.items);
    };
    const kernel = kernelOf(context.call.name, { parameters: [arrayType(kind.type)], result: binaryType, call });
    return context.bind(kernel)(gathered(`(${value})::${duckType(kind.type)}`, modifiers));
  };

const merged =
  (kind: KllType): AggregateLowering =>
  ([value], modifiers, context) => {
    const given = settled<number | undefined>(context, 1, undefined);
    if (given !== undefined) checkedK(context, given);
    const call = (all: readonly Uint8Array[]): Uint8Array => {
      const sketches = all.map((bytes) => kllIn(bytes, kind, context.call.name));
      const sketch = emptyKll<Value>(given ?? sketches[0]?.k ?? 200);
      for (const one of sketches) merge(sketch, one);
      return writeKll(sketch, kind.items);
    };
    const kernel = kernelOf(context.call.name, { parameters: [arrayType(binaryType)], result: binaryType, call });
    return context.bind(kernel)(gathered(value!, modifiers));
  };

const joined =
  (kind: KllType): Lowering =>
  ([left, right], context) => {
    const { name } = context.call;
    const call = (...bytes: readonly Uint8Array[]): Uint8Array => {
      const sketch = kllIn(bytes[0]!, kind, name);
      merge(sketch, kllIn(bytes[1]!, kind, name));
      return writeKll(sketch, kind.items);
    };
    return context.bind(kernelOf(name, { parameters: [binaryType, binaryType], result: binaryType, call }))(
      left!,
      right!,
    );
  };

const asked =
  (kind: KllType, result: DataType, ask: (sketch: KllSketch<Value>) => StoredValue): Lowering =>
  ([sketch], context) => {
    const call = (bytes: Uint8Array): StoredValue => ask(kllIn(bytes, kind, context.call.name));
    return context.bind(kernelOf(context.call.name, { parameters: [binaryType], result, call }))(sketch!);
  };

type Lookup = (sketch: KllSketch<Value>) => (asked: Value) => Value;

/** One value for one that is asked for, an array for an array. */
const looked =
  (kind: KllType, lookup: (name: string) => Lookup): Lowering =>
  ([sketch, wanted], context) => {
    const { name, type } = context.call;
    const find = lookup(name);
    const call = (bytes: Uint8Array, given: Value | readonly Value[]): StoredValue => {
      const read = kllIn(bytes, kind, name);
      if (read.count === 0) throw invalidSketch("KLL", name);
      const answer = find(read);
      return Array.isArray(given) ? given.map(answer) : answer(given as Value);
    };
    const parameters = [binaryType, context.types[1]!];
    return context.bind(kernelOf(name, { parameters, result: type, call }))(sketch!, wanted!);
  };

function checkedRank(name: string, rank: number): number {
  if (rank >= 0 && rank <= 1) return rank;
  throw new ExecutionError(`For function \`${name}\`, the quantile value must be between 0.0 and 1.0 (inclusive)`, {
    condition: "KLL_SKETCH_INVALID_QUANTILE_RANGE",
    sqlState: "22003",
    parameters: { functionName: `\`${name}\`` },
    hint: `${rank} is outside.`,
  });
}

const atRank =
  (name: string): Lookup =>
  (sketch) => {
    const find = quantiles(sketch);
    return (rank) => find(checkedRank(name, rank as number));
  };

const ofKinds = <Result>(prefix: string, make: (kind: KllType) => Result): Readonly<Record<string, Result>> =>
  Object.fromEntries(Object.entries(types).map(([name, kind]) => [`${prefix}_${name}`, make(kind)]));

/** By SQL name. */
export const kllAggregates = { ...ofKinds("kll_sketch_agg", sketched), ...ofKinds("kll_merge_agg", merged) };

/** By SQL name. */
export const kllLowerings = {
  ...ofKinds("kll_sketch_get_n", (kind) => asked(kind, bigintType, ({ count }) => BigInt(count))),
  ...ofKinds("kll_sketch_to_string", (kind) => asked(kind, stringType, (sketch) => describeKll(sketch, kind.items))),
  ...ofKinds("kll_sketch_get_quantile", (kind) => looked(kind, atRank)),
  ...ofKinds("kll_sketch_get_rank", (kind) => looked(kind, () => ranks)),
  ...ofKinds("kll_sketch_merge", joined),
};
