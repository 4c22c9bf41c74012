import type { ShowString } from "../../plan/relation.ts";
import type { NamedExpression, Slice } from "../../plan/resolved.ts";
import { reference } from "../../plan/resolved-rewrite.ts";
import { stringType } from "../../types/data-type.ts";
import type { Analysed } from "../context.ts";
import { projection, type RelationContext, visible } from "../relation-context.ts";

/** The text of the first rows, and of one more that tells whether there are more; the session draws the table. */
export function analyseShowString({ input, rows }: ShowString, context: RelationContext): Analysed {
  const inner = visible(context.input(input));
  const { output } = inner.relation;
  const slice: Slice = {
    kind: "slice",
    input: inner.relation,
    offset: 0n,
    count: BigInt(rows) + 1n,
    last: false,
    output,
  };
  const columns = output.map(
    (column): NamedExpression => ({
      column: context.analysis.newColumn(column.name, stringType, false),
      expression: {
        kind: "call",
        name: "to_pretty_string",
        arguments: [reference(column)],
        type: stringType,
        nullable: false,
        deterministic: true,
      },
    }),
  );
  return projection({ relation: slice, scope: inner.scope }, columns);
}
