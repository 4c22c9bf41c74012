/** Functions that are relations: `range`, and generators over their arguments alone. */
import { UnsupportedError } from "../../errors.ts";
import { lookupFunction } from "../../functions/catalogue.ts";
import { canCast } from "../../functions/coercion.ts";
import type { Expression } from "../../plan/expression.ts";
import type { TableFunction } from "../../plan/relation.ts";
import type { OutputColumn, ResolvedExpression, ValueRows } from "../../plan/resolved.ts";
import { passed } from "../../plan/resolved-rewrite.ts";
import { bigintType, booleanType, stringType } from "../../types/data-type.ts";
import { sqlName } from "../../types/type-name.ts";
import { failedCall, notFoldable } from "../argument-errors.ts";
import type { Analysed } from "../context.ts";
import { constant } from "../conversion.ts";
import { misplaced, quoted, wrongArgumentCount } from "../errors.ts";
import { isFoldable } from "../foldable.ts";
import { prettyText } from "../names.ts";
import { projection, type RelationContext, resolveOver } from "../relation-context.ts";
import { emptyScope, scopeOf } from "../scope.ts";
import { collationColumns, collationRows } from "./collations.ts";
import { generateRows } from "./generate.ts";
import { analyseOneRow, analyseRange } from "./leaves.ts";
import { rejectNestedGenerator } from "./project.ts";
import { sqlKeywords } from "./sql-keywords.ts";
import { analyseUserTable, tableSideOf } from "./user-table.ts";

type Analyser = (relation: TableFunction, context: RelationContext) => Analysed;

const functions: Readonly<Record<string, Analyser>> = {
  range: rangeRows,
  sql_keywords: keywordRows,
  collations: listedCollations,
  python_worker_logs: refusedFunction("there are no Python workers"),
};

export function analyseTableFunction(relation: TableFunction, context: RelationContext): Analysed {
  const user = tableSideOf(relation, context);
  if (user !== undefined) return analyseUserTable({ kind: "user table function relation", call: user.call }, context);
  const name = relation.name.at(-1)!.toLowerCase();
  const own = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (own !== undefined) return own(relation, context);
  const found = lookupFunction(name);
  if (found?.class === "generator") return generatedRows(relation, context);
  throw found === undefined ? noTableFunction(relation.name) : scalarFunction(relation.name);
}

function generatedRows({ name, arguments: args }: TableFunction, context: RelationContext): Analysed {
  rejectNestedGenerator({ kind: "call", name, arguments: args });
  const input = analyseOneRow({ kind: "one row" }, context);
  const names = { names: undefined, qualifier: [], outer: false };
  const { analysed, generated } = generateRows(input, { kind: "call", name, arguments: args }, names, context);
  return projection(analysed, passed(generated));
}

function refusedFunction(reason: string): Analyser {
  return ({ name }) => {
    throw new UnsupportedError(`the table function ${name.join(".")} is not supported: ${reason}`);
  };
}

const noTableFunction = (name: readonly string[]): Error =>
  misplaced(
    "UNRESOLVABLE_TABLE_VALUED_FUNCTION",
    "42883",
    `Could not resolve ${quoted(name)} to a table-valued function`,
    `The table functions are: ${[...Object.keys(functions), "explode", "posexplode", "inline", "stack", "json_tuple"].join(", ")}.`,
    { name: quoted(name) },
  );

const scalarFunction = (name: readonly string[]): Error =>
  misplaced(
    "NOT_A_TABLE_FUNCTION",
    "42887",
    `${quoted(name)} appears as a table function here, but the function was defined as a scalar function`,
    "Move the call outside of FROM.",
    { functionName: quoted(name) },
  );

// ------------------------------------------------------------------------------------------------ range

const ordinals = ["first", "second", "third", "fourth"] as const;
/** Which parameter each argument is, by how many there are. */
const parameters: readonly (readonly number[])[] = [[], [1], [0, 1], [0, 1, 2], [0, 1, 2, 3]];

function rangeRows({ arguments: args }: TableFunction, context: RelationContext): Analysed {
  if (args.length < 1 || args.length > 4) throw wrongArgumentCount("range", "[1, 2, 3, 4]", args.length);
  const values = args.map((argument, index) =>
    wholeNumber(argument, ordinals[parameters[args.length]![index]!]!, context),
  );
  const [start, end] = values.length === 1 ? [0n, values[0]!] : [values[0]!, values[1]!];
  const step = values[2] ?? 1n;
  if (step === 0n) throw failedCall("range", "A step of 0 leads nowhere.");
  return analyseRange({ kind: "range", start, end, step }, context);
}

