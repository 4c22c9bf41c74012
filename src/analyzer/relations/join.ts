/** Joins: conditions, `using` columns, natural and lateral joins. */
import { isOrderable } from "../../functions/rule.ts";
import type { Coercion } from "../../functions/type-coercion.ts";
import type { Expression } from "../../plan/expression.ts";
import type { Join, JoinType, LateralJoin, Relation } from "../../plan/relation.ts";
import type { NamedExpression, OutputColumn, ResolvedExpression, ResolvedJoin } from "../../plan/resolved.ts";
import { reference } from "../../plan/resolved-rewrite.ts";
import { sqlName } from "../../types/type-name.ts";
import type { Analysed } from "../context.ts";
import { conjunction, converted, inHalves } from "../conversion.ts";
import {
  rejectBothSides,
  rejectCorrelatedIn,
  rejectUncertainSide,
  rejectUnsupportedCorrelation,
} from "../correlation.ts";
import { differentOperandTypes, invalidOrderingType, misplaced, unresolvedUsingColumn } from "../errors.ts";
import { rejectGenerators, rejectGrouped } from "../found-calls.ts";
import { prettyText } from "../names.ts";
import { rejectRandomCondition, rejectRandomLateral } from "../random-values.ts";
import { type RelationContext, resolveOver } from "../relation-context.ts";
import { applyFunction } from "../resolve-call.ts";
import { columnsWithin } from "../resolve-subquery.ts";
import { joinScopes, matchName, nameKey, type Scope, type ScopeColumn, withoutMetadata } from "../scope.ts";
import { lateralTable, tableSideOf } from "./user-table.ts";

export function analyseJoin(join: Join, context: RelationContext): Analysed {
  const left = context.input(join.left);
  const right = context.input(join.right);
  const using = join.natural === true ? sharedNames(left, right, context) : join.using;
  const side = broadcastSide(join);
  const hint = side === undefined ? {} : { broadcast: side };
  if (using.length > 0) return joinUsing(join, using, left, right, hint, context);
  const scope = joinScopes(left.scope, right.scope);
  const condition = join.condition === undefined ? undefined : joinCondition(join.condition, scope, context);
  if (condition !== undefined) rejectRandomCondition(condition, join.condition!);
  if (condition !== undefined) rejectBothSides(condition, left.relation, right.relation);
  return joined(left, right, join.type, condition, hint);
}

export function analyseLateralJoin({ left, right, type, condition }: LateralJoin, context: RelationContext): Analysed {
  const first = context.input(left);
  const table = tableSideOf(right, context);
  if (table !== undefined && condition === undefined) return lateralTable(first, table, type, context);
  const second = context.inputWithin(right, first.scope);
  rejectUnsupportedCorrelation(second.relation, columnsWithin(context.over(first.scope), second.relation));
  rejectUncertainSide(first.relation, second.relation);
  const scope = joinScopes(first.scope, second.scope);
  const resolved = condition === undefined ? undefined : joinCondition(condition, scope, context);
  if (resolved !== undefined) rejectRandomLateral(resolved, condition!);
  return joined(first, second, type, resolved, { lateral: true });
}

/** @throws AnalysisError `JOIN_CONDITION_IS_NOT_BOOLEAN_TYPE` */
export function joinCondition(source: Expression, scope: Scope, context: RelationContext): ResolvedExpression {
  rejectGrouped("a join", [source]);
  rejectGenerators("Join", [source]);
  const condition = resolveOver(context, scope, source);
  rejectCorrelatedIn("Join", [condition]);
  if (condition.type.kind === "boolean") return condition;
  const text = `"${prettyText(source)}"`;
  const type = `"${sqlName(condition.type)}"`;
  throw misplaced(
    "JOIN_CONDITION_IS_NOT_BOOLEAN_TYPE",
    "42K0E",
    `The join condition ${text} has the invalid type ${type}, expected "BOOLEAN"`,
    "Compare columns of both sides, for example a.col(…).eq(b.col(…)).",
    { joinCondition: text, conditionType: type },
  );
}

