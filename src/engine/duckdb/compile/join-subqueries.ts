/** Sub-queries in the conditions of outer and anti joins, which DuckDB does not take there. */
import { UnsupportedError } from "../../../errors.ts";
import type { NamedExpression, ResolvedExpression, ResolvedJoin, ResolvedSubquery } from "../../../plan/resolved.ts";
import { mapResolved, reference, someResolved } from "../../../plan/resolved-rewrite.ts";
import { subqueryColumns } from "../../../plan/resolved-walk.ts";
import { firstFreeId } from "./free-id.ts";
import { withColumnsBeside } from "./outer-columns.ts";

const direct: ReadonlySet<ResolvedJoin["type"]> = new Set(["inner", "cross"]);
const isSubquery = ({ kind }: ResolvedExpression): boolean => kind === "subquery";

/** The join with the sub-queries of its condition as columns of the side that they read. */
export function withComputedSubqueries(join: ResolvedJoin): ResolvedJoin {
  const { condition } = join;
  if (direct.has(join.type) || condition === undefined || !someResolved(condition, isSubquery)) return join;
  const found = new SideColumns(join, firstFreeId([join.left, join.right], [condition]));
  const rest = found.replaceIn(condition);
  return {
    ...join,
    condition: rest,
    left: withColumnsBeside(join.left, found.left),
    right: withColumnsBeside(join.right, found.right),
  };
}

class SideColumns {
  readonly left: NamedExpression[] = [];
  readonly right: NamedExpression[] = [];
  readonly #join: ResolvedJoin;
  #nextId: number;

  constructor(join: ResolvedJoin, firstId: number) {
    this.#join = join;
    this.#nextId = firstId;
  }

  replaceIn(expression: ResolvedExpression): ResolvedExpression {
    if (expression.kind !== "subquery") return mapResolved(expression, (child) => this.replaceIn(child));
    const { type, nullable } = expression;
    const column = { id: this.#nextId, name: "subquery", type, nullable };
    this.#nextId += 1;
    this[this.#sideOf(expression)].push({ column, expression });
    return reference(column);
  }

  #sideOf(subquery: ResolvedSubquery): "left" | "right" {
    const read = subqueryColumns(subquery);
    const isRead = (side: "left" | "right"): boolean => this.#join[side].output.some(({ id }) => read.has(id));
    if (!isRead("right")) return "left";
    if (!isRead("left")) return "right";
    throw new UnsupportedError(`the embedded engine has no ${this.#join.type} join by a query that reads both sides`, {
      hint: "Join the rows of that query first.",
    });
  }
}
