/**
 * Joins as DuckDB SQL. DuckDB finds an order for joins between which no SELECT stands: joins of joins, with what is filtered
 * and left out between them, are written as one FROM.
 */
import type { ResolvedExpression, ResolvedJoin, ResolvedProject, ResolvedRelation } from "../../../plan/resolved.ts";
import type { CompileContext } from "./context.ts";
import { compileExpression } from "./expression.ts";
import { isHarmless } from "./harmless.ts";
import { withComputedSubqueries } from "./join-subqueries.ts";
import { columnNames } from "./names.ts";
import { readsOuter, withoutOuterCondition } from "./outer-columns.ts";
import { estimatedBytes } from "./size.ts";

const joinWords: Record<ResolvedJoin["type"], string> = {
  inner: "JOIN",
  left: "LEFT JOIN",
  right: "RIGHT JOIN",
  full: "FULL JOIN",
  "left semi": "SEMI JOIN",
  "left anti": "ANTI JOIN",
  cross: "CROSS JOIN",
};

/** The types whose sides can change places. */
const mirrored: Partial<Record<ResolvedJoin["type"], ResolvedJoin["type"]>> = {
  inner: "inner",
  cross: "cross",
  full: "full",
  left: "right",
  right: "left",
};

/** The SELECT of a join. */
export function compileJoin(join: ResolvedJoin, context: CompileContext): string {
  const open = withoutOuterCondition(join);
  if (open.kind !== "join") return context.compileRelation(open);
  return `SELECT ${columnNames(join.output)} FROM ${new JoinedTables(context).joined(open)}`;
}

/** The tables of one FROM, each under a name of its own: columns are named by ids that no two of them share. */
class JoinedTables {
  readonly #context: CompileContext;
  #tables = 0;

  constructor(context: CompileContext) {
    this.#context = context;
  }

  /** @param filters - what is tested besides the condition of an inner join */
  joined(join: ResolvedJoin, filters: readonly ResolvedExpression[] = []): string {
    const { left, right, type, condition, lateral, asOf } = smallerRight(withComputedSubqueries(join), this.#context);
    const tests = [...(condition === undefined ? [] : [condition]), ...filters];
    const isCross = type === "cross" && tests.length === 0;
    const word = isCross || type !== "cross" ? joinWords[type] : joinWords.inner;
    const isFree = isReordered(join);
    const first = this.#side(left, isFree);
    const second = lateral ? this.#named(`LATERAL ${this.#alone(right)}`) : this.#side(right, isFree);
    return `${first} ${asOf ? "ASOF " : ""}${word} ${second}${isCross ? "" : ` ON ${this.#all(tests)}`}`;
  }

  #all(tests: readonly ResolvedExpression[]): string {
    return tests.map((test) => compileExpression(test, this.#context)).join(" AND ") || "true";
  }

  /** A table expression that has the columns of a relation, and may have others. */
  #side(relation: ResolvedRelation, isFree: boolean): string {
    const found = isFree ? this.#joinIn(relation, []) : undefined;
    if (found === undefined) return this.#named(this.#alone(relation));
    return `(${this.#context.sites.ofRelation(found.join, () => this.joined(found.join, found.filters))})`;
  }

  /** The join that a relation is, but for columns that are left out and filters. */
  #joinIn(
    relation: ResolvedRelation,
    filters: readonly ResolvedExpression[],
  ): { readonly join: ResolvedJoin; readonly filters: readonly ResolvedExpression[] } | undefined {
    if (this.#context.source(relation) !== undefined) return undefined;
    if (relation.kind === "project") return isSelection(relation) ? this.#joinIn(relation.input, filters) : undefined;
    if (relation.kind === "filter")
      return isHarmless(relation.condition)
        ? this.#joinIn(relation.input, [relation.condition, ...filters])
        : undefined;
    if (relation.kind !== "join" || !isReordered(relation)) return undefined;
    const isInner = relation.type === "inner" || relation.type === "cross";
    return isInner || filters.length === 0 ? { join: relation, filters } : undefined;
  }

  #alone(relation: ResolvedRelation): string {
    return this.#context.source(relation) ?? `(${this.#context.compileRelation(relation)})`;
  }

  #named(table: string): string {
    this.#tables += 1;
    return `${table} AS t${this.#tables}`;
  }
}

const isSelection = ({ columns }: ResolvedProject): boolean =>
  columns.every(({ column, expression }) => expression.kind === "column" && expression.id === column.id);

// What can fail must not meet rows that an earlier join leaves out. Semi-joins and groups stay where the program has them:
// DuckDB would do them before joins that leave fewer rows.
const isReordered = (join: ResolvedJoin): boolean =>
  !join.lateral &&
  join.asOf !== true &&
  join.type !== "left semi" &&
  join.type !== "left anti" &&
  !isGrouped(join.left) &&
  !isGrouped(join.right) &&
  (join.condition === undefined || isHarmless(join.condition)) &&
  !readsOuter(join);

/** Whether the number of a relation's rows is that of its groups, which DuckDB can but guess. */
const isGrouped = (relation: ResolvedRelation): boolean =>
  relation.kind === "project" || relation.kind === "filter" ? isGrouped(relation.input) : relation.kind === "aggregate";

// The right side is the one that is kept in memory: the one that a hint or the sizes of the sources say is smaller.
function smallerRight(join: ResolvedJoin, { scanBytes }: CompileContext): ResolvedJoin {
  const type = mirrored[join.type];
  if (type === undefined || join.lateral || join.asOf || join.broadcast === "right") return join;
  const swaps =
    join.broadcast === "left" || estimatedBytes(join.left, scanBytes) < estimatedBytes(join.right, scanBytes);
  return swaps ? { ...join, left: join.right, right: join.left, type } : join;
}
