/** The functions of Spark SQL, by the camelCase of PySpark's names: the entry point `lakewright/functions`. */
export * from "./aggregate.ts";
export { callFunction } from "./call-function.ts";
export * from "./collection.ts";
export * from "./conditional.ts";
export * from "./constructors.ts";
export * from "./date.ts";
export * from "./format.ts";
export * from "./higher-order.ts";
export * from "./json.ts";
export * from "./math.ts";
export * from "./misc.ts";
export * from "./orders.ts";
export * from "./predicate.ts";
export * from "./ranking.ts";
export * from "./string.ts";
export { udtf } from "./table-function.ts";
export { udf } from "./user-function.ts";
export { Window, WindowSpec } from "./window.ts";
