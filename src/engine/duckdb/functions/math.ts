/** Mathematics as DuckDB SQL. */
import { isInterval, isTemporal } from "../../../types/data-type.ts";
import { duckType } from "../duck-type.ts";
import { sqlError } from "../sql-text.ts";
import { type SpanOperator, spanAttempts } from "./date/spans.ts";
import { decimalArithmetic } from "./decimal-arithmetic.ts";
import { duck, type Lowering, type Lowerings, strict, typed } from "./lowering.ts";
import { operatorLowerings, unlessMinusOne } from "./operators.ts";
import { rounded, toWhole } from "./rounding.ts";

const nan = "'nan'::DOUBLE";

/** A function that DuckDB refuses outside its domain, where Java gives NaN or Spark gives null. */
const within =
  (name: string, inside: (value: string) => string, outside: string): Lowering =>
  ([value]) =>
    `CASE WHEN isnan(${value}) THEN ${nan} WHEN ${inside(value!)} THEN ${name}(${value}) WHEN ${value} IS NOT NULL THEN ${outside} END`;

const finite = (value: string): string => `isfinite(${value})`;

/** A kernel that follows Java to its last digit. */
const precise =
  (name: string): Lowering =>
  (args, { kernel }) =>
    kernel(name, args);

/** The same, null from a bound downwards. */
const above =
  (bound: number, name: string): Lowering =>
  ([value], { kernel }) =>
    `CASE WHEN ${value} <= ${bound} THEN NULL ELSE ${kernel(name, [value!])} END`;

/** The reciprocal of a function of angles. */
const reciprocal =
  (name: string): Lowering =>
  (args, context) =>
    `(1::DOUBLE / ${within(name, finite, nan)(args, context)})`;

/** An operation that gives null where it would fail; what fails in its arguments still fails. */
const tried =
  (operator: SpanOperator | "%"): Lowering =>
  (args, context) => {
    const [left, right] = context.types;
    if (left?.kind === "decimal" && right?.kind === "decimal") return decimalArithmetic(operator, args, context, "try");
    const spans = operator !== "%" && context.types.some(isInterval) && !context.types.some(isTemporal);
    const attempt = spans ? spanAttempts[operator] : operatorLowerings[operator]!;
    const divides = !spans && (operator === "/" || operator === "%");
    const result = attempt(args, context);
    if (divides) return `CASE WHEN ${args[1]} = 0 THEN NULL ELSE ${result} END`;
    // Arguments that are named twice are computed before, where they may fail.
    return strict(args, `TRY(${result})`);
  };

/** Only a negative remainder moves, so that the result of a negative divisor may have either sign. */
export function remainderAbove(dividend: string, divisor: string): string {
  const by = unlessMinusOne(`(${divisor})`);
  const remainder = `((${dividend}) % (${by}))`;
  return `CASE WHEN ${remainder} < 0 THEN (${remainder} + (${divisor})) % (${by}) ELSE ${remainder} END`;
}

const pmod: Lowering = (args, context) => {
  const [dividend, divisor] = args;
  if (context.types[0]?.kind === "decimal") return decimalArithmetic("pmod", args, context);
  return `CASE WHEN ${divisor} = 0 AND ${dividend} IS NOT NULL THEN ${sqlError("REMAINDER_BY_ZERO")} ELSE (${remainderAbove(dividend!, divisor!)})::${duckType(context.call.type)} END`;
};

const bitsOf: Record<string, number> = { tinyint: 8, smallint: 16, int: 32, bigint: 64 };

// DuckDB's shifts refuse what Java wraps around; 64 bits of a HUGEINT are cut back to the width.
const shift =
  (direction: "left" | "right" | "unsigned"): Lowering =>
  ([value, bits], { types }) => {
    const width = types[0]?.kind === "bigint" ? 64 : 32;
    const count = `(((${bits}) % ${width}) + ${width}) % ${width}`;
    const unit = `power(2::HUGEINT, ${count})::HUGEINT`;
    const modulus = `${2n ** BigInt(width)}::HUGEINT`;
    const half = `${2n ** BigInt(width - 1)}::HUGEINT`;
    const unsigned = `(((${value})::HUGEINT % ${modulus}) + ${modulus}) % ${modulus}`;
    const signed = (number: string) => `((((${number}) + ${half}) % ${modulus} + ${modulus}) % ${modulus} - ${half})`;
    const result = width === 64 ? "BIGINT" : "INTEGER";
    if (direction === "left") return `(${signed(`(${value})::HUGEINT * ${unit}`)})::${result}`;
    if (direction === "unsigned") return `(${signed(`(${unsigned}) // ${unit}`)})::${result}`;
    return `(CASE WHEN ${value} >= 0 THEN (${value})::HUGEINT // ${unit} ELSE -((-(${value})::HUGEINT - 1) // ${unit}) - 1 END)::${result}`;
  };

const hex: Lowering = ([value], { types }) => {
  if (types[0]?.kind === "bigint") return `upper(ltrim(to_hex(${value}), ' '))`;
  return `hex(${types[0]?.kind === "binary" ? value : `encode(${value})`})`;
};

const log: Lowering = ([base, value], context) => {
  if (value === undefined) return above(0, "ln")([base!], context);
  const [numerator, denominator] = [value, base!].map((of) => context.kernel("ln", [of]));
  return `CASE WHEN ${base} <= 0 OR ${value} <= 0 THEN NULL ELSE ${numerator} / ${denominator} END`;
};

