/** Patterns as predicates in DuckDB SQL. */
import { sqlError, text } from "../sql-text.ts";
import type { Lowering, Lowerings } from "./lowering.ts";
import { matches } from "./patterns.ts";
import { lowered } from "./string.ts";

const hexadecimal = (character: string): string => `\\x{${character.codePointAt(0)!.toString(16)}}`;

/** What is wrong with a pattern, whose escapes may only stand before `%`, `_` and themselves. */
const faulty = (pattern: string, escape: string): string => {
  const sign = hexadecimal(escape);
  const [valid, ending] = [`(?s)(?:[^${sign}]|${sign}[%_${sign}])*`, `(?s)(?:[^${sign}]|${sign}[%_${sign}])*${sign}`];
  return [
    `WHEN regexp_full_match(${pattern}, ${text(ending)}) THEN ${sqlError("INVALID_FORMAT.ESC_AT_THE_END", { format: pattern })}`,
    `WHEN NOT regexp_full_match(${pattern}, ${text(valid)}) THEN ${sqlError("INVALID_FORMAT.ESC_IN_THE_MIDDLE", { format: pattern })}`,
  ].join(" ");
};

/** `LIKE` with the checks that a pattern needs, none where it is a constant without escapes. */
const like =
  (prepare: (text: string, context: Parameters<Lowering>[1]) => string): Lowering =>
  ([value, pattern], context) => {
    const [known, escape] = [context.constant(1), (context.constant(2) as string | undefined) ?? "\\"];
    const [left, right] = [prepare(value!, context), prepare(pattern!, context)];
    if (typeof known === "string" && !known.includes(escape)) return `(${left} LIKE ${right})`;
    const test = `(${left} LIKE ${right} ESCAPE ${text(escape)})`;
    return `CASE WHEN ${value} IS NULL THEN NULL ${faulty(pattern!, escape)} ELSE ${test} END`;
  };

export const predicateLowerings = {
  like: like((value) => value),
  ilike: like((value, context) => lowered([value], context)),
  rlike: matches,
} satisfies Lowerings<typeof import("../../../functions/predicate.ts")>;
