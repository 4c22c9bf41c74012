/** Mathematics as DuckDB SQL. */
import type { DataType } from "../../../types/data-type.ts";
import { duckType } from "../duck-type.ts";
import { sqlError } from "../sql-text.ts";
import { duck, type Lowering, type Lowerings, strict, template, typed } from "./lowering.ts";
import { operatorLowerings } from "./operators.ts";

const nan = "'nan'::DOUBLE";

/** A function that DuckDB refuses outside its domain, where Java gives NaN or Spark gives null. */
const within =
  (name: string, inside: (value: string) => string, outside: string): Lowering =>
  ([value]) =>
    `CASE WHEN isnan(${value}) THEN ${nan} WHEN ${inside(value!)} THEN ${name}(${value}) WHEN ${value} IS NOT NULL THEN ${outside} END`;

const unitRange = (value: string): string => `${value} BETWEEN -1 AND 1`;
const finite = (value: string): string => `isfinite(${value})`;
const positive = (value: string): string => `${value} > 0`;

// Spark's hyperbolic inverses are formulas over doubles.
const logarithm = (name: string): Lowering => within(name, positive, "NULL");

const rounding =
  (name: string): Lowering =>
  ([value, scale], context) => {
    const [type] = context.types;
    const digits = Number(context.constant(1) ?? 0);
    if (type?.kind === "decimal") return `(${name}(${value}, ${digits}))::${duckType(context.call.type)}`;
    if (type?.kind === "double" || type?.kind === "float") return fractionRounding(name, value!, digits, type);
    return digits >= 0
      ? value!
      : `(${name}((${value})::DECIMAL(38,0), ${scale ?? digits}))::${duckType(context.call.type)}`;
  };

// Spark rounds the shortest decimal text of a double; infinities and NaN stay.
function fractionRounding(name: string, value: string, digits: number, type: DataType): string {
  const decimal = `TRY_CAST((${value})::VARCHAR AS DECIMAL(38,${Math.min(18, Math.max(0, digits) + 9)}))`;
  return `CASE WHEN isfinite(${value}) THEN coalesce(${name}(${decimal}, ${digits})::${duckType(type)}, ${value}) ELSE ${value} END`;
}

/** `ceil` and `floor`: whole numbers as BIGINT or DECIMAL, or a decimal of some digits. */
const toWhole =
  (name: string): Lowering =>
  ([value], context) => {
    const digits = context.constant(1);
    const result = duckType(context.call.type);
    if (digits === undefined || digits === null) {
      const [type] = context.types;
      if (type?.kind === "double" || type?.kind === "float") return `TRY_CAST(${name}(${value}) AS ${result})`;
      return `(${name}(${value}))::${result}`;
    }
    const factor = `power(10::DECIMAL(38,0), ${Math.abs(Number(digits))})::DECIMAL(38,0)`;
    const scaled =
      Number(digits) >= 0
        ? `${name}((${value}) * ${factor}) / ${factor}`
        : `${name}((${value}) / ${factor}) * ${factor}`;
    return `(${scaled})::${result}`;
  };

const zeroDivisor =
  (divide: Lowering): Lowering =>
  (args, context) =>
    `CASE WHEN ${args[1]} = 0 THEN NULL ELSE ${divide(args, context)} END`;
const tried =
  (name: string): Lowering =>
  (args, context) => {
    const inner = operatorLowerings[name]!(args, context);
    return `TRY(${inner})`;
  };

