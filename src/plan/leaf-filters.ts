/** What plans ask of the rows of their leaves, as far as filters above a leaf tell. */
import type { NamedExpression, ResolvedExpression, ResolvedJoin, ResolvedRelation, Scan } from "./resolved.ts";
import { inputsOf, resolvedChildren } from "./resolved-rewrite.ts";
import { subqueryPlans } from "./resolved-walk.ts";

/** One way in which a leaf is read: conditions that a row has to satisfy to matter, over columns of the scan. */
export interface ScanFilter {
  /** The names of the leaf's columns by the ids that the conditions have. */
  readonly columns: ReadonlyMap<number, string>;
  readonly conditions: readonly ResolvedExpression[];
}

/** Every way in which a leaf is read; a row matters where one of them wants it. */
export type LeafFilters = readonly ScanFilter[];

/** The filters of each leaf of some plans. */
export function leafFilters(plans: readonly ResolvedRelation[]): ReadonlyMap<number, LeafFilters> {
  const found = new Map<number, LeafFilters>();
  for (const [{ leaf }, filters] of scanFilters(plans)) found.set(leaf, [...(found.get(leaf) ?? []), ...filters]);
  return found;
}

/** The filters of each scan of some plans. */
export function scanFilters(plans: readonly ResolvedRelation[]): ReadonlyMap<Scan, LeafFilters> {
  const found = new Map<Scan, LeafFilters>();
  const visit = (relation: ResolvedRelation, above: readonly ResolvedExpression[]): void => {
    if (relation.kind === "scan") {
      found.set(relation, [...(found.get(relation) ?? []), filterOf(relation, above)]);
      return;
    }
    const inner = passed(relation, above);
    for (const input of inputsOf(relation)) visit(input, inner.get(input) ?? []);
    for (const plan of subqueryPlans(relation)) visit(plan, []);
  };
  for (const plan of plans) visit(plan, []);
  return found;
}

const filterOf = ({ output, fields }: Scan, above: readonly ResolvedExpression[]): ScanFilter => {
  const columns = new Map(output.map(({ id }, index) => [id, fields[index]!]));
  return { columns, conditions: above };
};

type Passed = ReadonlyMap<ResolvedRelation, readonly ResolvedExpression[]>;

/** The conditions that rows of the inputs have to satisfy too to matter. */
function passed(relation: ResolvedRelation, above: readonly ResolvedExpression[]): Passed {
  switch (relation.kind) {
    case "filter":
      return new Map([[relation.input, [...above, ...conjuncts(relation.condition)]]]);
    case "sort":
      return new Map([[relation.input, above]]);
    case "project":
      return new Map([[relation.input, relation.columns.every(isOfItsRow) ? renamed(above, relation.columns) : []]]);
    case "join":
      return passedByJoin(relation, above);
    default:
      return new Map();
  }
}

/** Whether rows on a side matter only if they satisfy what is asked above the join, and what the join itself asks. */
const joinPasses: {
  readonly [Type in ResolvedJoin["type"]]: {
    readonly left: readonly ("above" | "own")[];
    readonly right: readonly ("above" | "own")[];
  };
} = {
  inner: { left: ["above", "own"], right: ["above", "own"] },
  cross: { left: ["above", "own"], right: ["above", "own"] },
  left: { left: ["above"], right: ["own"] },
  right: { left: ["own"], right: ["above"] },
  full: { left: [], right: [] },
  "left semi": { left: ["above", "own"], right: ["own"] },
  "left anti": { left: ["above"], right: ["own"] },
};

function passedByJoin(join: ResolvedJoin, above: readonly ResolvedExpression[]): Passed {
  const asked = { above, own: join.condition === undefined ? [] : conjuncts(join.condition) };
  if (join.left === join.right) return new Map();
  const { left, right } = joinPasses[join.type];
  return new Map([
    [join.left, left.flatMap((which) => asked[which])],
    [join.right, right.flatMap((which) => asked[which])],
  ]);
}

/** Whether a column depends on nothing but its row, so that it stays when other rows are left out. */
function isOfItsRow({ expression }: Named): boolean {
  if (expression.kind === "window") return false;
  if (expression.kind === "call" && !expression.deterministic) return false;
  return resolvedChildren(expression).every((inner) => isOfItsRow({ expression: inner }));
}

/** The parts of a condition that must all be true. */
export function conjuncts(condition: ResolvedExpression): readonly ResolvedExpression[] {
  return condition.kind === "call" && condition.name === "AND" ? condition.arguments.flatMap(conjuncts) : [condition];
}

type Named = Pick<NamedExpression, "expression">;

// Only conditions over columns that a projection passes on as they are go through it.
function renamed(
  conditions: readonly ResolvedExpression[],
  columns: readonly NamedExpression[],
): readonly ResolvedExpression[] {
  const made = new Map(columns.map(({ column, expression }) => [column.id, expression]));
  return conditions.map((condition) => replaced(condition, made));
}

function replaced(expression: ResolvedExpression, made: ReadonlyMap<number, ResolvedExpression>): ResolvedExpression {
  switch (expression.kind) {
    case "column":
      return made.get(expression.id) ?? expression;
    case "call":
      return { ...expression, arguments: expression.arguments.map((argument) => replaced(argument, made)) };
    case "cast":
    case "field":
      return { ...expression, input: replaced(expression.input, made) };
    default:
      return expression;
  }
}
