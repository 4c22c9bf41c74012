/** Arguments that must be constants within bounds: Spark looks at them before anything runs. */
import { AnalysisError } from "../errors.ts";
import type { FunctionDefinition } from "../functions/definition.ts";
import type { ResolvedExpression } from "../plan/resolved.ts";
import { sqlName } from "../types/type-name.ts";
import { invalidOptions, isWrittenMap } from "./argument-errors.ts";
import { notConstant } from "./errors.ts";
import { isFoldable } from "./foldable.ts";

interface Bounds {
  /** What Spark calls the argument. */
  readonly called: string;
  readonly range: string;
  /** What Spark writes behind the value. */
  readonly suffix?: string;
  holds(value: number): boolean;
}

interface Rule {
  readonly index: number;
  /** The parameter in the message about columns. */
  readonly parameter: string;
  readonly bounds?: Bounds;
  /** What null counts as; it is refused otherwise. */
  readonly nullIs?: number;
  /** Whether a single value may be a column. */
  readonly isList?: true;
}

const percentage: Rule = {
  index: 1,
  parameter: "percentage",
  bounds: { called: "percentage", range: "[0.0, 1.0]", holds: (value) => value >= 0 && value <= 1 },
};
const accuracy: Rule = {
  index: 2,
  parameter: "accuracy",
  bounds: { called: "accuracy", range: "(0, 2147483647]", holds: (value) => value > 0 && value <= 2_147_483_647 },
};
const count: Rule = {
  index: 2,
  parameter: "k",
  nullIs: 0,
  bounds: { called: "`k`", range: "[1, 100000]", holds: (value) => value >= 1 && value <= 100_000 },
};

const bins: Rule = {
  index: 1,
  parameter: "nb",
  bounds: { called: "nb", range: "[2, 2147483647]", holds: (value) => value >= 2 },
};
const position: Rule = {
  index: 1,
  parameter: "offset",
  nullIs: 0,
  bounds: { called: "offset", range: "(0, 9223372036854775807]", suffix: "L", holds: (value) => value > 0 },
};
const buckets: Rule = {
  index: 0,
  parameter: "buckets",
  nullIs: 0,
  bounds: { called: "buckets", range: "(0, 2147483647]", holds: (value) => value > 0 },
};
const dealtRows: Rule = {
  index: 0,
  parameter: "n",
  nullIs: 0,
  bounds: { called: "`n`", range: "(0, 2147483647]", holds: (value) => value > 0 },
};
/** A value that must not be null; what else it is, others ask. */
const stated = (index: number, parameter: string, called = parameter): Rule => ({
  index,
  parameter,
  bounds: { called, range: "", holds: () => true },
});
const place: Rule = {
  index: 3,
  parameter: "position",
  nullIs: 1,
  bounds: { called: "position", range: "(0, 2147483647]", holds: (value) => value > 0 },
};
const kllSize = stated(1, "k");
const kllRanks: Rule = { index: 1, parameter: "rank", isList: true };
const kllQuantiles: Rule = { index: 1, parameter: "quantile", isList: true };
const relativeError: Rule = {
  index: 1,
  parameter: "eps",
  bounds: { called: "eps", range: "(0.0, 1.7976931348623157E308]", holds: (value) => value > 0 },
};
const confidence: Rule = {
  index: 2,
  parameter: "confidence",
  bounds: { called: "confidence", range: "(0.0, 1.0]", holds: (value) => value > 0 && value < 1 },
};
const bucketSize: Rule = {
  index: 0,
  parameter: "bucketSize",
  nullIs: 1,
  bounds: { called: "`bucketSize`", range: "(0, inf)", holds: (value) => value > 0 },
};

const rules: Readonly<Record<string, readonly Rule[]>> = {
  count_min_sketch: [stated(3, "seed"), relativeError, confidence],
  histogram_numeric: [bins],
  schema_of_csv: [stated(0, "csv")],
  schema_of_json: [stated(0, "json")],
  schema_of_xml: [stated(0, "xml")],
  percentile: [percentage],
  percentile_approx: [percentage, accuracy],
  percentile_cont: [percentage],
  percentile_disc: [percentage],
  max_by: [count],
  min_by: [count],
  ...Object.fromEntries(
    ["bigint", "double", "float"].flatMap((type): [string, readonly Rule[]][] => [
      [`kll_sketch_agg_${type}`, [kllSize]],
      [`kll_merge_agg_${type}`, [kllSize]],
      [`kll_sketch_get_quantile_${type}`, [kllRanks]],
      [`kll_sketch_get_rank_${type}`, [kllQuantiles]],
    ]),
  ),
  listagg: [{ index: 1, parameter: "delimiter" }],
  mode: [stated(1, "deterministic", "`deterministic`")],
  nth_value: [position],
  ntile: [buckets],
  regexp_replace: [place],
  stack: [dealtRows],
  time_bucket: [bucketSize, { index: 2, parameter: "origin" }],
};

