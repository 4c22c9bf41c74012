/** The words and signs of SQL text, DDL included. */
import { sourceError, syntaxError } from "./source-error.ts";
import { wellFormed } from "./well-formed.ts";

export type TokenKind = "word" | "quoted" | "number" | "string" | "sign" | "end";

export interface Token {
  readonly kind: TokenKind;
  /** As it is written. */
  readonly text: string;
  /** What it means: a name without its back-ticks, the characters of a string literal, a keyword in capitals. */
  readonly value: string;
  readonly start: number;
}

/**
 * Splits SQL text into tokens, the last of which is the end; comments and space are left out.
 *
 * The rules are those of Spark's `SqlBaseLexer`. Signs that begin with `>` stay apart unless they are `>=`, so that
 * `ARRAY<ARRAY<INT>>` has two ends.
 *
 * @param text - SQL or DDL text
 * @param tokens - takes them; where the text fails, those before that place are in it
 * @throws ParseError `UNCLOSED_BRACKETED_COMMENT`, or `PARSE_SYNTAX_ERROR` at a quote that is never closed
 */
export function tokensOf(text: string, tokens: Token[] = []): Token[] {
  for (let at = afterSpace(text, 0); at < text.length; ) {
    const token = tokenAt(text, at);
    tokens.push(token);
    at = afterSpace(text, at + token.text.length);
  }
  tokens.push({ kind: "end", text: "", value: "", start: text.length });
  return tokens;
}

function tokenAt(text: string, start: number): Token {
  const character = text[start]!;
  const next = text[start + 1] ?? "";
  if (isWordCharacter(character)) return wordOrNumber(text, start);
  if (character === "." && isDigit(next)) return numberAt(text, start) ?? signAt(text, start);
  if (character === "'" || character === '"') return stringAt(text, start);
  if (character === "`") return quotedAt(text, start);
  if (character === "$") return dollarStringAt(text, start) ?? signAt(text, start);
  return signAt(text, start);
}

// ------------------------------------------------------------------------------------------------ space and comments

const space = /[ \t\n\f\r\v\u00A0\u1680\u2000-\u200A\u2028\u202F\u205F\u3000]+/y;
const lineComment = /--(?:\\\n|[^\r\n])*(?:\r?\n)?/y;

function afterSpace(text: string, start: number): number {
  let at = start;
  for (;;) {
    const character = text.charCodeAt(at);
    if (character === 32 || character === 10) at++;
    else if (character === 45 && text.charCodeAt(at + 1) === 45) at = endOf(lineComment, text, at);
    else if (character === 47 && text.charCodeAt(at + 1) === 42 && text[at + 2] !== "+") at = commentEnd(text, at);
    else if (character > 32 && character < 127) return at;
    else {
      const end = endOf(space, text, at);
      if (end === at) return at;
      at = end;
    }
  }
}

function endOf(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : start;
}

// Comments may be nested.
function commentEnd(text: string, start: number): number {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start;
  let depth = 0;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    depth += mark[0] === "/*" ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  throw sourceError(text, start, "Found an unclosed bracketed comment", {
    condition: "UNCLOSED_BRACKETED_COMMENT",
    sqlState: "42601",
    hint: "Append */ at the end of the comment.",
  });
}

// ------------------------------------------------------------------------------------------------ words and numbers

const anyWord = /[\p{L}0-9_]+/uy;
const address = /\p{L}+:\/\/[\p{L}0-9_/.?=&#%-]+/uy;
const letter = /\p{L}/u;
// A number is none where a letter, a digit or an underscore follows it.
const number = /(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)(?:E[+-]?[0-9]+)?(?:BD|[LSYFD])?(?![\p{L}0-9_])/iuy;
const wholeNumber = /[0-9]+(?:E[+-]?[0-9]+)?(?:BD|[LSYFD])?(?![\p{L}0-9_])/iuy;
const rawString = /r'[^']*'|r"[^"]*"/iy;

const isDigit = (character: string): boolean => character >= "0" && character <= "9" && character.length === 1;

const isAsciiWord = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;

function isWordCharacter(character: string): boolean {
  const code = character.charCodeAt(0);
  if (code < 128) return isAsciiWord(code);
  return letter.test(character) || (code >= 0xd800 && code < 0xdc00);
}

