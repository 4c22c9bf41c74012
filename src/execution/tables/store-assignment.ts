/** Rows made to fit the columns of a table: Spark's store assignment (`TableOutputResolver`, ANSI policy). */
import { catalogName, shownWhole } from "../../catalogue/errors.ts";
import type { QualifiedName } from "../../catalogue/objects.ts";
import { AnalysisError, UnsupportedError } from "../../errors.ts";
import { canStoreAssign } from "../../functions/cast-rules.ts";
import type { Expression } from "../../plan/expression.ts";
import type { Relation } from "../../plan/relation.ts";
import { holdsBoundedText } from "../../types/bounded-text.ts";
import { type DataType, type StructField, stringType } from "../../types/data-type.ts";
import { quoted } from "../../types/identifier.ts";
import { sameType } from "../../types/same-type.ts";
import { sqlName } from "../../types/type-name.ts";

/** What a column of a table is given. */
export interface ColumnSource {
  readonly column: StructField;
  /** The place of the value in the rows, with its type; or an expression without columns. */
  readonly from: { readonly index: number; readonly type: DataType } | { readonly expression: Expression };
}

/**
 * The relation that gives a table its columns, in their order and types.
 *
 * @param input - the rows
 * @param width - how many columns they have
 * @param sources - what each column of the table is given
 * @throws AnalysisError `INCOMPATIBLE_DATA_FOR_TABLE.CANNOT_SAFELY_CAST`
 */
export function fitted(
  input: Relation,
  width: number,
  sources: readonly ColumnSource[],
  table: QualifiedName,
): Relation {
  // Columns of one name can be told apart by their places only.
  const names = Array.from({ length: width }, (_, index) => `column ${index}`);
  const placed: Relation = { kind: "to columns", input, names };
  const expressions = sources.map(({ column, from }): Expression => {
    const value =
      "index" in from ? placedValue(names[from.index]!, from.type, column, table) : stored(from.expression, column);
    return { kind: "alias", input: value, names: [column.name] };
  });
  return { kind: "project", input: placed, expressions };
}

function placedValue(name: string, from: DataType, column: StructField, table: QualifiedName): Expression {
  if (!canStoreAssign(from, column.type)) throw cannotStore(from, column, table);
  const value: Expression = { kind: "attribute", name: [name] };
  return sameType(from, column.type) ? value : stored(value, column);
}

/** A value cast for a column; bounded text is kept as text. */
export function stored(value: Expression, { name, type }: StructField): Expression {
  const isBounded = type.kind === "char" || type.kind === "varchar";
  if (!isBounded && holdsBoundedText(type)) throw boundedInside(name, type);
  const cast: Expression = { kind: "cast", input: value, type, mode: "ansi", storedIn: name };
  return isBounded ? { kind: "cast", input: cast, type: stringType, mode: "ansi" } : cast;
}

const boundedInside = (name: string, type: DataType): UnsupportedError =>
  new UnsupportedError(`the column ${quoted(name)} of type ${sqlName(type)} cannot be written`, {
    hint: "State STRING instead of CHAR and VARCHAR inside arrays, maps and structs.",
  });

const cannotStore = (from: DataType, { name, type }: StructField, table: QualifiedName): AnalysisError =>
  new AnalysisError(
    `Cannot write incompatible data for the table ${shownWhole(table)}: Cannot safely cast ${quoted(name)} "${sqlName(from)}" to "${sqlName(type)}"`,
    {
      condition: "INCOMPATIBLE_DATA_FOR_TABLE.CANNOT_SAFELY_CAST",
      sqlState: "KD000",
      parameters: {
        tableName: shownWhole(table),
        colName: quoted(name),
        srcType: `"${sqlName(from)}"`,
        targetType: `"${sqlName(type)}"`,
      },
      hint: `Cast the column to ${sqlName(type)} yourself.`,
    },
  );

/** The error for rows of too few or too many columns. */
export function wrongArity(table: QualifiedName, columns: readonly string[], data: readonly string[]): AnalysisError {
  const [part, words] =
    data.length < columns.length
      ? (["NOT_ENOUGH_DATA_COLUMNS", "not enough data columns"] as const)
      : (["TOO_MANY_DATA_COLUMNS", "too many data columns"] as const);
  const [own, given] = [columns.map(quoted).join(", "), data.map(quoted).join(", ")];
  return new AnalysisError(
    `Cannot write to ${shownWhole(table)}, the reason is ${words}:\nTable columns: ${own}.\nData columns: ${given}`,
    {
      condition: `INSERT_COLUMN_ARITY_MISMATCH.${part}`,
      sqlState: "21S01",
      parameters: { tableName: shownWhole(table), tableColumns: own, dataColumns: given },
      hint: "Give a value for each column of the table, in its order.",
    },
  );
}

/** The name of a table in the errors that Spark writes without back-ticks. */
export const plainName = ({ namespace, name }: QualifiedName): string => `${catalogName}.${namespace}.${name}`;
