/**
 * What functions are where the ANSI mode is off: calls that fail in it go to functions that give null or wrap around. An
 * engine sees only their names, those of Spark's `try_` functions or of functions that programs cannot call.
 */

import { mayBeNull, type NullRule } from "../functions/null-rules.ts";
import type { AnalysisSettings } from "../plan/analysis-settings.ts";
import type { ResolvedCall, ResolvedExpression } from "../plan/resolved.ts";
import { type DataType, isIntegral, isText } from "../types/data-type.ts";

/** A function in place of another, and when it is null. */
interface LenientForm {
  readonly name: string;
  readonly nulls: NullRule;
}

/** The form of a call, by the types of its arguments; undefined where it cannot fail, or fails all the same. */
type Choose = (types: readonly DataType[], settings: AnalysisSettings) => LenientForm | undefined;

const form =
  (name: string, nulls: NullRule = "nullable"): Choose =>
  () => ({ name, nulls });

/** Integers that wrap around, and decimals that are null where they have too many digits. */
const arithmetic =
  (wrapping: string, tried: string, integral: NullRule = "null if any"): Choose =>
  ([left, right]) => {
    if (left?.kind === "decimal") return { name: tried, nulls: "nullable" };
    return isIntegral(left!) && (right === undefined || isIntegral(right))
      ? { name: wrapping, nulls: integral }
      : undefined;
  };

/** Only integers wrap around. */
const wrapping =
  (name: string, nulls: NullRule = "null if any"): Choose =>
  ([type]) =>
    isIntegral(type!) ? { name, nulls } : undefined;

const isNumber = (type: DataType): boolean => isIntegral(type) || ["float", "double", "decimal"].includes(type.kind);

/** Numbers that are null where they are divided by zero, and calendar intervals. */
const divided =
  (name: string): Choose =>
  ([type]) =>
    isNumber(type!) || type!.kind === "interval" ? { name, nulls: "nullable" } : undefined;

/** A date moved by an interval that may have hours. */
const movedDate =
  (name: string, otherwise: Choose): Choose =>
  (types, settings) => {
    const kinds = types.map(({ kind }) => kind);
    return kinds.includes("date") && kinds.includes("interval")
      ? { name, nulls: "null if any" }
      : otherwise(types, settings);
  };

const ofArray =
  (name: string): Choose =>
  ([type]) =>
    type?.kind === "array" ? { name, nulls: "nullable" } : undefined;

/** Nothing has a size of -1, unless a setting says otherwise. */
const size: Choose = (_, { sizeOfNull }) =>
  sizeOfNull === false ? undefined : { name: "size_or_minus_one", nulls: "not null" };

const forms: Readonly<Record<string, Choose>> = {
  "+": movedDate("later_date", arithmetic("wrapping_add", "try_add")),
  "-": movedDate("earlier_date", arithmetic("wrapping_subtract", "try_subtract")),
  "*": arithmetic("wrapping_multiply", "try_multiply"),
  "/": divided("try_divide"),
  "%": divided("try_mod"),
  pmod: divided("try_pmod"),
  div: divided("wrapping_div"),
  negative: wrapping("wrapping_negative"),
  abs: wrapping("wrapping_abs"),
  round: wrapping("wrapping_round", "nullable"),
  bround: wrapping("wrapping_bround", "nullable"),
  sum: arithmetic("wrapping_sum", "try_sum", "nullable"),
  avg: ([type]) => (type?.kind === "decimal" ? { name: "try_avg", nulls: "nullable" } : undefined),
  corr: form("try_corr"),
  "[]": ofArray("get"),
  element_at: ofArray("try_element_at"),
  elt: form("try_elt"),
  size,
  conv: form("bounded_conv"),
  make_date: form("try_make_date"),
  make_interval: form("try_make_interval"),
  make_timestamp: form("try_make_timestamp"),
  make_timestamp_ltz: form("try_make_timestamp_ltz"),
  make_timestamp_ntz: form("try_make_timestamp_ntz"),
  next_day: form("try_next_day"),
  nullifzero: ([type]) => (isText(type!) ? { name: "text_unless_zero", nulls: "nullable" } : undefined),
  parse_url: form("try_parse_url"),
  to_date: form("try_to_date", "null if tried"),
  to_timestamp: form("try_to_timestamp", "null if tried"),
  to_timestamp_ntz: form("try_to_timestamp_ntz", "null if tried"),
  to_unix_timestamp: form("try_unix_timestamp"),
  unix_timestamp: form("try_unix_timestamp"),
};

/** A call as it is in the session's mode. */
export function lenientCall(call: ResolvedCall, settings: AnalysisSettings): ResolvedCall {
  if (settings.ansi !== false) return call;
  const types = call.arguments.map(({ type }) => type);
  const found = forms[call.name]?.(types, settings);
  if (found === undefined) return call;
  return { ...call, name: found.name, nullable: mayBeNull(found.nulls, call.arguments.map(informationOf), call.type) };
}

const informationOf = (argument: ResolvedExpression) => ({
  type: argument.type,
  nullable: argument.nullable,
  ...(argument.kind === "constant" ? { literal: argument.value } : {}),
});
