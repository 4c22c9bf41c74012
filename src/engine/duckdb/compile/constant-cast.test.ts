import { expect, it } from "vitest";
import type { Constant, ResolvedExpression } from "../../../plan/resolved.ts";
import type { DataType } from "../../../types/data-type.ts";
import { parseDdl } from "../../../types/ddl.ts";
import { constantOf } from "./constant-cast.ts";

const text = (value: string | null): Constant => ({
  kind: "constant",
  type: { kind: "string" } as DataType,
  value,
  nullable: value === null,
});
const int = (value: number): Constant => ({
  kind: "constant",
  type: { kind: "int" } as DataType,
  value,
  nullable: false,
});
const double = (value: number): Constant => ({
  kind: "constant",
  type: { kind: "double" } as DataType,
  value,
  nullable: false,
});
const cast = (input: ResolvedExpression, type: string): ResolvedExpression => ({
  kind: "cast",
  input,
  type: parseDdl(`value ${type}`).fields[0]!.type,
  nullable: true,
  mode: "ansi",
});
const valueOf = (expression: ResolvedExpression, timeZone = "UTC") => constantOf(expression, timeZone)?.value;

it.each<[ResolvedExpression, unknown]>([
  [cast(text("0.05"), "decimal(3,2)"), 5n],
  [cast(cast(text("0.05"), "decimal(3,2)"), "decimal(15,4)"), 500n],
  [cast(text("-12"), "bigint"), -12n],
  [cast(text("+7"), "int"), 7],
  [cast(int(24), "decimal(15,2)"), 2400n],
  [cast(int(24), "bigint"), 24n],
  [cast(int(-3), "double"), -3],
  [cast(double(0), "int"), 0],
  [cast(double(-3), "bigint"), -3n],
  [cast(double(7), "decimal(15,2)"), 700n],
  [cast(text("1970-01-11"), "date"), 10],
  [cast(text("1970-01-01 00:00:01"), "timestamp"), 1_000_000n],
  [cast(text("1970-01-01T01:00:00+01:00"), "timestamp"), 0n],
  [cast(text(null), "date"), null],
])("computes %j", (expression, expected) => {
  expect(valueOf(expression)).toBe(expected);
});

it.each<ResolvedExpression>([
  cast(text("0.055"), "decimal(3,2)"),
  cast(text("10"), "decimal(3,2)"),
  cast(text("1e3"), "int"),
  cast(text(" 7"), "int"),
  cast(text("1.5"), "int"),
  cast(int(300), "tinyint"),
  cast(double(1.5), "int"),
  cast(double(-0), "double"),
  cast(double(Number.NaN), "int"),
  cast(double(2 ** 53), "bigint"),
  cast(double(300), "tinyint"),
  cast(text("1970-02-30"), "date"),
  cast(text("x"), "timestamp"),
  { kind: "column", id: 1, type: { kind: "int" } as DataType, nullable: false },
])("leaves %j to the cast that runs", (expression) => {
  expect(constantOf(expression, "UTC")).toBeUndefined();
});

it("reads text as a timestamp only where the clock of the session is that of UTC", () => {
  expect(valueOf(cast(text("1970-01-01"), "timestamp"), "Europe/Zurich")).toBeUndefined();
});
