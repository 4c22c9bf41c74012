/** Hadoop's glob patterns, which Spark reads paths with: `*`, `?`, `[ab]`, `[^a-c]`, `{a,b}` and `\` before a character. */
import { ParseError } from "../errors.ts";

/**
 * Whether a name matches a pattern as a whole.
 *
 * @param pattern - a pattern without `/`
 * @returns the test
 * @throws ParseError when a bracket or brace is not closed, or a letter or digit is escaped
 * @example
 * ```ts
 * console.log(globMatcher("x[^1].{txt,csv}")("x2.csv")); // true
 * ```
 */
export function globMatcher(pattern: string): (name: string) => boolean {
  const expression = new RegExp(`^(?:${translate(pattern)})$`, "su");
  return (name) => expression.test(name);
}

/** The name that a pattern without wildcards stands for; `undefined` when it has wildcards. */
export function literalName(pattern: string): string | undefined {
  let name = "";
  for (let at = 0; at < pattern.length; at++) {
    if ("*?[{".includes(pattern[at]!)) return undefined;
    name += pattern[at] === "\\" ? escaped(pattern, ++at) : pattern[at];
  }
  return name;
}

/**
 * The patterns that a pattern with `/` inside braces stands for, so that each can be split at `/`.
 *
 * @param pattern - a pattern of a path
 * @example
 * ```ts
 * console.log(expandBraces("/{a/b,c}/d")); // ["/a/b/d", "/c/d"]
 * ```
 */
export function expandBraces(pattern: string): string[] {
  const group = braceWithSlash(pattern);
  if (group === undefined) return [pattern];
  const before = pattern.slice(0, group.start);
  const after = pattern.slice(group.end + 1);
  return group.choices.flatMap((choice) => expandBraces(`${before}${choice}${after}`));
}

interface Brace {
  readonly start: number;
  readonly end: number;
  readonly choices: readonly string[];
}

function braceWithSlash(pattern: string): Brace | undefined {
  for (let at = 0; at < pattern.length; at++) {
    if (pattern[at] === "\\") at++;
    else if (pattern[at] === "{") {
      const brace = braceAt(pattern, at);
      if (brace?.choices.some((choice) => choice.includes("/"))) return brace;
    }
  }
  return undefined;
}

/** The outermost choices of the brace that opens at `start`. */
function braceAt(pattern: string, start: number): Brace | undefined {
  const choices = [""];
  let depth = 0;
  for (let at = start + 1; at < pattern.length; at++) {
    const character = pattern[at]!;
    if (character === "}" && depth === 0) return { start, end: at, choices };
    if (character === "," && depth === 0) {
      choices.push("");
      continue;
    }
    depth += character === "{" ? 1 : character === "}" ? -1 : 0;
    choices[choices.length - 1] += character === "\\" ? character + (pattern[++at] ?? "") : character;
  }
  return undefined;
}

/** The regular expression of a pattern. */
function translate(pattern: string): string {
  let result = "";
  let open = 0;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!;
    if (character === "[") {
      const end = classEnd(pattern, at);
      result += characterClass(pattern, at + 1, end);
      at = end;
    } else if (character === "{") {
      open++;
      result += "(?:";
    } else if (character === "}" && open > 0) {
      open--;
      result += ")";
    } else if (character === "\\") result += literal(escaped(pattern, ++at));
    else result += wildcards[character] ?? (character === "," && open > 0 ? "|" : literal(character));
  }
  if (open > 0) throw illegal(pattern, "a { is not closed");
  return result;
}

const wildcards: Readonly<Record<string, string>> = { "*": ".*", "?": "." };

/** Where the class that opens at `start` closes; a `]` right at its beginning belongs to it. */
function classEnd(pattern: string, start: number): number {
  const first = /[!^]/.test(pattern[start + 1] ?? "") ? start + 2 : start + 1;
  for (let at = first; at < pattern.length; at++) {
    if (pattern[at] === "\\") at++;
    else if (pattern[at] === "]" && at > first) return at;
  }
  throw illegal(pattern, "a [ is not closed");
}

function characterClass(pattern: string, start: number, end: number): string {
  const negated = /[!^]/.test(pattern[start]!);
  let result = "";
  for (let at = negated ? start + 1 : start; at < end; at++) {
    const isRange = pattern[at] === "-" && at > start && at + 1 < end && result !== "";
    if (isRange) result += "-";
    else result += literal(pattern[at] === "\\" ? escaped(pattern, ++at) : pattern[at]!);
  }
  return checkedClass(pattern, `[${negated ? "^" : ""}${result}]`);
}

function checkedClass(pattern: string, expression: string): string {
  try {
    new RegExp(expression, "u");
    return expression;
  } catch (cause) {
    throw illegal(pattern, "a range in [ ] runs backwards", cause);
  }
}

/** The character behind a backslash; letters and digits cannot be escaped. */
function escaped(pattern: string, at: number): string {
  const character = pattern[at];
  if (character === undefined) throw illegal(pattern, "it ends in a backslash");
  if (/[A-Za-z0-9]/.test(character)) throw illegal(pattern, `\\${character} is no escape`);
  return character;
}

/** Surrogate halves stay as they are, so that two of them make one character again. */
const literal = (character: string): string =>
  /^[\w\u0080-\uffff]$/.test(character) ? character : `\\u{${character.charCodeAt(0).toString(16)}}`;

function illegal(pattern: string, reason: string, cause?: unknown): ParseError {
  return new ParseError(`the file pattern ${pattern} cannot be read: ${reason}`, {
    parameters: { pattern },
    hint: "Write \\ before {, }, [, ], *, ? or \\ to mean the character itself.",
    cause,
  });
}
