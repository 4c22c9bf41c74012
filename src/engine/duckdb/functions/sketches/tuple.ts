/** Tuple sketches. */
import { AnalysisError } from "../../../../errors.ts";
import {
  arrayType,
  bigintType,
  binaryType,
  doubleType,
  intType,
  structField,
  structType,
} from "../../../../types/data-type.ts";
import type { StoredValue } from "../../../../types/stored-value.ts";
import { kernelOf } from "../../kernels/kernel.ts";
import {
  type Combine,
  difference,
  emptySketch,
  estimate,
  type HashSketch,
  hasher,
  intersection,
  sketchOf,
  thetaOf,
  union,
} from "../../kernels/sketches/hash-sketch.ts";
import { ByteReader } from "../../kernels/sketches/sketch-bytes.ts";
import { type Mode, modes, readTuple, type SummaryType, writeTuple } from "../../kernels/sketches/tuple-bytes.ts";
import { type AggregateLowering, aggregateCall } from "../aggregate/call.ts";
import { gathered } from "../aggregate/gathered.ts";
import type { Lowering, LoweringContext } from "../lowering.ts";
import { nominalEntries, readSketch, settled } from "./faults.ts";
import { common, thetaIn } from "./theta.ts";

const tupleIn = (bytes: Uint8Array, type: SummaryType, name: string): HashSketch =>
  readSketch("Tuple", name, () => readTuple(new ByteReader(bytes), type));

function modeOf(context: LoweringContext, index: number): Mode {
  const given = settled(context, index, "sum");
  const mode = given.toLowerCase();
  if (Object.hasOwn(modes, mode)) return mode as Mode;
  const { name } = context.call;
  throw new AnalysisError(`Invalid call to \`${name}\`: mode '${given}' is not supported`, {
    condition: name.includes("_sketch_agg_")
      ? "DATATYPE_MISMATCH.TYPE_CHECK_FAILURE_WITH_HINT"
      : "TUPLE_INVALID_SKETCH_MODE",
    sqlState: name.includes("_sketch_agg_") ? "42K09" : "22023",
    parameters: { function: `\`${name}\``, mode: given },
    hint: `Valid modes are: ${Object.keys(modes).join(", ")}.`,
  });
}

/** Whole numbers of 32 bits stay such. */
const combining = (type: SummaryType, mode: Mode): Combine =>
  type === "double" ? modes[mode] : (left, right) => modes[mode](left, right) | 0;

type Pair = (left: HashSketch, right: HashSketch, combine: Combine, nominal: number) => HashSketch;

/** What two sketches make together; the second may be a theta sketch. */
const pair =
  (
    type: SummaryType,
    join: Pair,
    at: { readonly nominal?: number; readonly mode?: number; readonly theta?: boolean },
  ): Lowering =>
  ([left, right], context) => {
    const { name } = context.call;
    const nominal = at.nominal === undefined ? defaultNominal : nominalEntries(context, at.nominal);
    const mode = at.mode === undefined ? "sum" : modeOf(context, at.mode);
    const combine = combining(type, mode);
    const second = (bytes: Uint8Array): HashSketch => (at.theta ? thetaIn(bytes, name) : tupleIn(bytes, type, name));
    const call = (...bytes: readonly Uint8Array[]): Uint8Array =>
      writeTuple(join(tupleIn(bytes[0]!, type, name), second(bytes[1]!), combine, nominal), type, mode, nominal);
    return context.bind(kernelOf(name, { parameters: [binaryType, binaryType], result: binaryType, call }))(
      left!,
      right!,
    );
  };

const defaultNominal = 4096;

const uniting: Pair = (left, right, combine, nominal) => union([left, right], nominal, combine);

/** A theta sketch has no numbers to combine with. */
const alone: Combine = (left) => left;

