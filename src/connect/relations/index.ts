/** Every relation of the plan, and every relation message: what is missing here does not compile. */
import type { RelationKind } from "../../plan/relation.ts";
import { isRelation } from "../../plan/rewrite.ts";
import { encodeQuestion, questionStatement } from "../catalogue-questions.ts";
import type { RelationCase, RelationDecoders, RelationEncoders } from "../codec.ts";
import { decodeCatalogue } from "../commands/catalogue.ts";
import { invalidMessage } from "../refusal.ts";
import { shapeDecoders, shapeEncoders } from "./columns.ts";
import { groupingDecoders, groupingEncoders } from "./grouping.ts";
import { joinDecoders, joinEncoders } from "./joins.ts";
import { rowDecoders, rowEncoders } from "./rows.ts";
import { sourceDecoders, sourceEncoders } from "./sources.ts";
import { sqlDecoders, sqlEncoders } from "./sql.ts";
import { statisticDecoders, statisticEncoders } from "./statistics.ts";
import { userFunctionDecoders, userFunctionEncoders } from "./user-functions.ts";

const catalogueEncoders: RelationEncoders<"catalogue query"> = {
  "catalogue query": ({ question }) => {
    const query = questionStatement(question);
    if (query !== undefined) return { case: "sql", value: { query } };
    return { case: "catalog", value: { catType: encodeQuestion(question) } };
  },
};

const catalogueDecoders: RelationDecoders<"catalog"> = {
  catalog: ({ catType }) => {
    if (catType.case === undefined) throw invalidMessage("a question to the catalogue is missing");
    const decoded = decodeCatalogue(catType.case, catType.value as never);
    if (isRelation(decoded)) return decoded;
    throw invalidMessage(`a change of the catalogue (${decoded.kind}) stands inside a query`);
  },
};

export const relationEncoders = {
  ...sourceEncoders,
  ...rowEncoders,
  ...shapeEncoders,
  ...joinEncoders,
  ...groupingEncoders,
  ...statisticEncoders,
  ...sqlEncoders,
  ...catalogueEncoders,
  ...userFunctionEncoders,
} satisfies RelationEncoders<RelationKind>;

export const relationDecoders = {
  ...sourceDecoders,
  ...rowDecoders,
  ...shapeDecoders,
  ...joinDecoders,
  ...groupingDecoders,
  ...statisticDecoders,
  ...sqlDecoders,
  ...catalogueDecoders,
  ...userFunctionDecoders,
} satisfies RelationDecoders<RelationCase>;
