/** The functions of XPath 1.0. */
import { textOf, type XmlNode } from "./document.ts";
import { toBoolean, toNodes, toNumber, toText, type Value } from "./values.ts";

/** The node that an expression is asked of, and its place among those that are asked. */
export interface XPathContext {
  readonly node: XmlNode;
  readonly position: number;
  readonly size: number;
}

export interface XPathFunction {
  readonly least: number;
  readonly most: number;
  readonly call: (args: readonly Value[], context: XPathContext) => Value;
}

const taking = (least: number, most: number, call: XPathFunction["call"]): XPathFunction => ({ least, most, call });

const textAt = (args: readonly Value[], index: number): string => toText(args[index]!);
const numberAt = (args: readonly Value[], index: number): number => toNumber(args[index]!);
const given = ([value]: readonly Value[], { node }: XPathContext): Value => value ?? [node];

const nodeName = (args: readonly Value[], context: XPathContext): string => {
  const node = args.length === 0 ? context.node : toNodes(args[0]!)[0];
  return node?.name ?? "";
};

/** The part of a name after its prefix. */
export const localName = (name: string): string => name.slice(name.indexOf(":") + 1);

/** Halves are rounded up. */
const rounded = (value: number): number => Math.floor(value + 0.5);

/** Characters are counted from one; what is no number takes none. */
function substring(args: readonly Value[]): string {
  const start = rounded(numberAt(args, 1));
  const end = args.length < 3 ? Number.POSITIVE_INFINITY : start + rounded(numberAt(args, 2));
  return [...Array.from(textAt(args, 0)).entries()]
    .filter(([index]) => index + 1 >= start && index + 1 < end)
    .map(([, character]) => character)
    .join("");
}

function translate(args: readonly Value[]): string {
  const [from, to] = [Array.from(textAt(args, 1)), Array.from(textAt(args, 2))];
  return Array.from(textAt(args, 0), (character) => {
    const at = from.indexOf(character);
    return at < 0 ? character : (to[at] ?? "");
  }).join("");
}

function before(args: readonly Value[]): string {
  const at = textAt(args, 0).indexOf(textAt(args, 1));
  return at < 0 ? "" : textAt(args, 0).slice(0, at);
}

function after(args: readonly Value[]): string {
  const at = textAt(args, 0).indexOf(textAt(args, 1));
  return at < 0 ? "" : textAt(args, 0).slice(at + textAt(args, 1).length);
}

/** By name. Spark's documents know no namespaces, types or identities: `namespace-uri`, `lang` and `id` find nothing. */
export const xpathFunctions: Readonly<Record<string, XPathFunction>> = {
  last: taking(0, 0, (_, { size }) => size),
  position: taking(0, 0, (_, { position }) => position),
  count: taking(1, 1, ([nodes]) => toNodes(nodes!).length),
  id: taking(1, 1, () => []),
  name: taking(0, 1, nodeName),
  "local-name": taking(0, 1, (args, context) => localName(nodeName(args, context))),
  "namespace-uri": taking(0, 1, () => ""),
  string: taking(0, 1, (args, context) => toText(given(args, context))),
  concat: taking(2, Number.POSITIVE_INFINITY, (args) => args.map(toText).join("")),
  "starts-with": taking(2, 2, (args) => textAt(args, 0).startsWith(textAt(args, 1))),
  contains: taking(2, 2, (args) => textAt(args, 0).includes(textAt(args, 1))),
  "substring-before": taking(2, 2, before),
  "substring-after": taking(2, 2, after),
  substring: taking(2, 3, substring),
  "string-length": taking(0, 1, (args, context) => toText(given(args, context)).length),
  "normalize-space": taking(0, 1, (args, context) =>
    toText(given(args, context))
      .trim()
      .replace(/[ \t\r\n]+/g, " "),
  ),
  translate: taking(3, 3, translate),
  boolean: taking(1, 1, ([value]) => toBoolean(value!)),
  not: taking(1, 1, ([value]) => !toBoolean(value!)),
  true: taking(0, 0, () => true),
  false: taking(0, 0, () => false),
  lang: taking(1, 1, () => false),
  number: taking(0, 1, (args, context) => toNumber(given(args, context))),
  sum: taking(1, 1, ([nodes]) => toNodes(nodes!).reduce((total, node) => total + toNumber(textOf(node)), 0)),
  floor: taking(1, 1, (args) => Math.floor(numberAt(args, 0))),
  ceiling: taking(1, 1, (args) => Math.ceil(numberAt(args, 0))),
  round: taking(1, 1, (args) => rounded(numberAt(args, 0))),
};