const sketched =
  (type: SummaryType): AggregateLowering =>
  ([key, summary], modifiers, context) => {
    const nominal = nominalEntries(context, 2);
    const mode = modeOf(context, 3);
    const combine = combining(type, mode);
    const hash = hasher(context.types[0]!);
    const call = (pairs: readonly (readonly [StoredValue, number])[]): Uint8Array => {
      const entries = new Map<bigint, number>();
      for (const [value, number] of pairs) {
        const found = hash(value);
        if (found === undefined) continue;
        const known = entries.get(found);
        entries.set(found, known === undefined ? (mode === "alwaysone" ? 1 : number) : combine(known, number));
      }
      return writeTuple(entries.size === 0 ? emptySketch : sketchOf(entries, nominal), type, mode, nominal);
    };
    const fields = [structField("f0", context.types[0]!), structField("f1", type === "double" ? doubleType : intType)];
    const kernel = kernelOf(context.call.name, {
      parameters: [arrayType(structType(fields))],
      result: binaryType,
      call,
    });
    const both = aggregateCall(
      "list",
      [`{f0: ${key}, f1: ${summary}}`],
      modifiers,
      `${key} IS NOT NULL AND ${summary} IS NOT NULL`,
    );
    return context.bind(kernel)(`coalesce(${both}, [])`);
  };

const joined =
  (
    type: SummaryType,
    join: (sketches: readonly HashSketch[], combine: Combine, nominal: number) => HashSketch,
    at: { readonly nominal?: number; readonly mode: number },
  ): AggregateLowering =>
  ([value], modifiers, context) => {
    const { name } = context.call;
    const nominal = at.nominal === undefined ? defaultNominal : nominalEntries(context, at.nominal);
    const mode = modeOf(context, at.mode);
    const combine = combining(type, mode);
    const call = (sketches: readonly Uint8Array[]): Uint8Array =>
      writeTuple(
        join(
          sketches.map((bytes) => tupleIn(bytes, type, name)),
          combine,
          nominal,
        ),
        type,
        mode,
        nominal,
      );
    const kernel = kernelOf(name, { parameters: [arrayType(binaryType)], result: binaryType, call });
    return context.bind(kernel)(gathered(value!, modifiers));
  };

const asked =
  (type: SummaryType, ask: (sketch: HashSketch) => number): Lowering =>
  ([sketch], context) => {
    const call = (bytes: Uint8Array): number => ask(tupleIn(bytes, type, context.call.name));
    return context.bind(kernelOf(context.call.name, { parameters: [binaryType], result: doubleType, call }))(sketch!);
  };

const summarised =
  (type: SummaryType): Lowering =>
  ([sketch], context) => {
    const mode = modeOf(context, 1);
    const result = type === "double" ? doubleType : bigintType;
    const call = (bytes: Uint8Array): StoredValue => {
      const { entries } = tupleIn(bytes, type, context.call.name);
      const numbers = [...entries.values()];
      const total =
        mode === "alwaysone"
          ? numbers.length
          : numbers.length === 0
            ? 0
            : numbers.reduce((left, right) => modes[mode](left, right));
      return type === "double" ? total : BigInt(total);
    };
    return context.bind(kernelOf(context.call.name, { parameters: [binaryType], result, call }))(sketch!);
  };

const aggregatesOf = <Type extends SummaryType>(type: Type) => ({
  [`tuple_sketch_agg_${type}`]: sketched(type),
  [`tuple_union_agg_${type}`]: joined(type, (all, combine, nominal) => union(all, nominal, combine), {
    nominal: 1,
    mode: 2,
  }),
  [`tuple_intersection_agg_${type}`]: joined(type, common, { mode: 1 }),
});

const scalarsOf = (type: SummaryType): Readonly<Record<string, Lowering>> => ({
  [`tuple_sketch_estimate_${type}`]: asked(type, estimate),
  [`tuple_sketch_theta_${type}`]: asked(type, thetaOf),
  [`tuple_sketch_summary_${type}`]: summarised(type),
  [`tuple_union_${type}`]: pair(type, uniting, { nominal: 2, mode: 3 }),
  [`tuple_union_theta_${type}`]: pair(type, uniting, { nominal: 2, mode: 3, theta: true }),
  [`tuple_intersection_${type}`]: pair(type, intersection, { mode: 2 }),
  [`tuple_intersection_theta_${type}`]: pair(type, (left, right) => intersection(left, right, alone), {
    mode: 2,
    theta: true,
  }),
  [`tuple_difference_${type}`]: pair(type, difference, {}),
  [`tuple_difference_theta_${type}`]: pair(type, difference, { theta: true }),
});

/** By SQL name. */
export const tupleAggregates: Readonly<Record<string, AggregateLowering>> = {
  ...aggregatesOf("double"),
  ...aggregatesOf("integer"),
};

/** By SQL name. */
export const tupleLowerings: Readonly<Record<string, Lowering>> = { ...scalarsOf("double"), ...scalarsOf("integer") };
