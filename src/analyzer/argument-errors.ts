/** Arguments that Spark refuses under conditions of their own. */
import { AnalysisError } from "../errors.ts";
import type { ResolvedExpression } from "../plan/resolved.ts";
import { type DataType, isAnsiInterval, isNumeric } from "../types/data-type.ts";
import { sqlName } from "../types/type-name.ts";

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

/** Options that are not written as a map of texts. */
export function invalidOptions(options: ResolvedExpression): AnalysisError {
  const hint = "Write map('mode', 'PERMISSIVE').";
  if (!isWrittenMap(options))
    return new AnalysisError("Invalid options: Must use the `map()` function for options", {
      condition: "INVALID_OPTIONS.NON_MAP_FUNCTION",
      sqlState: "42K06",
      hint,
    });
  const mapType = `"${sqlName(options.type)}"`;
  return new AnalysisError(
    `Invalid options: A type of keys and values in \`map()\` must be string, but got ${mapType}`,
    {
      condition: "INVALID_OPTIONS.NON_STRING_TYPE",
      sqlState: "42K06",
      parameters: { mapType },
      hint,
    },
  );
}

/** Whether an expression is a map whose keys and values are written out. */
export const isWrittenMap = (options: ResolvedExpression): boolean => options.kind === "call" && options.name === "map";

/** A field that a date, a timestamp or an interval has not. */
export function noSuchField(field: string, source: string): AnalysisError {
  return new AnalysisError(`Cannot extract \`${field}\` from "${source}"`, {
    condition: "INVALID_EXTRACT_FIELD",
    sqlState: "42601",
    parameters: { field: `\`${field}\``, expr: `"${source}"` },
    hint: "Take a field such as YEAR, MONTH, DAY, HOUR, MINUTE or SECOND that the value has.",
  });
}

