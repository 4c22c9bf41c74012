/** Column names as programs write them: `a.b`, `` `a.b` ``, `*`, `t.*`. */
import { AnalysisError } from "../errors.ts";
import type { Attribute, Star } from "../plan/expression.ts";

/**
 * Splits a name on dots outside back-ticks; two back-ticks inside stand for one.
 *
 * @param name - as written in a program
 * @throws AnalysisError `INVALID_ATTRIBUTE_NAME_SYNTAX` when back-ticks do not match
 */
export function nameParts(name: string): readonly string[] {
  if (!name.includes("`")) return name.includes(".") ? name.split(".") : [name];
  const parts = name.match(/(?<=^|\.)(?:`(?:[^`]|``)+`|[^`.]+)(?=\.|$)/g);
  if (parts === null || parts.join(".") !== name) {
    throw new AnalysisError(`Syntax error in the attribute name: ${name}`, {
      condition: "INVALID_ATTRIBUTE_NAME_SYNTAX",
      sqlState: "42604",
      parameters: { name },
      hint: "Check that back-ticks appear in pairs and that each part between dots is quoted as a whole.",
    });
  }
  return parts.map((part) => (part.startsWith("`") ? part.slice(1, -1).replaceAll("``", "`") : part));
}

/**
 * The expression of a name: an attribute, or a star for `*` and `t.*`.
 *
 * @param name - as written in a program
 */
export function namedExpression(name: string, planId?: number): Attribute | Star {
  const plan = planId === undefined ? {} : { planId };
  if (name === "*") return Object.freeze({ kind: "star", ...plan });
  if (name.endsWith(".*")) return Object.freeze({ kind: "star", target: nameParts(name.slice(0, -2)), ...plan });
  return Object.freeze({ kind: "attribute", name: nameParts(name), ...plan });
}
