/** Arguments that the compiler refuses, for programs that it does not check and habits from Python. */
import { AnalysisError } from "../errors.ts";
import { expressionOf } from "../functions/column.ts";
import type { CancelOptions } from "./session-state.ts";

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isPlain = (value: unknown): boolean => isObject(value) && Object.getPrototypeOf(value) === Object.prototype;
const isName = (value: unknown): value is string => typeof value === "string";

/** What a method can take, by the words that say so. */
const kinds = {
  "a DataFrame": (value) => isObject(value) && "plan" in value,
  "a column": (value) => expressionOf(value) !== undefined,
  "a function": (value) => typeof value === "function",
  "a list": (value) => Array.isArray(value),
  "whole numbers": (value) => typeof value === "bigint" || Number.isSafeInteger(value),
  "a step that is not 0": (value) => Number(value) !== 0,
  "a positive number of partitions": (value) => Number(value) > 0,
  "a number": (value) => typeof value === "number",
  "a value, a list or a Map": (value) => !isPlain(value),
  "columns one after the other": (value) => (value as readonly unknown[]).every(isColumnOrName),
  "names one after the other": (value) => (value as readonly unknown[]).every(isName),
  "one last object of options": (value) =>
    value === undefined || (isObject(value) && expressionOf(value) === undefined),
  "rows, one after the other": (value) => typeof value === "object" && value !== null && Symbol.iterator in value,
} satisfies Readonly<Record<string, (value: unknown) => boolean>>;

function isColumnOrName(value: unknown): boolean {
  if (Array.isArray(value) || typeof value === "boolean") return false;
  return !isPlain(value);
}

/** What a method can take. */
export type ArgumentKind = keyof typeof kinds;

/**
 * Refuses what a method cannot take.
 *
 * @param method - its name
 * @param kind - what it takes
 * @param value - what it was given; all of them where several come one after the other
 * @param example - the call that is right
 * @throws AnalysisError `NOT_EXPECTED_TYPE`
 */
export function expectArgument(method: string, kind: ArgumentKind, value: unknown, example: string): void {
  if (kinds[kind](value)) return;
  throw new AnalysisError(`${method} takes ${kind}, but got ${shown(value)}`, {
    condition: "NOT_EXPECTED_TYPE",
    hint: `Write ${example}.`,
    parameters: { arg_name: method, expected_type: kind, arg_type: typeof value },
  });
}

function shown(value: unknown): string {
  if (typeof value === "bigint") return String(value);
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined || text.length > 60 ? `a value of type ${typeof value}` : text;
}

type Optional<Options> = { readonly [K in keyof Options]?: Options[K] | undefined };

/** What cancels an action, as far as it was given. */
export const given = ({ signal, timeout }: Optional<CancelOptions>): CancelOptions => ({
  ...(signal === undefined ? {} : { signal }),
  ...(timeout === undefined ? {} : { timeout }),
});
