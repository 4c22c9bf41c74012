/** The calls that are asked about: their places, and the statements that put an argument of a type there. */
import { readFileSync } from "node:fs";
import { plainValues } from "../conformance/edges/values.ts";
import { parseCall } from "../functions/recorded-call.ts";
import { isColumn, probedTypes } from "./types.ts";

/** A call with places for arguments. */
export interface Form {
  /** As the lists of calls write it. */
  readonly text: string;
  /** What stands before, between and behind the places: one more than there are places. */
  readonly around: readonly string[];
  /** What stands in each place unless it is asked about. */
  readonly usual: readonly string[];
}

const linesOf = (path: string): readonly string[] =>
  readFileSync(new URL(`../answers/${path}`, import.meta.url), "utf8")
    .trim()
    .split("\n");

/** Lambdas, words such as units, and constants that are no types. */
const isPlace = (argument: string): boolean => !/->|^[A-Z]+$|^INTERVAL/.test(argument);

const usualOf = (argument: string): string => plainValues[argument] ?? argument;

/** `{type}` and `{constant}` are places. */
function formOf(text: string): Form {
  const parts = text.split(/\{((?:[^{}])*)\}/);
  return {
    text,
    around: parts.filter((_, index) => index % 2 === 0),
    usual: parts.filter((_, index) => index % 2 === 1).map(usualOf),
  };
}

/** `name(type, constant)`, maybe over a window. */
function formOfCall(text: string): Form {
  const { name, args } = parseCall(text);
  const around = [`${name}(`];
  const usual: string[] = [];
  for (const [index, argument] of args.entries()) {
    const comma = index === 0 ? "" : ", ";
    around.push(`${around.pop()}${comma}${isPlace(argument) ? "" : argument}`);
    if (!isPlace(argument)) continue;
    usual.push(usualOf(argument));
    around.push("");
  }
  around.push(`${around.pop()})${text.endsWith(" OVER") ? " OVER (ORDER BY 'same')" : ""}`);
  return { text, around, usual };
}

/** Whether a call has the same answer whenever it is asked. */
const isSteady = (text: string): boolean => !/\btime\(/.test(text);

/** Every call, once. */
export const forms = (): readonly Form[] =>
  [...linesOf("coercion/calls.txt").map(formOfCall), ...linesOf("probe/further-calls.txt").map(formOf)].filter(
    ({ text }) => isSteady(text),
  );

function written({ around, usual }: Form, place: number, argument: string): string {
  const args = usual.map((text, index) => (index === place ? argument : text));
  return around.map((text, index) => text + (args[index] ?? "")).join("");
}

/** The statement that has an argument of a letter in a place of a call. */
export function statementOf(form: Form, place: number, letter: string): string {
  const { name, constant } = probedTypes[letter.toLowerCase()]!;
  if (!isColumn(letter)) return `SELECT ${written(form, place, constant)}`;
  const value = name === "void" ? "NULL" : `CAST(NULL AS ${name})`;
  return `SELECT ${written(form, place, "given")} FROM (SELECT ${value} AS given)`;
}

/** A statement that says whether a call of constants is foldable: a limit must be. */
export const limitOf = (form: Form): string => `SELECT 1 LIMIT ${written(form, -1, "")}`;
