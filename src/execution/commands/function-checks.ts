/** What Spark looks at before it makes a SQL function. */

import { isOfRows } from "../../analyzer/found-calls.ts";
import { readsTemporary, shown } from "../../catalogue/errors.ts";
import type { FunctionObject } from "../../catalogue/objects.ts";
import { AnalysisError } from "../../errors.ts";
import { lookupFunction } from "../../functions/catalogue.ts";
import { keptOptions, sqlParser } from "../../functions/parsers.ts";
import type { CreateFunction } from "../../plan/catalogue-command.ts";
import type { Expression } from "../../plan/expression.ts";
import type { Relation } from "../../plan/relation.ts";
import { someNode, walk } from "../../plan/rewrite.ts";
import { holdsBoundedText } from "../../types/bounded-text.ts";
import { quoted } from "../../types/identifier.ts";
import type { CommandContext } from "./context.ts";

/**
 * Looks at what a function says of itself, its body apart.
 *
 * Spark: `UserDefinedFunction`, `CreateSQLFunctionCommand`.
 *
 * @throws AnalysisError `DUPLICATE_ROUTINE_PARAMETER_NAMES`, `DUPLICATE_ROUTINE_RETURNS_COLUMNS`,
 *   `UNSUPPORTED_CHAR_OR_VARCHAR_AS_STRING`, `USER_DEFINED_FUNCTIONS`
 */
export function checkSignature({ name, parameters = [], columns, returns }: CreateFunction): void {
  const routine = name.at(-1)!;
  const duplicate = repeated(parameters.map((parameter) => parameter.name));
  if (duplicate !== undefined) throw duplicated("DUPLICATE_ROUTINE_PARAMETER_NAMES", "42734", routine, duplicate);
  const column = repeated((columns?.fields ?? []).map((field) => field.name));
  if (column !== undefined) throw duplicated("DUPLICATE_ROUTINE_RETURNS_COLUMNS", "42711", routine, column);
  const types = [...parameters, ...(columns?.fields ?? []), ...(returns === undefined ? [] : [{ type: returns }])];
  if (types.some(({ type }) => holdsBoundedText(type))) throw limitedText();
  const first = parameters.findIndex((parameter) => parameter.default !== undefined);
  const bare = first < 0 ? undefined : parameters.slice(first).find((parameter) => parameter.default === undefined);
  if (bare !== undefined) throw misplacedDefault(routine, parameters[first]!.name, bare.name);
}

/** Looks at the defaults of parameters: expressions of the parameters' types without columns and queries. */
export async function checkDefaults(object: FunctionObject, context: CommandContext): Promise<void> {
  for (const { name, type, default: text } of object.parameters) {
    if (text === undefined) continue;
    const input = sqlParser().expression(text, keptOptions(object));
    if (someNode(input, ({ kind }) => kind === "subquery")) throw queryAsDefault(object.name, name);
    checkScalar(input, object);
    const value: Expression = { kind: "cast", input, type, mode: "ansi" };
    await context.schemaOf({ kind: "project", input: { kind: "one row" }, expressions: [value] });
  }
}

/** Refuses functions of several rows outside of the queries of a body. */
export function checkScalar(body: Expression, object: FunctionObject): void {
  if (!someNode(body, isOfRows, ({ kind }) => kind !== "subquery")) return;
  throw invalid(
    "CANNOT_CONTAIN_COMPLEX_FUNCTIONS",
    `SQL scalar function cannot contain aggregate/window/generate functions: ${object.body}`,
    { queryText: object.body },
    "Put them into a query: RETURN SELECT …",
  );
}

/** A lasting function must not call or read what goes with the session. */
export async function checkLasting(object: FunctionObject, body: Relation | Expression, context: CommandContext) {
  const reader = { kind: "FUNCTION", name: shown([object.namespace, object.name]) } as const;
  const called: (readonly string[])[] = [];
  const read: (readonly string[])[] = [];
  walk(body, (node) => {
    if (node.kind === "call" || node.kind === "table function") called.push(node.name);
    if (node.kind === "read table") read.push(node.name);
    return undefined;
  });
  const isTemporary = (callee: readonly string[]): boolean =>
    lookupFunction(callee.at(-1)!) === undefined && context.names.functions.find(callee) !== undefined;
  const callee = called.find(isTemporary);
  if (callee !== undefined) throw readsTemporary(reader, "FUNCTION", callee);
  for (const table of read)
    if ((await context.names.find(table, context.names.current))?.is === "temporary view")
      throw readsTemporary(reader, "VIEW", table);
}

