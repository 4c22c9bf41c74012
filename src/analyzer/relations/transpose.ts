/** Rows become columns: written as an unpivot and a pivot by the rows' positions. */
import { tightest } from "../../functions/coercion.ts";
import type { Alias, Attribute, Call, Expression, Literal } from "../../plan/expression.ts";
import type { Relation, Transpose } from "../../plan/relation.ts";
import type { OutputColumn } from "../../plan/resolved.ts";
import { type DataType, intType, stringType } from "../../types/data-type.ts";
import { sqlName } from "../../types/type-name.ts";
import type { Analysed } from "../context.ts";
import { misplaced } from "../errors.ts";
import { type RelationContext, resolveOver, visible } from "../relation-context.ts";
import { valueName } from "./pivot.ts";

const column = (name: string): Attribute => ({ kind: "attribute", name: [name] });
const literal = (type: DataType, value: unknown): Literal => ({ kind: "literal", type, value });
const call = (name: string, ...args: readonly Expression[]): Call => ({ kind: "call", name: [name], arguments: args });
const aliased = (input: Expression, name: string): Alias => ({ kind: "alias", input, names: [name] });
const ascending = (input: Expression) =>
  ({ kind: "sort order", input, direction: "ascending", nulls: "first" }) as const;

/** Spark: `ResolveTranspose`. */
export function analyseTranspose(transpose: Transpose, context: RelationContext): Analysed {
  const input = visible(context.input(transpose.input));
  const index = transpose.index === undefined ? 0 : indexPosition(transpose.index, input, context);
  const others = input.relation.output.filter((_, position) => position !== index);
  const rows = (context.analysis.leaves.pivotValues.get(transpose) ?? []).filter(({ value }) => value !== null);
  checkIndex(input.relation.output[index]!);
  checkTypes(others);
  const named: Relation = {
    kind: "to columns",
    input: transpose.input,
    names: input.relation.output.map((_, position) => (position === index ? "i" : `v${position}`)),
  };
  const values = input.relation.output.flatMap((_, position) => (position === index ? [] : [`v${position}`]));
  return context.input(
    others.length === 0 ? withoutValues(rows.map(valueName)) : transposed(named, values, others, rows.map(valueName)),
  );
}

function transposed(
  input: Relation,
  values: readonly string[],
  columns: readonly OutputColumn[],
  names: readonly string[],
): Relation {
  const present: Relation = { kind: "filter", input, condition: call("isnotnull", column("i")) };
  const position: Expression = {
    kind: "window",
    call: call("row_number"),
    partitionBy: [],
    orderBy: [ascending(column("i"))],
  };
  const numbered: Relation = {
    kind: "project",
    input: names.length === 0 ? input : present,
    expressions: [aliased(position, "position"), ...values.map(column)],
  };
  const cells: Relation = {
    kind: "unpivot",
    input: numbered,
    identifiers: [column("position")],
    values: values.map((value) => [column(value)]),
    variableColumn: "field",
    valueColumns: ["value"],
    aliases: columns.map((_, at) => String(at)),
  };
  // One row holds the fields where there is no row to take them from.
  const fields: Relation =
    names.length > 0
      ? cells
      : { kind: "inline table", rows: columns.map((_, at) => [literal(stringType, String(at))]) };
  const field = names.length > 0 ? column("field") : column("col1");
  const grouped: Relation = {
    kind: "aggregate",
    input: fields,
    type: "group by",
    grouping: [aliased({ kind: "cast", input: field, type: intType, mode: "ansi" }, "field")],
    aggregates: names.map((_, at) => {
      const isRow = call("=", column("position"), literal(intType, at + 1));
      return aliased({ ...call("first", column("value")), filter: isRow }, `r${at}`);
    }),
  };
  const sorted: Relation = { kind: "sort", input: grouped, order: [ascending(column("field"))], global: true };
  const keys = call("array", ...columns.map(({ name }) => literal(stringType, name)));
  const key = call("coalesce", call("get", keys, column("field")), literal(stringType, ""));
  const named = names.map((name, at) => aliased(column(`r${at}`), name));
  return { kind: "project", input: sorted, expressions: [aliased(key, "key"), ...named] };
}

const withoutValues = (names: readonly string[]): Relation => ({
  kind: "filter",
  input: {
    kind: "project",
    input: { kind: "one row" },
    expressions: [
      aliased(literal(stringType, ""), "key"),
      ...names.map((name) => aliased(literal(stringType, null), name)),
    ],
  },
  condition: literal({ kind: "boolean" }, false),
});

function indexPosition(index: Expression, input: Analysed, context: RelationContext): number {
  const resolved = resolveOver(context, input.scope, index);
  const position = input.relation.output.findIndex(({ id }) => resolved.kind === "column" && resolved.id === id);
  if (position >= 0) return position;
  throw invalidIndex("Index must be a column of the DataFrame");
}

const invalidIndex = (reason: string): Error =>
  misplaced(
    "TRANSPOSE_INVALID_INDEX_COLUMN",
    "42804",
    `Invalid index column for TRANSPOSE because: ${reason}`,
    "Give the name of a column of plain values.",
    { reason },
  );

function checkIndex({ name, type }: OutputColumn): void {
  if (type.kind !== "array" && type.kind !== "map" && type.kind !== "struct" && type.kind !== "variant") return;
  throw invalidIndex(`Index column must be of atomic type, but found: ${name} of type ${sqlName(type)}`);
}

function checkTypes(columns: readonly OutputColumn[]): void {
  columns.reduce<DataType | undefined>((common, { type }) => {
    if (common === undefined) return type;
    const wider = tightest(common, type);
    if (wider !== undefined) return wider;
    const parameters = { dt1: `"${sqlName(common)}"`, dt2: `"${sqlName(type)}"` };
    throw misplaced(
      "TRANSPOSE_NO_LEAST_COMMON_TYPE",
      "42K09",
      `Transpose requires non-index columns to share a least common type, but ${parameters.dt1} and ${parameters.dt2} do not`,
      "Select columns of one type, or cast them.",
      parameters,
    );
  }, undefined);
}
