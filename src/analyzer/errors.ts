/** The analyzer's complaints, under Spark's conditions. */
import { AnalysisError, editDistance, listed, nearest, UnsupportedError } from "../errors.ts";
import { type CastMode, canCast } from "../functions/cast-rules.ts";
import type { Refused } from "../functions/refused.ts";
import { type DataType, isIntegral, isNumeric } from "../types/data-type.ts";
import { sqlName } from "../types/type-name.ts";

export const quoted = (parts: readonly string[]): string =>
  parts.map((part) => `\`${part.replaceAll("`", "``")}\``).join(".");

const inQuotes = (text: string): string => `"${text}"`;
const quotedNames = (names: readonly string[]): string => names.map((name) => quoted([name])).join(", ");
export const typeText = (type: DataType): string => inQuotes(sqlName(type));
const sortedNames = (names: readonly string[]): string => quotedNames([...names].sort());

/** The names most like `name`, in Spark's order; relations are left out where all columns are of one. */
function suggested(name: readonly string[], existing: readonly (readonly string[])[]): readonly string[] {
  const relations = new Set(existing.map((path) => quoted(path.slice(0, -1))));
  const bare = name.length === 1 && relations.size === 1;
  const texts = [...new Set(existing.map((path) => quoted(bare ? path.slice(-1) : path)))].sort();
  const wanted = name.map((part) => (/^\w+$/.test(part) ? part : quoted([part]))).join(".");
  const distances = new Map(texts.map((text) => [text, editDistance(wanted, text)]));
  return texts.sort((left, right) => distances.get(left)! - distances.get(right)!).slice(0, 5);
}

/**
 * A name that is no column.
 *
 * @param columns - the columns' names, or their paths with the relation first
 * @param order - of those that are proposed: the likest first, or as the columns are
 */
export function unresolvedColumn(
  name: readonly string[],
  columns: readonly (string | readonly string[])[],
  order: "likest" | "as they are" = "likest",
): AnalysisError {
  const paths = columns.map((column) => (typeof column === "string" ? [column] : column));
  const existing = paths.map((path) => path.at(-1)!);
  const near = nearest(name.at(-1)!, existing);
  const suggestions = order === "likest" ? suggested(name, paths) : paths.map(quoted);
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
    hint:
      near.length > 0
        ? `Did you mean ${near[0]}? The columns are: ${listed(existing)}.`
        : `The columns are: ${listed(existing)}.`,
  });
}

export function unresolvedUsingColumn(
  name: string,
  side: "left" | "right",
  existing: readonly string[],
): AnalysisError {
  return new AnalysisError(
    `USING column ${quoted([name])} cannot be resolved on the ${side} side of the join. The ${side}-side columns: [${existing.map((column) => quoted([column])).join(", ")}]`,
    {
      condition: "UNRESOLVED_USING_COLUMN_FOR_JOIN",
      sqlState: "42703",
      parameters: { colName: quoted([name]), side, suggestion: sortedNames(existing) },
      ...hintOf(nearest(name, existing)),
    },
  );
}

export function ambiguousColumn(name: readonly string[], candidates: readonly string[]): AnalysisError {
  return new AnalysisError(`Reference ${quoted(name)} is ambiguous, could be: [${candidates.join(", ")}]`, {
    condition: "AMBIGUOUS_REFERENCE",
    sqlState: "42704",
    parameters: { name: quoted(name), referenceNames: `[${candidates.join(", ")}]` },
    hint: `Give the relations names with .alias("a") and write a.${name.at(-1)}, select it with frame.col("${name.at(-1)}"), or drop one of them.`,
  });
}

export function noSuchField(field: string, existing: readonly string[]): AnalysisError {
  return new AnalysisError(
    `No such struct field ${quoted([field])} in ${existing.map((name) => quoted([name])).join(", ")}`,
    {
      condition: "FIELD_NOT_FOUND",
      sqlState: "42704",
      parameters: { fieldName: quoted([field]), fields: quotedNames(existing) },
      ...hintOf(nearest(field, existing)),
    },
  );
}

const searchPath = "[`system`.`builtin`, `system`.`session`, `spark_catalog`.`default`]";

/** A function of Spark that is refused by name. */
export function refusedFunction(name: string, { reason, condition }: Refused): UnsupportedError {
  return new UnsupportedError(`The function ${name} is not supported: ${reason}`, {
    ...(condition === undefined ? {} : { condition }),
    parameters: { function: name },
    hint: "Run the program on Spark, or compute it with a function of your own (udf).",
  });
}

