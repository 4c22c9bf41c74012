/** Aggregates of the user's: TypeScript steps as a column function of groups. */
import { AnalysisError, listed } from "../errors.ts";
import type { Stated } from "./stated-type.ts";
import { defineFunction } from "./user-function.ts";
import type {
  ParameterValues,
  Returned,
  UserFunctionOf,
  UserFunctionOptions,
  UserParameters,
} from "./user-function-kinds.ts";

/** The steps of an aggregate over a state of its own. */
export interface AggregateSteps<P, R, State> {
  /** A new state, of no rows. */
  readonly zero: () => State;
  /** The state with a row more; it may change and return the one it is given. */
  readonly reduce: (state: State, values: ParameterValues<P>) => State;
  /** The state of the rows of two others; it may change and return either. */
  readonly merge: (left: State, right: State) => State;
  /** The value of a state. */
  readonly finish: (state: State) => Returned<R>;
}

/**
 * An aggregate made of TypeScript functions, for `agg` and, as `.over(…)`, for windows.
 *
 * The rows of a group come in no particular order, in parts whose states are merged. A row in which a parameter that is
 * `not null` is null is left out. The rows of a group are in memory together. It runs in this process: the embedded engine
 * only.
 *
 * Spark: `org.apache.spark.sql.expressions.Aggregator`, and grouped aggregates by `pyspark.sql.functions.pandas_udf`.
 *
 * @param parameters - types by name
 * @param type - the type of the result
 * @param steps - `zero`, `reduce`, `merge`, `finish`
 * @param options - `name`, `deterministic`
 * @throws ParseError when a type cannot be read
 * @throws AnalysisError when a parameter's name is a number, which would lose its place, and when a step is missing
 * @example
 * ```ts
 * const product = udaf({ factor: "double not null" }, "double", {
 *   zero: () => 1,
 *   reduce: (state, { factor }) => state * factor,
 *   merge: (left, right) => left * right,
 *   finish: (state) => state,
 * });
 * sales.groupBy("user").agg(product("amount").as("product"));
 * ```
 */
export function udaf<const P extends UserParameters, const R extends Stated, State>(
  parameters: P,
  type: R,
  steps: AggregateSteps<P, R, State>,
  options: Pick<UserFunctionOptions, "name" | "deterministic"> = {},
): UserFunctionOf<P, R> {
  const { name = "udaf", deterministic = true } = options;
  assertSteps(steps);
  const traits = { name, deterministic, asynchronous: false };
  return defineFunction(parameters, type, () => steps, traits, "aggregate") as UserFunctionOf<P, R>;
}

const stepNames = ["zero", "reduce", "merge", "finish"] as const;

function assertSteps(steps: Partial<Record<(typeof stepNames)[number], unknown>> | undefined): void {
  const missing = stepNames.filter((name) => typeof steps?.[name] !== "function");
  if (missing.length === 0) return;
  throw new AnalysisError(`an aggregate has no step ${listed(missing)}`, {
    hint: "Give an object with the functions zero, reduce, merge and finish.",
  });
}
