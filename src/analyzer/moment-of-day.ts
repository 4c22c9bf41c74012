/**
 * Timestamps made of a date and a time of day: `make_timestamp(d, TIME'06:30')`. What is left are the parts of a timestamp; a
 * constant time is taken even while the type TIME is off.
 */
import type { Call, Expression, Literal } from "../plan/expression.ts";
import { decimalType, intType, stringType } from "../types/data-type.ts";
import { unexpectedInputType } from "./errors.ts";
import { type ExpressionContext, resolveIn } from "./expression-context.ts";
import { prettyText } from "./names.ts";

/** The most arguments of each function that takes a date, and the function of parts whose result may be null as its own may. */
const forms: Readonly<Record<string, { readonly most: number; readonly ofParts: string }>> = {
  make_timestamp: { most: 3, ofParts: "make_timestamp_ltz" },
  make_timestamp_ltz: { most: 3, ofParts: "make_timestamp_ltz" },
  make_timestamp_ntz: { most: 2, ofParts: "try_make_timestamp_ntz" },
  try_make_timestamp: { most: 3, ofParts: "make_timestamp_ltz" },
  try_make_timestamp_ltz: { most: 3, ofParts: "make_timestamp_ltz" },
  try_make_timestamp_ntz: { most: 2, ofParts: "try_make_timestamp_ntz" },
};
/** Those of which the date alone is enough. */
const aloneToo: ReadonlySet<string> = new Set(["make_timestamp", "try_make_timestamp"]);

const hour = 3_600_000_000;
const minute = 60_000_000;

/** The call with the parts of the date and of the time; undefined for a call of another form. */
export function momentOfDay(call: Call, context: ExpressionContext): Call | undefined {
  const name = call.name.at(-1)!.toLowerCase();
  const [date, time, ...zone] = call.arguments;
  const form = forms[name];
  if (form === undefined || call.arguments.length > form.most) return undefined;
  if (date === undefined || date.kind === "named argument") return undefined;
  if (time === undefined && !aloneToo.has(name)) return undefined;
  checkDate(call, date, context);
  const parts = [...dateParts(date), ...partsOfTime(call, time, context), ...zone];
  return { ...call, name: [form.ofParts], arguments: parts };
}

function checkDate(call: Call, date: Expression, context: ExpressionContext): void {
  const { type } = resolveIn(context, date);
  if (type.kind === "date" || type.kind === "void") return;
  throw unexpectedInputType(prettyText(call), 0, prettyText(date), '"DATE"', type);
}

function partsOfTime(call: Call, time: Expression | undefined, context: ExpressionContext): readonly Expression[] {
  if (time === undefined) return constantParts(0);
  if (time.kind === "literal" && time.type.kind === "time" && time.value !== null)
    return constantParts(Number(time.value));
  const { type } = resolveIn(context, time);
  if (type.kind !== "time" && type.kind !== "void")
    throw unexpectedInputType(prettyText(call), 1, prettyText(time), '"TIME"', type);
  const seconds: Expression = { kind: "literal", type: stringType, value: "second" };
  return [part("hour", time), part("minute", time), part("date_part", seconds, time)];
}

const part = (name: string, ...args: readonly Expression[]): Call => ({ kind: "call", name: [name], arguments: args });
const dateParts = (date: Expression): readonly Expression[] =>
  ["year", "month", "dayofmonth"].map((name) => part(name, date));

const whole = (value: number): Literal => ({ kind: "literal", type: intType, value });

const constantParts = (time: number): readonly Expression[] => [
  whole(Math.floor(time / hour)),
  whole(Math.floor((time % hour) / minute)),
  { kind: "literal", type: decimalType(16, 6), value: BigInt(time % minute) },
];
