/**
 * What functions are with the ANSI mode off, under the names that the analyzer has for them: what does not fit is null, and
 * integers wrap around. Programs cannot call them.
 */
import { type DataType, intType, isText, timestampNtzType, timestampType } from "../../../types/data-type.ts";
import { compileCast } from "../compile/cast.ts";
import { fromLocal, toLocal } from "../compile/zone.ts";
import { duckType } from "../duck-type.ts";
import { lastBits } from "../last-bits.ts";
import { collectionSize } from "./collection/arrays.ts";
import { triedDate } from "./date/made.ts";
import { moved, spanOf } from "./date/moved.ts";
import { triedNextDay } from "./date/weekdays.ts";
import { readTime, unixTime } from "./date.ts";
import { decimalArithmetic } from "./decimal-arithmetic.ts";
import type { Lowering, LoweringContext } from "./lowering.ts";
import { remainderAbove } from "./math.ts";
import { wrappedRound } from "./rounding.ts";
import { chosenElement } from "./string.ts";

/** A type that holds what the operators make of two integers. */
const roomFor = ({ kind }: DataType): "BIGINT" | "HUGEINT" => (kind === "bigint" ? "HUGEINT" : "BIGINT");

/** An operation whose result has the last bits of the exact one. */
const wrapping =
  (write: (...args: readonly string[]) => string): Lowering =>
  (args, { call }) => {
    const room = roomFor(call.type);
    return lastBits(write(...args.map((argument) => `(${argument})::${room}`)), call.type.kind, room);
  };

const wholeQuotient: Lowering = (args, context) =>
  context.types[0]?.kind === "decimal"
    ? decimalArithmetic("div", args, context, "try")
    : wrapping((left, right) => `${left} // ${right}`)(args, context);

const remainder: Lowering = (args, context) =>
  context.types[0]?.kind === "decimal"
    ? decimalArithmetic("pmod", args, context, "try")
    : `CASE WHEN ${args[1]} <> 0 THEN (${remainderAbove(args[0]!, args[1]!)})::${duckType(context.call.type)} END`;

/** A date moved by an interval: by its hours too, of which only whole days are left. */
const movedDate =
  (operator: "+" | "-"): Lowering =>
  (args, context) => {
    const [date, span] = context.types[0]?.kind === "date" ? args : args.toReversed();
    const start = fromLocal(`(${date})::TIMESTAMP`, context.timeZone);
    const parts = spanOf(span!, { kind: "interval" });
    return `(${toLocal(moved(start, timestampType, parts, operator, context.timeZone), context.timeZone)})::DATE`;
  };

const sizeOrMinusOne: Lowering = (args, context) => `coalesce(${collectionSize(args, context)}, -1)`;

/** Text of which the integer before the point is not 0. */
const textUnlessZero: Lowering = ([value], context) =>
  `CASE WHEN ${compileCast(value!, context.types[0]!, intType, "legacy", context)} = 0 THEN NULL ELSE ${value} END`;

const conversion: Lowering = ([text, from, to], { kernel }) => kernel("bounded_conv", [text!, from!, to!]);

const unixSeconds: Lowering = (args, context: LoweringContext) =>
  unixTime(args, context, args.length > 0 && isText(context.types[0]!) ? "try" : "ansi");

export const lenientLowerings: Readonly<Record<string, Lowering>> = {
  wrapping_add: wrapping((left, right) => `${left} + ${right}`),
  wrapping_subtract: wrapping((left, right) => `${left} - ${right}`),
  wrapping_multiply: wrapping((left, right) => `${left} * ${right}`),
  wrapping_negative: wrapping((value) => `-(${value})`),
  wrapping_abs: wrapping((value) => `abs(${value})`),
  wrapping_round: wrappedRound("up"),
  wrapping_bround: wrappedRound("even"),
  wrapping_div: wholeQuotient,
  try_pmod: remainder,
  later_date: movedDate("+"),
  earlier_date: movedDate("-"),
  size_or_minus_one: sizeOrMinusOne,
  bounded_conv: conversion,
  text_unless_zero: textUnlessZero,
  try_elt: chosenElement(() => "NULL"),
  try_make_date: triedDate,
  try_next_day: triedNextDay,
  try_to_timestamp_ntz: readTime(timestampNtzType, "try", ""),
  try_unix_timestamp: unixSeconds,
};
