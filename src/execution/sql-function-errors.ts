/** Spark's conditions for calls of SQL functions. */
import { AnalysisError } from "../errors.ts";
import type { FunctionParameter } from "../plan/catalogue-command.ts";
import { quoted } from "../types/identifier.ts";

/** The function of a call, and its name as Spark shows it, with dots. */
interface Called {
  readonly text: string;
  readonly object: { readonly parameters: readonly FunctionParameter[] };
}

export const quotedName = (text: string): string => text.split(".").map(quoted).join(".");

export function wrongCount({ text, object }: Called, given: number): AnalysisError {
  const functionName = quotedName(text);
  const names = object.parameters.map(({ name }) => name);
  return new AnalysisError(
    `The ${functionName} requires ${names.length} parameters but the actual number is ${given}`,
    {
      condition: "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
      sqlState: "42605",
      parameters: { functionName, expectedNum: String(names.length), actualNum: String(given) },
      hint: `Its parameters are: ${names.join(", ") || "none"}.`,
    },
  );
}

export const notScalar = ({ text }: Called): AnalysisError =>
  new AnalysisError(
    `${quotedName(text)} appears as a scalar expression here, but the function was defined as a table function`,
    {
      condition: "NOT_A_SCALAR_FUNCTION",
      sqlState: "42887",
      parameters: { functionName: quotedName(text) },
      hint: "Call it in FROM, or make it a scalar function.",
    },
  );

export const notTable = ({ text }: Called): AnalysisError =>
  new AnalysisError(
    `${quotedName(text)} appears as a table function here, but the function was defined as a scalar function`,
    {
      condition: "NOT_A_TABLE_FUNCTION",
      sqlState: "42887",
      parameters: { functionName: quotedName(text) },
      hint: "Call it in an expression, or make it a table function.",
    },
  );

/** @param path - the functions that lead to one another, the first again at the end */
export const circular = (path: readonly string[]): AnalysisError =>
  new AnalysisError(`Cyclic function reference detected: ${path.join(" -> ")}`, {
    condition: "CYCLIC_FUNCTION_REFERENCE",
    sqlState: "42887",
    parameters: { path: path.join(" -> ") },
    hint: "A SQL function cannot be recursive; use a recursive common table expression.",
  });