/** A function that says CONTAINS SQL reads no table, not by the functions that it calls either. */
export function checkAccess(body: Relation | Expression): void {
  const reads = someNode(body, ({ kind }) => kind === "read table" || kind === "read" || kind === "relation changes");
  if (!reads) return;
  throw new AnalysisError(
    "Cannot create a SQL function with CONTAINS SQL that accesses a table/view or a SQL function that reads SQL data",
    {
      condition: "INVALID_SQL_FUNCTION_DATA_ACCESS",
      sqlState: "42K0E",
      hint: "Please use READS SQL DATA instead.",
    },
  );
}

/** The query of a table function gives as many columns as RETURNS TABLE names. */
export function checkColumnCount(object: FunctionObject, given: number): void {
  const stated = object.columns?.fields.length ?? given;
  if (stated === given) return;
  throw invalid(
    "RETURN_COLUMN_COUNT_MISMATCH",
    `The number of columns produced by the RETURN clause (num: \`${given}\`) does not match the number of column names specified by the RETURNS clause (num: \`${stated}\`) of ${object.name}`,
    { outputSize: String(given), returnParamSize: String(stated), name: object.name },
    "Name each column of the query in RETURNS TABLE.",
  );
}

function repeated(names: readonly string[]): string | undefined {
  const lower = names.map((name) => name.toLowerCase());
  return lower.find((name, index) => lower.indexOf(name) < index);
}

function duplicated(condition: string, sqlState: string, routineName: string, name: string): AnalysisError {
  const [what, where] =
    condition === "DUPLICATE_ROUTINE_PARAMETER_NAMES"
      ? ["name(s)", "the parameter list"]
      : ["column(s)", "the RETURNS clause column list"];
  return new AnalysisError(
    `Found duplicate ${what} in ${where} of the user-defined routine ${routineName}: ${quoted(name)}`,
    {
      condition,
      sqlState,
      parameters: { routineName, names: quoted(name) },
      hint: "Names are compared without case: give each another name.",
    },
  );
}

const limitedText = (): AnalysisError =>
  new AnalysisError("The char/varchar type can't be used in the table schema", {
    condition: "UNSUPPORTED_CHAR_OR_VARCHAR_AS_STRING",
    sqlState: "0A000",
    hint: "Use STRING.",
  });

const misplacedDefault = (functionName: string, parameterName: string, nextParameterName: string): AnalysisError =>
  invalid(
    "NOT_A_VALID_DEFAULT_PARAMETER_POSITION",
    `In routine ${quoted(functionName)} parameter ${quoted(parameterName)} with DEFAULT must not be followed by parameter ${quoted(nextParameterName)} without DEFAULT`,
    {
      functionName: quoted(functionName),
      parameterName: quoted(parameterName),
      nextParameterName: quoted(nextParameterName),
    },
    "Put the parameters with a default last.",
  );

const queryAsDefault = (functionName: string, parameterName: string): AnalysisError =>
  invalid(
    "NOT_A_VALID_DEFAULT_EXPRESSION",
    `The DEFAULT expression of ${quoted(functionName)}.${quoted(parameterName)} is not supported because it contains a subquery`,
    { functionName: quoted(functionName), parameterName: quoted(parameterName) },
    "Ask the query in the body of the function.",
  );

function invalid(
  subclass: string,
  sentence: string,
  parameters: Readonly<Record<string, string>>,
  hint: string,
): AnalysisError {
  return new AnalysisError(`User defined function is invalid: ${sentence}`, {
    condition: `USER_DEFINED_FUNCTIONS.${subclass}`,
    sqlState: "42601",
    parameters,
    hint,
  });
}
