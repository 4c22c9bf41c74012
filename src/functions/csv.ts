/** CSV text. */
import { scalar } from "./define.ts";

/**
 * The value of a CSV record, as a struct that DDL states; fields that cannot be read are null.
 *
 * @param text - the record
 * @param schema - such as `a INT, b STRING`
 * @param options - how to read, as for CSV files
 * @throws ExecutionError `MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION` in the mode FAILFAST
 * @example fromCsv(lit("1, 0.8"), "a INT, b DOUBLE") // {1, 0.8}
 */
export const fromCsv = scalar(
  "from_csv(text: onlyString, schema: value schemaText, options?: stringMap): statedStruct null if first",
);

/**
 * A DDL schema for a CSV record.
 *
 * @param text - the record, a constant
 * @param options - how to read, as for CSV files
 * @example schemaOfCsv("1,abc") // STRUCT<_c0: INT, _c1: STRING>
 */
export const schemaOfCsv = scalar(
  "schema_of_csv(text: value onlyConstantString, options?: stringMap): string not null",
);

/**
 * A struct as a CSV record.
 *
 * @param value - a struct
 * @param options - how to write, as for CSV files
 * @example toCsv(namedStruct(lit("a"), lit(1), lit("b"), lit(2))) // 1,2
 */
export const toCsv = scalar("to_csv(value: record, options?: stringMap): string nullable");
