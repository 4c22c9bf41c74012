/** The roots of the grammar of scripts, which hold each other: blocks have statements in them that have blocks. */
import type { Block, ScriptStatement } from "../../plan/script.ts";
import type { SqlCursor } from "../cursor.ts";
import type { Labels } from "./labels.ts";

export interface ScriptGrammar {
  /** Reads statements with a semicolon behind each, one at least, up to a word that ends them. */
  readonly statements: (cursor: SqlCursor, around: Labels) => readonly ScriptStatement[];
  /** Reads a statement that holds no other. */
  readonly simple: (cursor: SqlCursor) => ScriptStatement;
  /** Reads `BEGIN … END`. */
  readonly block: (cursor: SqlCursor, around: Labels) => Block;
}
