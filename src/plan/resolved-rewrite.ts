/** Traversal and rewrite of analysed plans. */
import type {
  AggregateDetails,
  ColumnReference,
  FrameBound,
  NamedExpression,
  OutputColumn,
  ResolvedCall,
  ResolvedExpression,
  ResolvedExpressionKind,
  ResolvedLambda,
  ResolvedOrder,
  ResolvedRelation,
  ResolvedRelationKind,
  ResolvedUserFunction,
} from "./resolved.ts";

type Change = (expression: ResolvedExpression) => ResolvedExpression;
type Of<Kind extends ResolvedExpressionKind> = Extract<ResolvedExpression, { kind: Kind }>;

const order = (items: readonly ResolvedOrder[], change: Change): readonly ResolvedOrder[] =>
  items.map((item) => ({ ...item, expression: change(item.expression) }));

const bound = (frameBound: FrameBound, change: Change): FrameBound =>
  frameBound.at === "offset" ? { ...frameBound, offset: change(frameBound.offset) } : frameBound;

const aggregateOf = (
  { aggregate }: Pick<ResolvedCall, "aggregate">,
  change: Change,
): Pick<ResolvedCall, "aggregate"> =>
  aggregate === undefined
    ? {}
    : {
        aggregate: {
          ...aggregate,
          ...(aggregate.filter === undefined ? {} : { filter: change(aggregate.filter) }),
          order: order(aggregate.order, change),
        },
      };

/** Whether an expression is a call of an aggregate, of Spark's or of the user's. */
export const isAggregateCall = (expression: ResolvedExpression): expression is AggregateCall =>
  (expression.kind === "call" || expression.kind === "user function") && expression.aggregate !== undefined;

type AggregateCall = (ResolvedCall | ResolvedUserFunction) & { readonly aggregate: AggregateDetails };

const changes: { [Kind in ResolvedExpressionKind]: (node: Of<Kind>, change: Change) => ResolvedExpression } = {
  column: (node) => node,
  constant: (node) => node,
  call: (node, change) => ({
    ...node,
    arguments: node.arguments.map(change),
    ...aggregateOf(node, change),
  }),
  cast: (node, change) => ({ ...node, input: change(node.input) }),
  conditional: (node, change) => ({
    ...node,
    branches: node.branches.map((branch) => ({ when: change(branch.when), then: change(branch.then) })),
    ...(node.otherwise === undefined ? {} : { otherwise: change(node.otherwise) }),
  }),
  field: (node, change) => ({ ...node, input: change(node.input) }),
  struct: (node, change) => ({ ...node, fields: node.fields.map(change) }),
  lambda: (node, change) => ({ ...node, body: change(node.body) }),
  window: (node, change) => ({
    ...node,
    call: change(node.call),
    partitionBy: node.partitionBy.map(change),
    orderBy: order(node.orderBy, change),
    ...(node.frame === undefined
      ? {}
      : { frame: { ...node.frame, lower: bound(node.frame.lower, change), upper: bound(node.frame.upper, change) } }),
  }),
  subquery: (node, change) => ({ ...node, values: node.values.map(change) }),
  "user function": (node, change) => ({
    ...node,
    arguments: node.arguments.map(change),
    ...aggregateOf(node, change),
  }),
};

/** The expression with its direct children replaced. */
export function mapResolved(expression: ResolvedExpression, change: Change): ResolvedExpression {
  return (changes[expression.kind] as (node: ResolvedExpression, change: Change) => ResolvedExpression)(
    expression,
    change,
  );
}

/** The direct children of an expression. */
export function resolvedChildren(expression: ResolvedExpression): readonly ResolvedExpression[] {
  const children: ResolvedExpression[] = [];
  mapResolved(expression, (child) => {
    children.push(child);
    return child;
  });
  return children;
}

/** Whether the expression, or one inside it, satisfies a test; `into` says whether to look inside a node. */
export function someResolved(
  expression: ResolvedExpression,
  test: (expression: ResolvedExpression) => boolean,
  into: (expression: ResolvedExpression) => boolean = () => true,
): boolean {
  if (test(expression)) return true;
  return into(expression) && resolvedChildren(expression).some((child) => someResolved(child, test, into));
}