export function unresolvedRoutine(name: readonly string[], existing: readonly string[]): AnalysisError {
  const near = nearest(name.at(-1)!, existing);
  return new AnalysisError(`Cannot resolve routine ${quoted(name)} on search path ${searchPath}`, {
    condition: "UNRESOLVED_ROUTINE",
    sqlState: "42883",
    parameters: { routineName: quoted(name), searchPath },
    hint:
      near.length > 0
        ? `Did you mean ${near.join(" or ")}?`
        : "Register a function of your own with spark.udf.register.",
  });
}

export function wrongArgumentCount(name: string, expected: string, actual: number): AnalysisError {
  if (name === "count") return countOfNothing();
  return new AnalysisError(`The \`${name}\` requires ${expected} parameters but the actual number is ${actual}`, {
    condition: "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
    sqlState: "42605",
    parameters: {
      functionName: `\`${name}\``,
      expectedNum: expected,
      actualNum: String(actual),
      docroot: "https://spark.apache.org/docs/latest",
    },
  });
}

const countOfNothing = (): AnalysisError =>
  new AnalysisError(
    'The `count` requires  >= 1 parameters but the actual number is 0. If you have to call this function with 0 parameters, set the legacy configuration "spark.sql.legacy.allowParameterlessCount" to "true"',
    {
      condition: "WRONG_NUM_ARGS.WITH_SUGGESTION",
      sqlState: "42605",
      parameters: {
        functionName: "`count`",
        expectedNum: " >= 1",
        actualNum: "0",
        legacyConfKey: '"spark.sql.legacy.allowParameterlessCount"',
        legacyConfValue: '"true"',
      },
      hint: "Write count(*); the setting is not supported here.",
    },
  );

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

/** A type that a function takes in no form. */
export function unsupportedInputType(expression: string, name: string, actual: DataType): AnalysisError {
  return new AnalysisError(
    `Cannot resolve "${expression}" due to data type mismatch: The input of \`${name}\` can't be ${typeText(actual)} type data`,
    {
      condition: "DATATYPE_MISMATCH.UNSUPPORTED_INPUT_TYPE",
      sqlState: "42K09",
      parameters: { sqlExpr: `"${expression}"`, functionName: `\`${name}\``, dataType: typeText(actual) },
      hint: "Make a struct of it: struct(…).",
    },
  );
}

