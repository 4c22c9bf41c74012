/** The shallow type of a DataFrame, by which methods take its schema. */

/** The key under which a DataFrame carries its schema; it exists for the compiler only. */
export declare const frameSchema: unique symbol;

/** Methods take the schema from `this`, so that a frame is covariant in it and every typed frame is an untyped one. */
export interface DataFrameLike<out S> {
  readonly [frameSchema]: S;
}
