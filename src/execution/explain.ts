/** The text of `explain`. */
import { AnalysisError } from "../errors.ts";
import { printPlan } from "../plan/print.ts";
import type { Explain, ExplainMode, Relation } from "../plan/relation.ts";
import type { ResolvedRelation } from "../plan/resolved.ts";
import { printResolved } from "../plan/resolved-print.ts";
import { rewriteRelations, walk } from "../plan/rewrite.ts";
import { batchesOf } from "../types/batch-builder.ts";
import { stringType, structField, structType } from "../types/data-type.ts";
import { simpleString } from "../types/type-name.ts";

/** Spark's headings around our own plans. */
export function explainPlan(plan: Relation, resolved: ResolvedRelation, physical: string, mode: ExplainMode): string {
  const physicalPart = `== Physical Plan ==\n${physical}`;
  if (mode === "simple" || mode === "formatted" || mode === "codegen") return physicalPart;
  const parsed = `== Parsed Logical Plan ==\n${printPlan(plan)}`;
  const columns = resolved.output.map(({ name, type }) => `${name}: ${simpleString(type)}`).join(", ");
  const analysed = `== Analyzed Logical Plan ==\n${columns}\n${printResolved(resolved)}`;
  return [parsed, analysed, physicalPart].join("\n\n");
}

/** The plan with the text of each EXPLAIN in place of it; the plan itself where it has none. */
export async function explained(plan: Relation, explain: ExplainPlan): Promise<Relation> {
  const questions: Explain[] = [];
  walk(plan, (node) => {
    if (node.kind === "explain") questions.push(node);
    return node.kind !== "explain";
  });
  if (questions.length === 0) return plan;
  const answers = new Map<Relation, Relation>();
  for (const question of questions) answers.set(question, answerOf(await linesOf(question, explain)));
  return rewriteRelations(plan, (relation) => answers.get(relation) ?? relation);
}

type ExplainPlan = (input: Relation, mode: ExplainMode) => Promise<string>;

/** The rows of EXPLAIN: the plan, or line by line what is wrong with the query, as on Spark. */
async function linesOf({ input, mode }: Explain, explain: ExplainPlan): Promise<readonly string[]> {
  try {
    return [await explain(input, mode)];
  } catch (error) {
    if (!(error instanceof AnalysisError)) throw error;
    return ["Error occurred during query planning: ", ...error.message.split("\n")];
  }
}

const answerSchema = structType([structField("plan", stringType, true)]);

const answerOf = (lines: readonly string[]): Relation => {
  const batches = [
    ...batchesOf(
      answerSchema,
      lines.map((line) => [line]),
    ),
  ];
  return Object.freeze({ kind: "local relation", schema: answerSchema, batches });
};
