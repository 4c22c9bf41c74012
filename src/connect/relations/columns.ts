/** Which columns there are: projections, renamings, reshapings. */
import type { Alias, Attribute, Expression } from "../../plan/expression.ts";
import type { Relation } from "../../plan/relation.ts";
import { type Decoder, type Encoder, given, type RelationDecoders, type RelationEncoders } from "../codec.ts";
import { decodeSchema, encodeType } from "../data-type.ts";
import { decodeAlias, encodeAlias } from "../expressions/parts.ts";
import type { Expression as ExpressionMessage } from "../generated/spark/connect/expressions_pb.ts";
import type { Project as ProjectMessage } from "../generated/spark/connect/relations_pb.ts";
import { invalidMessage, noMessage, refuseStep } from "../refusal.ts";

type Kind =
  | "project"
  | "one row"
  | "zip with index"
  | "drop"
  | "with columns"
  | "with columns renamed"
  | "to columns"
  | "to schema"
  | "unpivot"
  | "transpose";

export const shapeEncoders: RelationEncoders<Kind> = {
  project: ({ input, expressions, isStep }, to) => {
    refuseStep(isStep);
    return {
      case: "project",
      value: {
        ...given("input", input.kind === "one row" ? undefined : to.relation(input)),
        expressions: to.expressions(expressions),
      },
    };
  },
  "one row": () => {
    throw noMessage("a row without columns", "Select something of it.");
  },
  "zip with index": ({ input, name }, to) => ({
    case: "project",
    value: { input: to.relation(input), expressions: to.expressions(numbered(name)) },
  }),
  drop: ({ input, columns }, to) => {
    const isName = (column: Expression): column is Attribute =>
      column.kind === "attribute" && column.name.length === 1 && column.planId === undefined;
    return {
      case: "drop",
      value: {
        input: to.relation(input),
        columnNames: columns.filter(isName).map(({ name }) => name[0]!),
        columns: to.expressions(columns.filter((column) => !isName(column))),
      },
    };
  },
  "with columns": ({ input, columns }, to) => ({
    case: "withColumns",
    value: { input: to.relation(input), aliases: columns.map((column) => encodeAlias(column, to)) },
  }),
  "with columns renamed": ({ input, renames }, to) => ({
    case: "withColumnsRenamed",
    value: {
      input: to.relation(input),
      renames: Object.entries(renames).map(([colName, newColName]) => ({ colName, newColName })),
    },
  }),
  "to columns": ({ input, names }, to) => ({
    case: "toDf",
    value: { input: to.relation(input), columnNames: [...names] },
  }),
  "to schema": ({ input, schema }, to) => ({
    case: "toSchema",
    value: { input: to.relation(input), schema: encodeType(schema) },
  }),
  unpivot: encodeUnpivot,
  transpose: ({ input, index }, to) => ({
    case: "transpose",
    value: { input: to.relation(input), indexColumns: index === undefined ? [] : [to.expression(index)] },
  }),
};

type Case = "project" | "drop" | "withColumns" | "withColumnsRenamed" | "toDf" | "toSchema" | "unpivot" | "transpose";

export const shapeDecoders: RelationDecoders<Case> = {
  project: decodeProject,
  drop: ({ input, columns, columnNames }, from) => ({
    kind: "drop",
    input: from.relation(input),
    columns: [
      ...from.expressions(columns),
      ...columnNames.map((name): Expression => Object.freeze({ kind: "attribute", name: [name] })),
    ],
  }),
  withColumns: ({ input, aliases }, from) => ({
    kind: "with columns",
    input: from.relation(input),
    columns: aliases.map((alias): Alias => Object.freeze(decodeAlias(alias, from))),
  }),
  withColumnsRenamed: ({ input, renameColumnsMap, renames }, from) => ({
    kind: "with columns renamed",
    input: from.relation(input),
    renames:
      renames.length === 0
        ? renameColumnsMap
        : Object.fromEntries(renames.map(({ colName, newColName }) => [colName, newColName])),
  }),
  toDf: ({ input, columnNames }, from) => ({ kind: "to columns", input: from.relation(input), names: columnNames }),
  toSchema: ({ input, schema }, from) => ({
    kind: "to schema",
    input: from.relation(input),
    schema: decodeSchema(schema),
  }),
  unpivot: ({ input, ids, values, variableColumnName, valueColumnName }, from) => ({
    kind: "unpivot",
    input: from.relation(input),
    identifiers: from.expressions(ids),
    ...given("values", values && from.expressions(values.values).map((value) => [value])),
    variableColumn: variableColumnName,
    valueColumns: [valueColumnName],
  }),
  transpose: ({ input, indexColumns: [index, ...others] }, from) => {
    if (others.length > 0) throw invalidMessage("a transposition has at most one index");
    return { kind: "transpose", input: from.relation(input), ...given("index", index && from.expression(index)) };
  },
};

// Spark has no message for it either: its clients number rows by this function.
const numbering = "distributed_sequence_id";
const numbered = (name: string): readonly Expression[] => [
  { kind: "star" },
  { kind: "alias", input: { kind: "call", name: [numbering], arguments: [] }, names: [name] },
];

function decodeProject({ input, expressions }: ProjectMessage, from: Decoder) {
  const below: Relation = input === undefined ? Object.freeze({ kind: "one row" }) : from.relation(input);
  const name = numberedName(expressions);
  if (name !== undefined) return { kind: "zip with index", input: below, name } as const;
  return { kind: "project", input: below, expressions: from.expressions(expressions) } as const;
}

function numberedName([star, alias, ...others]: readonly ExpressionMessage[]): string | undefined {
  if (others.length > 0 || star?.exprType.case !== "unresolvedStar" || alias?.exprType.case !== "alias")
    return undefined;
  const { expr, name } = alias.exprType.value;
  const isNumbering = expr?.exprType.case === "unresolvedFunction" && expr.exprType.value.functionName === numbering;
  return isNumbering && name.length === 1 ? name[0] : undefined;
}

function encodeUnpivot(relation: Extract<Relation, { kind: "unpivot" }>, to: Encoder) {
  const { input, identifiers, values, variableColumn, valueColumns, aliases, includeNulls } = relation;
  const isSql = relation.identifiersAreRest === true || aliases !== undefined || includeNulls === true;
  if (isSql || valueColumns.length !== 1)
    throw noMessage("this form of UNPIVOT", "Write the query as SQL text, or use unpivot of one value column.");
  const listed = values && { values: to.expressions(values.flat()) };
  return {
    case: "unpivot",
    value: {
      input: to.relation(input),
      ids: to.expressions(identifiers),
      ...given("values", listed),
      variableColumnName: variableColumn,
      valueColumnName: valueColumns[0]!,
    },
  } as const;
}
