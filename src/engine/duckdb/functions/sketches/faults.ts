/** What Spark says of sketches and of what is asked of them. */
import { AnalysisError, ExecutionError } from "../../../../errors.ts";
import type { LoweringContext } from "../lowering.ts";

/** The kinds of sketches: the condition and the state of their errors, and what makes each. */
const kinds = {
  Theta: ["THETA_INVALID_INPUT_SKETCH_BUFFER", "22000", "theta_sketch_agg"],
  Tuple: ["TUPLE_INVALID_INPUT_SKETCH_BUFFER", "22000", "tuple_sketch_agg_double"],
  HLL: ["HLL_INVALID_INPUT_SKETCH_BUFFER", "22546", "hll_sketch_agg"],
  KLL: ["KLL_INVALID_INPUT_SKETCH_BUFFER", "22000", "kll_sketch_agg_bigint"],
} as const;

export type SketchKind = keyof typeof kinds;

/** Bytes that are no sketch of a kind. */
export function invalidSketch(kind: SketchKind, name: string): ExecutionError {
  const [condition, sqlState, maker] = kinds[kind];
  return new ExecutionError(`Invalid call to \`${name}\`; only valid ${kind} sketch buffers are supported as inputs`, {
    condition,
    sqlState,
    parameters: { function: `\`${name}\`` },
    hint: `Give bytes that ${maker} or a function like it has made.`,
  });
}

/** Reads bytes; whatever goes wrong says that they are no sketch. */
export function readSketch<Sketch>(kind: SketchKind, name: string, read: () => Sketch | undefined): Sketch {
  let found: Sketch | undefined;
  try {
    found = read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  if (found === undefined) throw invalidSketch(kind, name);
  return found;
}

/** A constant that a function has unless the call gives one. */
export function settled<Value>(context: LoweringContext, index: number, otherwise: Value): Value {
  const given = context.constant(index);
  return given === undefined || given === null ? otherwise : (given as Value);
}

const leastEntries = 4;
const mostEntries = 26;

/** How many hashes are kept, from its logarithm; null is 0. */
export function nominalEntries(context: LoweringContext, index: number): number {
  const given = context.constant(index);
  const logarithm = given === undefined ? 12 : Number(given);
  if (logarithm >= leastEntries && logarithm <= mostEntries) return 2 ** logarithm;
  const { name } = context.call;
  const sentence = `the \`lgNomEntries\` value must be between ${leastEntries} and ${mostEntries}, inclusive: ${logarithm}`;
  const inAnalysis = name.startsWith("tuple_sketch_agg");
  throw new AnalysisError(`Invalid call to \`${name}\`; ${sentence}`, {
    condition: inAnalysis ? "DATATYPE_MISMATCH.TYPE_CHECK_FAILURE_WITH_HINT" : "SKETCH_INVALID_LG_NOM_ENTRIES",
    sqlState: inAnalysis ? "42K09" : "22003",
    parameters: {
      function: `\`${name}\``,
      min: String(leastEntries),
      max: String(mostEntries),
      value: String(logarithm),
    },
  });
}
