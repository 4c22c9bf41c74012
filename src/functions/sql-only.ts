/** Functions that SQL has and PySpark writes otherwise: as methods of columns, as syntax, or not at all. */
import { type FunctionDefinition, parseDefinition } from "./definition.ts";
import { operators } from "./operators.ts";

const syntax = [
  "div(left: integralDividend, right: integralDividend): bigint nullable",
  "if(condition: onlyBoolean, then: same, otherwise: same): second null if branches",
  "when(...branches: any): branches null if branches",
  "[](collection: any, key: indexOrKey): element nullable",
  "space(count: int): string",
  "luhn_check(digits: string): boolean nullable",
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
