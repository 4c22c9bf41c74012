/** Templates of SQL text: what stands between the pieces becomes tokens, never text. */
import { ParseError } from "../errors.ts";
import { type SqlHole, SqlName, type SqlTemplate } from "../functions/parsers.ts";
import type { Expression } from "../plan/expression.ts";
import type { Relation } from "../plan/relation.ts";
import { type Token, tokensOf } from "../types/ddl-token.ts";

/** A text with its tokens, and what stands at those that are holes, by their offset. */
export interface SqlSource {
  readonly text: string;
  readonly tokens?: readonly Token[];
  readonly holes?: ReadonlyMap<number, Relation | Expression>;
}

/** The sign of a hole: a character that no text uses for anything. */
export const holeSign = "\uE000";

/**
 * The tokens of a template, with names in place of the holes that are names.
 *
 * @param template - its pieces and what stands between them
 * @throws ParseError when a hole stands inside quotes or a comment, where nothing could be bound
 */
export function filledTemplate({ pieces, holes }: SqlTemplate): SqlSource {
  if (pieces.some((piece) => piece.includes(holeSign))) throw misplaced("The text holds the character U+E000");
  const text = pieces.join(holeSign);
  const found = new Map<number, Relation | Expression>();
  let next = 0;
  const tokens = tokensOf(text).flatMap((token): readonly Token[] => {
    if (token.value !== holeSign || token.kind !== "sign") return [token];
    const hole = holes[next++] as SqlHole;
    if (hole instanceof SqlName) return nameTokens(hole, token.start);
    found.set(token.start, hole);
    return [token];
  });
  if (next !== holes.length) throw misplaced("A value stands inside quotes or a comment");
  return { text, tokens, holes: found };
}

const nameTokens = ({ parts }: SqlName, start: number): readonly Token[] =>
  parts.flatMap((value, index): readonly Token[] => {
    const part: Token = { kind: "quoted", text: holeSign, value, start };
    return index === 0 ? [part] : [{ kind: "sign", text: "", value: ".", start }, part];
  });

const misplaced = (sentence: string): ParseError =>
  new ParseError(sentence, {
    condition: "PARSE_SYNTAX_ERROR",
    sqlState: "42601",
    hint: "Write a value without quotes around it, it is bound as it is; a name as ident(name).",
  });
