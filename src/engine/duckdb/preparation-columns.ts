/** Columns of prepared tables. */
import type { OutputColumn } from "../../plan/resolved.ts";
import { type StructType, structField, structType } from "../../types/data-type.ts";
import { duckType } from "./duck-type.ts";
import { columnName } from "./sql-text.ts";

/** The schema of a relation's columns, in order. */
export const schemaOf = (columns: readonly OutputColumn[]): StructType =>
  structType(columns.map(({ name, type, nullable, metadata }) => structField(name, type, nullable, metadata)));

/** A table expression with columns `c0`, `c1`, … under the ids of a relation's columns. */
export const renamed = (source: string, columns: readonly OutputColumn[]): string =>
  columns.length === 0
    ? source
    : `(SELECT ${columns.map(({ id }, index) => `${columnName(index)} AS ${columnName(id)}`).join(", ")} FROM ${source})`;

/** SQL of a column without a value. */
export const nullColumn = ({ id, type }: OutputColumn): string => `NULL::${duckType(type)} AS ${columnName(id)}`;