/** A column where Spark wants a constant. */
export function notConstant(expression: string, parameter: string, argument: string, required: string): AnalysisError {
  return new AnalysisError(
    `Cannot resolve "${expression}" due to data type mismatch: the input \`${parameter}\` should be a foldable ${required} expression; however, got "${argument}"`,
    {
      condition: "DATATYPE_MISMATCH.NON_FOLDABLE_INPUT",
      sqlState: "42K09",
      parameters: {
        sqlExpr: `"${expression}"`,
        inputName: `\`${parameter}\``,
        inputType: required,
        inputExpr: `"${argument}"`,
      },
      hint: "Write the value itself.",
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

/** Both sides of an operator have one type, which it does not take. */
export function wrongOperandType(expression: string, required: string, actual: DataType): AnalysisError {
  return new AnalysisError(
    `Cannot resolve "${expression}" due to data type mismatch: the binary operator requires the input type ${required}, not ${typeText(actual)}`,
    {
      condition: "DATATYPE_MISMATCH.BINARY_OP_WRONG_TYPE",
      sqlState: "42K09",
      parameters: { sqlExpr: inQuotes(expression), inputType: required, actualDataType: typeText(actual) },
      hint: `Convert both sides with .cast("…").`,
    },
  );
}

/** A value of a type that has no order, where values are sorted or compared. */
export function invalidOrderingType(expression: string, name: string, type: DataType): AnalysisError {
  return new AnalysisError(
    `Cannot resolve "${expression}" due to data type mismatch: The \`${name}\` does not support ordering on type ${typeText(type)}`,
    {
      condition: "DATATYPE_MISMATCH.INVALID_ORDERING_TYPE",
      sqlState: "42K09",
      parameters: { sqlExpr: inQuotes(expression), functionName: `\`${name}\``, dataType: typeText(type) },
      hint: "Use something that has an order, such as a key or a field of it.",
    },
  );
}

/** A collection and a value that does not go into it. */
export function foreignMember(expression: string, name: string, collection: DataType, member: DataType): AnalysisError {
  const kind = collection.kind.toUpperCase();
  return new AnalysisError(
    `Cannot resolve "${expression}" due to data type mismatch: Input to \`${name}\` should have been "${kind}" followed by a value with same element type, but it's [${typeText(collection)}, ${typeText(member)}]`,
    {
      condition: `DATATYPE_MISMATCH.${kind}_FUNCTION_DIFF_TYPES`,
      sqlState: "42K09",
      parameters: {
        sqlExpr: inQuotes(expression),
        functionName: `\`${name}\``,
        dataType: inQuotes(kind),
        leftType: typeText(collection),
        rightType: typeText(member),
      },
      hint: `Convert the value with .cast("…").`,
    },
  );
}

const withListedTypes: ReadonlySet<string> = new Set(["greatest", "least", "in", "casewhen", "if"]);

/** Arguments that must share a type and do not. */
export function differentTypes(expression: string, name: string, types: readonly DataType[]): AnalysisError {
  const texts = types.map(typeText);
  const dataType = withListedTypes.has(name) ? `[${texts.join(", ")}]` : `(${texts.join(" or ")})`;
  return new AnalysisError(
    `Cannot resolve "${expression}" due to data type mismatch: Input to \`${name}\` should all be the same type, but it's ${dataType}`,
    {
      condition: "DATATYPE_MISMATCH.DATA_DIFF_TYPES",
      sqlState: "42K09",
      parameters: { sqlExpr: `"${expression}"`, functionName: `\`${name}\``, dataType },
      hint: `Convert them to one type with .cast("…").`,
    },
  );
}

/** The function that does what a cast does not. */
const castFunction = (from: DataType, to: DataType): string | undefined => {
  if (from.kind === to.kind && canCast(from, to, "legacy")) return "try_cast";
  if (from.kind === "date" && isNumeric(to)) return "UNIX_DATE";
  return isNumeric(from) && to.kind === "date" ? "DATE_FROM_UNIX_DATE" : undefined;
};

/** Whether a cast is possible when the ANSI mode is off. */
const castWithoutAnsi = (from: DataType, to: DataType): boolean =>
  (isIntegral(from) && to.kind === "binary") ||
  (from.kind === "boolean" && to.kind === "timestamp") ||
  ((from.kind === "timestamp" || from.kind === "date") && to.kind === "boolean");

export function castImpossible(
  expression: string,
  from: DataType,
  to: DataType,
  mode: CastMode = "ansi",
): AnalysisError {
  const instead = mode === "legacy" ? undefined : castFunction(from, to);
  const parameters = { sqlExpr: inQuotes(expression), srcType: typeText(from), targetType: typeText(to) };
  if (instead !== undefined) {
    return new AnalysisError(
      `Cannot resolve "${expression}" due to data type mismatch: cannot cast ${typeText(from)} to ${typeText(to)}. To convert values from ${typeText(from)} to ${typeText(to)}, you can use the function \`${instead}\` instead`,
      {
        condition: "DATATYPE_MISMATCH.CAST_WITH_FUNC_SUGGESTION",
        sqlState: "42K09",
        parameters: { ...parameters, functionNames: `\`${instead}\`` },
      },
    );
  }
  if (mode === "ansi" && castWithoutAnsi(from, to)) {
    return new AnalysisError(
      `Cannot resolve "${expression}" due to data type mismatch: cannot cast ${typeText(from)} to ${typeText(to)} with ANSI mode on`,
      {
        condition: "DATATYPE_MISMATCH.CAST_WITH_CONF_SUGGESTION",
        sqlState: "42K09",
        parameters: { ...parameters, config: '"spark.sql.ansi.enabled"', configVal: "'false'" },
        hint: "Convert the value in another way, or set spark.sql.ansi.enabled to false.",
      },
    );
  }
  return new AnalysisError(
    `Cannot resolve "${expression}" due to data type mismatch: cannot cast "${sqlName(from)}" to "${sqlName(to)}"`,
    {
      condition: "DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION",
      sqlState: "42K09",
      parameters,
    },
  );
}

export function notBoolean(expression: string, type: DataType): AnalysisError {
  return new AnalysisError(`Filter expression "${expression}" of type "${sqlName(type)}" is not a boolean`, {
    condition: "DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN",
    sqlState: "42K09",
    parameters: { sqlExpr: `"${expression}"`, filter: `"${expression}"`, type: `"${sqlName(type)}"` },
    hint: "Compare it with something, or test it with .isNotNull().",
  });
}

export function missingAggregation(expression: string): AnalysisError {
  return new AnalysisError(
    `The non-aggregating expression "${expression}" is based on columns which are not participating in the GROUP BY clause`,
    {
      condition: "MISSING_AGGREGATION",
      sqlState: "42803",
      parameters: { expression: `"${expression}"`, expressionAnyValue: `"any_value(${expression})"` },
      hint: `Add it to groupBy(…), or aggregate it, for example with anyValue(${expression}) if any value of the group will do.`,
    },
  );
}

export function missingGroupBy(): AnalysisError {
  return new AnalysisError("The query does not include a GROUP BY clause", {
    condition: "MISSING_GROUP_BY",
    sqlState: "42803",
    hint: "Group with groupBy(…) before agg(…), or turn the aggregates into window functions with .over(…).",
  });
}

export function columnAlreadyExists(name: string): AnalysisError {
  return new AnalysisError(`The column ${quoted([name.toLowerCase()])} already exists`, {
    condition: "COLUMN_ALREADY_EXISTS",
    sqlState: "42711",
    parameters: { columnName: quoted([name.toLowerCase()]) },
    hint: "Choose another name or rename the existing column.",
  });
}

export function unresolvedFieldName(name: string, existing: readonly string[]): AnalysisError {
  return new AnalysisError(`Cannot resolve column name "${name}" among (${existing.join(", ")})`, {
    condition: "UNRESOLVED_COLUMN_AMONG_FIELD_NAMES",
    sqlState: "42703",
    parameters: { colName: name, fieldNames: existing.join(", ") },
    ...hintOf(nearest(name, existing)),
  });
}

export function notExtractable(base: string, type: DataType): AnalysisError {
  return new AnalysisError(
    `Can't extract a value from "${base}". Need a complex type [STRUCT, ARRAY, MAP] but got ${typeText(type)}`,
    {
      condition: "INVALID_EXTRACT_BASE_FIELD_TYPE",
      sqlState: "42000",
      parameters: { base: inQuotes(base), other: typeText(type) },
      hint: "Only structs, arrays and maps have parts.",
    },
  );
}

/** Rows that hold maps cannot be compared as wholes. */
export function mapsInSets(name: string, type: DataType): AnalysisError {
  return new AnalysisError(
    `Cannot have MAP type columns in DataFrame which calls set operations (INTERSECT, EXCEPT, etc.), but the type of column ${quoted([name])} is ${typeText(type)}`,
    {
      condition: "UNSUPPORTED_FEATURE.SET_OPERATION_ON_MAP_TYPE",
      sqlState: "0A000",
      parameters: { colName: quoted([name]), dataType: typeText(type) },
      hint: "Turn the map into its entries first.",
    },
  );
}

/** A complaint with a sentence and a hint of its own, such as that of an aggregate where there is no group for it. */
export function misplaced(
  condition: string,
  sqlState: string | undefined,
  sentence: string,
  hint: string,
  parameters: Readonly<Record<string, string>> = {},
): AnalysisError {
  return new AnalysisError(sentence, { condition, hint, parameters, ...(sqlState === undefined ? {} : { sqlState }) });
}

/** Aggregates and windows where an operator takes neither. */
export function unsupportedIn(operator: string, expressions: readonly string[]): AnalysisError {
  const invalidExprSqls = expressions.map(inQuotes).join(", ");
  return new AnalysisError(
    `A query operator contains one or more unsupported expressions: ${invalidExprSqls} in ${operator}`,
    {
      condition: "UNSUPPORTED_EXPR_FOR_OPERATOR",
      sqlState: "42K0E",
      parameters: { invalidExprSqls },
      hint: "Compute them with agg(…) or withColumn(…) first.",
    },
  );
}

export function columnCountMismatch(operator: string, left: number, right: number): AnalysisError {
  return new AnalysisError(
    `${operator} can only be performed on inputs with the same number of columns, but the first input has ${left} columns and the second input has ${right} columns`,
    {
      condition: "NUM_COLUMNS_MISMATCH",
      sqlState: "42826",
      parameters: {
        operator,
        firstNumColumns: String(left),
        invalidNumColumns: String(right),
        invalidOrdinalNum: "second",
      },
    },
  );
}

export function incompatibleColumns(
  operator: string,
  position: number,
  left: DataType,
  right: DataType,
): AnalysisError {
  return new AnalysisError(
    `${operator} can only be performed on tables with compatible column types. The ${ordinals[position] ?? `${position + 1}th`} column of the second table is "${sqlName(right)}" type which is not compatible with "${sqlName(left)}" at the same column of the first table`,
    {
      condition: "INCOMPATIBLE_COLUMN_TYPE",
      sqlState: "42825",
      parameters: {
        operator,
        columnOrdinalNumber: ordinals[position] ?? `${position + 1}th`,
        tableOrdinalNumber: "second",
        dataType1: typeText(right),
        dataType2: typeText(left),
        hint: "",
      },
    },
  );
}

const hintOf = (near: readonly string[]): { hint?: string } =>
  near.length > 0 ? { hint: `Did you mean ${near.join(" or ")}?` } : {};
