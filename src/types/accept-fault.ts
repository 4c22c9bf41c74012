import type { DataType } from "./data-type.ts";
import { sqlName } from "./type-name.ts";
import { kindOf, shown, ValueFault } from "./value-fault.ts";

/**
 * PySpark's `FIELD_DATA_TYPE_UNACCEPTABLE`: a value that is none of the type.
 *
 * @param value - the value
 * @param type - the type of its column
 * @param hint - what to give instead
 */
export function unacceptable(value: unknown, type: DataType, hint: string): ValueFault {
  const parameters = { data_type: sqlName(type), obj: shown(value), obj_type: kindOf(value) };
  const sentence = `${parameters.data_type} can not accept object ${parameters.obj} in type ${parameters.obj_type}`;
  return new ValueFault(sentence, { condition: "FIELD_DATA_TYPE_UNACCEPTABLE", parameters, hint });
}

/**
 * PySpark's `VALUE_OUT_OF_BOUNDS`: a whole number that is too large for its type.
 *
 * @param value - the number
 * @param type - the type of its column
 * @param bounds - the least and the greatest number of the type
 */
export function outOfBounds(value: number | bigint, type: DataType, bounds: readonly [bigint, bigint]): ValueFault {
  const [lower, upper] = bounds.map(String) as [string, string];
  const sentence = `The value for ${sqlName(type)} must be between ${lower} and ${upper} (inclusive), got ${value}`;
  return new ValueFault(sentence, {
    condition: "VALUE_OUT_OF_BOUNDS",
    parameters: { arg_name: "obj", lower_bound: lower, upper_bound: upper, actual: String(value) },
  });
}
