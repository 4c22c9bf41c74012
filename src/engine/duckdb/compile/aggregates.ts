/** The SELECT of groups: calls of aggregates, and above them what is made of these. */
import type { NamedExpression, OutputColumn, ResolvedExpression } from "../../../plan/resolved.ts";
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
 * they are written once, below, since a statement that repeats them takes DuckDB long to plan.
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
  const select = `SELECT ${[...lower, ...calls.columns].join(", ")} ${rows}`;
  return calls.columns.length === 0 ? select : `SELECT ${upper.join(", ")} FROM (${select})`;
}

/** Calls of aggregates by the names of their columns. */
class Calls {
  readonly #names = new Map<string, string>();

  get columns(): readonly string[] {
    return [...this.#names].map(([call, name]) => `${call} AS ${name}`);
  }

  /** The SQL of an aggregate, and whether it is made of columns below alone. */
  compile(
    expression: ResolvedExpression,
    context: CompileContext,
  ): { readonly sql: string; readonly isAbove: boolean } {
    // What is more than a call may look at keys, or at calls of another kind.
    if (expression.kind !== "call") return { sql: compileExpression(expression, context), isAbove: false };
    let isAbove = false;
    const below = (call: string): string => {
      isAbove = true;
      return this.#nameOf(call);
    };
    return { sql: compileExpression(expression, { ...context, below }), isAbove };
  }

  #nameOf(call: string): string {
    const name = this.#names.get(call) ?? `part${this.#names.size}`;
    this.#names.set(call, name);
    return name;
  }
}
