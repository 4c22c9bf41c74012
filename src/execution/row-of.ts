/** Expressions without columns as plans. */
import type { Expression } from "../plan/expression.ts";
import type { Relation } from "../plan/relation.ts";

/** One row with the value of an expression. */
export const rowOf = (expression: Expression): Relation => ({
  kind: "project",
  input: { kind: "one row" },
  expressions: [{ kind: "alias", input: expression, names: ["value"] }],
});
