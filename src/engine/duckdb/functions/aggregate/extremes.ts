/** The greatest and least values, and what stands beside them. */
import type { DataType } from "../../../../types/data-type.ts";
import { orderKey, ordersOtherwise } from "../../compile/order-key.ts";
import { type AggregateLowering, type AggregateModifiers, aggregateCall } from "./call.ts";

/** `max` and `min`, in Spark's order. */
export const extreme =
  (name: "max" | "min"): AggregateLowering =>
  (args, modifiers, { types }) => {
    const [value] = args as [string];
    const type = types[0]!;
    if (!ordersOtherwise(type)) return aggregateCall(name, args, modifiers);
    return aggregateCall(
      `arg_${name}`,
      [value, orderKey(value, type)],
      { ...modifiers, distinct: false },
      `${value} IS NOT NULL`,
    );
  };

/** The values of so many rows with the extreme orders. */
function several(
  name: "max" | "min",
  value: string,
  order: string,
  type: DataType,
  count: string,
  modifiers: AggregateModifiers,
): string {
  const sorted = {
    ...modifiers,
    distinct: false,
    order: `${orderKey(order, type)} ${name === "max" ? "DESC" : "ASC"}`,
  };
  return `(${aggregateCall("list", [value], sorted, `${order} IS NOT NULL`)})[1:${count}]`;
}

/** `max_by` and `min_by`: the value, null included, of the row with the extreme order. */
export const extremeBy =
  (name: "max" | "min"): AggregateLowering =>
  ([value, order, count], modifiers, { types }) =>
    count !== undefined
      ? several(name, value!, order!, types[1]!, count, modifiers)
      : aggregateCall(
          `arg_${name}_null`,
          [value!, orderKey(order!, types[1]!)],
          { ...modifiers, distinct: false },
          `${order} IS NOT NULL`,
        );
