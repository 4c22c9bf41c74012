/** Plans of every kind of node, made from the tables that say which fields hold nodes. */
import fc from "fast-check";
import { expressionFields, type Holding, relationFields } from "../../src/plan/children.ts";
import type { Expression } from "../../src/plan/expression.ts";
import type { Relation } from "../../src/plan/relation.ts";
import { intType, stringType, structField, structType } from "../../src/types/data-type.ts";

type Node = Relation | Expression;

const word = fc.constantFrom("a", "b", "odd name", "`");
const path = fc.array(word, { minLength: 1, maxLength: 2 });
const schema = structType([structField("a", intType)]);
const direction = fc.constantFrom("ascending", "descending");

/** The fields of a kind besides its nodes, as far as anything reads them. */
const ownFields: Readonly<Record<string, fc.Arbitrary<Record<string, unknown>>>> = {
  literal: fc.oneof(
    fc.record({ type: fc.constant(intType), value: fc.option(fc.integer()) }),
    fc.record({ type: fc.constant(stringType), value: fc.option(fc.string()) }),
  ),
  attribute: fc.record({ name: path }),
  star: fc.record({ target: path }, { requiredKeys: [] }),
  call: fc.record({ name: path, distinct: fc.boolean() }, { requiredKeys: ["name"] }),
  alias: fc.record({ names: path }),
  cast: fc.record({ type: fc.constantFrom(intType, stringType), mode: fc.constantFrom("ansi", "try") }),
  "sort order": fc.record({ direction, nulls: fc.constantFrom("first", "last") }),
  range: fc.record({ start: fc.bigInt(), end: fc.bigInt(), step: fc.constant(1n) }),
  "local relation": fc.record({ schema: fc.constant(schema), batches: fc.constant([]) }),
};
const otherFields = fc.record({ name: path, count: fc.nat(), global: fc.boolean() });

function nodeOf(kind: string, fields: Readonly<Record<string, Holding>>, depth: number): fc.Arbitrary<Node> {
  const held = Object.entries(fields).map(([name, holding]) => [name, holdings[holding](depth - 1)] as const);
  const place = { from: "sql", text: "SELECT", start: 0, end: 6 } as const;
  const noted = fc.record({ planId: fc.nat(), origin: fc.constant(place) });
  const isRelation = kind in relationFields;
  return fc
    .tuple(ownFields[kind] ?? otherFields, fc.record(Object.fromEntries(held)), isRelation ? noted : fc.constant({}))
    .map((parts) => Object.freeze(Object.assign({ kind }, ...parts)) as Node);
}

const relationsAt = (depth: number): fc.Arbitrary<Relation> => anyOf(relationFields, depth) as fc.Arbitrary<Relation>;
const expressionsAt = (depth: number): fc.Arbitrary<Expression> =>
  anyOf(expressionFields, depth) as fc.Arbitrary<Expression>;

// At the bottom only nodes without nodes below.
function anyOf(kinds: Readonly<Record<string, Readonly<Record<string, Holding>>>>, depth: number): fc.Arbitrary<Node> {
  const usable = Object.entries(kinds).filter(([, fields]) => depth > 0 || Object.keys(fields).length === 0);
  return fc.constantFrom(...usable).chain(([kind, fields]) => nodeOf(kind, fields, depth));
}

const listOf = <Item>(item: fc.Arbitrary<Item>): fc.Arbitrary<readonly Item[]> =>
  fc.array(item, { maxLength: 2 }).map((items): readonly Item[] => Object.freeze(items));

const holdings: { readonly [Form in Holding]: (depth: number) => fc.Arbitrary<unknown> } = {
  relation: relationsAt,
  relations: (depth) => listOf(relationsAt(depth)),
  expression: expressionsAt,
  expressions: (depth) => listOf(expressionsAt(depth)),
  "expression lists": (depth) => listOf(listOf(expressionsAt(depth))),
  "expression map": (depth) =>
    fc.dictionary(fc.constantFrom("x", "y"), expressionsAt(depth), { noNullPrototype: true }),
  pivot: (depth) => fc.record({ column: expressionsAt(depth), values: listOf(expressionsAt(depth)) }),
  "common tables": (depth) => listOf(fc.record({ name: word, plan: relationsAt(depth) })),
};

/** Relations a few levels deep. */
export const anyRelation: fc.Arbitrary<Relation> = fc.integer({ min: 0, max: 3 }).chain(relationsAt);
/** Expressions a few levels deep. */
export const anyExpression: fc.Arbitrary<Expression> = fc.integer({ min: 0, max: 3 }).chain(expressionsAt);
