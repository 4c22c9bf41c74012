/** Functions that SQL has and PySpark writes otherwise: as methods of columns, as syntax, or not at all. */
import { type FunctionDefinition, parseDefinition } from "./definition.ts";
import { operators } from "./operators.ts";

const syntax = [
  "div(left: integralDividend, right: integralDividend): bigint nullable",
  "if(condition: onlyBoolean, then: same, otherwise: same): second null if branches",
  "when(...branches: any): branches null if branches",
  "[](collection: any, key: indexOrKey): element null if item",
  "space(count: int): string",
  "luhn_check(digits: string): boolean nullable",
  "make_time(hour: int, minute: int, second: seconds): time nullable",
  "to_time(text: onlyString, format?: onlyString): time nullable",
  "try_to_time(text: onlyString, format?: onlyString): time nullable",
  "time_trunc(unit: string, time: time): second nullable",
  "time_diff(unit: string, start: time, end: time): bigint nullable",
  "time_from_seconds(seconds: onlyNumeric): time nullable",
  "time_from_millis(milliseconds: integral): time nullable",
  "time_from_micros(microseconds: integral): time nullable",
  "time_to_seconds(time: time): daySeconds nullable",
  "time_to_millis(time: time): bigint nullable",
  "time_to_micros(time: time): bigint nullable",
  // What texts under a collation are compared by; the analyzer alone writes it.
  "collation key(value: any): first",
] as const;

/** Aggregates whose values come from WITHIN GROUP, which the analyzer makes their first argument. */
const aggregates = [
  "percentile_cont(value: doubleOrInterval, percentage: percentage): percentile nullable",
  "percentile_disc(value: doubleOrInterval, percentage: percentage): percentile nullable",
] as const;

/** Generators that stand where tables do. */
const tables = [
  "variant_explode(input: variant): variantEntries",
  "variant_explode_outer(input: variant): variantEntries",
] as const;

/** Other spellings of operators. */
const spellings: Readonly<Record<string, readonly string[]>> = {
  "=": ["=="],
  "!=": ["<>"],
  "%": ["mod"],
  NOT: ["!"],
};

const definitionOf = (signature: string): FunctionDefinition => {
  const plain = parseDefinition(signature, { class: "scalar" });
  return { ...plain, aliases: spellings[plain.name] ?? [] };
};

/** The signatures of the operators and of what only SQL has. */
export type SqlOnlySignature = (typeof syntax)[number] | (typeof operators)[keyof typeof operators];

/** The definitions of the operators and of what only SQL has. */
export const sqlOnlyDefinitions = (): readonly FunctionDefinition[] => [
  ...[...Object.values(operators), ...syntax].map(definitionOf),
  ...aggregates.map((signature) => parseDefinition(signature, { class: "aggregate" })),
  ...tables.map((signature) => parseDefinition(signature, { class: "generator" })),
];
