/** The relations whose columns depend on values of their input, and how those values are asked for. */
import { crosstabPlan } from "../analyzer/relations/statistics.ts";
import { AnalysisError } from "../errors.ts";
import type { Expression, Literal } from "../plan/expression.ts";
import type { Relation, Transpose } from "../plan/relation.ts";
import { isRelation, walk } from "../plan/rewrite.ts";

/** A question about a relation: the rows of one column of `ask`, of which there may be `most`. */
export interface OpenValues {
  readonly relation: Relation;
  readonly ask: Relation;
  readonly most: number;
  readonly tooMany: () => AnalysisError;
}

/** A pivot with more values than this, or a transposition of more rows, is refused, as in Spark. */
const pivotMaxValues = 10_000;
const transposeMaxValues = 500;

/** What has to be known of a plan before it is analysed. */
export function openValues(plan: Relation): readonly OpenValues[] {
  const found: OpenValues[] = [];
  walk(plan, (node) => {
    if (!isRelation(node)) return;
    const relation = node.kind === "crosstab" ? crosstabPlan(node).pivot : node;
    if (relation.kind === "transpose") found.push(transposition(relation));
    if (relation.kind === "aggregate" && relation.pivot !== undefined && relation.pivot.values === undefined)
      found.push({
        relation,
        ask: limited(sorted(distinct(relation.input, relation.pivot.column)), pivotMaxValues),
        most: pivotMaxValues,
        tooMany: tooManyPivots,
      });
  });
  return found;
}

const value = { kind: "attribute", name: ["value"] } as const;

const distinct = (input: Relation, expression: Expression): Relation => ({
  kind: "deduplicate",
  input: { kind: "project", input, expressions: [{ kind: "alias", input: expression, names: ["value"] }] },
  withinWatermark: false,
});

const ascending = (input: Expression) =>
  ({ kind: "sort order", input, direction: "ascending", nulls: "first" }) as const;

const sorted = (input: Relation): Relation => ({ kind: "sort", input, order: [ascending(value)], global: true });

const limited = (input: Relation, most: number): Relation => ({
  kind: "limit",
  input,
  count: { kind: "literal", type: { kind: "int" }, value: most + 1 },
});

function transposition(relation: Transpose): OpenValues {
  const { input, index } = relation;
  const column: Relation =
    index === undefined
      ? { kind: "sort", input, order: [ascending(value)], global: true, byAll: true }
      : sorted({ kind: "project", input, expressions: [{ kind: "alias", input: index, names: ["value"] }] });
  return { relation, ask: limited(column, transposeMaxValues), most: transposeMaxValues, tooMany: tooManyRows };
}

const tooManyPivots = (): AnalysisError =>
  new AnalysisError(`The pivot column has more than ${pivotMaxValues} distinct values, this could indicate an error`, {
    hint: "List the values: .pivot(column, [values]).",
  });

const tooManyRows = (): AnalysisError =>
  new AnalysisError(`Number of rows exceeds the allowed limit of ${transposeMaxValues} for TRANSPOSE`, {
    condition: "TRANSPOSE_EXCEED_ROW_LIMIT",
    sqlState: "54006",
    parameters: { maxValues: String(transposeMaxValues), config: "spark.sql.transposeMaxValues" },
    hint: "Aggregate or limit the rows first.",
  });

/** The values of a question, once they are there. */
export function checkedValues({ most, tooMany }: OpenValues, values: readonly Literal[]): readonly Literal[] {
  if (values.length > most) throw tooMany();
  return values;
}
