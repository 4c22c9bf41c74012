/** Tables as arguments of the user's table functions: each row is a call, each partition has an object of its own. */
import { AnalysisError, UnsupportedError } from "../../errors.ts";
import { type CastMode, canCast } from "../../functions/coercion.ts";
import type { Expression, Subquery, UserTableFunction } from "../../plan/expression.ts";
import type {
  NamedExpression,
  ResolvedExpression,
  ResolvedRelation,
  ResolvedSort,
  StructValue,
} from "../../plan/resolved.ts";
import { reference } from "../../plan/resolved-rewrite.ts";
import { type DataType, type StructField, type StructType, structField, structType } from "../../types/data-type.ts";
import { sqlName } from "../../types/type-name.ts";
import type { Analysed } from "../context.ts";
import { converted } from "../conversion.ts";
import { castImpossible, misplaced, unresolvedColumn } from "../errors.ts";
import { projection, type RelationContext, resolveOver, visible } from "../relation-context.ts";
import { convertArgument } from "../resolve-expression.ts";
import { resolveOrder } from "../resolve-window.ts";
import { emptyScope, scopeOf } from "../scope.ts";
import { groupingKey } from "./aggregate.ts";

type TableArgument = Subquery & { readonly form: "table" };

const isTableArgument = (argument: Expression): argument is TableArgument =>
  argument.kind === "subquery" && argument.form === "table";

/** The table among the arguments of a call. */
export function tableArgumentOf({ arguments: args }: UserTableFunction): TableArgument | undefined {
  const tables = args.filter(isTableArgument);
  if (tables.length > 1) throw tooMany(tables.length);
  return tables[0];
}

const tooMany = (number: number): Error =>
  misplaced(
    "TABLE_VALUED_FUNCTION_TOO_MANY_TABLE_ARGUMENTS",
    "54023",
    `There are too many table arguments for table-valued function. It allows one table argument, but got: ${number}`,
    "Join the tables in a query, and give the function that.",
    { num: String(number) },
  );

/** Such a call beside rows that give it other arguments. */
export const besideRows = (): Error =>
  new UnsupportedError("a table function with a table as its argument cannot be a side of a lateral join", {
    hint: "Join the rows of the function by a condition, or join the table before.",
  });

/** The rows that a function gives for the rows of a table. */
export function analyseTableArgument(
  call: UserTableFunction,
  table: TableArgument,
  context: RelationContext,
): Analysed {
  const input = visible(context.input(table.plan));
  const keys = (table.partitionBy ?? []).map((key) => groupingKey(key, input, context));
  const args = call.arguments.map((argument, index) => {
    const value =
      argument === table
        ? rowOf(input, call.parameters[index], index, context)
        : resolveOver(context, emptyScope, argument);
    const expression = convertArgument(call, value, index, context.analysis.coercion);
    return { column: context.analysis.newColumn(`argument${index}`, expression.type, expression.nullable), expression };
  });
  const rows = projection({ ...input, relation: sorted(table, input, context) }, [...args, ...keys]).relation;
  const isGrouped = table.partitionBy !== undefined || table.singlePartition === true;
  return stage(call, rows, isGrouped ? keys : undefined, context);
}

function sorted({ orderBy = [] }: TableArgument, input: Analysed, context: RelationContext): ResolvedRelation {
  if (orderBy.length === 0) return input.relation;
  const order = orderBy.map((item) => resolveOrder(item, context.over(input.scope)));
  const { output } = input.relation;
  return { kind: "sort", input: input.relation, order, global: true, output } satisfies ResolvedSort;
}

/** The columns of a table that a parameter names, by name in any order, as one struct. */
function rowOf(
  { scope }: Analysed,
  type: DataType | undefined,
  index: number,
  { analysis }: RelationContext,
): ResolvedExpression {
  if (type?.kind !== "struct") throw notStruct(type, index);
  const fields = type.fields.map((field) => {
    const found = scope.columns.find(({ column }) => analysis.sameName(column.name, field.name))?.column;
    if (found === undefined)
      throw unresolvedColumn(
        [field.name],
        scope.columns.map(({ column }) => column.name),
      );
    return fieldValue(reference(found), field, analysis.coercion.castMode);
  });
  return { kind: "struct", fields, type: rowType(type, fields), nullable: false } satisfies StructValue;
}

function fieldValue(value: ResolvedExpression, { name, type }: StructField, mode: CastMode): ResolvedExpression {
  if (!canCast(value.type, type, mode)) throw castImpossible(name, value.type, type, mode);
  return converted(value, type, mode);
}

const rowType = ({ fields }: StructType, values: readonly ResolvedExpression[]): StructType =>
  structType(fields.map(({ name, type }, index) => structField(name, type, values[index]!.nullable)));

const notStruct = (type: DataType | undefined, index: number): Error =>
  new AnalysisError(
    `A table is given to parameter ${index + 1} of the function, which has the type ${type === undefined ? "of nothing" : sqlName(type)}`,
    {
      condition: "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
      sqlState: "42K09",
      hint: 'Give the parameter a struct of the columns that the function reads, such as { row: "struct<id BIGINT>" }.',
    },
  );

function stage(
  call: UserTableFunction,
  relation: ResolvedRelation,
  keys: readonly NamedExpression[] | undefined,
  { analysis }: RelationContext,
): Analysed {
  const { schema } = call;
  const output = schema.fields.map(({ name, type, nullable, metadata }) =>
    analysis.newColumn(name, type, nullable, metadata),
  );
  const inputs = [{ relation, keys: keys?.length ?? 0 }];
  const grouped = keys !== undefined;
  return {
    relation: { kind: "stage", inputs, grouped, function: call.id, kept: 0, schema, output },
    scope: scopeOf(output),
  };
}
