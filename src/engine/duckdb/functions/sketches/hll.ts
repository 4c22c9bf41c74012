/** HyperLogLog sketches. */
import { AnalysisError, ExecutionError } from "../../../../errors.ts";
import { arrayType, bigintType, binaryType, booleanType } from "../../../../types/data-type.ts";
import type { StoredValue } from "../../../../types/stored-value.ts";
import { kernelOf } from "../../kernels/kernel.ts";
import { addCoupon, couponOf, emptyHll, estimateHll, type HllSketch, united } from "../../kernels/sketches/hll.ts";
import { readHll, writeHll } from "../../kernels/sketches/hll-bytes.ts";
import { itemBytes } from "../../kernels/sketches/item-bytes.ts";
import type { AggregateLowering } from "../aggregate/call.ts";
import { gathered } from "../aggregate/gathered.ts";
import type { LoweringContext, Lowerings } from "../lowering.ts";
import { readSketch } from "./faults.ts";

const leastLgK = 4;
const mostLgK = 21;
const usualLgK = 12;

const hllIn = (bytes: Uint8Array, name: string): HllSketch => readSketch("HLL", name, () => readHll(bytes));

/** The logarithm of the number of registers that a call asks for; null is 0. */
function checkedLgK({ call, constant }: LoweringContext): number {
  if (call.arguments.length < 2) return usualLgK;
  const given = constant(1);
  const name = `\`${call.name}\``;
  if (given === undefined)
    throw new AnalysisError(
      `Invalid call to ${name}; the \`K\` value must be a constant value, but got a non-constant expression`,
      { condition: "HLL_K_MUST_BE_CONSTANT", sqlState: "42K0E", parameters: { function: name } },
    );
  const lgK = Number(given ?? 0);
  if (lgK >= leastLgK && lgK <= mostLgK) return lgK;
  throw new ExecutionError(
    `Invalid call to ${name}; the \`lgConfigK\` value must be between ${leastLgK} and ${mostLgK}, inclusive: ${lgK}`,
    {
      condition: "HLL_INVALID_LG_K",
      sqlState: "22546",
      parameters: { function: name, min: String(leastLgK), max: String(mostLgK), value: String(lgK) },
    },
  );
}

const sketched: AggregateLowering = ([value], modifiers, context) => {
  const [type] = context.types;
  const lgK = checkedLgK(context);
  const bytesOf = itemBytes(type!);
  const call = (values: readonly StoredValue[]): Uint8Array => {
    const sketch = emptyHll(lgK);
    for (const one of values) {
      const bytes = bytesOf(one);
      if (bytes.length > 0) addCoupon(sketch, couponOf(bytes));
    }
    return writeHll(sketch);
  };
  const kernel = kernelOf(context.call.name, { parameters: [arrayType(type!)], result: binaryType, call });
  return context.bind(kernel)(gathered(value!, modifiers));
};

function checkAlike(name: string, left: number, right: number, mayDiffer: boolean): void {
  if (mayDiffer || left === right) return;
  throw new ExecutionError(
    `Sketches have different \`lgConfigK\` values: ${left} and ${right}. Set the \`allowDifferentLgConfigK\` parameter to true to call \`${name}\` with different \`lgConfigK\` values`,
    {
      condition: "HLL_UNION_DIFFERENT_LG_K",
      sqlState: "22000",
      parameters: { left: String(left), right: String(right), function: `\`${name}\`` },
    },
  );
}

/** The union of all sketches, with as many registers as the first one has. */
function unionOf(sketches: readonly HllSketch[], name: string, mayDiffer: boolean): Uint8Array {
  const lgK = sketches[0]?.lgK ?? usualLgK;
  let union = emptyHll(lgK);
  for (const sketch of sketches) {
    checkAlike(name, union.lgK, sketch.lgK, mayDiffer);
    union = united(union, sketch, lgK);
  }
  return writeHll(union);
}

const joined: AggregateLowering = ([value, mayDiffer], modifiers, context) => {
  const { name } = context.call;
  const call = (sketches: readonly Uint8Array[], allowed: boolean | null): Uint8Array =>
    unionOf(
      sketches.map((bytes) => hllIn(bytes, name)),
      name,
      allowed === true,
    );
  const parameters = [arrayType(binaryType), booleanType];
  const kernel = kernelOf(name, { parameters, result: binaryType, call, takesNulls: true });
  return context.bind(kernel)(gathered(value!, modifiers), mayDiffer ?? "false");
};

/** By SQL name. */
export const hllAggregates = {
  hll_sketch_agg: sketched,
  hll_union_agg: joined,
} satisfies Readonly<Record<string, AggregateLowering>>;

type Scalars = Omit<typeof import("../../../../functions/hll-sketch.ts"), "hllSketchAgg" | "hllUnionAgg">;

/** By SQL name. */
export const hllLowerings = {
  hll_sketch_estimate: ([sketch], context) => {
    const call = (bytes: Uint8Array): bigint => BigInt(Math.round(estimateHll(hllIn(bytes, context.call.name))));
    return context.bind(kernelOf(context.call.name, { parameters: [binaryType], result: bigintType, call }))(sketch!);
  },
  hll_union: ([left, right, mayDiffer], context) => {
    const { name } = context.call;
    const call = (first: Uint8Array, second: Uint8Array, allowed: boolean): Uint8Array => {
      const sketches = [hllIn(first, name), hllIn(second, name)] as const;
      checkAlike(name, sketches[0].lgK, sketches[1].lgK, allowed);
      const lgK = Math.min(sketches[0].lgK, sketches[1].lgK);
      return writeHll(united(united(emptyHll(lgK), sketches[0], lgK), sketches[1], lgK));
    };
    const kernel = kernelOf(name, { parameters: [binaryType, binaryType, booleanType], result: binaryType, call });
    return context.bind(kernel)(left!, right!, mayDiffer ?? "false");
  },
} satisfies Lowerings<Scalars>;
