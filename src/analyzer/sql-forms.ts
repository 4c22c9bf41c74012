/** Calls that only SQL text has, by the calls and casts that they stand for. */

import { UnsupportedError } from "../errors.ts";
import type { AnalysisSettings } from "../plan/analysis-settings.ts";
import type { Call, Expression, Variable } from "../plan/expression.ts";
import type { ResolvedExpression } from "../plan/resolved.ts";
import { type DataType, decimalType, stringType } from "../types/data-type.ts";
import { misplaced, wrongArgumentCount } from "./errors.ts";
import { type ExpressionContext, resolveIn } from "./expression-context.ts";

type SqlForm = (call: Call, context: ExpressionContext) => ResolvedExpression;

const call = (name: string, ...args: readonly Expression[]): Call => ({ kind: "call", name: [name], arguments: args });

/** `BETWEEN` is two comparisons, which Spark does not fill up CHAR for. */
const between: SqlForm = ({ arguments: args }, context) => {
  const [value, lower, upper] = args;
  if (value === undefined || lower === undefined || upper === undefined || args.length > 3)
    throw wrongArgumentCount("between", "3", args.length);
  const [own, least, most] = [value, lower, upper].map((operand) => asPlainText(operand, context)) as [
    ...[Expression, Expression, Expression],
  ];
  return resolveIn(context, call("AND", call(">=", own, least), call("<=", own, most)));
};

/** A column of CHAR as an expression that is none. */
function asPlainText(operand: Expression, context: ExpressionContext): Expression {
  if (context.analysis.charLengths.size === 0) return operand;
  const resolved = resolveIn(context, operand);
  const isChar = resolved.kind === "column" && context.analysis.charLengths.has(resolved.id);
  return isChar ? call("concat", operand) : operand;
}

/** `LIKE ALL` and `LIKE ANY` of constant patterns: a comparison with each, all of them negated where NOT stands before. */
const quantified =
  (joint: "AND" | "OR", negated: boolean): SqlForm =>
  ({ arguments: [value, ...patterns] }, context) => {
    const comparisons = patterns.map((pattern) => {
      const like = call("like", value!, pattern);
      return negated ? call("NOT", like) : like;
    });
    const all = resolveIn(
      context,
      comparisons.reduce((left, right) => call(joint, left, right)),
    );
    // Spark has an expression of its own for written patterns, which it calls nullable.
    return patterns.every(isWrittenText) ? { ...all, nullable: true } : all;
  };

const isWrittenText = (pattern: Expression): boolean => pattern.kind === "literal" && pattern.type.kind === "string";

const castTypes: Readonly<Record<string, DataType>> = {
  ...Object.fromEntries(
    (
      ["boolean", "tinyint", "smallint", "int", "bigint", "float", "double", "date", "timestamp", "binary"] as const
    ).map((kind) => [kind, { kind }]),
  ),
  decimal: decimalType(10, 0),
  time: { kind: "time", precision: 6 },
  string: stringType,
};

/** `int(a)`, `date(a)`: a cast. */
const castTo =
  (name: string, type: DataType): SqlForm =>
  ({ arguments: [input, ...more] }, context) => {
    if (input === undefined || more.length > 0)
      throw wrongArgumentCount(name, "1", more.length + (input === undefined ? 0 : 1));
    return resolveIn(context, { kind: "cast", input, type, mode: "ansi" });
  };

export const sqlForms: Readonly<Record<string, SqlForm>> = {
  between,
  likeall: quantified("AND", false),
  likeany: quantified("OR", false),
  notlikeall: quantified("AND", true),
  notlikeany: quantified("OR", true),
  ...Object.fromEntries(Object.entries(castTypes).map(([name, type]) => [name, castTo(name, type)])),
};

/** Functions of the TIME type, which is off unless a setting turns it on. */
export const timeFunctions: ReadonlySet<string> = new Set([
  ...["make_time", "to_time", "try_to_time", "time_diff", "time_trunc", "time_from_seconds"],
  ...["time_from_millis", "time_from_micros", "time_to_seconds", "time_to_millis", "time_to_micros"],
]);

/** Functions of Spark's Avro module, which a plain Spark has not loaded either. */
const avroFunctions: ReadonlySet<string> = new Set(["from_avro", "to_avro", "schema_of_avro"]);

/** What Spark says of a function that it knows and does not have at hand. */
export function withheldFunction(name: string): Error | undefined {
  if (!avroFunctions.has(name)) return undefined;
  return misplaced(
    "AVRO_NOT_LOADED_SQL_FUNCTIONS_UNUSABLE",
    "22KD3",
    `Cannot call the ${name.toUpperCase()} SQL function because the Avro data source is not loaded`,
    "Avro is not part of the embedded engine: convert the values before.",
    { functionName: name.toUpperCase() },
  );
}

/** The TIME type is off by default. */
export const unsupportedTime = (): Error =>
  misplaced(
    "UNSUPPORTED_TIME_TYPE",
    "0A000",
    "The data type TIME is not supported",
    "Set spark.sql.timeType.enabled to true, or keep times of day as text.",
  );

/** Shapes are on by default. */
export function checkShapes({ shapes = true }: AnalysisSettings, isNeeded: boolean): void {
  if (shapes || !isNeeded) return;
  throw misplaced(
    "UNSUPPORTED_FEATURE.GEOSPATIAL_DISABLED",
    "0A000",
    "The feature is not supported: Geospatial feature is disabled",
    "Set spark.sql.geospatial.enabled to true.",
  );
}

/** A marker or a session variable without a value. */
export function unbound({ name, form }: Variable): never {
  if (form === "session") throw new UnsupportedError("A session variable cannot be read yet");
  throw misplaced(
    "UNBOUND_SQL_PARAMETER",
    "42P02",
    `Found the unbound parameter: ${name.join(".")}. Please, fix \`args\` and provide a mapping of the parameter to either a SQL literal or collection constructor functions`,
    "Give its value: spark.sql(text, { name: value }) or spark.sql(text, [value]).",
    { name: name.join(".") },
  );
}
