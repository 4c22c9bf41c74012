import { col, lit } from "lakewright";
import { type Program, program, type Theme } from "../program.ts";

const numeric = [
  "boolean",
  "tinyint",
  "smallint",
  "int",
  "bigint",
  "float",
  "double",
  "decimal(10,2)",
  "decimal(38,18)",
  "string",
] as const;
const temporal = ["string", "date", "timestamp", "timestamp_ntz"] as const;

/** A column of an input, and the types that Spark casts it to. */
const pairs = [
  [
    "numerals",
    "text",
    [...numeric, "binary", "date", "timestamp", "timestamp_ntz", "interval day to second", "interval year to month"],
  ],
  ...(["t", "s", "i", "l"] as const).map((name) => ["numbers", name, [...numeric, "timestamp"]] as const),
  ...(["f", "d", "m", "w"] as const).map((name) => ["numbers", name, numeric] as const),
  ["flags", "a", numeric],
  ["moments", "at", [...temporal, "bigint", "double", "decimal(30,6)", "int"]],
  ["moments", "day", temporal],
  ["moments", "wall", temporal],
  ["nested", "items", ["string", "array<string>", "array<bigint>", "array<boolean>"]],
  ["nested", "tags", ["string", "map<string,double>"]],
  ["nested", "place", ["string", "struct<a: string, b: double>"]],
] as const;

const tries: readonly Program[] = pairs.flatMap(([input, name, types]) =>
  types.map((type) =>
    program(
      `${input}.${name} to ${type}`,
      (given) => given[input].select("id", col(name).tryCast(type).as("cast")),
      `${input}.select("id", F.col("${name}").try_cast("${type}").alias("cast"))`,
    ),
  ),
);

/** Values that do not fit, and casts that there are not. */
const failures = [
  ["'abc'", "int"],
  ["'1.5'", "int"],
  ["''", "bigint"],
  ["'300'", "tinyint"],
  ["'x'", "double"],
  ["'x'", "decimal(5,2)"],
  ["'maybe'", "boolean"],
  ["'2025-02-30'", "date"],
  ["'nonsense'", "timestamp"],
  ["'1234567'", "decimal(5,2)"],
  ["300", "tinyint"],
  ["-40000", "smallint"],
  ["1e10", "int"],
  ["nan", "int"],
  ["1e400", "bigint"],
  ["123456.0", "decimal(5,2)"],
  ["5", "date"],
  ["True", "date"],
  ["1", "binary"],
  ["5.5", "array<int>"],
] as const;

const python = (value: string): string =>
  value === "nan" || value === "1e400" ? `float("${value === "nan" ? "nan" : "inf"}")` : value;

function javascript(value: string): string | number | boolean {
  if (value.startsWith("'")) return value.slice(1, -1);
  return value === "True" ? true : Number(value);
}

export const casts: Theme = {
  name: "casts",
  programs: [
    ...tries,
    ...failures.map(([value, type]) =>
      program(
        `${value} to ${type} fails`,
        ({ spark }) => spark.range(1).select(lit(javascript(value)).cast(type)),
        `spark.range(1).select(F.lit(${python(value)}).cast("${type}"))`,
      ),
    ),
  ],
};
