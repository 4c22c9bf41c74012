/** Values of chance, which Spark draws once a row, below what groups, parts or sorts by them. */
import type { AnalysisError } from "../errors.ts";
import type { Expression } from "../plan/expression.ts";
import type { NamedExpression, OutputColumn, ResolvedExpression, ResolvedWindow } from "../plan/resolved.ts";
import { isAggregateCall, mapResolved, passed, reference, someResolved } from "../plan/resolved-rewrite.ts";
import type { Analysed, AnalysisContext } from "./context.ts";
import { misplaced } from "./errors.ts";
import { callsOf } from "./found-calls.ts";
import { prettyText } from "./names.ts";
import { projection } from "./relation-context.ts";

/** Whether an expression may give another value each time that it is computed. */
export const isRandom = (expression: ResolvedExpression): boolean =>
  someResolved(expression, (inner) => "deterministic" in inner && !inner.deterministic && !isAggregateCall(inner));

/**
 * Refuses aggregates of values of chance.
 *
 * @param items - a select list, resolved
 * @throws AnalysisError `AGGREGATE_FUNCTION_WITH_NONDETERMINISTIC_EXPRESSION`
 */
export function rejectRandomAggregates(items: readonly Expression[], { resolutions }: AnalysisContext): void {
  const calls = items.flatMap((item) => callsOf(item, "aggregate"));
  const random = calls.find((call) => {
    const resolved = resolutions.get(call);
    return resolved !== undefined && isRandom(resolved);
  });
  if (random === undefined) return;
  const sqlExpr = `"${prettyText(random)}"`;
  throw misplaced(
    "AGGREGATE_FUNCTION_WITH_NONDETERMINISTIC_EXPRESSION",
    "42845",
    `Non-deterministic expression ${sqlExpr} should not appear in the arguments of an aggregate function`,
    "Compute it as a column of the rows first, and aggregate that.",
    { sqlExpr },
  );
}

/** Refuses a condition that depends on chance: it has to say the same whenever it is asked. */
export function rejectRandomCondition(condition: ResolvedExpression, written: Expression): void {
  if (isRandom(condition)) throw notDeterministic(written);
}

/** The same for the condition of a lateral join, of which Spark says it otherwise. */
export function rejectRandomLateral(condition: ResolvedExpression, written: Expression): void {
  if (!isRandom(condition)) return;
  throw misplaced(
    "UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.LATERAL_JOIN_CONDITION_NON_DETERMINISTIC",
    "0A000",
    `Unsupported subquery expression: Lateral join condition cannot be non-deterministic: ${prettyText(written)}`,
    "Compute the random values in a query below the join.",
    { condition: prettyText(written) },
  );
}

/** What is said of an expression that may be another each time, where an operator takes none. */
export function notDeterministic(written: Expression): AnalysisError {
  const sqlExprs = `"${prettyText(written)}"`;
  return misplaced(
    "INVALID_NON_DETERMINISTIC_EXPRESSIONS",
    "42K0E",
    `The operator expects a deterministic expression, but the actual expression is ${sqlExprs}`,
    "Leave out functions such as rand() and uuid(): a condition has to say the same whenever it is asked.",
    { sqlExprs },
  );
}

/** Columns below a relation for the values of chance that its expressions read. */
export class DrawnBelow {
  readonly #drawn: NamedExpression[] = [];
  readonly #input: Analysed;
  readonly #analysis: AnalysisContext;

  constructor(input: Analysed, analysis: AnalysisContext) {
    this.#input = input;
    this.#analysis = analysis;
  }

  /** What reads the expression's value from below, where it is one of chance. */
  read(expression: ResolvedExpression): ResolvedExpression {
    if (!isRandom(expression)) return expression;
    const column = this.#analysis.newColumn("drawn", expression.type, expression.nullable);
    this.#drawn.push({ column, expression });
    return reference(column);
  }

  /** The expression with windows whose values of chance are read from below. */
  readInWindows(expression: ResolvedExpression): ResolvedExpression {
    return expression.kind === "window"
      ? this.#window(expression)
      : mapResolved(expression, (child) => this.readInWindows(child));
  }

  #window(window: ResolvedWindow): ResolvedExpression {
    return mapResolved(window, (child) =>
      child === window.call ? mapResolved(child, (argument) => this.read(argument)) : this.read(child),
    );
  }

  /** The input with the columns that were read. */
  get input(): Analysed {
    const { relation, scope } = this.#input;
    if (this.#drawn.length === 0) return this.#input;
    const columns = [...passed(relation.output), ...this.#drawn];
    return {
      relation: { kind: "project", input: relation, columns, output: columns.map(({ column }) => column) },
      scope,
    };
  }
}

/** A projection whose windows read values of chance from below. */
export function projectionOfDrawn(
  input: Analysed,
  columns: readonly NamedExpression[],
  analysis: AnalysisContext,
  qualifiers?: (column: OutputColumn) => readonly string[],
): Analysed {
  const below = new DrawnBelow(input, analysis);
  const read = columns.map(({ column, expression }) => ({ column, expression: below.readInWindows(expression) }));
  return projection(below.input, read, qualifiers);
}
