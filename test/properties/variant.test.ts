import fc from "fast-check";
import { expect, test } from "vitest";
import { ExecutionError } from "../../src/errors.ts";
import { Decimal } from "../../src/types/decimal.ts";
import { Variant } from "../../src/types/variant.ts";
import type { VariantLeaf, VariantNode } from "../../src/types/variant-node.ts";

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const decimal = fc
  .tuple(fc.bigInt({ min: 1n - 10n ** 38n, max: 10n ** 38n - 1n }), fc.nat(38))
  .map((parts) => new Decimal(...parts));

const leaf: fc.Arbitrary<VariantLeaf> = fc.oneof(
  fc.constant({ kind: "null", value: null } as const),
  fc.record({ kind: fc.constant("boolean" as const), value: fc.boolean() }),
  fc.record({ kind: fc.constant("long" as const), value: int64 }),
  fc.record({ kind: fc.constant("double" as const), value: fc.double() }),
  fc.record({ kind: fc.constant("float" as const), value: fc.float() }),
  fc.record({ kind: fc.constant("decimal" as const), value: decimal }),
  fc.record({ kind: fc.constant("string" as const), value: fc.string({ unit: "binary", maxLength: 100 }) }),
  fc.record({ kind: fc.constant("binary" as const), value: fc.uint8Array() }),
  fc.record({ kind: fc.constant("uuid" as const), value: fc.uint8Array({ minLength: 16, maxLength: 16 }) }),
  fc.record({ kind: fc.constant("date" as const), value: fc.integer() }),
  fc.record({ kind: fc.constant("time" as const), value: fc.bigInt({ min: 0n, max: 86_399_999_999n }) }),
  fc.record({ kind: fc.constantFrom("timestamp" as const, "timestamp_ntz" as const), value: int64 }),
  fc.record({ kind: fc.constantFrom("timestamp_nanos" as const, "timestamp_ntz_nanos" as const), value: int64 }),
) as fc.Arbitrary<VariantLeaf>;

const { node } = fc.letrec<{ node: VariantNode }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small" },
    leaf,
    fc.array(tie("node"), { maxLength: 5 }).map((elements) => ({ kind: "array", elements }) as const),
    fc
      .uniqueArray(fc.tuple(fc.string({ unit: "binary" }), tie("node")), { selector: ([name]) => name, maxLength: 5 })
      .map((fields) => ({ kind: "object", fields }) as const),
  ),
}));

const sorted = (node: VariantNode): VariantNode => {
  if (node.kind === "array") return { kind: "array", elements: node.elements.map(sorted) };
  if (node.kind !== "object") return node;
  const fields = node.fields.map(([name, value]) => [name, sorted(value)] as const);
  return { kind: "object", fields: fields.toSorted(([left], [right]) => (left < right ? -1 : 1)) };
};

test("what is encoded is decoded, fields in the order of their names", () => {
  fc.assert(
    fc.property(node, (node) => {
      const { binary } = Variant.fromNode(node);
      expect(Variant.fromBinary(binary).node).toEqual(sorted(node));
    }),
  );
});

test("JSON text is read as JSON.parse reads it", () => {
  fc.assert(
    fc.property(fc.json({ stringUnit: "binary" }), (text) => {
      expect(JSON.parse(JSON.stringify(Variant.parse(text)))).toEqual(JSON.parse(text));
    }),
  );
});

test("the JSON text of a variant has the same values", () => {
  fc.assert(
    fc.property(fc.json({ stringUnit: "binary" }), (text) => {
      const variant = Variant.parse(text);
      expect(JSON.parse(String(variant))).toEqual(JSON.parse(text));
    }),
  );
});

test("any bytes are a variant or malformed", () => {
  const mutation = fc.tuple(node, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }));
  fc.assert(
    fc.property(mutation, ([node, changes]) => {
      const { metadata, value } = Variant.fromNode(node).binary;
      const changed = value.slice();
      for (const [at, byte] of changes) changed[at % changed.length] = byte;
      try {
        Variant.fromBinary({ metadata, value: changed }).toPlain();
      } catch (error) {
        expect(error).toBeInstanceOf(ExecutionError);
      }
    }),
  );
});
