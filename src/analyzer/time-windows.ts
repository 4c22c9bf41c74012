/**
 * Windows of time: a call of `window` or `session_window` in a relation's expressions becomes a column of its input, which
 * the expressions then read. The input's rows are as many as they have windows.
 */

import { equalPlans } from "../plan/equal.ts";
import type { Call, Expression } from "../plan/expression.ts";
import type { Relation } from "../plan/relation.ts";
import type { OutputColumn } from "../plan/resolved.ts";
import { childrenOf, isRelation, mapChildren, rewriteExpressions, walk } from "../plan/rewrite.ts";
import type { Analysed } from "./context.ts";
import { misplaced } from "./errors.ts";
import { prettyText } from "./names.ts";
import { type RelationContext, resolveOver } from "./relation-context.ts";
import { mergedSessions } from "./relations/merged-sessions.ts";
import { sessionRows, type Windowed, windowRows } from "./relations/window-rows.ts";
import { scopeOf } from "./scope.ts";
import { isTimeWindowCall, nameOfCall } from "./time-window-call.ts";

/** What is analysed in place of a relation. */
interface Timed {
  readonly relation: Relation;
  readonly context: RelationContext;
}

type Unary = Relation & { readonly input: Relation };

/** The relation with its windows of time as columns of its input; itself where it has none. */
export function withTimeWindows(relation: Relation, context: RelationContext): Timed {
  if (!hasInput(relation) || relation.kind === "sort" || isAboveGroups(relation)) return { relation, context };
  const calls = ownCalls(relation);
  if (calls.length === 0) return { relation, context };
  const windows = calls.filter(isTimeWindowCall);
  const input = context.input(relation.input);
  const own = withInput(relation, input, context);
  const timed = windows.length === 0 ? { relation, context: own } : timedBy(relation, onlyOne(windows), input, own);
  const rows = timed.context.input(relation.input);
  for (const call of calls) checkWindowTime(call, rows, context);
  return timed;
}

const hasInput = (relation: Relation): relation is Unary => "input" in relation && relation.input !== undefined;

const withInput = ({ input }: Unary, rows: Analysed, context: RelationContext): RelationContext => ({
  ...context,
  input: (plan) => (plan === input ? rows : context.input(plan)),
});

// What stands above groups reads the window that they have.
function isAboveGroups({ kind, input }: Unary): boolean {
  if (kind !== "filter" && kind !== "sort" && kind !== "qualify") return false;
  return input.kind === "aggregate" || (hasInput(input) && isAboveGroups(input));
}

const timeFunctions: ReadonlySet<string> = new Set(["window", "session_window", "window_time"]);

/** The calls in a relation's own expressions that are about windows of time. */
function ownCalls(relation: Relation): readonly Call[] {
  const found: Call[] = [];
  for (const child of childrenOf(relation)) {
    walk(child, (node) => {
      if (isRelation(node)) return false;
      if (node.kind === "call" && timeFunctions.has(nameOfCall(node))) found.push(node);
      return true;
    });
  }
  return found;
}

function onlyOne(windows: readonly Call[]): Call {
  const [first] = windows as readonly [Call, ...Call[]];
  if (windows.every((call) => equalPlans(call, first))) return first;
  throw misplaced(
    "_LEGACY_ERROR_TEMP_1039",
    undefined,
    "Multiple time/session window expressions would result in a cartesian product of rows, therefore they are currently not supported",
    "Make the other window a column in a select of its own first.",
  );
}

function timedBy(relation: Unary, call: Call, input: Analysed, context: RelationContext): Timed {
  if (nameOfCall(call) === "window") return over(relation, call, windowRows(call, input, context), context);
  const sessions = sessionRows(call, input, context);
  const timed = over(relation, call, sessions, context);
  if (timed.relation.kind !== "aggregate") return timed;
  return over(relation, call, mergedSessions(timed.relation, sessions, context), context);
}

/** The relation over rows that have the window in a column that only its name finds. */
function over(relation: Unary, call: Call, { rows, column }: Windowed, context: RelationContext): Timed {
  const planId = -column.id;
  context.analysis.noteScope(planId, scopeOf([column]));
  const attribute: Expression = { kind: "attribute", name: [column.name], planId };
  const replace = (node: Expression): Expression =>
    isTimeWindowCall(node) && equalPlans(node, call) ? attribute : node;
  const replaced = mapChildren(relation, {
    relation: (plan) => plan,
    expression: (expression) => rewriteExpressions(expression, replace),
  });
  return { relation: replaced, context: withInput(relation, rows, context) };
}

/** The notes on columns that windows of time made. */
const markers = ["spark.timeWindow", "spark.sessionWindow"] as const;

function checkWindowTime(call: Call, input: Analysed, context: RelationContext): void {
  const [window] = call.arguments;
  if (nameOfCall(call) !== "window_time" || window === undefined || isTimeWindowCall(window)) return;
  const resolved = resolveOver(context, input.scope, window);
  const column = resolved.kind === "column" ? columnWithId(input, resolved.id) : undefined;
  if (resolved.type.kind !== "struct" || markers.some((marker) => column?.metadata?.[marker] === true)) return;
  throw misplaced(
    "_LEGACY_ERROR_TEMP_3101",
    undefined,
    `The input is not a correct window column: ${prettyText(call)}`,
    "Give it the column of a window(…) or session_window(…).",
    { windowTime: prettyText(call) },
  );
}

const columnWithId = ({ scope }: Analysed, id: number): OutputColumn | undefined =>
  [...scope.columns, ...scope.hidden].find(({ column }) => column.id === id)?.column;
