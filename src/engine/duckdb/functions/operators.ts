/** Operators and predicates as DuckDB SQL. */
import { type DataType, isIntegral } from "../../../types/data-type.ts";
import { orderKey, ordersOtherwise } from "../compile/order-key.ts";
import { duckType } from "../duck-type.ts";
import { sqlError } from "../sql-text.ts";
import { type DecimalOperator, decimalArithmetic } from "./decimal-arithmetic.ts";
import { duck, infix, type Lowering, typed } from "./lowering.ts";
import { reused } from "./reuse.ts";

/** A division whose divisor of zero is an error, as in ANSI mode. */
const checkedDivisor =
  (divide: (left: string, right: string) => string, condition = "DIVIDE_BY_ZERO"): Lowering =>
  ([left, right], { call }) => {
    const divisor = call.arguments[1];
    const known = divisor?.kind === "constant" && divisor.value !== null && Number(divisor.value) !== 0;
    return known
      ? divide(left!, right!)
      : `CASE WHEN ${right} = 0 AND ${left} IS NOT NULL THEN ${sqlError(condition)} ELSE ${divide(left!, right!)} END`;
  };

/** An operation that decimals have rules of their own for. */
const exact =
  (operator: DecimalOperator, otherwise: Lowering): Lowering =>
  (args, context) =>
    context.types[0]?.kind === "decimal" && context.types[1]?.kind === "decimal"
      ? decimalArithmetic(operator, args, context)
      : otherwise(args, context);

const temporal = (type: DataType): boolean => type.kind === "timestamp" || type.kind === "timestamp_ntz";

const plus: Lowering = (args, context) => {
  const [left, right] = context.types as [DataType, DataType];
  if (left.kind === "date" && isIntegral(right)) return `(${args[0]} + ${args[1]}::INTEGER)`;
  if (right.kind === "date" && isIntegral(left)) return `(${args[1]} + ${args[0]}::INTEGER)`;
  if (temporal(left)) return shifted(args[0]!, args[1]!, right, "+");
  if (temporal(right)) return shifted(args[1]!, args[0]!, left, "+");
  if (left.kind === "date") return `${shifted(args[0]!, args[1]!, right, "+")}::${duckType(context.call.type)}`;
  if (right.kind === "date") return `${shifted(args[1]!, args[0]!, left, "+")}::${duckType(context.call.type)}`;
  return exact("+", typed(infix("+")))(args, context);
};

const minus: Lowering = (args, context) => {
  const [left, right] = context.types as [DataType, DataType];
  if (left.kind === "date" && isIntegral(right)) return `(${args[0]} - ${args[1]}::INTEGER)`;
  if (left.kind === "date" && right.kind === "date") return `((${args[0]} - ${args[1]}) * 86400000000)::BIGINT`;
  if (temporal(left) && temporal(right)) return `(epoch_us(${args[0]}) - epoch_us(${args[1]}))`;
  if (temporal(left)) return shifted(args[0]!, args[1]!, right, "-");
  if (left.kind === "date") return `${shifted(args[0]!, args[1]!, right, "-")}::${duckType(context.call.type)}`;
  return exact("-", typed(infix("-")))(args, context);
};

function shifted(time: string, span: string, type: DataType, operator: "+" | "-"): string {
  if (type.kind === "year-month interval") return `(${time} ${operator} to_months(${span}))`;
  if (type.kind === "day-time interval") return `(${time} ${operator} to_microseconds(${span}))`;
  return `(${time} ${operator} ${span})`;
}

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
  "*": exact("*", typed(infix("*"))),
  "/": exact("/", typed(checkedDivisor((left, right) => `(${left} / ${right})`))),
  "%": exact("%", typed(checkedDivisor((left, right) => `(${left} % ${right})`, "REMAINDER_BY_ZERO"))),
  div: exact("div", typed(checkedDivisor((left, right) => `(${left} // ${right})`))),
  negative: typed(([value]) => `(-(${value}))`),
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
  in: ([value, ...list]) => `(${value} IN (${list.join(", ")}))`,
  "&": typed(infix("&")),
  "|": typed(infix("|")),
  "^": typed(duck("xor")),
  space: ([count]) => `repeat(' ', greatest(0, ${count}))`,
  luhn_check: ([digits], { kernel }) => kernel("luhn_check", [digits!]),
};
