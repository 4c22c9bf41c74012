/**
 * Kinds: what the compiler knows of the type of a column. A kind is Spark's type name, `| null` when the column may hold
 * null: `"string"`, `"double" | null`, `ArrayOf<"int">`.
 */

/** The kind of an array; `| null` inside when its elements may be null. */
export interface ArrayOf<out Element> {
  readonly array: Element;
}

/** The kind of a map. */
export interface MapOf<out Key, out Value> {
  readonly map: readonly [Key, Value];
}

/** The kind of a struct, by the kinds of its fields. */
export interface StructOf<out Fields> {
  readonly struct: Fields;
}

/** The kind of a user-defined type or a problem: a sentence for the person who reads the compiler's error. */
export interface Problem<out Sentence extends string> {
  readonly problem: Sentence;
}

export type Decimals = `decimal(${number},${number})`;
export type Integral = "tinyint" | "smallint" | "int" | "bigint";
/** `"number"` is a JavaScript number of rows: its value decides whether Spark's type is BIGINT or DOUBLE. */
export type Numeric = Integral | "float" | "double" | "number" | Decimals;
export type Temporal = "date" | "timestamp" | "timestamp_ntz";
export type Intervals = "interval" | "day-time interval" | "year-month interval";
/** Not known at compile time: passes every check and infects results, like `any` without being `any`. */
export type Dynamic = "dynamic";

/** The kind of a value; with `null`, of a value that may be null. */
export type Kind =
  | Numeric
  | Temporal
  | Intervals
  | "time"
  | "string"
  | "binary"
  | "boolean"
  | "variant"
  | "geometry"
  | "geography"
  | Dynamic
  | ArrayOf<unknown>
  | MapOf<unknown, unknown>
  | StructOf<unknown>
  | Problem<string>
  | null;

/** The schema of a DataFrame about which nothing is known. Every schema is assignable to it. */
export type Untyped = { readonly [name: string]: Kind };

export type NonNull<K> = Exclude<K, null>;
