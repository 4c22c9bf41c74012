/** The greatest and least values, and what stands beside them. */
import { orderKey, ordersOtherwise } from "../../compile/order-key.ts";
import { type AggregateLowering, aggregateCall } from "./call.ts";

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

/** `max_by` and `min_by`: the value, null included, of the row with the extreme order. */
export const extremeBy =
  (name: "max" | "min"): AggregateLowering =>
  ([value, order], modifiers, { types }) =>
    aggregateCall(
      `arg_${name}_null`,
      [value!, orderKey(order!, types[1]!)],
      { ...modifiers, distinct: false },
      `${order} IS NOT NULL`,
    );
