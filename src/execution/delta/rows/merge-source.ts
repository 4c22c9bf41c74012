/** The rows of a merge's source, numbered, so that each can be told from the others. */
import type { Expression } from "../../../plan/expression.ts";
import type { Relation } from "../../../plan/relation.ts";
import type { StructType } from "../../../types/data-type.ts";
import { call, column, named, project } from "./expressions.ts";
import { sourceCopy, sourceRowColumn } from "./row-columns.ts";

export interface MergeSource {
  readonly rows: Relation;
  readonly schema: StructType;
  /** The value of a column by its name in any case, whatever else has the name; undefined where there is none. */
  readonly value: (name: string) => Expression | undefined;
}

/** @param schema - of the relation */
export function mergeSource(input: Relation, schema: StructType): MergeSource {
  const names = schema.fields.map(({ name }) => name.toLowerCase());
  // Which of two columns of one name is meant cannot be said.
  const isPlain = (name: string): boolean => names.filter((other) => other === name).length === 1;
  const copies = schema.fields.flatMap(({ name }, index) =>
    isPlain(name.toLowerCase()) ? [named(column(name), sourceCopy(index))] : [],
  );
  // Equal plans share what is kept of their rows: no other is equal to this one.
  const metadata = { "lakewright.look": crypto.randomUUID() };
  const number = { ...named(call("monotonically_increasing_id"), sourceRowColumn), metadata };
  return {
    rows: project(input, [{ kind: "star" }, number, ...copies]),
    schema,
    value(name) {
      const index = names.indexOf(name.toLowerCase());
      return index < 0 || !isPlain(name.toLowerCase()) ? undefined : column(sourceCopy(index));
    },
  };
}