const nullableSides: Record<JoinType, readonly ("left" | "right")[]> = {
  inner: [],
  cross: [],
  left: ["right"],
  right: ["left"],
  full: ["left", "right"],
  "left semi": [],
  "left anti": [],
};

type JoinExtras = Partial<Pick<ResolvedJoin, "asOf" | "broadcast" | "lateral">>;

/** The join of two relations, outer sides nullable. */
export function joined(
  left: Analysed,
  right: Analysed,
  type: JoinType,
  condition: ResolvedExpression | undefined,
  extras: JoinExtras,
): Analysed {
  const nullable = nullableSides[type];
  const first = nullable.includes("left") ? nullableScope(left.scope) : left.scope;
  const second = nullable.includes("right") ? nullableScope(right.scope) : right.scope;
  const leftOnly = type === "left semi" || type === "left anti";
  const scope = leftOnly ? first : joinScopes(first, second);
  const relation: ResolvedJoin = {
    kind: "join",
    left: left.relation,
    right: right.relation,
    type:
      type === "cross" && condition !== undefined
        ? "inner"
        : condition === undefined && type === "inner"
          ? "cross"
          : type,
    lateral: false,
    ...extras,
    ...(condition === undefined ? {} : { condition }),
    output: relationOutput(left, right, nullable, leftOnly),
  };
  return { relation, scope };
}

function relationOutput(
  left: Analysed,
  right: Analysed,
  nullable: readonly ("left" | "right")[],
  leftOnly: boolean,
): readonly OutputColumn[] {
  const first = nullable.includes("left") ? left.relation.output.map(nullableColumn) : left.relation.output;
  const second = nullable.includes("right") ? right.relation.output.map(nullableColumn) : right.relation.output;
  return leftOnly ? first : [...first, ...second];
}

const nullableColumn = (column: OutputColumn): OutputColumn => ({ ...column, nullable: true });
const nullableEntry = ({ column, ...own }: ScopeColumn): ScopeColumn => ({ ...own, column: nullableColumn(column) });
const nullableScope = ({ columns, hidden }: Scope): Scope => ({
  columns: columns.map(nullableEntry),
  hidden: hidden.map(nullableEntry),
});

function sharedNames(left: Analysed, right: Analysed, { analysis }: RelationContext): readonly string[] {
  const key = nameKey(analysis.sameName);
  const namesOf = ({ scope }: Analysed): readonly string[] => scope.columns.map(({ column }) => column.name);
  const rest = Map.groupBy(namesOf(right), key);
  return namesOf(left).filter((name) => rest.get(key(name))?.pop() !== undefined);
}

// Each key comes once and first; the other side's stays reachable by a qualified name.
function joinUsing(
  join: Join,
  using: readonly string[],
  left: Analysed,
  right: Analysed,
  extras: JoinExtras,
  context: RelationContext,
): Analysed {
  const keys = usingKeys(using, left, right, context);
  const pair = joined(left, right, join.type, keysEqual(keys, context.analysis.coercion), extras);
  if (join.type === "left semi" || join.type === "left anti")
    return reordered(
      pair,
      keys.map((key) => key.left.id),
    );
  if (join.type === "full") return coalesced(pair, keys, using, context);
  const [shown, other] = join.type === "right" ? (["right", "left"] as const) : (["left", "right"] as const);
  return reordered(
    hidden(
      pair,
      keys.map((key) => key[other].id),
    ),
    keys.map((key) => key[shown].id),
  );
}

const usingKeys = (using: readonly string[], left: Analysed, right: Analysed, context: RelationContext) =>
  using.map((name) => ({
    left: keyOf(name, left, "left", context),
    right: keyOf(name, right, "right", context),
  }));

