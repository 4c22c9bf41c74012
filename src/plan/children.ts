/**
 * Which fields of each node hold nodes. The compiler keeps these tables complete: a new kind, or a new field that holds a
 * relation or an expression, does not compile until it is listed.
 */
import type { Expression, ExpressionKind } from "./expression.ts";
import type { CommonTable, Pivot, Relation, RelationKind } from "./relation.ts";

/** How a field holds nodes: one, a list, a list of lists, or inside a small record. */
export type Holding =
  | "relation"
  | "relations"
  | "expression"
  | "expressions"
  | "expression lists"
  | "expression map"
  | "pivot"
  | "common tables";

type NodeIn<Value> =
  NonNullable<Value> extends infer V
    ? [V] extends [Relation]
      ? true
      : Extract<V, Expression> extends never
        ? V extends
            | readonly Relation[]
            | readonly Expression[]
            | readonly (readonly Expression[])[]
            | Pivot
            | readonly CommonTable[]
          ? true
          : V extends Readonly<Record<string, Expression>>
            ? string extends keyof V
              ? true
              : never
            : never
        : true
    : never;
type Fields<Node> = { [Key in keyof Node as NodeIn<Node[Key]> extends never ? never : Key]-?: Holding };

export const relationFields = {
  read: { moments: "expression map" },
  "read table": { moments: "expression map" },
  "local relation": {},
  range: {},
  "inline table": { rows: "expression lists" },
  "table function": { arguments: "expressions" },
  "user table function relation": { call: "expression" },
  "cached remote relation": {},
  "cached local relation": {},
  "relation changes": { moments: "expression map" },
  "catalogue query": { input: "relation" },
  "common table reference": {},
  "one row": {},
  project: { input: "relation", expressions: "expressions" },
  filter: { input: "relation", condition: "expression" },
  qualify: { input: "relation", condition: "expression" },
  join: { left: "relation", right: "relation", condition: "expression" },
  "lateral join": { left: "relation", right: "relation", condition: "expression" },
  "as-of join": {
    left: "relation",
    right: "relation",
    leftTime: "expression",
    rightTime: "expression",
    condition: "expression",
    tolerance: "expression",
  },
  "nearest-by join": { left: "relation", right: "relation", ranking: "expression" },
  "set operation": { left: "relation", right: "relation" },
  sort: { input: "relation", order: "expressions" },
  limit: { input: "relation", count: "expression" },
  offset: { input: "relation", count: "expression" },
  tail: { input: "relation", count: "expression" },
  aggregate: {
    input: "relation",
    grouping: "expressions",
    aggregates: "expressions",
    groupingSets: "expression lists",
    pivot: "pivot",
  },
  deduplicate: { input: "relation" },
  sample: { input: "relation" },
  "zip with index": { input: "relation" },
  drop: { input: "relation", columns: "expressions" },
  "with columns": { input: "relation", columns: "expressions" },
  "with columns renamed": { input: "relation" },
  "to columns": { input: "relation" },
  "to schema": { input: "relation" },
  unpivot: { input: "relation", identifiers: "expressions", values: "expression lists" },
  transpose: { input: "relation", index: "expression" },
  hint: { input: "relation", parameters: "expressions" },
  repartition: { input: "relation" },
  "repartition by expression": { input: "relation", expressions: "expressions" },
  "subquery alias": { input: "relation" },
  "function query": { input: "relation" },
  generate: { input: "relation", generator: "expression" },
  with: { input: "relation", tables: "common tables" },
  "sql text": {},
  "fill nulls": { input: "relation", values: "expressions" },
  "drop nulls": { input: "relation" },
  "replace values": { input: "relation", replacements: "expression lists" },
  describe: { input: "relation" },
  crosstab: { input: "relation" },
  "pair statistic": { input: "relation" },
  "approximate quantile": { input: "relation" },
  "frequent items": { input: "relation" },
  "sample by": { input: "relation", column: "expression" },
  observe: { input: "relation", metrics: "expressions" },
  parse: { input: "relation" },
  "show string": { input: "relation" },
  explain: { input: "relation" },
  "with watermark": { input: "relation" },
  "map batches": { input: "relation", function: "expression" },
  "apply to groups": { input: "relation", grouping: "expressions", function: "expression" },
  "apply to cogroups": {
    left: "relation",
    right: "relation",
    leftGrouping: "expressions",
    rightGrouping: "expressions",
    function: "expression",
  },
  "apply with state": { input: "relation", grouping: "expressions", function: "expression" },
} as const satisfies { [Kind in RelationKind]: Fields<Extract<Relation, { kind: Kind }>> };

export const expressionFields = {
  literal: {},
  attribute: {},
  star: { replacement: "expression" },
  "regular expression star": {},
  "metadata attribute": {},
  call: { arguments: "expressions", filter: "expression", withinGroup: "expressions" },
  "named argument": { value: "expression" },
  alias: { input: "expression" },
  cast: { input: "expression" },
  "sort order": { input: "expression" },
  window: { call: "expression", partitionBy: "expressions", orderBy: "expressions", frame: "expression" },
  "window frame": { lower: "expression", upper: "expression" },
  lambda: { body: "expression" },
  "lambda parameter": {},
  "extract value": { input: "expression", extraction: "expression" },
  "update field": { input: "expression", value: "expression" },
  subquery: { plan: "relation", values: "expressions", partitionBy: "expressions", orderBy: "expressions" },
  "user function": { arguments: "expressions" },
  "expanded call": { input: "expression" },
  "function argument": { input: "expression" },
  variable: {},
  "table function call": { arguments: "expressions" },
  "user table function": { arguments: "expressions" },
  "merge action": { condition: "expression", assignments: "expressions" },
  "merge assignment": { column: "expression", value: "expression" },
} as const satisfies { [Kind in ExpressionKind]: Fields<Extract<Expression, { kind: Kind }>> };
