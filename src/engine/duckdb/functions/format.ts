/** Text by formats as DuckDB SQL. */

import { type DataType, type DecimalType, doubleType, stringType } from "../../../types/data-type.ts";
import { numberPattern } from "../../../types/number-pattern.ts";
import { compileCast } from "../compile/cast.ts";
import { duckType } from "../duck-type.ts";
import { kernelOf } from "../kernels/kernel.ts";
import { readNumber, writtenNumber } from "../kernels/text/patterned-number.ts";
import { text as quoted, sqlError } from "../sql-text.ts";
import { condition } from "../translate-failure.ts";
import type { Lowering, LoweringContext, Lowerings } from "./lowering.ts";
import { mathLowerings } from "./math.ts";
import { reused } from "./reuse.ts";

const nothing = ({ call }: LoweringContext): string => `NULL::${duckType(call.type)}`;

const writtenByPattern: Lowering = ([value], context) => {
  const format = context.constant(1);
  if (typeof format !== "string") return nothing(context);
  const pattern = numberPattern(format);
  const write = (number: string) => writtenNumber(number, pattern);
  const kernel = kernelOf("to_char", { parameters: [stringType], result: stringType, call: write });
  return context.bind(kernel)(`(${value})::VARCHAR`);
};

const readByPattern =
  (fails: boolean): Lowering =>
  ([text], context) => {
    const format = context.constant(1);
    if (typeof format !== "string") return nothing(context);
    const pattern = numberPattern(format);
    const call = (input: string): bigint | undefined => {
      const number = readNumber(input, pattern);
      if (number === undefined && fails)
        throw condition("INVALID_FORMAT.MISMATCH_INPUT", { inputType: '"STRING"', input, format });
      return number;
    };
    const result = context.call.type as DecimalType;
    return context.bind(kernelOf("to_number", { parameters: [stringType], result, call }))(text!);
  };

const fromHex: Lowering = (args) => {
  const bytes = mathLowerings.unhex(args);
  const message = { value: args[0]!, format: "'HEX'", suggestion: "'try_to_binary'" };
  return `CASE WHEN ${args[0]} IS NOT NULL AND ${bytes} IS NULL THEN ${sqlError("CONVERSION_INVALID_INPUT", message)} ELSE ${bytes} END`;
};

/** How a text becomes bytes, by the format's name; another one is null where the function does not fail. */
const decoders: Readonly<Record<string, { readonly strict: Lowering; readonly tried: Lowering }>> = {
  hex: { strict: fromHex, tried: mathLowerings.unhex },
  utf8: { strict: ([text]) => `encode(${text})`, tried: ([text]) => `encode(${text})` },
  base64: {
    strict: (args, { kernel }) => kernel("strict_base64", args),
    tried: (args, { kernel }) => kernel("try_strict_base64", args),
  },
};

const bytesOf =
  (way: "strict" | "tried"): Lowering =>
  ([text], context) => {
    const given = context.call.arguments.length > 1 ? context.constant(1) : "hex";
    const decoder = decoders[String(given).toLowerCase().replace("utf-8", "utf8")];
    return typeof given === "string" && decoder !== undefined ? decoder[way]([text!], context) : nothing(context);
  };

/** A text is UTF-8 already, unless it was made of bytes: then they are looked at. */
const utf8 =
  (kernel: string, ofText: (text: string) => string): Lowering =>
  ([text], context) => {
    const [argument] = context.call.arguments;
    if (argument?.kind !== "cast" || argument.input.type.kind !== "binary") return ofText(text!);
    return context.kernel(kernel, [context.compile(argument.input)]);
  };
const same = (text: string): string => text;

const anySeed = "(random() * 9007199254740991)::BIGINT";

/** Random numbers whose seed is null are those of 0. */
const seedOf = (seed: string): string => `coalesce((${seed})::BIGINT, 0)`;

const randomText: Lowering = ([length, seed], context) => {
  const count = `coalesce(${length}, 0)`;
  const drawn = seed === undefined ? [anySeed, "0::BIGINT"] : [seedOf(seed), context.drawnBefore()];
  const text = context.kernel("random_text", [...drawn, count]);
  const message = { functionName: quoted("`randstr`"), length: count };
  return `CASE WHEN ${length} < 0 THEN ${sqlError("INVALID_PARAMETER_VALUE.LENGTH", message)} ELSE ${text} END`;
};

const spread: Lowering = ([least, most, seed], context) => {
  const [low, high] = [least, most].map((value) => `(${value})::DOUBLE`);
  const number = seed === undefined ? "random()" : context.kernel("uniform", [seedOf(seed), context.drawnBefore()]);
  return reused([`(${low} + (${high} - ${low}) * ${number})`], ([value]) => castTo(value!, context.call.type, context));
};

const castTo = (value: string, type: DataType, context: LoweringContext): string =>
  compileCast(value, doubleType, type, "ansi", context);

export const formatLowerings = {
  to_char: writtenByPattern,
  to_number: readByPattern(true),
  try_to_number: readByPattern(false),
  to_binary: bytesOf("strict"),
  try_to_binary: bytesOf("tried"),
  is_valid_utf8: utf8("is_utf8", (text) => `CASE WHEN ${text} IS NOT NULL THEN true END`),
  make_valid_utf8: utf8("repaired_utf8", same),
  validate_utf8: utf8("checked_utf8", same),
  try_validate_utf8: utf8("tried_utf8", same),
  quote: ([text]) => `('''' || replace(${text}, '''', '\\''') || '''')`,
  randstr: randomText,
  uniform: spread,
} satisfies Lowerings<typeof import("../../../functions/format.ts")>;
