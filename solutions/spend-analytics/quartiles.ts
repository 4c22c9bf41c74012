/** Scores by quartile, as pandas cuts ranks. */
import { lit, Window, when } from "lakewright";
import { ceil, count, greatest, rowNumber } from "lakewright/functions";

/**
 * The quartile of a user, 1 to 4: users are ranked by a column, ties in the order of `user_id`, and the ranks are cut at
 * their exact quartiles. It is `pandas.qcut(values.rank(method="first"), 4)`.
 *
 * Of n ranks the k-th quartile ends at rank 1 + k (n − 1) / 4.
 *
 * @param column - what users are ranked by, the smallest first
 */
export function quartile<const Name extends string>(column: Name) {
  const rank = rowNumber().over(Window.orderBy(column, "user_id"));
  const users = count(lit(1)).over(Window.partitionBy());
  const quarter = ceil(rank.minus(1).multiply(4).divide(users.minus(1)));
  return when(users.eq(1), 1)
    .otherwise(greatest(lit(1), quarter))
    .cast("int");
}
