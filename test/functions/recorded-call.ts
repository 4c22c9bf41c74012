/** Calls of the recorded answers, applied by our rules as the analyzer applies them. */
import { AnalysisError } from "../../src/errors.ts";
import { castMayGiveNull } from "../../src/functions/cast-rules.ts";
import { lookupFunction } from "../../src/functions/catalogue.ts";
import type { FunctionDefinition } from "../../src/functions/definition.ts";
import { chosenFunction } from "../../src/functions/function-choice.ts";
import { type ArgumentInformation, mayBeNull } from "../../src/functions/null-rules.ts";
import { parameterRules } from "../../src/functions/parameter-rules.ts";
import { resultRules } from "../../src/functions/result-rules.ts";
import { ansiCoercion } from "../../src/functions/type-coercion.ts";
import {
  arrayType,
  type DataType,
  dayTimeIntervalType,
  decimalType,
  intType,
  mapType,
  stringType,
} from "../../src/types/data-type.ts";
import { sameType } from "../../src/types/same-type.ts";
import { namedType, nameOf, split } from "./named-types.ts";

export const refused = "refused";

export interface RecordedCall {
  readonly name: string;
  readonly args: readonly string[];
}

/** `name(int, 'x') OVER` as its name and arguments. */
export function parseCall(line: string): RecordedCall {
  const [, name, inside] = /^(.*?)\((.*)\)(?: OVER)?$/.exec(line)!;
  return { name: name!, args: splitOutsideQuotes(inside!) };
}

// Commas in text and the point of an arrow are no separators and no brackets.
const splitOutsideQuotes = (text: string): readonly string[] =>
  split(text.replace(/'[^']*'/g, (quoted) => quoted.replaceAll(",", "\0")).replaceAll("->", "\x01"))
    .map((part) => part.trim().replaceAll("\0", ",").replaceAll("\x01", "->"))
    .filter((part) => part !== "");

const constants: readonly [RegExp, (text: string) => ArgumentInformation][] = [
  [/^'.*'$/, (text) => ({ type: stringType, nullable: false, literal: text.slice(1, -1) })],
  [/^[A-Z]+$/, (text) => ({ type: stringType, nullable: false, literal: text })],
  [/^-?\d+$/, (text) => ({ type: intType, nullable: false, literal: Number(text) })],
  [/^\d+\.\d+$/, (text) => ({ type: decimalType(2, 2), nullable: false, literal: Number(text) })],
  [
    /^INTERVAL '1' HOUR$/,
    () => ({ type: dayTimeIntervalType("hour", "hour"), nullable: false, literal: 3_600_000_000n }),
  ],
  [/^true$/, () => ({ type: { kind: "boolean" }, nullable: false, literal: true })],
  [/^array\(/, () => ({ type: arrayType(decimalType(2, 2), false), nullable: false })],
  [/^map\(/, () => ({ type: mapType(stringType, stringType, false), nullable: false })],
];

/** The argument of a text: a constant, or a column of a type, nullable after a question mark. */
function argumentOf(text: string, columns: readonly string[]): ArgumentInformation {
  const constant = constants.find(([form]) => form.test(text));
  if (constant !== undefined) return constant[1](text);
  const bare = text.replace(/\?$/, "");
  const type = namedType(bare);
  const name = `c${columns.indexOf(bare)}${bare === text ? "" : "_"}`;
  return { type, nullable: bare !== text || type.kind === "void", name };
}

/**
 * The result of a call as the recorded answers write it, or `refused`.
 *
 * @param call - the call
 * @param columns - the types of the columns `c0`, `c1`, … of the recorded table
 */
export function applied(call: RecordedCall, columns: readonly string[]): string {
  try {
    return result(call, columns);
  } catch (error) {
    if (error instanceof AnalysisError) return refused;
    throw error;
  }
}

function result({ name, args }: RecordedCall, columns: readonly string[]): string {
  const { definition, args: given } = chosenFunction(
    lookupFunction(name)!,
    args.map((text) => argumentOf(text, columns)),
  );
  const information = converted(definition, given);
  if (information === undefined) return refused;
  const type = resultRules[definition.result](information);
  if (definition.class === "generator" && type.kind === "struct") return generated(definition, type.fields);
  return `${nameOf(type)}${mayBeNull(definition.nulls, information, type) ? "?" : ""}`;
}

/** The types to which the arguments of a call are cast, or undefined where one is refused. */
export function castTypes({ name, args }: RecordedCall, columns: readonly string[]): readonly string[] | undefined {
  if (applied({ name, args }, columns) === refused) return undefined;
  const { definition, args: given } = chosenFunction(
    lookupFunction(name)!,
    args.map((text) => argumentOf(text, columns)),
  );
  const information = converted(definition, given);
  return information?.map(({ type }) => nameOf(type));
}

const generated = ({ name }: FunctionDefinition, fields: readonly { type: DataType; nullable: boolean }[]): string =>
  fields.map(({ type, nullable }) => `${nameOf(type)}${nullable || name.endsWith("_outer") ? "?" : ""}`).join("; ");

function converted(
  { parameters }: FunctionDefinition,
  args: readonly ArgumentInformation[],
): readonly ArgumentInformation[] | undefined {
  if (args.length > parameters.length && parameters.at(-1)?.variadic !== true) return undefined;
  if (parameters.filter(({ optional, variadic }) => !optional && !variadic).length > args.length) return undefined;
  const rules = args.map((_, index) => parameters[Math.min(index, parameters.length - 1)]!.rule);
  const types = args.map(({ type }) => type);
  const literals = args.map(({ literal }) => literal);
  const targets = rules.map((rule, index) => {
    const same = rules.flatMap((other, position) => (other === rule ? [position] : []));
    return parameterRules[rule].accept({ types, index, same, literals, coercion: ansiCoercion });
  });
  if (!targets.every((target) => target !== undefined)) return undefined;
  return args.map((argument, index) => convertedTo(argument, targets[index]!));
}

function convertedTo(argument: ArgumentInformation, type: DataType): ArgumentInformation {
  if (sameType(argument.type, type)) return argument;
  return { ...argument, type, nullable: argument.nullable || castMayGiveNull(argument.type, type) };
}