/** A text in place of a number of days, which is no integer. */
export function notWholeText(name: string): AnalysisError {
  return new AnalysisError(`The second argument of ${name} function needs to be an integer`, {
    condition: "SECOND_FUNCTION_ARGUMENT_NOT_INTEGER",
    sqlState: "22023",
    parameters: { functionName: name },
    hint: "Write a whole number, or cast the value to one.",
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

/** An argument that is no constant, or none of the type that must be known. */
interface GivenArgument {
  readonly index: number;
  readonly text: string;
  readonly type: DataType;
  readonly isColumn: boolean;
}

type Refuse = (name: string, call: string, given: GivenArgument) => AnalysisError | undefined;

const seed: Refuse = (_name, call, { text, type }) =>
  type.kind === "int" || type.kind === "bigint"
    ? new AnalysisError(`The seed expression "${text}" of the expression "${call}" must be foldable`, {
        condition: "SEED_EXPRESSION_IS_UNFOLDABLE",
        sqlState: "42K08",
        parameters: { seedExpr: `"${text}"`, exprWithSeed: `"${call}"` },
        hint: "Write the seed itself.",
      })
    : undefined;

const writtenSeed =
  (name: string): Refuse =>
  (_name, _call, { text }) =>
    new AnalysisError(
      `The value of parameter(s) \`seed\` in \`${name}\` is invalid: expects a long literal, but got "${text}"`,
      {
        condition: "INVALID_PARAMETER_VALUE.LONG",
        sqlState: "22023",
        parameters: { parameter: "`seed`", functionName: `\`${name}\``, invalidValue: `"${text}"` },
        hint: "Write a whole number, such as 42.",
      },
    );

const schema: Refuse = (_name, _call, { text }) =>
  new AnalysisError(
    `The input schema "${text}" is not a valid schema string. The input expression must be string literal and not null`,
    {
      condition: "INVALID_SCHEMA.NON_STRING_LITERAL",
      sqlState: "42K07",
      parameters: { inputSchema: `"${text}"` },
      hint: "Write the schema itself, as text such as 'a INT, b STRING'.",
    },
  );

/** Spark has no better name for this condition. */
const flag: Refuse = (name) =>
  new AnalysisError(`The second argument in ${name} should be a boolean literal`, {
    condition: "_LEGACY_ERROR_TEMP_1210",
    parameters: { funcName: name },
    hint: "Write true or false.",
  });

/** Nor for this one. */
const fraction: Refuse = () =>
  new AnalysisError("The second argument should be a double literal", {
    condition: "_LEGACY_ERROR_TEMP_1104",
    hint: "Write the error itself, such as 0.05.",
  });

/** A row so far away is in a frame of its own, of which Spark speaks where the distance is no INT. */
const distance: Refuse = (name, _call, { type, isColumn }) => {
  if (type.kind === "int") return undefined;
  if (name === "lag" && !isColumn && type.kind !== "void" && !isNumeric(type) && !isAnsiInterval(type))
    return failedCall(name, "Write the number of rows as an INT.");
  return distantFrame(name, type);
};

const distantFrame = (name: string, type: DataType): AnalysisError | undefined =>
  isNumeric(type) || type.kind === "string" || type.kind === "void"
    ? new AnalysisError(`Cannot specify window frame for ${name} function`, {
        condition: "_LEGACY_ERROR_TEMP_1035",
        parameters: { prettyName: name },
        hint: "Write the number of rows as an INT.",
      })
    : undefined;

const collationName: Refuse = (name, _call, { text, type }) =>
  type.kind === "string" ? notFoldable(name, "collationName", '"STRING"') : unlikeParameter(name, "STRING", text, type);

/** How many frequent values there shall be. */
const howMany: Refuse = (_name, call, { text, type, isColumn }) =>
  isColumn && (isNumeric(type) || type.kind === "string" || type.kind === "void")
    ? new AnalysisError(`Cannot resolve "${call}" due to data type mismatch: ${text} must be a constant literal`, {
        condition: "DATATYPE_MISMATCH.TYPE_CHECK_FAILURE_WITH_HINT",
        sqlState: "42K09",
        parameters: { sqlExpr: `"${call}"` },
        hint: "Write the number itself.",
      })
    : undefined;

const order: Refuse = (name, _call, { text, type, isColumn }) =>
  isColumn ? notFoldable(name, "deterministic", '"BOOLEAN"') : unlikeParameter(name, "BOOLEAN", text, type);

/** An argument of which a function asks the type before it is analysed. */
const unlikeParameter = (name: string, required: string, text: string, type: DataType): AnalysisError =>
  new AnalysisError(
    `Parameter second of function \`${name}\` requires the "${required}" type, however "${text}" has the type "${sqlName(type)}"`,
    {
      condition: "UNEXPECTED_INPUT_TYPE",
      sqlState: "42K09",
      parameters: {
        paramIndex: "second",
        functionName: `\`${name}\``,
        requiredType: `"${required}"`,
        inputSql: `"${text}"`,
        inputType: `"${sqlName(type)}"`,
      },
      hint: `Write a ${required} itself.`,
    },
  );

/** A call that Spark cannot make ready, for reasons that it keeps to itself. */
export const failedCall = (name: string, hint: string): AnalysisError =>
  new AnalysisError(
    `Failed preparing of the function \`${name}\` for call. Please, double check function's arguments`,
    { condition: "FAILED_FUNCTION_CALL", sqlState: "38000", parameters: { funcName: `\`${name}\`` }, hint },
  );

/** By function and the place of the argument. */
const refusals: Readonly<Record<string, Refuse>> = {
  "rand/0": seed,
  "randn/0": seed,
  "from_csv/1": schema,
  "from_json/1": schema,
  "from_xml/1": schema,
  "shuffle/1": writtenSeed("shuffle"),
  "uuid/0": writtenSeed("UUID"),
  "variant_get/2": schema,
  "try_variant_get/2": schema,
  "approx_count_distinct/1": fraction,
  "approx_top_k/1": howMany,
  "approx_top_k/2": howMany,
  "approx_top_k_accumulate/1": howMany,
  "any_value/1": flag,
  "collate/1": collationName,
  "first/1": flag,
  "last/1": flag,
  "lag/1": distance,
  "lead/1": distance,
  "mode/1": order,
};

/**
 * The error of an argument that a function must know beforehand, where Spark has words of its own for it.
 *
 * @param name - the function
 * @param call - the call as Spark writes it
 * @param given - the argument
 */
export const mustBeConstant = (name: string, call: string, given: GivenArgument): AnalysisError | undefined =>
  refusals[`${name}/${given.index}`]?.(name, call, given);

/** A struct that holds no sketch of frequent values. */
export function noState(expression: string, type: DataType): AnalysisError {
  return new AnalysisError(
    `Cannot resolve "${expression}" due to data type mismatch: State must be a struct with 4 fields. Expected struct: struct<sketch:binary,maxItemsTracked:int,itemDataType:any,itemDataTypeDDL:string>. Got: ${sqlName(type)}`,
    {
      condition: "DATATYPE_MISMATCH.TYPE_CHECK_FAILURE_WITH_HINT",
      sqlState: "42K09",
      parameters: { sqlExpr: `"${expression}"` },
      hint: "Give what approx_top_k_accumulate has made.",
    },
  );
}

/** A value that is not counted one by one. */
export function notCounted(expression: string, type: DataType): AnalysisError {
  return new AnalysisError(
    `Cannot resolve "${expression}" due to data type mismatch: columns of type ${sqlName(type)} are not supported`,
    {
      condition: "DATATYPE_MISMATCH.TYPE_CHECK_FAILURE_WITH_HINT",
      sqlState: "42K09",
      parameters: { sqlExpr: `"${expression}"` },
      hint: "Count numbers, booleans, texts, dates or times.",
    },
  );
}
