/** The parts of a pattern of Java's `SimpleDateFormat` and of the `FastDateFormat` of Apache Commons. */
import { unrecognizedPattern } from "../pattern-refusal.ts";

/** Letters that stand together, or text that stands for itself. */
export type LegacyToken =
  | { readonly kind: "letters"; readonly letter: string; readonly count: number }
  | { readonly kind: "text"; readonly text: string };

const known = /^[GyYMLwWDdFEuaHkKhmsSzZX]$/;

/**
 * The parts of a pattern.
 *
 * @throws ParseError for letters that mean nothing, and for quotes that are not closed
 */
export function legacyTokens(pattern: string): readonly LegacyToken[] {
  const tokens: LegacyToken[] = [];
  for (const [part] of pattern.matchAll(/([A-Za-z])\1*|'(?:[^']|'')*'|'|[^A-Za-z']+/g)) {
    const token = tokenOf(part);
    if (token === undefined) throw unrecognizedPattern(pattern);
    tokens.push(token);
  }
  return tokens;
}

function tokenOf(part: string): LegacyToken | undefined {
  if (part === "'") return undefined;
  if (part === "''") return { kind: "text", text: "'" };
  if (part.startsWith("'")) return { kind: "text", text: part.slice(1, -1).replaceAll("''", "'") };
  const letter = part.charAt(0);
  if (!/[A-Za-z]/.test(letter)) return { kind: "text", text: part };
  const isKnown = known.test(letter) && !(letter === "X" && part.length > 3);
  return isKnown ? { kind: "letters", letter, count: part.length } : undefined;
}