/** What the functions of tuple sketches are told besides sketches and values. */
const tupleRules = ({ name, parameters }: FunctionDefinition): readonly Rule[] =>
  name.startsWith("tuple_")
    ? ["lgNomEntries", "mode"].map((told) =>
        stated(
          parameters.findIndex((parameter) => parameter.name === told),
          told,
        ),
      )
    : [];

/** An argument with its text. */
interface Given {
  readonly text: string;
  readonly expression: ResolvedExpression;
}

/**
 * Checks the arguments of a call that Spark wants to know beforehand.
 *
 * @param text - the call as Spark writes it
 * @throws AnalysisError `DATATYPE_MISMATCH` with `NON_FOLDABLE_INPUT`, `UNEXPECTED_NULL` or `VALUE_OUT_OF_RANGE`,
 *   `INVALID_OPTIONS.NON_MAP_FUNCTION`
 */
export function checkConstants(definition: FunctionDefinition, args: readonly Given[], text: () => string): void {
  const { name, parameters } = definition;
  for (const [index, { rule }] of parameters.entries()) {
    const options = rule === "stringMap" ? args[index]?.expression : undefined;
    if (options !== undefined && !isWrittenMap(options)) throw invalidOptions(options);
  }
  for (const { index, parameter, bounds, nullIs, isList } of rules[name] ?? tupleRules(definition)) {
    const given = args[index];
    if (given === undefined) continue;
    const { expression } = given;
    if (isList === true && expression.type.kind !== "array") continue;
    if (!isFoldable(expression)) throw notConstant(text(), parameter, given.text, `"${sqlName(expression.type)}"`);
    if (bounds === undefined) continue;
    const values = numbersOf(expression);
    if (values?.includes(null) && nullIs === undefined) throw unexpectedNull(text(), bounds);
    if (values?.every((value) => bounds.holds(value ?? nullIs ?? 0)) === false)
      throw outOfRange(text(), bounds, `${values.map((value) => value ?? nullIs).join(",")}${bounds.suffix ?? ""}`);
  }
}

/** The numbers that an expression holds; undefined where only running it would tell. */
function numbersOf(expression: ResolvedExpression): readonly (number | null)[] | undefined {
  if (expression.kind === "cast") return numbersOf(expression.input);
  if (expression.kind === "call" && expression.name === "array") {
    const all = expression.arguments.map(numbersOf);
    return all.every((values) => values !== undefined) ? all.flat() : undefined;
  }
  if (expression.kind === "call" && /^(?:wrapping_)?negative$/.test(expression.name))
    return numbersOf(expression.arguments[0]!)?.map((value) => (value === null ? null : -value));
  if (expression.kind !== "constant") return undefined;
  const { type, value } = expression;
  if (value === null) return [null];
  return typeof value === "number" || typeof value === "bigint"
    ? [Number(value) / 10 ** (type.kind === "decimal" ? type.scale : 0)]
    : undefined;
}

const unexpectedNull = (expression: string, { called }: Bounds): AnalysisError =>
  new AnalysisError(`Cannot resolve "${expression}" due to data type mismatch: The ${called} must not be null`, {
    condition: "DATATYPE_MISMATCH.UNEXPECTED_NULL",
    sqlState: "42K09",
    parameters: { sqlExpr: `"${expression}"`, exprName: called },
    hint: "Write the value itself.",
  });

const outOfRange = (expression: string, { called, range }: Bounds, value: string): AnalysisError =>
  new AnalysisError(
    `Cannot resolve "${expression}" due to data type mismatch: The ${called} must be between ${range} (current value = ${value})`,
    {
      condition: "DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE",
      sqlState: "42K09",
      parameters: { sqlExpr: `"${expression}"`, exprName: called, valueRange: range, currentValue: value },
      hint: "Take a value within these bounds.",
    },
  );
