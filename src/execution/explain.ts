/** The text of `explain`. */
import { printPlan } from "../plan/print.ts";
import type { Explain, ExplainMode, Relation } from "../plan/relation.ts";
import type { ResolvedRelation } from "../plan/resolved.ts";
import { printResolved } from "../plan/resolved-print.ts";
import { rewriteRelations, walk } from "../plan/rewrite.ts";
import { batchesOf } from "../types/batch-builder.ts";
import { stringType, structField, structType } from "../types/data-type.ts";

/** Spark's headings around our own plans. */
export function explainPlan(plan: Relation, resolved: ResolvedRelation, physical: string, mode: ExplainMode): string {
  const physicalPart = `== Physical Plan ==\n${physical}`;
  if (mode === "simple" || mode === "formatted" || mode === "codegen") return physicalPart;
  const parsed = `== Parsed Logical Plan ==\n${printPlan(plan)}`;
  const analysed = `== Analyzed Logical Plan ==\n${printResolved(resolved)}`;
  return [parsed, analysed, physicalPart].join("\n\n");
}

/** The plan with the text of each EXPLAIN in place of it; the plan itself where it has none. */
export async function explained(
  plan: Relation,
  explain: (input: Relation, mode: ExplainMode) => Promise<string>,
): Promise<Relation> {
  const questions: Explain[] = [];
  walk(plan, (node) => {
    if (node.kind === "explain") questions.push(node);
    return node.kind !== "explain";
  });
  if (questions.length === 0) return plan;
  const answers = new Map<Relation, Relation>();
  for (const question of questions) answers.set(question, answerOf(await explain(question.input, question.mode)));
  return rewriteRelations(plan, (relation) => answers.get(relation) ?? relation);
}

const answerSchema = structType([structField("plan", stringType, false)]);

const answerOf = (text: string): Relation =>
  Object.freeze({ kind: "local relation", schema: answerSchema, batches: [...batchesOf(answerSchema, [[text]])] });
