import { AssertionError } from "node:assert";
import { type StructField, type StructType, simpleString } from "../index.ts";

/** Options of `assertSchemaEqual`, by PySpark's names. */
export interface SchemaEqualOptions {
  /** Whether columns may differ in nullability; true by default, as in PySpark. */
  readonly ignoreNullable?: boolean;
  /** Whether columns may come in another order. */
  readonly ignoreColumnOrder?: boolean;
  /** Whether only types are compared. */
  readonly ignoreColumnName?: boolean;
}

/**
 * Asserts that two schemas are equal. Spark: `pyspark.testing.assertSchemaEqual`.
 *
 * @param actual - the schema in question
 * @param expected - what it should be
 * @param options - what may differ
 * @throws AssertionError that lists the fields that differ
 * @example
 * ```ts
 * assertSchemaEqual(await df.schema(), parseDdl("user STRING, amount DOUBLE"));
 * ```
 */
export function assertSchemaEqual(actual: StructType, expected: StructType, options: SchemaEqualOptions = {}): void {
  const [left, right] = [actual, expected].map((schema) => lines(schema, options)) as [
    readonly string[],
    readonly string[],
  ];
  const same = left.length === right.length && left.every((line, index) => line === right[index]);
  if (same) return;
  const length = Math.max(left.length, right.length);
  const differences = Array.from({ length }, (_, index) =>
    left[index] === right[index]
      ? `    ${left[index] ?? ""}`
      : [`  - ${right[index] ?? "(no field)"}`, `  + ${left[index] ?? "(no field)"}`].join("\n"),
  );
  throw new AssertionError({
    message: `[DIFFERENT_SCHEMA] Schemas do not match (- expected, + actual):\n${differences.join("\n")}`,
    actual,
    expected,
  });
}

function lines({ fields }: StructType, options: SchemaEqualOptions): readonly string[] {
  const ordered =
    options.ignoreColumnOrder === true ? [...fields].sort((left, right) => (left.name < right.name ? -1 : 1)) : fields;
  return ordered.map((field) => line(field, options));
}

function line(
  { name, type, nullable }: StructField,
  { ignoreNullable = true, ignoreColumnName = false }: SchemaEqualOptions,
): string {
  const nulls = ignoreNullable || nullable ? "" : " NOT NULL";
  return `${ignoreColumnName ? "" : `${name}: `}${simpleString(type)}${nulls}`;
}
