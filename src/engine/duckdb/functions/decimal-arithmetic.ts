/** Arithmetic of decimals as DuckDB SQL: exact, of Spark's types, and by kernels where DuckDB's digits do not suffice. */
import type { DataType, DecimalType } from "../../../types/data-type.ts";
import { duckType } from "../duck-type.ts";
import { sqlError, text } from "../sql-text.ts";
import { scaled } from "./decimal.ts";
import type { LoweringContext } from "./lowering.ts";

const mostDigits = 38;
/** Of what 64 bits hold. */
const longDigits = 18;

export type DecimalOperator = "+" | "-" | "*" | "/" | "%" | "div" | "pmod";

/** Two decimals and the type of the result. */
interface Operands {
  readonly left: string;
  readonly right: string;
  readonly types: readonly [left: DecimalType, right: DecimalType];
  readonly result: DataType;
}

/** SQL that always fits, or undefined where DuckDB may lack digits. */
type Native = (operands: Operands) => string | undefined;

const wholeDigits = ({ precision, scale }: DecimalType): number => precision - scale;

/** Whether both numbers fit a decimal of the greater scale. */
function alignable([left, right]: Operands["types"], spare: number): boolean {
  const digits = Math.max(wholeDigits(left), wholeDigits(right)) + Math.max(left.scale, right.scale);
  return digits + spare <= mostDigits;
}

const simple =
  (operator: string, spare: number): Native =>
  ({ left, right, types, result }) =>
    alignable(types, spare) ? `(${left} ${operator} ${right})::${duckType(result)}` : undefined;

// DuckDB multiplies at the width of its operands, so the left one is widened first.
const product: Native = ({ left, right, types: [first, second], result }) => {
  const precision = first.precision + second.precision;
  if (precision >= mostDigits) return undefined;
  return `((${left})::DECIMAL(${precision},${first.scale}) * ${right})::${duckType(result)}`;
};

const powerOfTen = (exponent: number): string => "1".padEnd(exponent + 1, "0");

/** The unscaled number of a decimal that fits 64 bits. */
const unscaled = (value: string, { scale }: DecimalType): string => `(${value} * ${powerOfTen(scale)})::BIGINT`;

const mostGroups = 3;

// Long division, in groups of as many digits as the rest leaves room for.
const quotient: Native = ({ left, right, types: [first, second], result }) => {
  const to = result as DecimalType;
  const digits = to.scale + second.scale - first.scale;
  const room = longDigits - second.precision;
  const exact = first.precision <= longDigits && second.precision + to.scale < mostDigits;
  if (!exact || room < 1 || digits < 0 || digits > room * mostGroups) return undefined;
  return longDivision(unscaled(left, first), `nullif(${unscaled(right, second)}, 0)`, digits, room, to);
};

function longDivision(dividend: string, divisor: string, digits: number, room: number, to: DecimalType): string {
  let rest = `(${dividend} % ${divisor})`;
  let value = `(${dividend} // ${divisor})::HUGEINT`;
  for (let done = 0; done < digits; done += room) {
    const unit = powerOfTen(Math.min(room, digits - done));
    value = `(${value} * ${unit} + (${rest} * ${unit}) // ${divisor})`;
    rest = `((${rest} * ${unit}) % ${divisor})`;
  }
  const up = `CASE WHEN abs(${rest}) >= abs(${divisor}) - abs(${rest}) THEN sign(${rest}) * sign(${divisor}) ELSE 0 END`;
  return scaled(`(${value} + ${up})`, to);
}

const natives: Readonly<Record<DecimalOperator, Native>> = {
  "+": simple("+", 1),
  "-": simple("-", 1),
  "*": product,
  "/": quotient,
  "%": simple("%", 0),
  div: () => undefined,
  pmod: () => undefined,
};

const kernels: Readonly<Record<DecimalOperator, string>> = {
  "+": "decimal_sum",
  "-": "decimal_difference",
  "*": "decimal_product",
  "/": "decimal_quotient",
  "%": "decimal_remainder",
  div: "decimal_div",
  pmod: "decimal_pmod",
};

const zeroConditions: Partial<Record<DecimalOperator, string>> = {
  "/": "DIVIDE_BY_ZERO",
  div: "DIVIDE_BY_ZERO",
  "%": "REMAINDER_BY_ZERO",
  pmod: "REMAINDER_BY_ZERO",
};

/**
 * The SQL of an operation on two decimals.
 *
 * @param mode - `ansi` fails by zero and where the result does not fit, `try` gives null
 */
export function decimalArithmetic(
  operator: DecimalOperator,
  [left, right]: readonly string[],
  context: LoweringContext,
  mode: "ansi" | "try" = "ansi",
): string {
  const types = context.types as readonly [DecimalType, DecimalType];
  const operands: Operands = { left: left!, right: right!, types, result: context.call.type };
  const native = natives[operator](operands);
  const value = native ?? context.kernel(kernels[operator], [left!, right!], [...types, context.call.type]);
  return mode === "try" ? value : checked(value, operator, operands, native === undefined, context);
}

/** Fails where there is no value although there are operands: the operands are known then not to be null. */
function checked(
  value: string,
  operator: DecimalOperator,
  operands: Operands,
  mayOverflow: boolean,
  { constant }: LoweringContext,
): string {
  const { left, right } = operands;
  const zero = zeroConditions[operator];
  const divisor = constant(1);
  const byZero =
    zero === undefined || (typeof divisor === "bigint" && divisor !== 0n)
      ? []
      : [`WHEN ${right} = 0 THEN ${sqlError(zero)}`];
  const overflow = mayOverflow ? [`WHEN true THEN ${overflowError(operator, operands)}`] : [];
  const faults = [...byZero, ...overflow];
  if (faults.length === 0) return value;
  return `coalesce(${value}, CASE WHEN ${left} IS NULL OR ${right} IS NULL THEN NULL ${faults.join(" ")} END)`;
}

function overflowError(operator: DecimalOperator, { left, right, result }: Operands): string {
  const { precision, scale } = result.kind === "decimal" ? result : { precision: mostDigits, scale: 0 };
  const value = `(${left})::VARCHAR || ${text(` ${operator} `)} || (${right})::VARCHAR`;
  return sqlError("NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION", {
    value,
    precision: text(String(precision)),
    scale: text(String(scale)),
  });
}
