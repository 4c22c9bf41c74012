/** The analyzer's complaints, under Spark's conditions. */
import { AnalysisError, listed, nearest } from "../errors.ts";
import type { DataType } from "../types/data-type.ts";
import { sqlName } from "../types/type-name.ts";

export const quoted = (parts: readonly string[]): string =>
  parts.map((part) => `\`${part.replaceAll("`", "``")}\``).join(".");

/** A name that is no column: nearest names first, then all of them. */
export function unresolvedColumn(name: readonly string[], existing: readonly string[]): AnalysisError {
  const near = nearest(name.at(-1)!, existing);
  const suggestions = [...new Set([...near, ...existing])].slice(0, 5).map((column) => quoted([column]));
  const objectName = quoted(name);
  const sentence = `A column, variable, or function parameter with name ${objectName} cannot be resolved`;
  if (suggestions.length === 0) {
    return new AnalysisError(sentence, {
      condition: "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION",
      sqlState: "42703",
      parameters: { objectName },
    });
  }
  return new AnalysisError(`${sentence}. Did you mean one of the following? [${suggestions.join(", ")}]`, {
    condition: "UNRESOLVED_COLUMN.WITH_SUGGESTION",
    sqlState: "42703",
    parameters: { objectName, proposal: suggestions.join(", ") },
    hint: near.length > 0 ? `Did you mean ${near[0]}? The columns are: ${listed(existing)}.` : `The columns are: ${listed(existing)}.`,
  });
}

export function unresolvedUsingColumn(name: string, side: "left" | "right", existing: readonly string[]): AnalysisError {
  return new AnalysisError(
    `USING column ${quoted([name])} cannot be resolved on the ${side} side of the join. The ${side}-side columns: [${existing.map((column) => quoted([column])).join(", ")}]`,
    {
      condition: "UNRESOLVED_USING_COLUMN_FOR_JOIN",
      sqlState: "42703",
      parameters: { colName: quoted([name]), side, suggestion: existing.join(", ") },
      ...hintOf(nearest(name, existing)),
    },
  );
}

export function ambiguousColumn(name: readonly string[], candidates: readonly string[]): AnalysisError {
  return new AnalysisError(`Reference ${quoted(name)} is ambiguous, could be: [${candidates.join(", ")}]`, {
    condition: "AMBIGUOUS_REFERENCE",
    sqlState: "42704",
    parameters: { name: quoted(name), referenceNames: candidates.join(", ") },
    hint: `Give the relations names with .alias("a") and write a.${name.at(-1)}, select it with frame.col("${name.at(-1)}"), or drop one of them.`,
  });
}

export function noSuchField(field: string, existing: readonly string[]): AnalysisError {
  return new AnalysisError(`No such struct field ${quoted([field])} in ${existing.map((name) => quoted([name])).join(", ")}`, {
    condition: "FIELD_NOT_FOUND",
    sqlState: "42704",
    parameters: { fieldName: quoted([field]), fields: existing.join(", ") },
    ...hintOf(nearest(field, existing)),
  });
}

export function unresolvedRoutine(name: readonly string[], existing: readonly string[]): AnalysisError {
  const near = nearest(name.at(-1)!, existing);
  return new AnalysisError(
    `Cannot resolve routine ${quoted(name)} on search path [\`system\`.\`builtin\`, \`system\`.\`session\`, \`spark_catalog\`.\`default\`]`,
    {
      condition: "UNRESOLVED_ROUTINE",
      sqlState: "42883",
      parameters: { routineName: quoted(name) },
      hint: near.length > 0 ? `Did you mean ${near.join(" or ")}?` : "Register a function of your own with spark.udf.register.",
    },
  );
}

export function wrongArgumentCount(name: string, expected: string, actual: number): AnalysisError {
  return new AnalysisError(
    `The \`${name}\` requires ${expected} parameters but the actual number is ${actual}`,
    {
      condition: "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
      sqlState: "42605",
      parameters: { functionName: `\`${name}\``, expectedNum: expected, actualNum: String(actual) },
    },
  );
}

const ordinals = ["first", "second", "third", "fourth", "fifth", "sixth"];

/** An argument of a type that a function does not take. */
export function unexpectedInputType(
  expression: string,
  index: number,
  argument: string,
  required: string,
  actual: DataType,
): AnalysisError {
  const ordinal = ordinals[index] ?? `${index + 1}th`;
  return new AnalysisError(
    `Cannot resolve "${expression}" due to data type mismatch: The ${ordinal} parameter requires the ${required} type, however "${argument}" has the type "${sqlName(actual)}"`,
    {
      condition: "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
      sqlState: "42K09",
      parameters: {
        sqlExpr: `"${expression}"`,
        paramIndex: ordinal,
        requiredType: required,
        inputSql: `"${argument}"`,
        inputType: `"${sqlName(actual)}"`,
      },
      hint: `Convert it with .cast("…") first.`,
    },
  );
}

/** Both sides of an operator have types that do not go together. */
export function differentOperandTypes(expression: string, left: DataType, right: DataType): AnalysisError {
  return new AnalysisError(
    `Cannot resolve "${expression}" due to data type mismatch: the left and right operands of the binary operator have incompatible types ("${sqlName(left)}" and "${sqlName(right)}")`,
    {
      condition: "DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES",
      sqlState: "42K09",
      parameters: { sqlExpr: `"${expression}"`, left: `"${sqlName(left)}"`, right: `"${sqlName(right)}"` },
      hint: `Convert one side with .cast("…").`,
    },
  );
}

/** Arguments that must share a type and do not. */
export function differentTypes(expression: string, name: string, types: readonly DataType[]): AnalysisError {
  const dataType = types.map((type) => `"${sqlName(type)}"`).join(", ");
  return new AnalysisError(
    `Cannot resolve "${expression}" due to data type mismatch: Input to \`${name}\` should all be the same type, but it's [${dataType}]`,
    {
      condition: "DATATYPE_MISMATCH.DATA_DIFF_TYPES",
      sqlState: "42K09",
      parameters: { sqlExpr: `"${expression}"`, functionName: `\`${name}\``, dataType },
      hint: `Convert them to one type with .cast("…").`,
    },
  );
}

export function castImpossible(expression: string, from: DataType, to: DataType): AnalysisError {
  return new AnalysisError(
    `Cannot resolve "${expression}" due to data type mismatch: cannot cast "${sqlName(from)}" to "${sqlName(to)}"`,
    {
      condition: "DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION",
      sqlState: "42K09",
      parameters: { sqlExpr: `"${expression}"`, srcType: `"${sqlName(from)}"`, targetType: `"${sqlName(to)}"` },
    },
  );
}

export function notBoolean(expression: string, type: DataType): AnalysisError {
  return new AnalysisError(
    `Filter expression "${expression}" of type "${sqlName(type)}" is not a boolean`,
    {
      condition: "DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN",
      sqlState: "42K09",
      parameters: { sqlExpr: `"${expression}"`, filter: `"${expression}"`, type: `"${sqlName(type)}"` },
      hint: "Compare it with something, or test it with .isNotNull().",
    },
  );
}

export function missingAggregation(expression: string): AnalysisError {
  return new AnalysisError(`The non-aggregating expression "${expression}" is based on columns which are not participating in the GROUP BY clause`, {
    condition: "MISSING_AGGREGATION",
    sqlState: "42803",
    parameters: { expression: `"${expression}"`, expressionAnyValue: `"any_value(${expression})"` },
    hint: `Add it to groupBy(…), or aggregate it, for example with anyValue(${expression}) if any value of the group will do.`,
  });
}

/** An aggregate, window function or generator where there is no group, window or projection for it. */
export function misplaced(
  condition: string,
  sqlState: string,
  sentence: string,
  hint: string,
): AnalysisError {
  return new AnalysisError(sentence, { condition, sqlState, hint });
}

export function columnCountMismatch(operator: string, left: number, right: number): AnalysisError {
  return new AnalysisError(
    `${operator} can only be performed on inputs with the same number of columns, but the first input has ${left} columns and the second input has ${right} columns`,
    {
      condition: "NUM_COLUMNS_MISMATCH",
      sqlState: "42826",
      parameters: { operator, firstNumColumns: String(left), invalidNumColumns: String(right) },
    },
  );
}

export function incompatibleColumns(operator: string, position: number, left: DataType, right: DataType): AnalysisError {
  return new AnalysisError(
    `${operator} can only be performed on tables with compatible column types. The ${ordinals[position] ?? `${position + 1}th`} column of the second table is "${sqlName(right)}" type which is not compatible with "${sqlName(left)}" at the same column of the first table`,
    {
      condition: "INCOMPATIBLE_COLUMN_TYPE",
      sqlState: "42825",
      parameters: { operator, columnOrdinalNumber: ordinals[position] ?? "", dataType1: sqlName(right), dataType2: sqlName(left) },
    },
  );
}

const hintOf = (near: readonly string[]): { hint?: string } =>
  near.length > 0 ? { hint: `Did you mean ${near.join(" or ")}?` } : {};
