/** Names, types, nullability and errors of programs, as real Spark's analyzer gives them. */
import { expect, test } from "vitest";
import { isLakewrightError } from "../../src/errors.ts";
import errors from "../answers/errors.json" with { type: "json" };
import schemas from "../answers/schemas.json" with { type: "json" };
import { nameOf } from "../functions/named-types.ts";
import { analysed, rowType } from "./program.ts";

test.each(schemas.map(({ program, columns }) => [program, columns] as const))(
  "%s has Spark's columns",
  (program, columns) => {
    expect(rowType(analysed(program), nameOf)).toEqual(columns);
  },
);

test.each(errors.map((error) => [error.program, error as Failure] as const))(
  "%s fails as in Spark",
  (program, error) => {
    expect(failure(program)).toEqual(comparable(error));
  },
);

test("duplicates by a column that is not there are refused", () => {
  // Spark Connect wraps this condition in one of its own.
  expect(failure('people.dropDuplicates(["nothing"])')).toEqual({
    condition: "UNRESOLVED_COLUMN_AMONG_FIELD_NAMES",
    sqlState: "42703",
    parameters: { colName: "nothing", fieldNames: "id, name, age, city, score, born, at, price" },
  });
});

test.each([
  ['people.select("NAME")', "UNRESOLVED_COLUMN.WITH_SUGGESTION"],
  ['people.join(pets, "ID")', "UNRESOLVED_USING_COLUMN_FOR_JOIN"],
  ['nested.select("s.A")', "FIELD_NOT_FOUND"],
])("%s fails where case matters", (program, condition) => {
  expect(failure(program, true)?.condition).toBe(condition);
  expect(failure(program, false)).toBeUndefined();
});

test("names that differ in case are two columns where case matters", () => {
  const program = 'people.select("id", col("age").alias("ID")).select("ID")';
  expect(rowType(analysed(program, true), nameOf)).toEqual([["ID", "int"]]);
  expect(failure(program, false)?.condition).toBe("AMBIGUOUS_REFERENCE");
});

interface Failure {
  readonly condition: string | undefined;
  readonly sqlState: string | undefined | null;
  readonly parameters: Readonly<Record<string, string | undefined>>;
}

function failure(program: string, caseSensitive = false): Failure | undefined {
  try {
    analysed(program, caseSensitive);
  } catch (error) {
    if (isLakewrightError(error)) return comparable(error);
    throw error;
  }
  return undefined;
}

const comparable = ({ condition, sqlState, parameters }: Failure): Failure => ({
  condition,
  sqlState: sqlState ?? undefined,
  parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, withoutIds(String(value))])),
});

// Spark writes the ids of its expressions into some messages.
const withoutIds = (text: string): string => text.replace(/#\d+L?/g, "");
