/** Cases that come to something else on the embedded engine than on a Spark, and why. One that is equal fails until its line goes. */
import { differences as besidePySpark, type Difference } from "../differences.ts";

const cannot = (reason: string): Difference => ({ kind: "cannot", reason });
const never = (reason: string): Difference => ({ kind: "never", reason });

/** What also differs from PySpark does so for the same reason. */
const known = ["windows: a range over two columns", "casts: numbers.l to timestamp", "JSON text: failing fast"];

const lastDigit = never("the last digits of a variance differ");
const variables = never("Spark names a column that is computed of a variable by an id that is another each time");
const eager = never("Spark fails at local rows that the program filters or cuts off afterwards");

/** By suite and case. */
export const differences: Readonly<Record<string, Difference>> = {
  ...Object.fromEntries(known.map((name) => [`DataFrame: ${name}`, besidePySpark[name]!])),
  "DataFrame: columns and their generated names: names of parts": eager,
  "DataFrame: arrays, maps and structs: array_sort with a comparator": eager,
  "DataFrame: groups: of pairs": lastDigit,
  "DataFrame: groups: describe of columns": lastDigit,
  "DataFrame: windows: other aggregates": lastDigit,
  "DataFrame: sets of rows: dropDuplicates by an unknown name": cannot(
    "Spark Connect tells an unknown name among those of duplicates by a condition of its own",
  ),
  "SQL: scripts: BEGIN DECLARE a INT; DECLARE b INT; SET (a, b) = (SELECT 1, 2); SELECT a + b; END": variables,
  "SQL: scripts: BEGIN FOR r AS SELECT array(1, 2) AS xs, map('k', 1) AS m, named_struct('a', 1, 'b', 'z') AS st DO SELECT xs[1], m['k'], st.b, r.st.a; END FOR; END":
    variables,
  "SQL: scripts: BEGIN DECLARE x = array(1, 2); SELECT x[0]; END": variables,
  "SQL: scripts: BEGIN DECLARE s = 0; FOR y AS SELECT NULL AS n DO SELECT n IS NULL; END FOR; END": variables,
  'DataFrame: recorded aggregates: longs.agg(skewness("x").alias("s"), kurtosis("x").alias("k"))': lastDigit,
};
