import type { Expression } from "../../plan/expression.ts";
import type { SqlCursor } from "../cursor.ts";
import { call } from "./nodes.ts";

/** Reads `CASE WHEN condition THEN value … ELSE value END`, or `CASE value WHEN other THEN …`. */
export function readCase(cursor: SqlCursor): Expression {
  const { start } = cursor.take();
  const subject = cursor.word() === "WHEN" ? undefined : cursor.expression();
  const branches: Expression[] = [];
  while (cursor.accept("WHEN")) {
    const condition = cursor.expression();
    branches.push(subject === undefined ? condition : call("=", subject, condition));
    cursor.expect("THEN");
    branches.push(cursor.expression());
  }
  if (branches.length === 0) throw cursor.unexpected("WHEN");
  if (cursor.accept("ELSE")) branches.push(cursor.expression());
  cursor.expect("END");
  return cursor.placed(start, { ...call("when", ...branches) });
}
