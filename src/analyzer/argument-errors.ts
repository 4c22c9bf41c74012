/** Arguments that Spark refuses under conditions of their own. */
import { AnalysisError } from "../errors.ts";

/** A column, or a value of another type, where a function reads a constant before it knows what it is. */
export function notFoldable(name: string, parameter: string, type: string): AnalysisError {
  return new AnalysisError(
    `The function \`${name}\` requires the parameter \`${parameter}\` to be a foldable expression of the type ${type}, but the actual argument is a non-foldable`,
    {
      condition: "NON_FOLDABLE_ARGUMENT",
      sqlState: "42K08",
      parameters: { funcName: `\`${name}\``, paramName: `\`${parameter}\``, paramType: type },
      hint: "Write the value itself.",
    },
  );
}

/** A field that a date, a timestamp or an interval has not. */
export function noSuchField(field: string, source: string): AnalysisError {
  return new AnalysisError(`Cannot extract \`${field}\` from "${source}"`, {
    condition: "INVALID_EXTRACT_FIELD",
    sqlState: "42601",
    parameters: { field: `\`${field}\``, expr: `"${source}"` },
    hint: "Take a field such as YEAR, MONTH, DAY, HOUR, MINUTE or SECOND that the value has.",
  });
}

/** A text where one character is wanted. */
export function notOneCharacter(expression: string, parameter: string): AnalysisError {
  return new AnalysisError(
    `Cannot resolve "${expression}" due to data type mismatch: Length of \`${parameter}\` should be 1`,
    {
      condition: "DATATYPE_MISMATCH.INPUT_SIZE_NOT_ONE",
      sqlState: "42K09",
      parameters: { sqlExpr: `"${expression}"`, exprName: `\`${parameter}\`` },
      hint: "Write one character, or NULL to keep what stands there.",
    },
  );
}
