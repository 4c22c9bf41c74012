/** Sub-queries in the conditions of outer and anti joins, which DuckDB does not take there. */
import { UnsupportedError } from "../../../errors.ts";
import type {
  NamedExpression,
  ResolvedExpression,
  ResolvedJoin,
  ResolvedRelation,
  ResolvedSubquery,
} from "../../../plan/resolved.ts";
import {
  mapResolved,
  passed,
  reference,
  referencedColumns,
  resolvedChildren,
  someResolved,
} from "../../../plan/resolved-rewrite.ts";
import { subqueryColumns } from "../../../plan/resolved-walk.ts";

const direct: ReadonlySet<ResolvedJoin["type"]> = new Set(["inner", "cross"]);
const isSubquery = ({ kind }: ResolvedExpression): boolean => kind === "subquery";

/** The join with the sub-queries of its condition as columns of the side that they read. */
export function withComputedSubqueries(join: ResolvedJoin): ResolvedJoin {
  const { condition } = join;
  if (direct.has(join.type) || condition === undefined || !someResolved(condition, isSubquery)) return join;
  const found = new SideColumns(join, firstFreeId([join.left, join.right], condition));
  const rest = found.replaceIn(condition);
  return { ...join, condition: rest, left: widened(join.left, found.left), right: widened(join.right, found.right) };
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

// These columns are seen by this condition alone: nothing that it reads must have their ids.
function firstFreeId(sides: readonly ResolvedRelation[], condition: ResolvedExpression): number {
  const shown = sides.flatMap(({ output }) => output.map(({ id }) => id));
  return Math.max(0, ...shown, ...readBy(condition)) + 1;
}

function readBy(condition: ResolvedExpression): ReadonlySet<number> {
  const ids = condition.kind === "subquery" ? subqueryColumns(condition) : referencedColumns(condition);
  return new Set([...ids, ...resolvedChildren(condition).flatMap((child) => [...readBy(child)])]);
}

function widened(input: ResolvedRelation, columns: readonly NamedExpression[]): ResolvedRelation {
  if (columns.length === 0) return input;
  const all = [...passed(input.output), ...columns];
  return { kind: "project", input, columns: all, output: all.map(({ column }) => column) };
}
