/** The errors of malformed records in the mode FAILFAST. */
import { type ErrorContext, ExecutionError } from "../../../../errors.ts";

const condition = { condition: "MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION", sqlState: "22023" };
const failFastMode = "FAILFAST";

/**
 * The error of a record that was to be read as a row.
 *
 * @param at - where the record stands, and what the sentence shows of it if that is not all
 */
export const malformedRecord = (
  record: string,
  reason: string,
  { shown = record, context }: { readonly shown?: string; readonly context?: ErrorContext } = {},
): ExecutionError =>
  new ExecutionError(`Malformed records are detected in record parsing: ${shown}. Parse Mode: FAILFAST`, {
    ...condition,
    parameters: { badRecord: record, failFastMode },
    ...(context === undefined ? {} : { context }),
    hint: `${reason}. To process malformed records as null results, set the option mode to PERMISSIVE.`,
  });

/** The error of an array that was to be read as a struct. */
export const arrayForStruct = (record: string): ExecutionError =>
  new ExecutionError(
    `Malformed records are detected in record parsing: ${record}. Parse Mode: FAILFAST. Parsing JSON arrays as structs is forbidden`,
    {
      condition: "MALFORMED_RECORD_IN_PARSING.CANNOT_PARSE_JSON_ARRAYS_AS_STRUCTS",
      sqlState: "22023",
      parameters: { badRecord: record, failFastMode },
      hint: "Read it as ARRAY<STRUCT<…>>, or set the option mode to PERMISSIVE.",
    },
  );

/** The error of a record from which a schema was to be inferred. */
export const malformedInference = (reason: string): ExecutionError =>
  new ExecutionError("Malformed records are detected in schema inference. Parse Mode: FAILFAST", {
    ...condition,
    parameters: { failFastMode },
    hint: `${reason}. To infer a schema in spite of malformed records, set the option mode to PERMISSIVE.`,
  });
