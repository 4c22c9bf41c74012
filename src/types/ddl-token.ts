/** The words and signs of DDL text. */
import { sourceError, syntaxError } from "./source-error.ts";

export type TokenKind = "word" | "quoted" | "number" | "string" | "sign" | "end";

export interface Token {
  readonly kind: TokenKind;
  /** As it is written. */
  readonly text: string;
  /** What it means: a name without its back-ticks, the characters of a string literal, a keyword in capitals. */
  readonly value: string;
  readonly start: number;
}

type Reader = (text: string) => string;

const same: Reader = (text) => text;

// The first rule that matches wins. Comments may be nested, so a rule of their own skips them.
const rules: readonly (readonly [TokenKind | "space", RegExp, Reader])[] = [
  ["space", /[ \t\n\f\r\v\u00A0\u1680\u2000-\u200A\u2028\u202F\u205F\u3000]+/y, same],
  ["space", /--(?:\\\n|[^\r\n])*(?:\r?\n)?/y, same],
  ["string", /r'[^']*'|r"[^"]*"/iy, (text) => text.slice(2, -1)],
  ["string", /'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S]|"")*"/y, unescaped],
  ["quoted", /`(?:[^`]|``)*`/y, (text) => text.slice(1, -1).replaceAll("``", "`")],
  ["word", /\p{L}+:\/\/[\p{L}0-9_/.?=&#%-]+/uy, same],
  ["number", /[0-9]+(?:E[+-]?[0-9]+)?(?:BD|[LSYFD])?(?![\p{L}0-9_])/iuy, same],
  ["word", /[\p{L}0-9_]+/uy, (text) => text.toUpperCase()],
  ["sign", /[\s\S]/uy, same],
];

/**
 * Splits DDL text into tokens, the last of which is the end; comments and space are left out.
 *
 * The rules are those of Spark's `SqlBaseLexer`.
 *
 * @param text - DDL text
 * @throws ParseError `UNCLOSED_BRACKETED_COMMENT`, or `PARSE_SYNTAX_ERROR` at a quote that is never closed
 */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let start = 0;
  while (start < text.length) {
    const [kind, written, value] = tokenAt(text, start);
    if (kind !== "space") tokens.push({ kind, text: written, value, start });
    start += written.length;
  }
  return [...tokens, { kind: "end", text: "", value: "", start: text.length }];
}

function tokenAt(text: string, start: number): [kind: TokenKind | "space", written: string, value: string] {
  if (text.startsWith("/*", start)) return ["space", commentAt(text, start), ""];
  for (const [kind, pattern, read] of rules) {
    pattern.lastIndex = start;
    const written = pattern.exec(text)?.[0];
    if (written === undefined) continue;
    if (kind === "sign" && /['"`]/.test(written))
      throw syntaxError(text, start, written, `Close it with another ${written}.`);
    return [kind, written, read(written)];
  }
  throw syntaxError(text, start, text.charAt(start));
}

function commentAt(text: string, start: number): string {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start;
  let depth = 0;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    depth += mark[0] === "/*" ? 1 : -1;
    if (depth === 0) return text.slice(start, marks.lastIndex);
  }
  throw sourceError(text, start, "Found an unclosed bracketed comment", {
    condition: "UNCLOSED_BRACKETED_COMMENT",
    sqlState: "42601",
    hint: "Append */ at the end of the comment.",
  });
}

const escapes: Readonly<Record<string, string>> = {
  "0": "\0",
  b: "\b",
  n: "\n",
  r: "\r",
  t: "\t",
  Z: "\u001A",
  "%": "\\%",
  _: "\\_",
};

const escaped = /\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})|\\([01][0-7][0-7])|\\([\s\S])/;
const escapedIn: Readonly<Record<string, RegExp>> = {
  "'": new RegExp(`''|${escaped.source}`, "g"),
  '"': new RegExp(`""|${escaped.source}`, "g"),
};

/** The characters of a string literal: Spark's `SparkParserUtils.unescapeSQLString`. */
function unescaped(literal: string): string {
  return literal.slice(1, -1).replace(escapedIn[literal.charAt(0)]!, characterOf);
}

function characterOf(written: string, short?: string, long?: string, octal?: string, other?: string): string {
  if (other !== undefined) return escapes[other] ?? other;
  if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
  const hexadecimal = short ?? long;
  return hexadecimal === undefined ? written.charAt(0) : fromCode(Number.parseInt(hexadecimal, 16));
}

const fromCode = (code: number): string => (code > 0x10ffff ? "\uFFFD" : String.fromCodePoint(code));
