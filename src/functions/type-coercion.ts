/**
 * How values of one type become those of another of their own accord. Spark has one set of such rules for the ANSI mode and
 * one for sessions with `spark.sql.ansi.enabled` off; an analysis has one of the two, which it takes along everywhere.
 */
import type { DataType } from "../types/data-type.ts";
import * as ansi from "./coercion.ts";
import { type ExpectedType, implicitCast } from "./expected-type.ts";
import * as legacy from "./legacy-coercion.ts";

export interface Coercion {
  /** How the casts that are implied or written as `CAST` treat values that do not fit. */
  readonly castMode: "ansi" | "legacy";
  /** The type that all values of these types go to: in `coalesce`, `array`, `CASE`, `IN`, unions. */
  readonly widest: (types: readonly DataType[]) => DataType | undefined;
  /** The same where text is never read as, or written of, another type: in `greatest`, `VALUES`. */
  readonly widestWithoutText: (types: readonly DataType[]) => DataType | undefined;
  /** The types that both sides of an arithmetic operator are cast to before it looks at them. */
  readonly operandTypes: (left: ansi.Operand, right: ansi.Operand) => readonly [DataType, DataType];
  /** The type in which `<` compares two values; undefined when they cannot be compared. */
  readonly comparisonType: (left: ansi.Operand, right: ansi.Operand) => DataType | undefined;
  /** The type in which `=` compares two values. */
  readonly equalityType: (left: ansi.Operand, right: ansi.Operand) => DataType | undefined;
  /** The type that an argument is cast to so that it fits a parameter. */
  readonly implicitCast: (from: DataType, target: ExpectedType) => DataType | undefined;
}

/** Values that do not fit are errors, and so are most meetings of text with other types. */
export const ansiCoercion: Coercion = {
  castMode: "ansi",
  widest: ansi.widest,
  widestWithoutText: ansi.widestWithoutText,
  operandTypes: ansi.operandTypes,
  comparisonType: ansi.commonComparisonType,
  equalityType: ansi.commonComparisonType,
  implicitCast,
};

/** Values that do not fit become null, and texts become numbers where numbers are wanted. */
export const legacyCoercion: Coercion = { castMode: "legacy", ...legacy };
