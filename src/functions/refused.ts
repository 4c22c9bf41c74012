/** Functions of Spark that are refused by name, with the reason: where what Spark gives cannot be given faithfully. */

/** Why a function is refused, and Spark's own condition where Spark refuses it too. */
export interface Refused {
  readonly reason: string;
  readonly condition?: string;
}

const because = (reason: string, names: string, condition?: string): readonly (readonly [string, Refused])[] =>
  names.split(" ").map((name) => [name, condition === undefined ? { reason } : { reason, condition }]);

/** By name, in lower case. */
export const refusedFunctions: ReadonlyMap<string, Refused> = new Map([
  ...because("it calls a method of a Java class", "java_method reflect try_reflect"),
  ...because("it needs a compiled descriptor and Spark's Protobuf module", "from_protobuf to_protobuf"),
  ...because(
    "the type TIME is off, as it is in Spark unless a setting says otherwise",
    "current_time",
    "UNSUPPORTED_TIME_TYPE",
  ),
  ...because("metric views are not supported", "measure"),
]);
