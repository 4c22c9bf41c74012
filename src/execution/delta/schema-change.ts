/** What a write does to the schema of a table: nothing, new columns, or another schema. */
import { AnalysisError } from "../../errors.ts";
import { type DataType, type StructField, type StructType, structField, structType } from "../../types/data-type.ts";
import { simpleString } from "../../types/type-name.ts";

const same = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

/** The column of a name in any case. */
export const columnOf = (name: string, { fields }: StructType): StructField | undefined =>
  fields.find((field) => same(field.name, name));

/** The columns, at any depth, that rows have and the table does not. */
export const newColumns = (given: StructType, table: StructType): readonly StructField[] =>
  given.fields.filter(({ name, type }) => {
    const own = columnOf(name, table);
    if (own === undefined) return true;
    return type.kind === "struct" && own.type.kind === "struct" && newColumns(type, own.type).length > 0;
  });

/** The schema of the table with the columns that only the rows have, behind those that it has. */
export function mergedSchema(table: StructType, given: StructType): StructType {
  const kept = table.fields.map((field) => {
    const other = columnOf(field.name, given);
    return other === undefined
      ? field
      : structField(field.name, mergedType(field.type, other.type), field.nullable, field.metadata);
  });
  const added = given.fields.filter(({ name }) => columnOf(name, table) === undefined);
  return structType([...kept, ...added.map((field) => ({ ...field, nullable: true }))]);
}

const mergedType = (own: DataType, other: DataType): DataType =>
  own.kind === "struct" && other.kind === "struct" ? mergedSchema(own, other) : own;

/** @param id - of the table */
export const schemaMismatch = (id: string, table: StructType, given: StructType): AnalysisError => {
  const extra = newColumns(given, table).map(({ name }) => name);
  return new AnalysisError(
    `A metadata mismatch was detected when writing to the Delta table.\n- A schema mismatch detected when writing to the Delta table (Table ID: ${id}).\nColumns that the table does not have: ${extra.join(", ")}.\nTable schema: ${simpleString(table)}\nData schema: ${simpleString(given)}`,
    {
      condition: "DELTA_METADATA_MISMATCH",
      sqlState: "42KDG",
      hint: 'Leave the columns out, or add them to the table with .option("mergeSchema", "true").',
    },
  );
};

export const partitioningMismatch = (given: readonly string[], table: readonly string[]): AnalysisError =>
  new AnalysisError(
    `A metadata mismatch was detected when writing to the Delta table.\n- Partition columns do not match the partition columns of the table.\nGiven: [${given.join(", ")}]\nTable: [${table.join(", ")}]`,
    {
      condition: "DELTA_METADATA_MISMATCH",
      sqlState: "42KDG",
      hint: 'Leave partitionBy(…) out; an overwrite with .option("overwriteSchema", "true") can change it.',
    },
  );
