import { AnalysisError } from "../errors.ts";
import type { DataType } from "../types/data-type.ts";
import { sqlName } from "../types/type-name.ts";

/** A conversion that Spark does not have. */
export const cannotCast = (from: DataType, to: DataType): AnalysisError =>
  new AnalysisError(`Cannot resolve due to data type mismatch: cannot cast "${sqlName(from)}" to "${sqlName(to)}"`, {
    condition: "DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION",
    sqlState: "42K09",
    parameters: { srcType: `"${sqlName(from)}"`, targetType: `"${sqlName(to)}"` },
  });