const bitCount: Lowering = ([value], { types }) => {
  if (types[0]?.kind === "boolean") return `(${value})::INTEGER`;
  return `bit_count((${value})::BIGINT)::INTEGER`;
};

const bitAt: Lowering = ([value, position], { types }) => {
  const width = bitsOf[types[0]?.kind ?? "bigint"] ?? 64;
  return `CASE WHEN ${position} < 0 OR ${position} >= ${width} THEN ${sqlError("INVALID_PARAMETER_VALUE.BIT_POSITION_RANGE", { position: position! })} ELSE (((${value})::BIGINT >> ${position}) & 1)::TINYINT END`;
};

// NaN and both zeros stay as they are.
const sign: Lowering = ([value], { types }) =>
  types[0]?.kind === "double"
    ? `CASE WHEN isnan(${value}) OR ${value} = 0 THEN ${value} ELSE sign(${value})::DOUBLE END`
    : `sign(${value})::DOUBLE`;

/** A random number a row; with a seed, the same ones whenever the query runs. */
const random =
  (kernel: string, unseeded: string): Lowering =>
  ([seed], context) =>
    seed === undefined ? unseeded : context.kernel(kernel, [`coalesce((${seed})::BIGINT, 0)`, context.drawnBefore()]);

const factorial: Lowering = ([value]) =>
  `CASE WHEN ${value} BETWEEN 0 AND 20 THEN factorial((${value})::INTEGER)::BIGINT END`;

const even: Lowering = ([value]) => `CASE WHEN isfinite(${value}) THEN round_even(${value}, 0) ELSE ${value} END`;

const absolute: Lowering = (args, context) => typed(duck("abs"))(args, context);

// From the least to the most, or down from it; the numbers beyond have buckets of their own.
const widthBucket: Lowering = (args) => {
  const [value, least, most, count] = args
    .slice(0, 3)
    .map((argument) => `(${argument})::DOUBLE`)
    .concat(args[3]!) as [string, string, string, string];
  const unfit = [
    `${count} <= 0`,
    `${count} = 9223372036854775807`,
    `isnan(${value})`,
    `${least} = ${most}`,
    `NOT isfinite(${least})`,
    `NOT isfinite(${most})`,
  ];
  const inside = (distance: string) =>
    `trunc((${count})::DOUBLE * (${distance}) / abs(${most} - ${least}))::BIGINT + 1`;
  const up = `CASE WHEN ${value} < ${least} THEN 0 WHEN ${value} >= ${most} THEN ${count} + 1 ELSE ${inside(`${value} - ${least}`)} END`;
  const down = `CASE WHEN ${value} > ${least} THEN 0 WHEN ${value} <= ${most} THEN ${count} + 1 ELSE ${inside(`${least} - ${value}`)} END`;
  return strict(args, `CASE WHEN ${unfit.join(" OR ")} THEN NULL WHEN ${least} < ${most} THEN ${up} ELSE ${down} END`);
};

export const mathLowerings = {
  abs: absolute,
  acos: precise("acos"),
  acosh: precise("acosh"),
  asin: precise("asin"),
  asinh: precise("asinh"),
  atan: precise("atan"),
  atan2: precise("atan2"),
  atanh: precise("atanh"),
  bin: ([value]) => `CASE WHEN ${value} = 0 THEN '0' ELSE ltrim(to_binary(${value}), '0') END`,
  bit_count: bitCount,
  bit_get: bitAt,
  getbit: bitAt,
  "~": typed(([value]) => `(~(${value}))`),
  bround: rounded("even"),
  cbrt: precise("cbrt"),
  ceil: toWhole("ceil"),
  conv: ([text, from, to], { kernel }) => kernel("conv", [text!, from!, to!]),
  cos: within("cos", finite, nan),
  cosh: precise("cosh"),
  cot: reciprocal("tan"),
  csc: reciprocal("sin"),
  degrees: duck("degrees"),
  e: () => "2.718281828459045::DOUBLE",
  exp: precise("exp"),
  expm1: precise("expm1"),
  factorial,
  floor: toWhole("floor"),
  hex,
  hypot: precise("hypot"),
  ln: above(0, "ln"),
  log,
  log10: above(0, "log10"),
  log1p: above(-1, "log1p"),
  log2: above(0, "log2"),
  negative: operatorLowerings.negative!,
  pi: () => "3.141592653589793::DOUBLE",
  pmod,
  positive: ([value]) => value!,
  pow: precise("pow"),
  radians: duck("radians"),
  rand: random("uniform", "random()"),
  randn: random("gaussian", "(sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()))"),
  rint: even,
  round: rounded("up"),
  sec: reciprocal("cos"),
  shiftleft: shift("left"),
  shiftright: shift("right"),
  shiftrightunsigned: shift("unsigned"),
  sign,
  signum: sign,
  sin: within("sin", finite, nan),
  sinh: precise("sinh"),
  sqrt: within("sqrt", (value) => `${value} >= 0`, nan),
  tan: within("tan", finite, nan),
  tanh: precise("tanh"),
  try_add: tried("+"),
  try_divide: tried("/"),
  try_mod: tried("%"),
  try_multiply: tried("*"),
  try_subtract: tried("-"),
  unhex: ([value]) =>
    `CASE WHEN regexp_full_match(${value}, '[0-9A-Fa-f]*') THEN from_hex(CASE WHEN length(${value}) % 2 = 1 THEN '0' ELSE '' END || ${value}) END`,
  width_bucket: widthBucket,
} satisfies Lowerings<typeof import("../../../functions/math.ts")>;
