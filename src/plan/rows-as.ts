import type { StructType } from "../types/data-type.ts";
import type { LocalRelation, Relation } from "./relation.ts";

/**
 * Rows that a program holds, as another schema has them: under its names, by position, and cast to its types as Spark casts
 * what is assigned.
 */
export function rowsAs(schema: StructType, input: LocalRelation): Relation {
  const names = schema.fields.map(({ name }) => name);
  return { kind: "to schema", input: { kind: "to columns", input, names }, schema };
}
