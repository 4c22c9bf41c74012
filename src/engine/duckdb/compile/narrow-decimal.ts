/**
 * Decimals computed in 64 bits. Spark's types leave room for the largest numbers, so that products need 128 bits, which
 * cost ten times as much; what is multiplied in practice is smaller.
 */
import type { Conditional, ResolvedCall, ResolvedCast, ResolvedExpression } from "../../../plan/resolved.ts";
import { type DecimalType, isIntegral } from "../../../types/data-type.ts";
import { columnName } from "../sql-text.ts";
import { constantOf } from "./constant-cast.ts";
import type { CompileContext } from "./context.ts";
import { compileConstant } from "./literal.ts";

/** SQL of the same value as an expression, of fewer digits; it fails where these do not suffice. */
export interface NarrowDecimal {
  readonly sql: string;
  readonly type: DecimalType;
}

/** The digits that 64 bits hold. */
export const longDigits = 18;

/**
 * A decimal expression in 64 bits; undefined where it is made of more than columns, constants, sums and products.
 *
 * @param expression - of a decimal type
 */
export function narrowDecimal(expression: ResolvedExpression, context: CompileContext): NarrowDecimal | undefined {
  const { type } = expression;
  if (type.kind !== "decimal" || type.scale > longDigits) return undefined;
  const constant = constantOf(expression, context.timeZone);
  if (constant !== undefined) return narrowConstant(constant.value, type);
  if (expression.kind === "column") return fitting({ sql: columnName(expression.id), type });
  if (expression.kind === "cast") return narrowCast(expression, type, context);
  if (expression.kind === "conditional") return narrowConditional(expression, type, context);
  return expression.kind === "call" ? narrowCall(expression, type, context) : undefined;
}

const fitting = (value: NarrowDecimal): NarrowDecimal | undefined =>
  value.type.precision <= longDigits ? value : undefined;

const decimalType = (precision: number, scale: number): DecimalType => ({ kind: "decimal", precision, scale });

function narrowConstant(value: unknown, { scale }: DecimalType): NarrowDecimal | undefined {
  const unscaled = (value ?? 0n) as bigint;
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().length;
  const type = decimalType(Math.max(digits, scale, 1), scale);
  return fitting({ sql: compileConstant(value, type), type });
}

/** A cast that only adds digits before the point changes nothing; whole numbers of 32 bits are decimals of ten digits. */
function narrowCast({ input }: ResolvedCast, to: DecimalType, context: CompileContext): NarrowDecimal | undefined {
  if (isIntegral(input.type) && input.type.kind !== "bigint" && to.scale === 0 && to.precision >= 10) {
    const type = decimalType(10, 0);
    return { sql: `(${context.compileExpression(input)})::DECIMAL(10,0)`, type };
  }
  const from = input.type;
  const isWider = from.kind === "decimal" && from.scale === to.scale && from.precision <= to.precision;
  return isWider ? narrowDecimal(input, context) : undefined;
}

function narrowConditional(
  { branches, otherwise }: Conditional,
  to: DecimalType,
  context: CompileContext,
): NarrowDecimal | undefined {
  const values = [...branches.map(({ then }) => then), ...(otherwise === undefined ? [] : [otherwise])];
  const narrow = values.map((value) =>
    value.type.kind === "decimal" && value.type.scale === to.scale ? narrowDecimal(value, context) : undefined,
  );
  if (narrow.includes(undefined)) return undefined;
  const type = decimalType(Math.max(...narrow.map((value) => value!.type.precision)), to.scale);
  const parts = branches.map(({ when }, index) => `WHEN ${context.compileExpression(when)} THEN ${narrow[index]!.sql}`);
  const last = otherwise === undefined ? "" : ` ELSE ${narrow.at(-1)!.sql}`;
  return { sql: `CASE ${parts.join(" ")}${last} END`, type };
}

type Combine = (left: DecimalType, right: DecimalType) => DecimalType;

// DuckDB gives sums a digit more, and cuts sums and products of 64 bits to as many digits as these hold.
const limited = (precision: number, scale: number): DecimalType => decimalType(Math.min(longDigits, precision), scale);
const added: Combine = (left, right) => {
  const scale = Math.max(left.scale, right.scale);
  return limited(Math.max(left.precision - left.scale, right.precision - right.scale) + scale + 1, scale);
};
const multiplied: Combine = (left, right) => limited(left.precision + right.precision, left.scale + right.scale);

const combinations: Readonly<Record<string, Combine>> = { "+": added, "-": added, "*": multiplied };

function narrowCall(call: ResolvedCall, to: DecimalType, context: CompileContext): NarrowDecimal | undefined {
  const combine = combinations[call.name];
  if (combine === undefined || call.arguments.length !== 2) return undefined;
  const [left, right] = call.arguments.map((argument) => narrowDecimal(argument, context));
  if (left === undefined || right === undefined) return undefined;
  const type = combine(left.type, right.type);
  // Where Spark's type has another scale, it rounds.
  return type.scale === to.scale ? fitting({ sql: `(${left.sql} ${call.name} ${right.sql})`, type }) : undefined;
}
