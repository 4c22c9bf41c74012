/** Queries inside expressions, variables of SQL text, and the clauses of merges. */
import type { MergeAction, MergeAssignment, Subquery } from "../../plan/expression.ts";
import { type ExpressionDecoders, type ExpressionEncoders, given, keyOf } from "../codec.ts";
import {
  MergeAction_ActionType as ActionType,
  SubqueryExpression_SubqueryType as SubqueryType,
} from "../generated/spark/connect/expressions_pb.ts";
import { invalidMessage, noMessage, refusing } from "../refusal.ts";

const forms = {
  scalar: SubqueryType.SCALAR,
  exists: SubqueryType.EXISTS,
  in: SubqueryType.IN,
  table: SubqueryType.TABLE_ARG,
} as const satisfies Record<Subquery["form"], number>;

const actions = {
  delete: ActionType.DELETE,
  insert: ActionType.INSERT,
  "insert all": ActionType.INSERT_STAR,
  update: ActionType.UPDATE,
  "update all": ActionType.UPDATE_STAR,
} as const satisfies Record<MergeAction["action"], number>;

type Kind = "subquery" | "variable" | "merge action" | "merge assignment";

export const queryEncoders: ExpressionEncoders<Kind> = {
  subquery: ({ form, plan, values = [], partitionBy = [], orderBy = [], singlePartition }, to) => {
    const tableArgOptions = {
      partitionSpec: to.expressions(partitionBy),
      orderSpec: to.order(orderBy),
      ...given("withSinglePartition", singlePartition),
    };
    return {
      case: "subqueryExpression",
      value: {
        planId: to.refer(plan),
        subqueryType: forms[form],
        inSubqueryValues: to.expressions(values),
        ...(form === "table" ? { tableArgOptions } : {}),
      },
    };
  },
  variable: ({ name }) => {
    throw noMessage(`the variable ${name.join(".")}`, "Write the expression as SQL text: expr(text).");
  },
  "merge action": ({ action, condition, assignments }, to) => ({
    case: "mergeAction",
    value: {
      actionType: actions[action],
      ...given("condition", condition && to.expression(condition)),
      assignments: assignments.map(({ column, value }) => ({
        key: to.expression(column),
        value: to.expression(value),
      })),
    },
  }),
  "merge assignment": refusing(() => noMessage("an assignment by itself", "Use it in a clause of a merge.")),
};

export const queryDecoders: ExpressionDecoders<"subqueryExpression" | "mergeAction"> = {
  subqueryExpression: ({ planId, subqueryType, tableArgOptions, inSubqueryValues }, from) => {
    const form = keyOf(forms, subqueryType);
    if (form === undefined) throw invalidMessage("a sub-query has no type");
    const { partitionSpec = [], orderSpec = [], withSinglePartition } = tableArgOptions ?? {};
    return {
      kind: "subquery",
      form,
      plan: from.referred(planId),
      ...(form === "in" ? { values: from.expressions(inSubqueryValues) } : {}),
      ...(partitionSpec.length > 0 ? { partitionBy: from.expressions(partitionSpec) } : {}),
      ...(orderSpec.length > 0 ? { orderBy: from.order(orderSpec) } : {}),
      ...given("singlePartition", withSinglePartition),
    };
  },
  mergeAction: ({ actionType, condition, assignments }, from) => {
    const action = keyOf(actions, actionType);
    if (action === undefined) throw invalidMessage("a clause of a merge has no action");
    return {
      kind: "merge action",
      action,
      ...given("condition", condition && from.expression(condition)),
      assignments: assignments.map(
        ({ key, value }): MergeAssignment =>
          Object.freeze({ kind: "merge assignment", column: from.expression(key), value: from.expression(value) }),
      ),
    };
  },
};