function wordOrNumber(text: string, start: number): Token {
  const first = text[start]!;
  if (isDigit(first)) return numberAt(text, start) ?? wordAt(text, start);
  if ((first === "r" || first === "R") && (text[start + 1] === "'" || text[start + 1] === '"')) {
    const end = endOf(rawString, text, start);
    if (end > start)
      return { kind: "string", text: text.slice(start, end), value: text.slice(start + 2, end - 1), start };
  }
  return wordAt(text, start);
}

function numberAt(text: string, start: number): Token | undefined {
  const end = Math.max(endOf(number, text, start), endOf(wholeNumber, text, start));
  if (end === start) return undefined;
  const written = text.slice(start, end);
  return { kind: "number", text: written, value: written, start };
}

function wordAt(text: string, start: number): Token {
  let ascii = start;
  while (isAsciiWord(text.charCodeAt(ascii))) ascii++;
  const code = text.charCodeAt(ascii);
  let end = code < 128 || Number.isNaN(code) ? ascii : endOf(anyWord, text, start);
  if (end === start) return signAt(text, start);
  if (text[end] === ":" && text[end + 1] === "/") end = Math.max(end, endOf(address, text, start));
  const written = text.slice(start, end);
  return { kind: "word", text: written, value: text[end - 1] === "/" ? written : written.toUpperCase(), start };
}

// ------------------------------------------------------------------------------------------------ strings and names

const strings: Readonly<Record<string, RegExp>> = {
  "'": /'(?:[^'\\]|\\[\s\S]|'')*'/y,
  '"': /"(?:[^"\\]|\\[\s\S]|"")*"/y,
};
const quotedName = /`(?:[^`]|``)*`/y;
const dollarTag = /\$[A-Za-z0-9_]*\$/y;

function stringAt(text: string, start: number): Token {
  const end = endOf(strings[text[start]!]!, text, start);
  if (end === start) throw unclosed(text, start);
  const written = text.slice(start, end);
  return { kind: "string", text: written, value: unescaped(written), start };
}

function quotedAt(text: string, start: number): Token {
  const end = endOf(quotedName, text, start);
  if (end === start) throw unclosed(text, start);
  const written = text.slice(start, end);
  return { kind: "quoted", text: written, value: written.slice(1, -1).replaceAll("``", "`"), start };
}

function dollarStringAt(text: string, start: number): Token | undefined {
  const opened = endOf(dollarTag, text, start);
  if (opened === start) return undefined;
  const tag = text.slice(start, opened);
  const closing = text.indexOf(tag, opened);
  if (closing < 0) throw syntaxError(text, start, tag, `Close it with another ${tag}.`);
  const end = closing + tag.length;
  return { kind: "string", text: text.slice(start, end), value: text.slice(opened, closing), start };
}

const unclosed = (text: string, start: number): Error =>
  syntaxError(text, start, text[start]!, `Close it with another ${text[start]}.`);

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
  const content = literal.slice(1, -1);
  if (!content.includes("\\") && !content.includes(literal[0]!)) return content;
  return wellFormed(content.replace(escapedIn[literal.charAt(0)]!, characterOf));
}

function characterOf(written: string, short?: string, long?: string, octal?: string, other?: string): string {
  if (other !== undefined) return escapes[other] ?? other;
  if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
  const hexadecimal = short ?? long;
  return hexadecimal === undefined ? written.charAt(0) : fromCode(Number.parseInt(hexadecimal, 16));
}

const fromCode = (code: number): string => (code > 0x10ffff ? "\uFFFD" : String.fromCodePoint(code));

// ------------------------------------------------------------------------------------------------ signs

/** Signs of several characters by the first of them, the longest first. */
const longSigns: ReadonlyMap<string, readonly string[]> = new Map([
  ["<", ["<=>", "<=", "<>"]],
  [">", [">="]],
  ["!", ["!=", "!>", "!<"]],
  ["=", ["==", "=>"]],
  ["|", ["||", "|>"]],
  [":", ["::"]],
  ["-", ["->"]],
  ["*", ["*/"]],
  ["/", ["/*+"]],
]);

function signAt(text: string, start: number): Token {
  const long = longSigns.get(text[start]!)?.find((sign) => text.startsWith(sign, start));
  const written = long ?? String.fromCodePoint(text.codePointAt(start)!);
  return { kind: "sign", text: written, value: written, start };
}
