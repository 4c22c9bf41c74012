/** The SQL text of a statement, noted at what it means: engines that read SQL themselves get the text. */
import { type SqlHole, SqlName, type SqlParameters, type SqlTemplate, type Statement } from "../functions/parsers.ts";
import type { Expression } from "../plan/expression.ts";
import type { SqlStatement } from "../plan/node.ts";
import type { Relation } from "../plan/relation.ts";
import { isRelation } from "../plan/rewrite.ts";
import { quotedIfNeeded } from "../types/identifier.ts";

/** The statement, with the text that it was read of. */
export const written = (statement: Statement, text: SqlStatement): Statement =>
  Object.freeze({ ...statement, written: text });

/** A text with the values of its markers. */
export const writtenText = (text: string, { named = {}, positional = [] }: SqlParameters = {}): SqlStatement => ({
  text,
  named,
  positional,
  views: [],
});

/**
 * A template as a text: values become markers, DataFrames relations with a name.
 *
 * @param template - its pieces and what stands between them
 */
export function writtenTemplate({ pieces, holes }: SqlTemplate): SqlStatement {
  const named: Record<string, Expression> = {};
  const views: { readonly name: string; readonly plan: Relation }[] = [];
  const text = holes.reduce<string>((before, hole, index) => {
    const name = `lakewright_${index}`;
    if (isNode(hole) && isRelation(hole)) views.push({ name, plan: hole });
    else if (isNode(hole)) named[name] = hole;
    return before + holeText(hole, name) + pieces[index + 1]!;
  }, pieces[0]!);
  return { text, named, positional: [], views };
}

const isNode = (hole: SqlHole): hole is Relation | Expression => !(hole instanceof SqlName);

function holeText(hole: SqlHole, name: string): string {
  if (!isNode(hole)) return (hole as SqlName).parts.map(quotedIfNeeded).join(".");
  return isRelation(hole) ? name : `:${name}`;
}
