/** How each question to the catalogue is answered. */
import type { CatalogueQuestion } from "../../plan/catalogue-query.ts";
import type { CatalogueQuery } from "../../plan/relation.ts";
import type { CommandContext } from "../commands/context.ts";
import type { Answer, Answerer, Answerers } from "./answer.ts";
import { deltaAnswerers } from "./delta.ts";
import { describeAnswerers } from "./describe.ts";
import { functionAnswerers } from "./functions.ts";
import { listAnswerers } from "./lists.ts";
import { showAnswerers } from "./show.ts";

const answerers: Answerers<CatalogueQuestion["ask"]> = {
  ...showAnswerers,
  ...describeAnswerers,
  ...functionAnswerers,
  ...listAnswerers,
  ...deltaAnswerers,
};

/** The rows that answer a question. */
export async function answerQuestion(query: CatalogueQuery, context: CommandContext): Promise<Answer> {
  const answerer = answerers[query.question.ask] as Answerer<CatalogueQuestion["ask"]>;
  return answerer(query.question as never, context, query);
}
