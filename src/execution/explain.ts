/** The text of `explain`. */
import type { ExplainMode } from "../dataframe/session-state.ts";
import { printPlan } from "../plan/print.ts";
import type { Relation } from "../plan/relation.ts";
import type { ResolvedRelation } from "../plan/resolved.ts";
import { printResolved } from "../plan/resolved-print.ts";

/** Spark's headings around our own plans. */
export function explainPlan(plan: Relation, resolved: ResolvedRelation, physical: string, mode: ExplainMode): string {
  const physicalPart = `== Physical Plan ==\n${physical}`;
  if (mode === "simple" || mode === "formatted" || mode === "codegen") return physicalPart;
  const parsed = `== Parsed Logical Plan ==\n${printPlan(plan)}`;
  const analysed = `== Analyzed Logical Plan ==\n${printResolved(resolved)}`;
  return [parsed, analysed, physicalPart].join("\n\n");
}
