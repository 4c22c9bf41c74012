/** The axes of XPath 1.0: the nodes that lie in a direction, nearest first. */
import type { XmlNode } from "./document.ts";

export type Axis = (node: XmlNode) => readonly XmlNode[];

const descendants: Axis = ({ children }) => children.flatMap((child) => [child, ...descendants(child)]);

function ancestors({ parent }: XmlNode): readonly XmlNode[] {
  return parent === undefined ? [] : [parent, ...ancestors(parent)];
}

const siblings = (node: XmlNode): readonly XmlNode[] =>
  node.kind === "attribute" ? [] : (node.parent?.children ?? []);

const laterSiblings: Axis = (node) => siblings(node).slice(siblings(node).indexOf(node) + 1);

const earlierSiblings: Axis = (node) =>
  siblings(node)
    .slice(0, Math.max(siblings(node).indexOf(node), 0))
    .reverse();

const withSelf =
  (axis: Axis): Axis =>
  (node) => [node, ...axis(node)];

const following: Axis = (node) =>
  withSelf(ancestors)(node).flatMap((one) => [
    // What is inside an element follows its attributes.
    ...(one.kind === "attribute" ? one.parent!.children.flatMap(withSelf(descendants)) : []),
    ...laterSiblings(one).flatMap(withSelf(descendants)),
  ]);

const preceding: Axis = (node) =>
  withSelf(ancestors)(node).flatMap((one) =>
    earlierSiblings(one).flatMap((sibling) => [...withSelf(descendants)(sibling)].reverse()),
  );

/** By name. */
export const axes: Readonly<Record<string, Axis>> = {
  ancestor: ancestors,
  "ancestor-or-self": withSelf(ancestors),
  attribute: ({ attributes }) => attributes,
  child: ({ children }) => children,
  descendant: descendants,
  "descendant-or-self": withSelf(descendants),
  following,
  "following-sibling": laterSiblings,
  parent: ({ parent }) => (parent === undefined ? [] : [parent]),
  preceding,
  "preceding-sibling": earlierSiblings,
  self: (node) => [node],
};
