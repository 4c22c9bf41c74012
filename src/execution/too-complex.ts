/** Plans that are nested more deeply than the stack allows. */
import { AnalysisError } from "../errors.ts";

/**
 * Does work that goes down a plan.
 *
 * @throws AnalysisError `FAILED_TO_PARSE_TOO_COMPLEX` where the plan is too deep, as Spark does
 */
export async function withinStack<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RangeError) || !error.message.includes("call stack")) throw error;
    throw new AnalysisError(
      "The statement, including potential SQL functions and referenced views, was too complex to parse",
      {
        condition: "FAILED_TO_PARSE_TOO_COMPLEX",
        sqlState: "54001",
        cause: error,
        hint: "Divide it into several, less nested ones: chain steps over views or written tables.",
      },
    );
  }
}
