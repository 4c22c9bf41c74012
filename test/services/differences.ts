/** Programs whose result is not Spark's, and why. One that has become equal fails until its line goes. */

/** Why a program has another result than in Spark. */
export interface Difference {
  /** `ours`: not built yet · `cannot`: the engine has no way to it · `never`: on purpose. */
  readonly kind: "ours" | "cannot" | "never";
  readonly reason: string;
}

const cannot = (reason: string): Difference => ({ kind: "cannot", reason });
const never = (reason: string): Difference => ({ kind: "never", reason });

/** By theme and program. */
export const differences: Readonly<Record<string, Difference>> = {
  "groups: a group by a map": never("a classic session of Spark makes the null in a grouped map a zero"),
  "groups: describe": cannot("DuckDB's running variance rounds otherwise in the last digit"),
  "groups: describe of columns": cannot("DuckDB's running variance rounds otherwise in the last digit"),
  "windows: other aggregates": cannot("DuckDB's running variance rounds otherwise in the last digit"),
  "windows: frames of ranges over dates": never(
    "days are INT here, as in SQL; PySpark's bounds are BIGINT, which DATE refuses",
  ),
  "windows: a range over two columns": never("Spark's parameters hold its internal ids of columns"),
  "casts: numbers.l to timestamp": never("a Timestamp of JavaScript ends some 285,000 years from 1970"),
  "casts: 1e10 to int fails": never("lit() takes a whole number of JavaScript as an integer"),
  "casts: 123456.0 to decimal(5,2) fails": never("lit() takes a whole number of JavaScript as an integer"),
  "JSON text: failing fast": never("the bad record is named by its text, which Spark has lost by then"),
  "views, observations and rows of programs: a row of another type": never(
    "values and types are named as JavaScript has them",
  ),
  "views, observations and rows of programs: a null where none may be": never("the row is named too"),
};
