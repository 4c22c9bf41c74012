/** What is wrong with a dimension or with changes of one, by Spark's conditions of AutoCDC. */
import { AnalysisError, ExecutionError } from "../../errors.ts";
import type { StructField } from "../../types/data-type.ts";
import { quoted } from "../../types/identifier.ts";
import { simpleString } from "../../types/type-name.ts";

const listed = (names: readonly string[]): string => names.map(quoted).join(", ");

export const emptyKeys = (): AnalysisError =>
  new AnalysisError("AutoCDC requires at least one key column to identify rows, but received an empty key set", {
    condition: "AUTOCDC_EMPTY_KEYS",
    sqlState: "22023",
    hint: 'Name the business keys: { keys: ["customer_id"] }.',
  });

export function notFound(
  missing: readonly string[],
  where: string,
  names: readonly string[],
  hint?: string,
): AnalysisError {
  const [lacking, available] = [listed(missing), listed(names)];
  return new AnalysisError(
    `The following columns are not present in the ${where} schema: ${lacking}. Available columns: ${available}`,
    {
      condition: "AUTOCDC_COLUMNS_NOT_FOUND_IN_SCHEMA",
      sqlState: "42703",
      parameters: { schemaName: where, missingColumns: lacking, availableColumns: available },
      ...(hint === undefined ? {} : { hint }),
    },
  );
}

export const keyNotGiven = (key: string, names: readonly string[]): AnalysisError =>
  new AnalysisError(`The key column ${quoted(key)} is not present in the schema of the changes`, {
    condition: "AUTOCDC_KEY_NOT_IN_SELECTED_SCHEMA",
    sqlState: "22023",
    parameters: { keyColumnName: key },
    hint: `The changes have the columns ${listed(names)}.`,
  });

export const bothLists = (one: string, other: string): AnalysisError =>
  new AnalysisError(`Both ${one} and ${other} are given: at most one may be`, {
    condition: "AUTOCDC_BOTH_COLUMN_LIST_AND_EXCEPT_COLUMN_LIST",
    sqlState: "42613",
    hint: "Leave out one of them.",
  });

/** A column of the table that cannot be what an option makes it. */
export const otherType = (option: string, { name, type }: StructField, wanted: string): AnalysisError =>
  unexpectedType(`The column ${quoted(name)} of ${option} is ${simpleString(type)}: it has to be ${wanted}`, {
    inputSql: name,
    inputType: simpleString(type),
    requiredType: wanted,
  });

/** A value of changes that the table's column does not take. */
export function otherValue(what: string, { type }: StructField, wanted: StructField): AnalysisError {
  const [has, needs] = [simpleString(type), simpleString(wanted.type)];
  return unexpectedType(
    `${what} of the changes is ${has}, and the column ${quoted(wanted.name)} of the table is ${needs}`,
    { inputSql: what, inputType: has, requiredType: needs },
    `Convert it before: .cast("${needs}").`,
  );
}

function unexpectedType(sentence: string, parameters: Readonly<Record<string, string>>, hint?: string): AnalysisError {
  const condition = "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE";
  return new AnalysisError(sentence, {
    condition,
    sqlState: "42K09",
    parameters,
    ...(hint === undefined ? {} : { hint }),
  });
}

/** @param counts - of rows by key column */
export const nullKey = (counts: string): ExecutionError =>
  new ExecutionError(`The changes have rows with null values in the following key column(s): ${counts}`, {
    condition: "AUTOCDC_MICROBATCH_VALIDATION.NULL_KEY",
    sqlState: "22000",
    parameters: { nullKeyCounts: counts },
    hint: "Filter such rows, and keep them where somebody can mend them.",
  });

export const nullSequence = (rows: number): ExecutionError =>
  new ExecutionError(`The changes have ${rows} row(s) with a null sequencing value`, {
    condition: "AUTOCDC_MICROBATCH_VALIDATION.NULL_SEQUENCE",
    sqlState: "22000",
    parameters: { nullCount: String(rows) },
    hint: "Give each change the time from which it holds, or filter it.",
  });

export const severalAtOnce = (key: string, at: unknown): ExecutionError =>
  new ExecutionError(`The changes say different things of ${key} at ${at}`, {
    condition: "DELTA_MULTIPLE_SOURCE_ROW_MATCHING_TARGET_ROW_IN_MERGE",
    sqlState: "21506",
    hint: "Keep one change of a key at a time, such as the one that came last.",
  });
