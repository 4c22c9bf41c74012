/** Regular expressions as DuckDB SQL: by its own engine where it matches as Java's does, else by kernels. */
import { isLakewrightError } from "../../../errors.ts";
import { JavaPattern } from "../kernels/pattern/java-pattern.ts";
import { optionalGroups } from "../kernels/pattern/look-over.ts";
import { PatternError } from "../kernels/pattern/parse.ts";
import { toRe2, type Wanted } from "../kernels/pattern/re2.ts";
import { parseReplacement, ReplacementError } from "../kernels/pattern/replacement.ts";
import { text } from "../sql-text.ts";
import type { Lowering } from "./lowering.ts";

const mostGroup = 9;

/** A constant pattern; undefined where it is none, whose error belongs to the rows. */
function knownPattern(value: unknown): JavaPattern | undefined {
  if (typeof value !== "string") return undefined;
  try {
    return JavaPattern.of(value);
  } catch (error) {
    if (error instanceof PatternError || isLakewrightError(error)) return undefined;
    throw error;
  }
}

/** A constant pattern for DuckDB, quoted. */
function re2Of(pattern: JavaPattern | undefined, wanted: Wanted): string | undefined {
  const written = pattern === undefined ? undefined : toRe2(pattern.pattern, wanted);
  return written === undefined ? undefined : text(written);
}

export const matches: Lowering = ([value, pattern], { constant, kernel }) => {
  const fast = re2Of(knownPattern(constant(1)), { endIsFree: true, all: false });
  return fast === undefined ? kernel("rlike", [value!, pattern!]) : `regexp_matches(${value}, ${fast})`;
};

/** The group that a call asks for, where it is a constant that the pattern has. */
function knownGroup(pattern: JavaPattern | undefined, value: unknown, fallback: number): number | undefined {
  const group = value === undefined ? fallback : value;
  const exists =
    pattern !== undefined && typeof group === "number" && group >= 0 && group <= Math.min(pattern.groups, mostGroup);
  return exists ? group : undefined;
}

export const extractFirst: Lowering = ([value, pattern, group], { call, constant, kernel }) => {
  const known = knownPattern(constant(1));
  const index = knownGroup(known, call.arguments.length > 2 ? (constant(2) ?? null) : undefined, 1);
  const fast = index === undefined ? undefined : re2Of(known, { endIsFree: index > 0, all: false });
  if (fast === undefined) return kernel("regexp_extract", [value!, pattern!, group ?? "1"]);
  return `regexp_extract(${value}, ${fast}, ${index})`;
};

export const extractAll: Lowering = ([value, pattern, group], { call, constant, kernel }) => {
  const known = knownPattern(constant(1));
  const index = knownGroup(known, call.arguments.length > 2 ? (constant(2) ?? null) : undefined, 1);
  const filled = index !== undefined && !optionalGroups(known!.pattern.root).has(index);
  const fast = filled ? re2Of(known, { endIsFree: false, all: true }) : undefined;
  if (fast === undefined) return kernel("regexp_extract_all", [value!, pattern!, group ?? "1"]);
  return `regexp_extract_all(${value}, ${fast}, ${index})`;
};

export const countMatches: Lowering = ([value, pattern], { constant, kernel }) => {
  const fast = re2Of(knownPattern(constant(1)), { endIsFree: false, all: true });
  return fast === undefined
    ? kernel("regexp_count", [value!, pattern!])
    : `len(regexp_extract_all(${value}, ${fast}))::INTEGER`;
};

export const firstMatch: Lowering = ([value, pattern], { constant, kernel }) => {
  const fast = re2Of(knownPattern(constant(1)), { endIsFree: false, all: false });
  return fast === undefined
    ? kernel("regexp_substr", [value!, pattern!])
    : `nullif(regexp_extract(${value}, ${fast}, 0), '')`;
};

export const replaceMatches: Lowering = ([value, pattern, replacement, position], { constant, kernel }) => {
  const known = knownPattern(constant(1));
  const rewrite = position === undefined || constant(3) === 1 ? rewriteOf(known, constant(2)) : undefined;
  const fast = rewrite === undefined ? undefined : re2Of(known, { endIsFree: false, all: true });
  if (fast === undefined) return kernel("regexp_replace", [value!, pattern!, replacement!, position ?? "1"]);
  return `regexp_replace(${value}, ${fast}, ${text(rewrite!)}, 'g')`;
};

/** A constant replacement as RE2 writes it. */
function rewriteOf(pattern: JavaPattern | undefined, replacement: unknown): string | undefined {
  if (pattern === undefined || typeof replacement !== "string") return undefined;
  try {
    const parts = parseReplacement(replacement, pattern.pattern);
    if (parts.some((part) => typeof part === "number" && part > mostGroup)) return undefined;
    return parts.map((part) => (typeof part === "number" ? `\\${part}` : part.replaceAll("\\", "\\\\"))).join("");
  } catch (error) {
    if (error instanceof ReplacementError) return undefined;
    throw error;
  }
}

export const split: Lowering = ([value, pattern, limit], { constant, kernel }) => {
  const all = limit === undefined || Number(constant(2) ?? 1) <= 0;
  const known = all ? knownPattern(constant(1)) : undefined;
  const literal = known === undefined ? undefined : literalOf(known);
  if (literal !== undefined) return `string_split(${value}, ${text(literal)})`;
  const fast = re2Of(known, { endIsFree: false, all: true });
  return fast === undefined
    ? kernel("split", [value!, pattern!, limit ?? "-1"])
    : `string_split_regex(${value}, ${fast})`;
};

/** The text that a pattern matches and nothing else, if there is one. */
function literalOf({ pattern: { root } }: JavaPattern): string | undefined {
  const parts = root.kind === "sequence" ? root.parts : [root];
  const points = parts.map((part) =>
    part.kind === "set" && part.set.kind === "range" && part.set.first === part.set.last ? part.set.first : undefined,
  );
  return points.length === 0 || points.includes(undefined) ? undefined : String.fromCodePoint(...(points as number[]));
}
