/** Writes patterns for RE2, DuckDB's own engine, where it matches what Java's does. */
import { forgottenGroups, leastLength, nodesOf, rangesOf } from "./look-over.ts";
import type { CharacterSet, Node, Pattern } from "./syntax.ts";

const mostRepetitions = 1000;
const carriageReturn = 13;

/** What a call asks of a match. */
export interface Wanted {
  /** Whether only the groups, or whether there is a match, matter: not where it ends. */
  readonly endIsFree: boolean;
  /** Whether all matches are wanted, where an empty one is found elsewhere by each engine. */
  readonly all: boolean;
}

/**
 * The pattern for RE2, or undefined where the two differ.
 *
 * @param wanted - what is asked of the matches
 */
export function toRe2(pattern: Pattern, wanted: Wanted): string | undefined {
  if (wanted.all && leastLength(pattern.root) === 0) return undefined;
  if (forgottenGroups(pattern.root).size > 0) return undefined;
  return written(pattern.root, wanted.endIsFree && !matchesCarriageReturn(pattern.root));
}

const matchesCarriageReturn = (root: Node): boolean =>
  [...nodesOf(root)].some(
    (node) =>
      node.kind === "set" &&
      (rangesOf(node.set)?.some(([first, last]) => first <= carriageReturn && last >= carriageReturn) ?? true),
  );

/** `last` says that nothing follows the node, and that it does not matter where the match ends. */
function written(node: Node, last: boolean): string | undefined {
  switch (node.kind) {
    case "set":
      return setText(node.set);
    case "anchor":
      if (node.anchor === "start of input") return "\\A";
      if (node.anchor === "end of input") return "\\z";
      return last && node.anchor === "end before the last line terminator"
        ? "(?:\\r\\n|[\\n\\r\\x{85}\\x{2028}\\x{2029}])?\\z"
        : undefined;
    case "sequence":
      return joined(
        node.parts.map((part, index) =>
          part.kind === "alternatives" ? enclosed(part, false) : written(part, last && index === node.parts.length - 1),
        ),
        "",
      );
    case "alternatives":
      return joined(
        node.branches.map((branch) => written(branch, last)),
        "|",
      );
    case "group":
      return wrapped("(", written(node.body, false), ")");
    case "repeat":
      return repeated(node);
    default:
      return undefined;
  }
}

const joined = (texts: readonly (string | undefined)[], separator: string): string | undefined =>
  texts.includes(undefined) ? undefined : texts.join(separator);
const wrapped = (before: string, text: string | undefined, after: string): string | undefined =>
  text === undefined ? undefined : before + text + after;
const enclosed = (node: Node, last: boolean): string | undefined => wrapped("(?:", written(node, last), ")");

function repeated({ body, least, most, lazy }: Extract<Node, { kind: "repeat" }>): string | undefined {
  const bounded = Math.max(least, most === Number.POSITIVE_INFINITY ? 0 : most);
  if (bounded > mostRepetitions || (most > 1 && leastLength(body) === 0)) return undefined;
  // Repetitions of repetitions multiply.
  if (bounded > 1 && [...nodesOf(body)].some((node) => node.kind === "repeat")) return undefined;
  const bounds = most === Number.POSITIVE_INFINITY ? `{${least},}` : `{${least},${most}}`;
  return wrapped("", enclosed(body, false), `${bounds}${lazy ? "?" : ""}`);
}

const point = (code: number): string => `\\x{${code.toString(16)}}`;

function setText(set: CharacterSet): string | undefined {
  const ranges = rangesOf(set);
  if (ranges === undefined || ranges.length === 0) return undefined;
  const [[first, last]] = ranges as [readonly [number, number]];
  if (ranges.length === 1 && first === last)
    return /[A-Za-z0-9]/.test(String.fromCodePoint(first)) ? String.fromCodePoint(first) : point(first);
  return `[${ranges.map(([from, to]) => (from === to ? point(from) : `${point(from)}-${point(to)}`)).join("")}]`;
}
