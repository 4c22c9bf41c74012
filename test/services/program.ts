/** Programs that are written twice. */
import type { DataFrame, SparkSession } from "lakewright";
import type { InputName } from "./inputs.ts";

/** What a program sees: the session, and every input by its name. Nothing is known of their schemas when compiling. */
export type Given = Readonly<Record<InputName, DataFrame>> & { readonly spark: SparkSession };

export interface ProgramOptions {
  /** Whether the program sorts, so that the order of its rows is compared too. */
  readonly sorted?: boolean;
  /** The time zone of the session; UTC when left out. */
  readonly zone?: string;
}

/** One program in both languages. */
export interface Program extends ProgramOptions {
  readonly name: string;
  readonly typescript: (given: Given) => DataFrame | Promise<DataFrame>;
  /** A Python expression, or statements that assign `result`. */
  readonly python: string;
}

/** Programs about one thing. */
export interface Theme {
  readonly name: string;
  readonly programs: readonly Program[];
}

/**
 * One program in both languages.
 *
 * @param name - what it shows
 * @param typescript - the program on our API
 * @param python - the same program in PySpark
 * @param options - whether it sorts, its time zone
 */
export const program = (
  name: string,
  typescript: Program["typescript"],
  python: string,
  options: ProgramOptions = {},
): Program => ({ name, typescript, python, ...options });

/** A data frame of which the compiler knows nothing, for what it would refuse and Spark takes, or refuses at run time. */
export const untyped = (frame: DataFrame): DataFrame => frame;