function wholeNumber(source: Expression, parameter: string, context: RelationContext): bigint {
  const value = resolveOver(context, emptyScope, source);
  if (value.type.kind === "void" || !canCast(value.type, bigintType, "ansi")) throw notWhole(source, value, parameter);
  const number = foldedNumber(value);
  if (number !== undefined) return number;
  if (!isFoldable(value)) throw notFoldable("range", parameter, '"BIGINT"');
  throw new UnsupportedError(`the ${parameter} parameter of range is not a number that is written out`, {
    hint: "Write a number, or make the range with spark.range(…).",
  });
}

// Numbers that are written out, and what stands around them in SQL.
function foldedNumber(value: ResolvedExpression): bigint | undefined {
  if (value.kind === "cast") return foldedNumber(value.input);
  if (value.kind === "constant") return constantNumber(value);
  if (value.kind !== "call") return undefined;
  const args = value.arguments.map(foldedNumber);
  const fold = folds[`${value.name}/${args.length}`];
  return fold === undefined || args.includes(undefined) ? undefined : fold(...(args as bigint[]));
}

const folds: Readonly<Record<string, (...numbers: bigint[]) => bigint>> = {
  "+/2": (left, right) => left! + right!,
  "-/2": (left, right) => left! - right!,
  "*/2": (left, right) => left! * right!,
  "negative/1": (value) => -value!,
};

function constantNumber({ type, value }: Extract<ResolvedExpression, { kind: "constant" }>): bigint | undefined {
  if (type.kind === "decimal") return BigInt(value as bigint) / 10n ** BigInt(type.scale);
  if (typeof value === "bigint") return value;
  if (typeof value === "string") return parsedNumber(value);
  return typeof value === "number" ? BigInt(Math.trunc(value)) : undefined;
}

function parsedNumber(text: string): bigint {
  if (/^\s*[+-]?\d+\s*$/.test(text)) return BigInt(text.trim().replace(/^\+/, ""));
  const parameters = { expression: `'${text}'`, sourceType: '"STRING"', targetType: '"BIGINT"' };
  throw misplaced(
    "CAST_INVALID_INPUT",
    "22018",
    `The value '${text}' of the type "STRING" cannot be cast to "BIGINT" because it is malformed`,
    "Give it a whole number.",
    parameters,
  );
}

function notWhole(source: Expression, { type }: ResolvedExpression, parameter: string): Error {
  const inputSql = `"${prettyText(source)}"`;
  const inputType = `"${sqlName(type)}"`;
  return misplaced(
    "UNEXPECTED_INPUT_TYPE",
    "42K09",
    `Parameter ${parameter} of function \`range\` requires the "BIGINT" type, however ${inputSql} has the type ${inputType}`,
    "Give it a whole number.",
    { paramIndex: parameter, functionName: "`range`", requiredType: '"BIGINT"', inputSql, inputType },
  );
}

// ------------------------------------------------------------------------------------------------ lists

function keywordRows({ arguments: args }: TableFunction, { analysis }: RelationContext): Analysed {
  if (args.length > 0) throw wrongArgumentCount("sql_keywords", "0", args.length);
  const output = [analysis.newColumn("keyword", stringType, false), analysis.newColumn("reserved", booleanType, false)];
  return valuesOf(
    sqlKeywords.map((word) => [constant(stringType, word), constant(booleanType, false)]),
    output,
  );
}

function listedCollations({ arguments: args }: TableFunction, { analysis }: RelationContext): Analysed {
  if (args.length > 0) throw wrongArgumentCount("collations", "0", args.length);
  const columns = Object.entries(collationColumns);
  const output = columns.map(([name, nullable]) => analysis.newColumn(name, stringType, nullable));
  return valuesOf(
    collationRows().map((row) => row.map((value) => constant(stringType, value))),
    output,
  );
}

function valuesOf(rows: ValueRows["rows"], output: readonly OutputColumn[]): Analysed {
  return { relation: { kind: "value rows", rows, output }, scope: scopeOf(output) };
}
