/** The SELECT of groups: calls of aggregates, and above them what is made of these. */
import type { NamedExpression, OutputColumn, ResolvedExpression } from "../../../plan/resolved.ts";
import type { Below } from "../functions/aggregate/call.ts";
import { columnName } from "../sql-text.ts";
import type { CompileContext } from "./context.ts";
import { compileExpression } from "./expression.ts";

/** SQL and the column that it gives. */
export interface NamedSql {
  readonly column: OutputColumn;
  readonly sql: string;
}

/**
 * The SELECT of keys and aggregates. A sum of decimals is made of several calls and looks at each of them several times:
 * they and what is made of them are written once, below, since a statement that repeats them takes DuckDB long to plan.
 *
 * @param columns - in order: keys as SQL, and aggregates
 * @param rows - what follows the columns: `FROM … GROUP BY …`
 */
export function selectGroups(
  columns: readonly (NamedSql | NamedExpression)[],
  rows: string,
  context: CompileContext,
): string {
  const calls = new Calls();
  const lower: string[] = [];
  const upper = columns.map((named) => {
    const { column } = named;
    const { sql, isAbove } = "sql" in named ? { ...named, isAbove: false } : calls.compile(named.expression, context);
    const text = `${sql} AS ${columnName(column.id)}`;
    if (isAbove) return text;
    lower.push(text);
    return columnName(column.id);
  });
  const [first = [], ...further] = calls.levels;
  const groups = `SELECT ${[...lower, ...first].join(", ")} ${rows}`;
  if (first.length === 0) return groups;
  const parts = further.reduce((below, level) => `SELECT *, ${level.join(", ")} FROM (${below})`, groups);
  return `SELECT ${upper.join(", ")} FROM (${parts})`;
}

const partName = /\bpart(\d+)\b/g;

/** Calls of aggregates and what is made of them, by the names of their columns. */
class Calls {
  readonly #parts = new Map<string, { readonly name: string; readonly level: number }>();

  /** The columns of each SELECT from the lowest on, each of which reads those below it. */
  get levels(): readonly (readonly string[])[] {
    const levels = Map.groupBy(this.#parts, ([, { level }]) => level).values();
    return Array.from(levels, (parts) => parts.map(([sql, { name }]) => `${sql} AS ${name}`));
  }

  /** The SQL of an aggregate, and whether it is made of columns below alone. */
  compile(
    expression: ResolvedExpression,
    context: CompileContext,
  ): { readonly sql: string; readonly isAbove: boolean } {
    // What is more than a call may look at keys, or at calls of another kind.
    if (expression.kind !== "call") return { sql: compileExpression(expression, context), isAbove: false };
    let isAbove = false;
    const below: Below = {
      call: (sql) => {
        isAbove = true;
        return this.#nameOf(sql, 0);
      },
      value: (sql) => this.#nameOf(sql, this.#levelOf(sql)),
    };
    return { sql: compileExpression(expression, { ...context, below }), isAbove };
  }

  #levelOf(sql: string): number {
    const parts = [...this.#parts.values()];
    return 1 + Math.max(0, ...Array.from(sql.matchAll(partName), ([, number]) => parts[Number(number)]?.level ?? 0));
  }

  #nameOf(sql: string, level: number): string {
    const known = this.#parts.get(sql);
    if (known !== undefined) return known.name;
    const name = `part${this.#parts.size}`;
    this.#parts.set(sql, { name, level });
    return name;
  }
}
