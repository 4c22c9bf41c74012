/** The examples in the documentation of functions against Spark's answers (`test/answers/record-examples.py`). */
import { describe, expect, it } from "vitest";
import { analyze } from "../../src/analyzer/analyze.ts";
import { families } from "../../src/functions/catalogue.ts";
import type { Expression } from "../../src/plan/expression.ts";
import type { Relation } from "../../src/plan/relation.ts";
import { intType, stringType } from "../../src/types/data-type.ts";
import recorded from "../answers/examples.json" with { type: "json" };
import { type Example, examples } from "./examples.ts";
import { nameOf } from "./named-types.ts";

const answers: Readonly<Record<string, { readonly value: string; readonly type?: string }>> = recorded;
/** Functions of PySpark that SQL does not have, so that no query can be written. */
const withoutSql = ["product("];
/** Functions whose value depends on more than a row, or that have several columns. */
const withoutExample = [
  ...["grouping", "groupingId", "inline", "inlineOuter", "jsonTuple", "posexplode", "posexplodeOuter", "stack"],
  ...["approxTopKCombine", "raiseError"],
];
/** Where Spark sees that an array of constants has the element, or the query says NaN by a cast. */
const otherNulls = ["elementAt(array(", "get(array(", "nanvl("];

const beginsWith = ({ code }: Example, beginnings: readonly string[]) =>
  beginnings.some((text) => code.startsWith(text));
const all = examples().filter((example) => !beginsWith(example, withoutSql));

describe("examples", () => {
  it.each([...new Set(all.map(({ family }) => family))])("show what Spark answers: %s", (family) => {
    const own = all.filter((example) => example.family === family);
    expect(own.length).toBeGreaterThan(2);
    expect(own.map(({ code, output }) => `${code} // ${output}`)).toEqual(
      own.map(({ code, sql }) => `${code} // ${answers[sql]?.value ?? "not recorded"}`),
    );
  });

  it("have the type and the nullability that Spark gives them", () => {
    const compared = all.filter((example) => !beginsWith(example, otherNulls));
    expect(compared.map((example) => `${example.code}: ${analysedType(example)}`)).toEqual(
      compared.map(({ code, sql }) => `${code}: ${answers[sql]?.type}`),
    );
  });

  it("are there for every function", () => {
    const codes = examples().map(({ code }) => code);
    const functions = Object.values(families).flatMap((family) => Object.keys(family));
    const lacking = functions.filter((name) => !codes.some((code) => new RegExp(`\\b${name}\\(`).test(code)));
    expect(lacking.sort()).toEqual([...withoutExample].sort());
  });
});

const text = (value: string | null): Expression => ({ kind: "literal", type: stringType, value });
const number = (value: number | null): Expression => ({ kind: "literal", type: intType, value });
const column = (from: string, to: string): Expression => ({
  kind: "alias",
  input: { kind: "attribute", name: [from] },
  names: [to],
});

const rows: Relation = {
  kind: "project",
  input: {
    kind: "inline table",
    rows: [
      [text("a"), number(1)],
      [text("b"), number(2)],
      [text(null), number(null)],
    ],
  },
  expressions: [column("col1", "word"), column("col2", "n")],
};

function analysedType({ expression, sql }: Example): string {
  const input: Relation = sql.includes(" FROM VALUES ") ? rows : { kind: "one row" };
  const value: Expression = { kind: "alias", input: expression, names: ["value"] };
  const leaves = { leaves: new Map(), pivotValues: new Map() };
  const plan = analyze({ kind: "project", input, expressions: [value] }, leaves, {
    caseSensitive: false,
    timeZone: "UTC",
  });
  return plan.output.map(({ type, nullable }) => `${nameOf(type)}${nullable ? "?" : ""}`).join("; ");
}
