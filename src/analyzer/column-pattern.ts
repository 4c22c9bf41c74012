/** Java's regular expressions of column names as those of JavaScript. */
import { UnsupportedError } from "../errors.ts";

/**
 * A regular expression that matches whole names as Java's does.
 *
 * @throws UnsupportedError for a pattern that JavaScript cannot have
 */
export function columnPattern(pattern: string, ignoresCase = true): RegExp {
  try {
    return new RegExp(`^(?:${withoutPossessive(pattern)})$`, ignoresCase ? "iv" : "v");
  } catch (cause) {
    throw new UnsupportedError(`the column pattern ${pattern} is not a regular expression that can be used here`, {
      hint: "Name the columns, or use a simpler pattern.",
      cause,
    });
  }
}

const quantifier = /(?:[?*+]|\{\d+(?:,\d*)?\})/y;

// JavaScript has no possessive quantifiers, but what a lookahead has found is not looked for again.
function withoutPossessive(pattern: string, depth = 0): string {
  let written = "";
  for (let at = 0; at < pattern.length; ) {
    const end = atomEnd(pattern, at);
    const [count = ""] = matchAt(quantifier, pattern, end);
    const isPossessive = count !== "" && pattern[end + count.length] === "+";
    const atom = groupsWithout(pattern.slice(at, end), depth + 1);
    const name = `atom${depth}_${at}`;
    written += isPossessive ? `(?=(?<${name}>${atom}${count}))\\k<${name}>` : atom + count;
    at = end + count.length + (isPossessive ? 1 : 0);
  }
  return written;
}

function groupsWithout(atom: string, depth: number): string {
  const [start] = matchAt(/\((?:\?(?:[:=!]|<[=!]|<\w+>))?/y, atom, 0);
  if (start === undefined || !atom.endsWith(")")) return atom;
  return `${start}${withoutPossessive(atom.slice(start.length, -1), depth)})`;
}

const matchAt = (expression: RegExp, text: string, at: number): readonly (string | undefined)[] => {
  expression.lastIndex = at;
  return expression.exec(text) ?? [];
};

/** Where an escape, a class, a group or a character ends. */
function atomEnd(pattern: string, at: number): number {
  if (pattern[at] === "\\") return at + 2;
  if (pattern[at] === "[") return closing(pattern, at, "[", "]");
  return pattern[at] === "(" ? closing(pattern, at, "(", ")") : at + 1;
}

function closing(pattern: string, from: number, open: string, close: string): number {
  let depth = 0;
  for (let at = from; at < pattern.length; at++) {
    if (pattern[at] === "\\") at++;
    else if (pattern[at] === open) depth++;
    else if (pattern[at] === close && --depth === 0) return at + 1;
  }
  return pattern.length;
}
