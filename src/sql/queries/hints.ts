/** Hints: advice in a comment that begins with a plus. */
import type { Expression } from "../../plan/expression.ts";
import type { Relation } from "../../plan/relation.ts";
import type { SqlCursor } from "../cursor.ts";
import { readPlainIdentifier } from "../names.ts";
import { readExpressions } from "./lists.ts";

interface HintCall {
  readonly name: string;
  readonly parameters: readonly Expression[];
}

/** Reads the hints that stand here. */
export function acceptHints(cursor: SqlCursor): HintCall[] {
  const hints: HintCall[] = [];
  while (cursor.accept("/*+")) {
    while (!cursor.accept("*/")) {
      hints.push(readHint(cursor));
      cursor.accept(",");
    }
  }
  return hints;
}

function readHint(cursor: SqlCursor): HintCall {
  const name = readPlainIdentifier(cursor, "the name of a hint");
  if (!cursor.accept("(")) return { name, parameters: [] };
  const parameters = cursor.seesSign(")") ? [] : readExpressions(cursor);
  cursor.expect(")");
  return { name, parameters };
}

/** A relation with its hints around it. */
export function hinted(cursor: SqlCursor, start: number, input: Relation, hints: readonly HintCall[]): Relation {
  return hints.reduceRight<Relation>(
    (inner, { name, parameters }) => cursor.placed(start, { kind: "hint", input: inner, name, parameters }),
    input,
  );
}