/** The ids of the columns that an expression reads. */
export function referencedColumns(expression: ResolvedExpression, ids = new Set<number>()): Set<number> {
  if (expression.kind === "column") ids.add(expression.id);
  for (const child of resolvedChildren(expression)) referencedColumns(child, ids);
  return ids;
}

/** Whether two expressions compute the same value. */
export function sameExpression(left: ResolvedExpression, right: ResolvedExpression): boolean {
  return left === right || (left.kind === right.kind && fingerprint(left) === fingerprint(right));
}

/** `fingerprint` with the operands of sums and products in one order: `1 + a` is `a + 1`. */
export const meaning = (expression: ResolvedExpression): string => fingerprint(inOneOrder(expression));

function inOneOrder(expression: ResolvedExpression): ResolvedExpression {
  const inner = mapResolved(expression, inOneOrder);
  if (inner.kind !== "call" || (inner.name !== "+" && inner.name !== "*") || inner.arguments.length !== 2) return inner;
  const [left, right] = inner.arguments as [ResolvedExpression, ResolvedExpression];
  return rank(left) <= rank(right) ? inner : { ...inner, arguments: [right, left] };
}

// Operands that are calls stay as they are: to compare them whole would take long in long sums. The parameters of a lambda
// are known by the order of their numbers.
function rank(expression: ResolvedExpression): string {
  if (expression.kind === "column") return `column ${String(expression.id).padStart(10, "0")}`;
  return expression.kind === "constant" ? `constant ${expression.value}` : "call";
}

/** A text that is equal for expressions that compute the same value. */
export function fingerprint(expression: ResolvedExpression): string {
  const own = new Map<number, string>();
  return JSON.stringify(expression, (key, value: unknown) => {
    if (typeof value === "bigint") return `${value}n`;
    if (typeof value === "number" && !Number.isFinite(value)) return `${value}`;
    if (Object.is(value, -0)) return "-0";
    if (key === "origin") return undefined;
    if (key === "plan") nameOwnColumns(value as ResolvedRelation, own);
    if (isLambda(value)) return withoutNames(value, own);
    return key === "id" ? (own.get(value as number) ?? value) : value;
  });
}

const isLambda = (value: unknown): value is ResolvedLambda =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "lambda";

// The parameters of a lambda are others each time that it is analysed, and called as anybody likes.
function withoutNames(lambda: ResolvedLambda, names: Map<number, string>): ResolvedLambda {
  for (const { id } of lambda.parameters) names.set(id, `parameter ${names.size}`);
  return { ...lambda, parameters: lambda.parameters.map((parameter) => ({ ...parameter, name: "" })) };
}

// The columns inside a sub-query are others each time that it is analysed.
function nameOwnColumns(plan: ResolvedRelation, names: Map<number, string>): void {
  for (const input of inputsOf(plan)) nameOwnColumns(input, names);
  for (const { id } of plan.output) if (!names.has(id)) names.set(id, `column ${names.size}`);
}

/** A reference to a column. */
export const reference = (column: OutputColumn): ColumnReference => ({
  kind: "column",
  id: column.id,
  type: column.type,
  nullable: column.nullable,
});

/** The columns passed on under their own ids. */
export const passed = (columns: readonly OutputColumn[]): readonly NamedExpression[] =>
  columns.map((column) => ({ column, expression: reference(column) }));

type RelationOf<Kind extends ResolvedRelationKind> = Extract<ResolvedRelation, { kind: Kind }>;

