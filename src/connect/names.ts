/** Names of objects, columns and functions as messages have them, and back. */
import { nameParts } from "../functions/column-name.ts";
import { quotedIfNeeded } from "../types/identifier.ts";

/** A name of several parts as text, quoted where it needs to be. */
export const encodeName = (parts: readonly string[]): string => parts.map(quotedIfNeeded).join(".");

/** The parts of a name that is written as in SQL. */
export const decodeName = (text: string): readonly string[] => nameParts(text);

/** Operators that Spark's clients send under another name than the plan's. */
const operators: Readonly<Record<string, string>> = {
  "=": "==",
  AND: "and",
  OR: "or",
  NOT: "not",
  isnull: "isNull",
  isnotnull: "isNotNull",
  isnan: "isNaN",
  startswith: "startsWith",
  endswith: "endsWith",
};

const fromWire: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(operators).map(([ours, theirs]) => [theirs.toLowerCase(), ours]),
);

/** Functions that PySpark sends under another of their names, which the name of a column tells. */
const synonyms: Readonly<Record<string, string>> = { "mean/1": "avg", "pow/2": "power", "log/1": "ln" };

/** The name by which a function of one part is sent. */
export function encodeFunctionName(name: string, args: number): string {
  const synonym = `${name}/${args}`;
  if (Object.hasOwn(synonyms, synonym)) return synonyms[synonym]!;
  return Object.hasOwn(operators, name) ? operators[name]! : name;
}

/** The name that the plan has for a function. */
export function decodeFunctionName(name: string): string {
  const lower = name.toLowerCase();
  return Object.hasOwn(fromWire, lower) ? fromWire[lower]! : name;
}

const turnedRound: ReadonlySet<string> = new Set(["trim", "ltrim", "rtrim"]);

/** Arguments in the other order where Spark has the characters to trim before the text; it is its own way back. */
export const inOrder = <Argument>(name: string, args: readonly Argument[]): Argument[] =>
  args.length === 2 && turnedRound.has(name) ? args.toReversed() : [...args];