// Only a negative remainder moves, so that the result of a negative divisor may have either sign.
const pmod: Lowering = ([dividend, divisor], context) => {
  const remainder = `((${dividend}) % (${divisor}))`;
  const positive = `CASE WHEN ${remainder} < 0 THEN (${remainder} + (${divisor})) % (${divisor}) ELSE ${remainder} END`;
  return `CASE WHEN ${divisor} = 0 THEN ${sqlError("REMAINDER_BY_ZERO")} ELSE (${positive})::${duckType(context.call.type)} END`;
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

const log: Lowering = ([base, value], context) =>
  value === undefined
    ? logarithm("ln")([base!], context)
    : `CASE WHEN ${base} > 0 AND ${value} > 0 THEN ln(${value}) / ln(${base}) END`;

const bitCount: Lowering = ([value], { types }) => {
  if (types[0]?.kind === "boolean") return `(${value})::INTEGER`;
  return `bit_count((${value})::BIGINT)::INTEGER`;
};

const bitAt: Lowering = ([value, position], { types }) => {
  const width = bitsOf[types[0]?.kind ?? "bigint"] ?? 64;
  return `CASE WHEN ${position} < 0 OR ${position} >= ${width} THEN ${sqlError("INVALID_PARAMETER_VALUE.BIT_POSITION_RANGE", { position: position! })} ELSE (((${value})::BIGINT >> ${position}) & 1)::TINYINT END`;
};

const sign: Lowering = ([value], { types }) =>
  types[0]?.kind === "double"
    ? `CASE WHEN isnan(${value}) THEN ${nan} ELSE sign(${value})::DOUBLE END`
    : `sign(${value})::DOUBLE`;

const random =
  (kernel: string): Lowering =>
  ([seed], context) =>
    context.kernel(kernel, [
      seed === undefined ? "(random() * 9223372036854775807)::BIGINT" : `(${seed})::BIGINT`,
      "row_number() OVER () - 1",
    ]);

const attempt = (name: string): Lowering => tried(name);

const factorial: Lowering = ([value]) =>
  `CASE WHEN ${value} BETWEEN 0 AND 20 THEN factorial((${value})::INTEGER)::BIGINT END`;

const even: Lowering = ([value]) => `CASE WHEN isfinite(${value}) THEN round_even(${value}, 0) ELSE ${value} END`;

const absolute: Lowering = (args, context) => typed(duck("abs"))(args, context);

const notZero = (sql: (value: string) => string): Lowering => template(([value]) => sql(value!));

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
  acos: within("acos", unitRange, nan),
  acosh: ([value]) =>
    `CASE WHEN ${value} >= 1 THEN ln(${value} + sqrt(${value} * ${value} - 1)) WHEN ${value} IS NOT NULL THEN ${nan} END`,
  asin: within("asin", unitRange, nan),
  asinh: ([value]) =>
    `CASE WHEN ${value} = '-inf'::DOUBLE THEN ${value} ELSE ln(${value} + sqrt(${value} * ${value} + 1)) END`,
  atan: duck("atan"),
  atan2: duck("atan2"),
  atanh: ([value]) =>
    `CASE WHEN abs(${value}) < 1 THEN 0.5::DOUBLE * (ln(1 + ${value}) - ln(1 - ${value})) WHEN ${value} = 1 THEN 'inf'::DOUBLE WHEN ${value} = -1 THEN '-inf'::DOUBLE WHEN ${value} IS NOT NULL THEN ${nan} END`,
  bin: ([value]) => `CASE WHEN ${value} = 0 THEN '0' ELSE ltrim(to_binary(${value}), '0') END`,
  bit_count: bitCount,
  bit_get: bitAt,
  getbit: bitAt,
  "~": typed(([value]) => `(~(${value}))`),
  bround: rounding("round_even"),
  cbrt: duck("cbrt"),
  ceil: toWhole("ceil"),
  ceiling: toWhole("ceil"),
  conv: ([text, from, to], { kernel }) => kernel("conv", [text!, from!, to!]),
  cos: within("cos", finite, nan),
  cosh: duck("cosh"),
  cot: notZero((value) => `(1::DOUBLE / ${`tan(${value})`})`),
  csc: notZero((value) => `(1::DOUBLE / ${`sin(${value})`})`),
  degrees: duck("degrees"),
  e: () => "2.718281828459045::DOUBLE",
  exp: duck("exp"),
  expm1: ([value], { kernel }) => kernel("expm1", [value!]),
  factorial,
  floor: toWhole("floor"),
  hex,
  hypot: ([left, right], { kernel }) => kernel("hypot", [left!, right!]),
  ln: logarithm("ln"),
  log,
  log10: logarithm("log10"),
  log1p: ([value], { kernel }) => `CASE WHEN ${value} > -1 THEN ${kernel("log1p", [value!])} END`,
  log2: logarithm("log2"),
  negative: operatorLowerings.negative!,
  pi: () => "3.141592653589793::DOUBLE",
  pmod,
  positive: ([value]) => value!,
  pow: duck("pow"),
  power: duck("pow"),
  radians: duck("radians"),
  rand: random("uniform"),
  randn: random("gaussian"),
  rint: even,
  round: rounding("round"),
  sec: notZero((value) => `(1::DOUBLE / ${`cos(${value})`})`),
  shiftleft: shift("left"),
  shiftright: shift("right"),
  shiftrightunsigned: shift("unsigned"),
  sign,
  signum: sign,
  sin: within("sin", finite, nan),
  sinh: duck("sinh"),
  sqrt: within("sqrt", (value) => `${value} >= 0`, nan),
  tan: within("tan", finite, nan),
  tanh: duck("tanh"),
  try_add: attempt("+"),
  try_divide: zeroDivisor(operatorLowerings["/"]!),
  try_mod: zeroDivisor(operatorLowerings["%"]!),
  try_multiply: attempt("*"),
  try_subtract: attempt("-"),
  unhex: ([value]) =>
    `CASE WHEN regexp_full_match(${value}, '[0-9A-Fa-f]*') THEN from_hex(CASE WHEN length(${value}) % 2 = 1 THEN '0' ELSE '' END || ${value}) END`,
  width_bucket: widthBucket,
} satisfies Lowerings<typeof import("../../../functions/math.ts")>;
