import fc from "fast-check";
import { expect, test } from "vitest";
import { equalPlans } from "../../src/plan/equal.ts";
import { printExpression, printPlan } from "../../src/plan/print.ts";
import type { Relation } from "../../src/plan/relation.ts";
import {
  childrenOf,
  isRelation,
  mapChildren,
  rewriteExpressions,
  rewriteRelations,
  walk,
} from "../../src/plan/rewrite.ts";
import { anyExpression, anyRelation } from "./any-plan.ts";

const anyNode = fc.oneof(anyRelation, anyExpression);
const same = <Value>(value: Value): Value => value;

test("a rewrite that changes nothing gives the same object", () => {
  fc.assert(
    fc.property(anyNode, anyRelation, anyExpression, (node, relation, expression) => {
      expect(mapChildren(node, { relation: same, expression: same })).toBe(node);
      expect(rewriteRelations(relation, same)).toBe(relation);
      expect(rewriteExpressions(expression, same)).toBe(expression);
    }),
  );
});

test("a rewrite of every child gives a new node with the children given, in order", () => {
  fc.assert(
    fc.property(anyNode, (node) => {
      const copy = mapChildren(node, { relation: (child) => ({ ...child }), expression: (child) => ({ ...child }) });
      const [before, after] = [childrenOf(node), childrenOf(copy)];
      expect(after).toEqual(before);
      expect(after.every((child, index) => child !== before[index])).toBe(true);
      expect(copy === node).toBe(before.length === 0);
    }),
  );
});

test("a walk comes to every child, and not below what is skipped", () => {
  fc.assert(
    fc.property(anyNode, (node) => {
      const children = childrenOf(node);
      let visited = 0;
      walk(node, (inner) => {
        visited += 1;
        return inner === node;
      });
      // A node that is held twice is visited each time; the root itself is never its own child.
      expect(visited).toBe(1 + children.length);
    }),
  );
});

test("a plan equals itself and its copy, whatever its ids and origins", () => {
  fc.assert(
    fc.property(anyNode, fc.nat(), (node, planId) => {
      expect(equalPlans(node, node)).toBe(true);
      expect(equalPlans(node, structuredClone(node))).toBe(true);
      if (isRelation(node)) expect(equalPlans(node, { ...node, planId, origin: elsewhere })).toBe(true);
    }),
  );
});

const elsewhere = { from: "call", method: "select", file: "a.ts", line: 1, column: 1 } as const;

test("a plan with another value in any field is another plan, both ways", () => {
  fc.assert(
    fc.property(anyNode, fc.nat(), (node, choice) => {
      const names = Object.keys(node).filter((name) => name !== "planId" && name !== "origin");
      const changed = { ...node, [names[choice % names.length]!]: { changed: true } } as unknown as Relation;
      expect(equalPlans(node, changed)).toBe(false);
      expect(equalPlans(changed, node)).toBe(false);
    }),
  );
});

test("a plan with or without a field is another plan, both ways", () => {
  fc.assert(
    fc.property(anyNode, (node) => {
      const more = Object.assign({ ...node }, { added: 1 });
      expect(equalPlans(node, more)).toBe(false);
      expect(equalPlans(more, node)).toBe(false);
      expect(equalPlans(node, Object.assign({ ...node }, { added: undefined }))).toBe(true);
    }),
  );
});

test("a change anywhere below is seen", () => {
  fc.assert(
    fc.property(anyRelation, (relation) => {
      let leaves = 0;
      const changed = rewriteRelations(relation, (inner) => {
        if (childrenOf(inner).length > 0) return inner;
        leaves += 1;
        return Object.assign({ ...inner }, { added: 1 });
      });
      fc.pre(leaves > 0);
      expect(equalPlans(relation, changed)).toBe(false);
    }),
  );
});

test("columns bound to relations in the same places are equal, to others not", () => {
  const read = (planId: number): Relation => ({ kind: "range", start: 0n, end: 1n, step: 1n, planId });
  const bound = (left: number, right: number, to: number): Relation => ({
    kind: "join",
    left: read(left),
    right: read(right),
    type: "inner",
    using: [],
    condition: { kind: "attribute", name: ["id"], planId: to },
  });
  expect(equalPlans(bound(1, 2, 1), bound(8, 9, 8))).toBe(true);
  expect(equalPlans(bound(1, 2, 2), bound(8, 9, 9))).toBe(true);
  expect(equalPlans(bound(1, 2, 1), bound(8, 9, 9))).toBe(false);
  expect(equalPlans(bound(1, 2, 1), bound(8, 8, 8))).toBe(false);
  expect(equalPlans(bound(1, 1, 1), bound(8, 9, 8))).toBe(false);
});

test("every plan and expression can be printed, a relation a line", () => {
  fc.assert(
    fc.property(anyRelation, anyExpression, (relation, expression) => {
      expect(printPlan(relation).startsWith(`'${relation.kind}`)).toBe(true);
      expect(printExpression(expression)).not.toBe("");
    }),
  );
});
