/** Expressions that many queries share. */
import { col, lit } from "lakewright";

/** A day, written as `yyyy-MM-dd`. */
export const day = <const Text extends string>(text: Text) => lit(text).cast("date");

/** What a line brings in after its discount. */
export const revenue = col("l_extendedprice").multiply(lit(1).minus(col("l_discount")));

/** Whether a day lies in the months from `first` up to, and without, `end`. */
export const within = <const Name extends string>(name: Name, first: string, end: string) =>
  col(name)
    .geq(day(first))
    .and(col(name).lt(day(end)));
