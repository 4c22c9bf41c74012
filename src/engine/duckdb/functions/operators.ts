/** Operators and predicates as DuckDB SQL. */
import { type DataType, isIntegral, isInterval, isTemporal } from "../../../types/data-type.ts";
import { ofMicroseconds } from "../casts/time-of-day.ts";
import { orderKey, ordersOtherwise } from "../compile/order-key.ts";
import { sqlError } from "../sql-text.ts";
import { elapsed, moved, movedDate, spanOf } from "./date/moved.ts";
import { type SpanOperator, spanArithmetic, spanQuotient, turned } from "./date/spans.ts";
import { type DecimalOperator, decimalArithmetic } from "./decimal-arithmetic.ts";
import { duck, infix, type Lowering, typed } from "./lowering.ts";
import { reused } from "./reuse.ts";

/** A division whose divisor of zero is an error, as in ANSI mode. */
const checkedDivisor =
  (divide: Lowering, condition = "DIVIDE_BY_ZERO"): Lowering =>
  (args, context) => {
    const [left, right] = args;
    const divisor = context.call.arguments[1];
    const known = divisor?.kind === "constant" && divisor.value !== null && Number(divisor.value) !== 0;
    const result = divide(args, context);
    return known
      ? result
      : `CASE WHEN ${right} = 0 AND ${left} IS NOT NULL THEN ${sqlError(condition)} ELSE ${result} END`;
  };

/** What a division leaves: nothing for -1, which DuckDB cannot divide the least integer by. */
const remainder: Lowering = ([left, right], { call, types }) => {
  const divisor = call.arguments[1];
  const isSafe = !isIntegral(types[0]!) || (divisor?.kind === "constant" && Number(divisor.value) !== -1);
  return `(${left} % ${isSafe ? right : unlessMinusOne(right!)})`;
};

/** A divisor that leaves as much. */
export const unlessMinusOne = (divisor: string): string => `CASE WHEN ${divisor} = -1 THEN 1 ELSE ${divisor} END`;

/** An operation that decimals have rules of their own for. */
const exact =
  (operator: DecimalOperator, otherwise: Lowering): Lowering =>
  (args, context) =>
    context.types[0]?.kind === "decimal" && context.types[1]?.kind === "decimal"
      ? decimalArithmetic(operator, args, context)
      : otherwise(args, context);

/** An operation that intervals and decimals have rules of their own for. */
const arithmetic =
  (operator: SpanOperator, otherwise: Lowering): Lowering =>
  (args, context) =>
    (context.types.some(isInterval) ? spanArithmetic(operator) : exact(operator, otherwise))(args, context);

/** A date or timestamp moved by days or an interval. */
function shifted(time: string, span: string, types: readonly DataType[], operator: "+" | "-", zone: string): string {
  const [type, by] = types as [DataType, DataType];
  if (isIntegral(by)) return `(${time} ${operator} ${span}::INTEGER)`;
  const parts = spanOf(span, by);
  if (type.kind === "date" && by.kind === "day-time interval") return `(${time} ${operator} (${parts.days})::INTEGER)`;
  return type.kind === "date" ? movedDate(time, parts, operator) : moved(time, type, parts, operator, zone);
}

/** A time of day moved by a span, within the day. */
const movedTime = (time: string, span: string, operator: "+" | "-"): string =>
  reused([`(epoch_us(${time}) ${operator} ${span})`], ([moment]) => {
    const fits = `${moment} BETWEEN 0 AND 86399999999`;
    return `CASE WHEN ${moment} IS NULL THEN NULL WHEN ${fits} THEN ${ofMicroseconds(moment!)} ELSE ${sqlError("DATETIME_OVERFLOW")} END`;
  });

const plus: Lowering = (args, context) => {
  const [left, right] = context.types as [DataType, DataType];
  if (left.kind === "time") return movedTime(args[0]!, args[1]!, "+");
  if (right.kind === "time") return movedTime(args[1]!, args[0]!, "+");
  if (isTemporal(left)) return shifted(args[0]!, args[1]!, [left, right], "+", context.timeZone);
  if (isTemporal(right)) return shifted(args[1]!, args[0]!, [right, left], "+", context.timeZone);
  return arithmetic("+", typed(infix("+")))(args, context);
};

const minus: Lowering = (args, context) => {
  const [left, right] = context.types as [DataType, DataType];
  if (left.kind === "time" && right.kind === "time") return `(epoch_us(${args[0]}) - epoch_us(${args[1]}))`;
  if (left.kind === "time") return movedTime(args[0]!, args[1]!, "-");
  if (left.kind === "date" && right.kind === "date") return `((${args[0]} - ${args[1]}) * 86400000000)::BIGINT`;
  if (isTemporal(left) && isTemporal(right)) return elapsed(args[0]!, args[1]!, left, context);
  if (isTemporal(left)) return shifted(args[0]!, args[1]!, [left, right], "-", context.timeZone);
  return arithmetic("-", typed(infix("-")))(args, context);
};

const wholeQuotient: Lowering = (args, context) =>
  isInterval(context.types[0]!)
    ? spanQuotient(args, context)
    : exact("div", typed(checkedDivisor(infix("//"))))(args, context);

const negated: Lowering = (args, context) =>
  isInterval(context.types[0]!) ? turned(args, context) : typed(([value]) => `(-(${value}))`)(args, context);

/** A comparison of values in Spark's order. */
const ordering =
  (operator: string): Lowering =>
  (args, { types }) => {
    const type = types[0]!;
    if (!ordersOtherwise(type)) return `(${args[0]} ${operator} ${args[1]})`;
    return reused(args, ([left, right]) => `(${orderKey(left!, type)} ${operator} ${orderKey(right!, type)})`);
  };

/** By SQL name. */
export const operatorLowerings: Readonly<Record<string, Lowering>> = {
  "+": plus,
  "-": minus,
  "*": arithmetic("*", typed(infix("*"))),
  "/": arithmetic("/", typed(checkedDivisor(infix("/")))),
  "%": exact("%", typed(checkedDivisor(remainder, "REMAINDER_BY_ZERO"))),
  div: wholeQuotient,
  negative: negated,
  positive: ([value]) => value!,
  "=": infix("="),
  "==": infix("="),
  "!=": infix("<>"),
  "<>": infix("<>"),
  "<": ordering("<"),
  "<=": ordering("<="),
  ">": ordering(">"),
  ">=": ordering(">="),
  "<=>": infix("IS NOT DISTINCT FROM"),
  AND: infix("AND"),
  OR: infix("OR"),
  NOT: ([value]) => `(NOT ${value})`,
  isnull: ([value]) => `(${value} IS NULL)`,
  isnotnull: ([value]) => `(${value} IS NOT NULL)`,
  // Nothing is in an empty list, not even a null.
  in: ([value, ...list]) => (list.length === 0 ? "false" : `(${value} IN (${list.join(", ")}))`),
  "&": typed(infix("&")),
  "|": typed(infix("|")),
  "^": typed(duck("xor")),
  space: ([count]) => `repeat(' ', greatest(0, ${count}))`,
  luhn_check: ([digits], { kernel }) => kernel("luhn_check", [digits!]),
};
