/**
 * Decimals computed in 64 bits. Spark's types leave room for the largest numbers, so that products need 128 bits, which
 * cost ten times as much; what is multiplied in practice is smaller.
 */
import type {
  ColumnReference,
  Conditional,
  ResolvedCall,
  ResolvedCast,
  ResolvedExpression,
} from "../../../plan/resolved.ts";
import { type DecimalType, isIntegral } from "../../../types/data-type.ts";
import { columnName } from "../sql-text.ts";
import { constantOf } from "./constant-cast.ts";
import type { CompileContext } from "./context.ts";
import { compileConstant } from "./literal.ts";

/** SQL of the same value as an expression, in 64 bits; it fails where a value has more digits than these hold. */
export interface NarrowDecimal {
  readonly sql: string;
  readonly type: DecimalType;
  /** The most digits that a value may have. */
  readonly digits: number;
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
  if (expression.kind === "column") return narrowColumn(expression, type, context);
  if (expression.kind === "cast") return narrowCast(expression, type, context);
  if (expression.kind === "conditional") return narrowConditional(expression, type, context);
  return expression.kind === "call" ? narrowCall(expression, type, context) : undefined;
}

function narrowColumn({ id }: ColumnReference, type: DecimalType, context: CompileContext): NarrowDecimal | undefined {
  const digits = context.digits(id) ?? type.precision;
  return type.precision <= longDigits ? { sql: columnName(id), type, digits } : undefined;
}

const decimalType = (precision: number, scale: number): DecimalType => ({ kind: "decimal", precision, scale });

function narrowConstant(value: unknown, { scale }: DecimalType): NarrowDecimal | undefined {
  const unscaled = (value ?? 0n) as bigint;
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().length;
  const type = decimalType(Math.max(digits, scale, 1), scale);
  return type.precision <= longDigits ? { sql: compileConstant(value, type), type, digits } : undefined;
}

/** A cast that only adds digits before the point changes nothing; whole numbers of 32 bits are decimals of ten digits. */
function narrowCast({ input }: ResolvedCast, to: DecimalType, context: CompileContext): NarrowDecimal | undefined {
  if (isIntegral(input.type) && input.type.kind !== "bigint" && to.scale === 0 && to.precision >= 10) {
    const digits = (input.kind === "column" ? context.digits(input.id) : undefined) ?? 10;
    return { sql: `(${context.compileExpression(input)})::DECIMAL(10,0)`, type: decimalType(10, 0), digits };
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
  const most = (of: (value: NarrowDecimal) => number): number => Math.max(...narrow.map((value) => of(value!)));
  const type = decimalType(
    most((value) => value.type.precision),
    to.scale,
  );
  const parts = branches.map(({ when }, index) => `WHEN ${context.compileExpression(when)} THEN ${narrow[index]!.sql}`);
  const last = otherwise === undefined ? "" : ` ELSE ${narrow.at(-1)!.sql}`;
  return { sql: `CASE ${parts.join(" ")}${last} END`, type, digits: most(({ digits }) => digits) };
}

/** The scale and the most digits of what two numbers of so many digits make. */
type Combine = (left: Digits, right: Digits) => Digits;
interface Digits {
  readonly digits: number;
  readonly scale: number;
}

const added: Combine = (left, right) => {
  const scale = Math.max(left.scale, right.scale);
  return { digits: Math.max(left.digits - left.scale, right.digits - right.scale) + scale + 1, scale };
};
const multiplied: Combine = (left, right) => ({
  digits: left.digits + right.digits,
  scale: left.scale + right.scale,
});

const combinations: Readonly<Record<string, Combine>> = { "+": added, "-": added, "*": multiplied };

function narrowCall(call: ResolvedCall, to: DecimalType, context: CompileContext): NarrowDecimal | undefined {
  const combine = combinations[call.name];
  if (combine === undefined || call.arguments.length !== 2) return undefined;
  const [left, right] = call.arguments.map((argument) => narrowDecimal(argument, context));
  if (left === undefined || right === undefined) return undefined;
  const ofType = ({ type: { precision: digits, scale } }: NarrowDecimal): Digits => ({ digits, scale });
  const ofValue = ({ type: { scale }, digits }: NarrowDecimal): Digits => ({ digits, scale });
  // DuckDB cuts sums and products of 64 bits to as many digits as these hold.
  const { digits: precision, scale } = combine(ofType(left), ofType(right));
  const type = decimalType(Math.min(longDigits, precision), scale);
  const { digits } = combine(ofValue(left), ofValue(right));
  // Where Spark's type has another scale, it rounds.
  const isNarrow = scale === to.scale && scale <= longDigits;
  return isNarrow ? { sql: `(${left.sql} ${call.name} ${right.sql})`, type, digits } : undefined;
}
