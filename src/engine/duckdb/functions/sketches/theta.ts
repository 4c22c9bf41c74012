/** Theta sketches. */

import { ExecutionError } from "../../../../errors.ts";
import { arrayType, bigintType, binaryType } from "../../../../types/data-type.ts";
import type { StoredValue } from "../../../../types/stored-value.ts";
import { kernelOf } from "../../kernels/kernel.ts";
import {
  difference,
  emptySketch,
  estimate,
  type HashSketch,
  hasher,
  intersection,
  sketchOf,
  union,
} from "../../kernels/sketches/hash-sketch.ts";
import { ByteReader } from "../../kernels/sketches/sketch-bytes.ts";
import { readTheta, thetaFamily, writeTheta } from "../../kernels/sketches/theta-bytes.ts";
import type { AggregateLowering } from "../aggregate/call.ts";
import { gathered } from "../aggregate/gathered.ts";
import type { Lowering, Lowerings } from "../lowering.ts";
import { nominalEntries, readSketch } from "./faults.ts";

const families: Readonly<Record<number, string>> = { 7: "HLL", 9: "TUPLE", 15: "KLL" };

/** The theta sketch that bytes hold. */
export const thetaIn = (bytes: Uint8Array, name: string): HashSketch =>
  readSketch("Theta", name, () => {
    const reader = new ByteReader(bytes);
    const family = reader.head[2]!;
    if (family === thetaFamily) return readTheta(reader);
    if (families[family] === undefined) return undefined;
    throw new ExecutionError(
      `Invalid call to \`${name}\`: expected COMPACT sketch family but received ${families[family]}`,
      {
        condition: "THETA_INVALID_INPUT_SKETCH_BUFFER_FAMILY",
        sqlState: "22000",
        parameters: { function: `\`${name}\``, expectedFamily: "COMPACT", actualFamily: families[family]! },
        hint: "Give bytes that theta_sketch_agg or a function like it has made.",
      },
    );
  });

const without = (): number => 0;

const pair =
  (join: (left: HashSketch, right: HashSketch, nominal: number) => HashSketch): Lowering =>
  ([left, right], context) => {
    if (context.constant(2) === null) return "NULL";
    const { name } = context.call;
    const nominal = nominalEntries(context, 2);
    const call = (...bytes: readonly Uint8Array[]): Uint8Array =>
      writeTheta(join(thetaIn(bytes[0]!, name), thetaIn(bytes[1]!, name), nominal));
    return context.bind(kernelOf(name, { parameters: [binaryType, binaryType], result: binaryType, call }))(
      left!,
      right!,
    );
  };

const sketched: AggregateLowering = ([value], modifiers, context) => {
  const [type] = context.types;
  const nominal = nominalEntries(context, 1);
  const hash = hasher(type!);
  const call = (values: readonly StoredValue[]): Uint8Array => {
    const hashes = values.map(hash).filter((found) => found !== undefined);
    return writeTheta(hashes.length === 0 ? emptySketch : sketchOf(new Map(hashes.map((one) => [one, 0])), nominal));
  };
  const kernel = kernelOf(context.call.name, { parameters: [arrayType(type!)], result: binaryType, call });
  return context.bind(kernel)(gathered(value!, modifiers));
};

const joined =
  (join: (sketches: readonly HashSketch[], nominal: number) => HashSketch): AggregateLowering =>
  ([value], modifiers, context) => {
    const { name } = context.call;
    const nominal = nominalEntries(context, 1);
    const call = (sketches: readonly Uint8Array[]): Uint8Array =>
      writeTheta(
        join(
          sketches.map((bytes) => thetaIn(bytes, name)),
          nominal,
        ),
      );
    const kernel = kernelOf(name, { parameters: [arrayType(binaryType)], result: binaryType, call });
    return context.bind(kernel)(gathered(value!, modifiers));
  };

/** What all sketches have; without any, nothing. */
export const common = (
  sketches: readonly HashSketch[],
  combine: (left: number, right: number) => number,
): HashSketch =>
  sketches.length === 0 ? emptySketch : sketches.reduce((left, right) => intersection(left, right, combine));

/** By SQL name. */
export const thetaAggregates = {
  theta_sketch_agg: sketched,
  theta_union_agg: joined((sketches, nominal) => union(sketches, nominal, without)),
  theta_intersection_agg: joined((sketches) => common(sketches, without)),
} satisfies Readonly<Record<string, AggregateLowering>>;

type Scalars = Omit<
  typeof import("../../../../functions/theta-sketch.ts"),
  "thetaSketchAgg" | "thetaUnionAgg" | "thetaIntersectionAgg"
>;

/** By SQL name. */
export const thetaLowerings = {
  theta_sketch_estimate: ([sketch], context) => {
    const call = (bytes: Uint8Array): bigint => BigInt(Math.round(estimate(thetaIn(bytes, context.call.name))));
    return context.bind(kernelOf(context.call.name, { parameters: [binaryType], result: bigintType, call }))(sketch!);
  },
  theta_union: pair((left, right, nominal) => union([left, right], nominal, without)),
  theta_intersection: pair((left, right) => intersection(left, right, without)),
  theta_difference: pair(difference),
} satisfies Lowerings<Scalars>;
