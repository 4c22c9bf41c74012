/** Table functions of the user's: alone, or joined to the rows that give them their arguments. */

import { UnsupportedError } from "../../errors.ts";
import { userFunctions } from "../../functions/user-function-registry.ts";
import type { UserTableFunction } from "../../plan/expression.ts";
import type { JoinType, Relation, UserTableFunctionRelation } from "../../plan/relation.ts";
import type { OutputColumn, Stage } from "../../plan/resolved.ts";
import { passed } from "../../plan/resolved-rewrite.ts";
import { structField, structType } from "../../types/data-type.ts";
import type { Analysed } from "../context.ts";
import { misplaced } from "../errors.ts";
import { positioned } from "../named-arguments.ts";
import { projection, type RelationContext } from "../relation-context.ts";
import { resolveArguments } from "../resolve-expression.ts";
import { emptyScope, withoutMetadata } from "../scope.ts";
import { analyseTableArgument, besideRows, tableArgumentOf } from "./table-argument.ts";

/** A call of a user's table function as a side of a join, under the name and the column names that it has there. */
export interface TableSide {
  readonly call: UserTableFunction;
  readonly name?: string;
  readonly columns?: readonly string[];
}

export function analyseUserTable({ call }: UserTableFunctionRelation, context: RelationContext): Analysed {
  const table = tableArgumentOf(call);
  if (table !== undefined) return analyseTableArgument(call, table, context);
  const oneRow: Analysed = { relation: { kind: "value rows", rows: [[]], output: [] }, scope: emptyScope };
  return withTable(oneRow, { call }, context);
}

/** The call that a relation is, if it is one. */
export function tableSideOf(relation: Relation, context: RelationContext): TableSide | undefined {
  if (relation.kind === "user table function relation") return { call: relation.call };
  if (relation.kind === "table function") {
    const known = context.analysis.tableFunction(relation.name);
    if (known === undefined) return undefined;
    const names = userFunctions.get(known.id)?.parameterNames ?? [];
    const parameters = names.map((name) => ({ name, optional: true }));
    const args = positioned(relation.name.join("."), parameters, relation.arguments);
    return { call: { ...known, arguments: args.filter((argument) => argument !== undefined) } };
  }
  if (relation.kind !== "subquery alias") return undefined;
  const inner = tableSideOf(relation.input, context);
  if (inner === undefined) return undefined;
  const { name, columns } = relation;
  return { ...inner, name, ...(columns === undefined ? {} : { columns }) };
}

/** Each row of the input with the rows that the function gives for it. As in Spark, a row that gives none is gone. */
export function lateralTable(input: Analysed, side: TableSide, type: JoinType, context: RelationContext): Analysed {
  if (tableArgumentOf(side.call) !== undefined) throw besideRows();
  if (type === "inner" || type === "cross" || type === "left") return withTable(input, side, context);
  throw new UnsupportedError(`a ${type} lateral join with a table function is not possible`);
}

function withTable(input: Analysed, side: TableSide, context: RelationContext): Analysed {
  const { analysis } = context;
  const { call } = side;
  const args = resolveArguments(call, context.over(input.scope)).map((expression, index) => ({
    column: analysis.newColumn(`argument${index}`, expression.type, expression.nullable),
    expression,
  }));
  const kept = input.relation.output;
  const { relation } = projection(input, [...passed(kept), ...args]);
  const generated = generatedColumns(side, context);
  const output = [...kept, ...generated];
  const stage: Stage = {
    kind: "stage",
    inputs: [{ relation, keys: 0 }],
    grouped: false,
    function: call.id,
    kept: kept.length,
    schema: structType(output.map(({ name, type, nullable, metadata }) => structField(name, type, nullable, metadata))),
    output,
  };
  const qualifier = side.name === undefined ? [] : [side.name];
  const columns = [...input.scope.columns, ...generated.map((column) => ({ column, qualifier }))];
  return { relation: stage, scope: { columns, hidden: withoutMetadata(input.scope).hidden } };
}

function generatedColumns({ call, columns }: TableSide, { analysis }: RelationContext): readonly OutputColumn[] {
  const { fields } = call.schema;
  if (columns !== undefined && columns.length !== fields.length) {
    throw misplaced(
      "UDTF_ALIAS_NUMBER_MISMATCH",
      "42802",
      `The number of aliases supplied in the AS clause does not match the number of columns output by the UDTF. Expected ${fields.length} aliases, but got ${columns.join(",")}`,
      `Give ${fields.length} names.`,
      { aliasesSize: String(fields.length), aliasesNames: columns.join(",") },
    );
  }
  return fields.map(({ name, type, nullable, metadata }, index) =>
    analysis.newColumn(columns?.[index] ?? name, type, nullable, metadata),
  );
}
