/** Plans as text: what `explain` shows of an unresolved plan. */

import type { Expression } from "./expression.ts";
import { literalText } from "./literal-text.ts";
import type { Relation } from "./relation.ts";
import { childrenOf, isRelation } from "./rewrite.ts";

/** The plan as a tree, a node a line, inputs below. */
export function printPlan(plan: Relation): string {
  return lines(plan, 0).join("\n");
}

/** An expression in one line, calls in prefix form. */
export const printExpression = (expression: Expression): string => nodeText(expression);

function lines(relation: Relation, depth: number): readonly string[] {
  const inputs = childrenOf(relation).filter(isRelation);
  return [`${indent(depth)}${headOf(relation)}`, ...inputs.flatMap((input) => lines(input, depth + 1))];
}

const indent = (depth: number): string => (depth === 0 ? "" : `${"   ".repeat(depth - 1)}+- `);

const hidden: ReadonlySet<string> = new Set(["kind", "planId", "origin", "written", "batches"]);

function headOf(relation: Relation): string {
  const fields = Object.entries(relation).filter(
    ([name, value]) => !hidden.has(name) && value !== undefined && !holdsRelation(value),
  );
  return `'${relation.kind}${fields.length === 0 ? "" : ` ${fields.map(([name, value]) => `${name}=${valueText(value)}`).join(", ")}`}`;
}

const holdsRelation = (value: unknown): boolean =>
  isNode(value) ? isRelation(value) : Array.isArray(value) && value.some((item) => isNode(item) && isRelation(item));

const isNode = (value: unknown): value is Relation | Expression =>
  typeof value === "object" && value !== null && typeof (value as { kind?: unknown }).kind === "string";

function valueText(value: unknown): string {
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) return `[${value.map(valueText).join(", ")}]`;
  if (isNode(value)) return nodeText(value);
  if (typeof value === "object" && value !== null)
    return `{${Object.entries(value)
      .map(([name, item]) => `${name}: ${valueText(item)}`)
      .join(", ")}}`;
  return String(value);
}

function nodeText(node: Relation | Expression): string {
  if (node.kind === "literal") return literalText(node, "sql");
  if (node.kind === "attribute") return `'${node.name.join(".")}`;
  if (node.kind === "alias") return `${nodeText(node.input)} AS ${node.names.join(", ")}`;
  if (node.kind === "call") return `'${node.name.join(".")}(${node.arguments.map(nodeText).join(", ")})`;
  if (node.kind === "sort order") return `${nodeText(node.input)} ${node.direction} nulls ${node.nulls}`;
  if (node.kind === "star") return "*";
  const rest = Object.entries(node).filter(([name]) => name !== "kind" && !hidden.has(name));
  return `${node.kind}(${rest.map(([name, value]) => `${name}: ${valueText(value)}`).join(", ")})`;
}
