/** EXPLAIN. */

import { UnsupportedError } from "../../errors.ts";
import type { Statement } from "../../functions/parsers.ts";
import type { ExplainMode } from "../../plan/relation.ts";
import { isRelation } from "../../plan/rewrite.ts";
import type { SqlCursor } from "../cursor.ts";

const modes: Readonly<Record<string, ExplainMode>> = {
  EXTENDED: "extended",
  CODEGEN: "codegen",
  COST: "cost",
  FORMATTED: "formatted",
};

/** The reader of `EXPLAIN [EXTENDED | CODEGEN | COST | FORMATTED] statement`. */
export const readExplain =
  (readStatement: (cursor: SqlCursor) => Statement) =>
  (cursor: SqlCursor): Statement => {
    const { start } = cursor.take();
    const mode = modes[cursor.acceptAny("EXTENDED", "CODEGEN", "COST", "FORMATTED") ?? ""] ?? "simple";
    const input = readStatement(cursor);
    if (isRelation(input)) return cursor.placed(start, { kind: "explain", input, mode });
    throw new UnsupportedError("EXPLAIN of a statement that is no query is not supported", {
      hint: "Explain the query inside it.",
    });
  };
