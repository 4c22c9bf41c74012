/** How the codec says what it does not do. */
import { AnalysisError, UnsupportedError } from "../errors.ts";

/** What a plan has and Spark Connect lacks. */
export const noMessage = (what: string, hint: string): UnsupportedError =>
  new UnsupportedError(`Spark Connect has no message for ${what}`, { hint });

/** A function whose code would have to run in Spark's processes. */
export const noProgram = (what: string): UnsupportedError =>
  noMessage(
    `${what} of TypeScript: the workers of a Spark have no Node.js`,
    "Use Spark's own functions, or make one of SQL: CREATE TEMPORARY FUNCTION … RETURN …; or run the program on the embedded engine.",
  );

/** What Spark Connect has and a plan lacks. */
export const noPlan = (what: string, hint: string): UnsupportedError =>
  new UnsupportedError(`${what} of Spark Connect is not supported`, { hint });

/** A message that does not say enough, or nothing that is known. */
export const invalidMessage = (what: string): AnalysisError =>
  new AnalysisError(`The message of Spark Connect is invalid: ${what}`, {
    condition: "CONNECT_INVALID_PLAN.INVALID_PROTO_MESSAGE",
    sqlState: "56K00",
    hint: "Use a client of Spark Connect 4.2 or older.",
  });

/** Refuses whatever it is asked for. */
export const refusing = (error: () => Error) => (): never => {
  throw error();
};

/** Whether a plan is nested more deeply than the stack allows. */
export const isTooDeep = (error: unknown): boolean =>
  error instanceof RangeError && error.message.includes("call stack");

/** Refuses a step behind `|>`, which sees less than the relation that a message can name. */
export function refuseStep(isStep: boolean | undefined): void {
  if (isStep === true) throw noMessage("a step behind |>", "Write the whole query as SQL text.");
}
