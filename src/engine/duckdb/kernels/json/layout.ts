/** JSON texts with their members sorted, or on lines as Jackson's pretty printer lays them out. */

export interface JsonLayout {
  readonly sortKeys: boolean;
  readonly pretty: boolean;
}

type Node =
  | string
  | { readonly members: readonly (readonly [name: string, value: Node])[] }
  | { readonly items: readonly Node[] };

const token = /\s*([{}[\]:,]|"(?:[^"\\]|\\.)*"|[^\s{}[\]:,"]+)/y;

/** A well-formed text in another layout; numbers and texts stay as they are written. */
export function laidOut(text: string, layout: JsonLayout): string {
  token.lastIndex = 0;
  return written(
    nodeOf(() => token.exec(text)![1]!, layout),
    layout,
    "",
  );
}

function nodeOf(next: () => string, layout: JsonLayout, first = next()): Node {
  if (first === "{") return objectOf(next, layout);
  if (first !== "[") return first;
  const items: Node[] = [];
  for (let found = next(); found !== "]"; found = next()) if (found !== ",") items.push(nodeOf(next, layout, found));
  return { items };
}

function objectOf(next: () => string, layout: JsonLayout): Node {
  const members: (readonly [string, Node])[] = [];
  for (let found = next(); found !== "}"; found = next()) {
    if (found === ",") continue;
    next();
    members.push([found, nodeOf(next, layout)]);
  }
  return { members: layout.sortKeys ? members.sort(([left], [right]) => byName(left, right)) : members };
}

function byName(left: string, right: string): number {
  const [one, other] = [left, right].map((name) => JSON.parse(name) as string) as [string, string];
  return one < other ? -1 : one > other ? 1 : 0;
}

function written(node: Node, layout: JsonLayout, indent: string): string {
  if (typeof node === "string") return node;
  const { pretty } = layout;
  if ("items" in node) {
    const items = node.items.map((item) => written(item, layout, indent));
    if (!pretty) return `[${items.join(",")}]`;
    return items.length === 0 ? "[ ]" : `[ ${items.join(", ")} ]`;
  }
  const inner = `${indent}  `;
  const members = node.members.map(([name, value]) => `${name}${pretty ? " : " : ":"}${written(value, layout, inner)}`);
  if (!pretty) return `{${members.join(",")}}`;
  return members.length === 0 ? "{ }" : `{\n${inner}${members.join(`,\n${inner}`)}\n${indent}}`;
}