const inputs: { [Kind in ResolvedRelationKind]: (node: RelationOf<Kind>) => readonly ResolvedRelation[] } = {
  scan: () => [],
  "local rows": () => [],
  "range rows": () => [],
  "value rows": () => [],
  project: (node) => [node.input],
  filter: (node) => [node.input],
  join: (node) => [node.left, node.right],
  "set operation": (node) => [node.left, node.right],
  sort: (node) => [node.input],
  slice: (node) => [node.input],
  aggregate: (node) => [node.input],
  distinct: (node) => [node.input],
  generate: (node) => [node.input],
  sample: (node) => [node.input],
  distribution: (node) => [node.input],
  observe: (node) => [node.input],
  stage: (node) => node.inputs.map((input) => input.relation),
  recursion: (node) => [node.anchor, node.step],
  "recursive reference": () => [],
  cached: (node) => [node.input],
};

/** The relations that a relation reads. */
export function inputsOf(relation: ResolvedRelation): readonly ResolvedRelation[] {
  return (inputs[relation.kind] as (node: ResolvedRelation) => readonly ResolvedRelation[])(relation);
}

type ChangeRelation = (relation: ResolvedRelation) => ResolvedRelation;

const inputChanges: {
  [Kind in ResolvedRelationKind]: (node: RelationOf<Kind>, change: ChangeRelation) => ResolvedRelation;
} = {
  scan: (node) => node,
  "local rows": (node) => node,
  "range rows": (node) => node,
  "value rows": (node) => node,
  project: (node, change) => ({ ...node, input: change(node.input) }),
  filter: (node, change) => ({ ...node, input: change(node.input) }),
  join: (node, change) => ({ ...node, left: change(node.left), right: change(node.right) }),
  "set operation": (node, change) => ({ ...node, left: change(node.left), right: change(node.right) }),
  sort: (node, change) => ({ ...node, input: change(node.input) }),
  slice: (node, change) => ({ ...node, input: change(node.input) }),
  aggregate: (node, change) => ({ ...node, input: change(node.input) }),
  distinct: (node, change) => ({ ...node, input: change(node.input) }),
  generate: (node, change) => ({ ...node, input: change(node.input) }),
  sample: (node, change) => ({ ...node, input: change(node.input) }),
  distribution: (node, change) => ({ ...node, input: change(node.input) }),
  observe: (node, change) => ({ ...node, input: change(node.input) }),
  stage: (node, change) => ({
    ...node,
    inputs: node.inputs.map(({ relation, keys }) => ({ relation: change(relation), keys })),
  }),
  recursion: (node, change) => ({ ...node, anchor: change(node.anchor), step: change(node.step) }),
  "recursive reference": (node) => node,
  cached: (node, change) => ({ ...node, input: change(node.input) }),
};

/** The relation with its inputs replaced. */
export function mapInputs(relation: ResolvedRelation, change: ChangeRelation): ResolvedRelation {
  return (inputChanges[relation.kind] as (node: ResolvedRelation, change: ChangeRelation) => ResolvedRelation)(
    relation,
    change,
  );
}

type ChangeExpression = (expression: ResolvedExpression) => ResolvedExpression;

const namedChanges = (columns: readonly NamedExpression[], change: ChangeExpression): readonly NamedExpression[] =>
  columns.map(({ column, expression }) => ({ column, expression: change(expression) }));

/** The relation with the expressions that it holds itself replaced. */
export function mapOwnExpressions(relation: ResolvedRelation, change: ChangeExpression): ResolvedRelation {
  switch (relation.kind) {
    case "project":
      return { ...relation, columns: namedChanges(relation.columns, change) };
    case "filter":
      return { ...relation, condition: change(relation.condition) };
    case "sort":
      return { ...relation, order: order(relation.order, change) };
    case "aggregate":
      return {
        ...relation,
        keys: namedChanges(relation.keys, change),
        aggregates: namedChanges(relation.aggregates, change),
      };
    case "generate":
      return { ...relation, generator: change(relation.generator) as typeof relation.generator };
    case "join":
      return relation.condition === undefined ? relation : { ...relation, condition: change(relation.condition) };
    case "distribution":
      return { ...relation, keys: relation.keys.map(change), order: order(relation.order, change) };
    case "observe":
      return { ...relation, metrics: namedChanges(relation.metrics, change) };
    case "value rows":
      return { ...relation, rows: relation.rows.map((row) => row.map(change)) };
    default:
      return relation;
  }
}
