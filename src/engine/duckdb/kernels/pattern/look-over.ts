/** What can be said of a pattern without matching it. */
import type { CharacterSet, Node } from "./syntax.ts";

const children = (node: Node): readonly Node[] => {
  if (node.kind === "sequence") return node.parts;
  if (node.kind === "alternatives") return node.branches;
  return "body" in node ? [node.body] : [];
};

/** The fewest UTF-16 units that a match takes. */
export function leastLength(node: Node): number {
  if (node.kind === "set") return 1;
  if (node.kind === "sequence") return node.parts.reduce((sum, part) => sum + leastLength(part), 0);
  if (node.kind === "alternatives") return Math.min(...node.branches.map(leastLength));
  if (node.kind === "repeat") return node.least * leastLength(node.body);
  return node.kind === "group" || node.kind === "atomic" ? leastLength(node.body) : 0;
}

/** The groups below a node that a match may pass by. */
export function optionalGroups(node: Node, optional = false): ReadonlySet<number> {
  const below =
    optional || node.kind === "alternatives" || (node.kind === "repeat" && node.least === 0) || node.kind === "look";
  const own = node.kind === "group" && optional ? [node.number] : [];
  return new Set([...own, ...children(node).flatMap((child) => [...optionalGroups(child, below)])]);
}

/** The groups whose text depends on whether a repetition forgets that of the one before: JavaScript does, Java does not. */
export function forgottenGroups(node: Node): ReadonlySet<number> {
  const own = node.kind === "repeat" && node.most > 1 ? [...optionalGroups(node.body)] : [];
  return new Set([...own, ...children(node).flatMap((child) => [...forgottenGroups(child)])]);
}

/** All nodes of a pattern, itself first. */
export function* nodesOf(node: Node): Generator<Node> {
  yield node;
  for (const child of children(node)) yield* nodesOf(child);
}

type Ranges = readonly (readonly [first: number, last: number])[];
const lastPoint = 0x10ffff;

/** The set as ranges in order, or undefined where it has properties of Unicode. */
export function rangesOf(set: CharacterSet): Ranges | undefined {
  if (set.kind === "property") return undefined;
  if (set.kind === "range") return [[set.first, set.last]];
  if (set.kind === "complement") {
    const inner = rangesOf(set.set);
    return inner && complemented(inner);
  }
  const parts = set.sets.map(rangesOf);
  if (parts.includes(undefined)) return undefined;
  const known = parts as readonly Ranges[];
  if (set.kind === "union") return merged(known.flat());
  return complemented(merged(known.flatMap(complemented)));
}

function merged(ranges: Ranges): Ranges {
  const result: [number, number][] = [];
  for (const [first, last] of [...ranges].sort((left, right) => left[0] - right[0])) {
    const before = result.at(-1);
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else result.push([first, last]);
  }
  return result;
}

function complemented(ranges: Ranges): Ranges {
  const result: [number, number][] = [];
  let next = 0;
  for (const [first, last] of merged(ranges)) {
    if (first > next) result.push([next, first - 1]);
    next = last + 1;
  }
  return next <= lastPoint ? [...result, [next, lastPoint]] : result;
}