function keyOf(name: string, side: Analysed, which: "left" | "right", { analysis }: RelationContext): OutputColumn {
  const match = matchName({ ...side.scope, hidden: [] }, [name], analysis.sameName)[0];
  if (match === undefined)
    throw unresolvedUsingColumn(
      name,
      which,
      side.scope.columns.map(({ column }) => column.name),
    );
  return match.column;
}

const keysEqual = (keys: ReturnType<typeof usingKeys>, coercion: Coercion): ResolvedExpression =>
  inHalves(
    keys.map(({ left, right }) => equality(left.name, reference(left), right.name, reference(right), coercion)),
    conjunction,
  );

/** That values of both sides are equal. */
export function equality(
  leftName: string,
  left: ResolvedExpression,
  rightName: string,
  right: ResolvedExpression,
  { castMode, equalityType }: Coercion,
): ResolvedExpression {
  const type = equalityType(left, right);
  const text = `(${leftName} = ${rightName})`;
  if (type === undefined) throw differentOperandTypes(text, left.type, right.type);
  if (!isOrderable(type)) throw invalidOrderingType(text, "=", type);
  return applyFunction("=", [converted(left, type, castMode), converted(right, type, castMode)]);
}

function hidden(pair: Analysed, ids: readonly number[]): Analysed {
  const hides = new Set(ids);
  const gone = pair.scope.columns.flatMap((own) =>
    hides.has(own.column.id) ? [{ ...own, joinKey: true as const }] : [],
  );
  const columns = pair.scope.columns.filter(({ column }) => !hides.has(column.id));
  return { ...pair, scope: { columns, hidden: [...pair.scope.hidden, ...gone] } };
}

function reordered(pair: Analysed, first: readonly number[]): Analysed {
  const byId = Map.groupBy(pair.scope.columns, ({ column }) => column.id);
  const keys = first.flatMap((id) => byId.get(id) ?? []);
  const isKey = new Set(first);
  const rest = pair.scope.columns.filter(({ column }) => !isKey.has(column.id));
  return { ...pair, scope: { columns: [...keys, ...rest], hidden: withoutMetadata(pair.scope).hidden } };
}

function coalesced(
  pair: Analysed,
  keys: readonly { readonly left: OutputColumn; readonly right: OutputColumn }[],
  using: readonly string[],
  { analysis }: RelationContext,
): Analysed {
  const merged = keys.map(({ left, right }, index): NamedExpression => {
    const expression = applyFunction("coalesce", [reference(nullableColumn(left)), reference(nullableColumn(right))]);
    return { column: analysis.newColumn(using[index]!, expression.type, left.nullable || right.nullable), expression };
  });
  const columns = [...merged, ...pair.relation.output.map((column) => ({ column, expression: reference(column) }))];
  const relation = {
    kind: "project",
    input: pair.relation,
    columns,
    output: columns.map(({ column }) => column),
  } as const;
  const ids = keys.flatMap(({ left, right }) => [left.id, right.id]);
  const { scope } = hidden(pair, ids);
  return {
    relation,
    scope: {
      columns: [...merged.map(({ column }) => ({ column, qualifier: [] })), ...scope.columns],
      hidden: withoutMetadata(scope).hidden,
    },
  };
}

const hintNames = new Set(["broadcast", "broadcastjoin", "mapjoin"]);

function broadcastSide({ left, right }: Join): "left" | "right" | undefined {
  if (hasBroadcastHint(right)) return "right";
  return hasBroadcastHint(left) ? "left" : undefined;
}

// A hint holds through what keeps the rows of its relation apart from others.
function hasBroadcastHint(relation: Relation): boolean {
  if (relation.kind === "hint") return hintNames.has(relation.name.toLowerCase()) || hasBroadcastHint(relation.input);
  if (
    relation.kind === "filter" ||
    relation.kind === "project" ||
    relation.kind === "subquery alias" ||
    relation.kind === "with columns renamed" ||
    relation.kind === "with columns" ||
    relation.kind === "drop"
  ) {
    return hasBroadcastHint(relation.input);
  }
  return false;
}
