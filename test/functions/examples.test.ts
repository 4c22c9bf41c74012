/** The examples in the documentation of functions against Spark's answers (`test/answers/record-examples.py`). */
import { describe, expect, it } from "vitest";
import { families } from "../../src/functions/catalogue.ts";
import recorded from "../answers/examples.json" with { type: "json" };
import { examples } from "./examples.ts";

const answers: Readonly<Record<string, string>> = recorded;
/** Functions of PySpark that SQL does not have, so that no query can be written. */
const withoutSql = ["product"];
/** Functions whose value depends on more than a row, or that have several columns. */
const withoutExample = [
  ...["grouping", "groupingId", "inline", "inlineOuter", "jsonTuple", "posexplode", "posexplodeOuter", "stack"],
  "raiseError",
];

describe("examples", () => {
  const all = examples();

  it.each([...new Set(all.map(({ family }) => family))])("show what Spark answers: %s", (family) => {
    const own = all.filter(
      (example) => example.family === family && !withoutSql.some((name) => example.code.startsWith(name)),
    );
    expect(own.length).toBeGreaterThan(4);
    expect(own.map(({ code }) => code).filter((code) => code === "")).toEqual([]);
    expect(own.map(({ code, output }) => `${code} // ${output}`)).toEqual(
      own.map(({ code, sql }) => `${code} // ${answers[sql] ?? "not recorded"}`),
    );
  });

  it("are there for every function", () => {
    const codes = all.map(({ code }) => code);
    const functions = Object.values(families).flatMap((family) => Object.keys(family));
    const lacking = functions.filter((name) => !codes.some((code) => new RegExp(`\\b${name}\\(`).test(code)));
    expect(lacking.sort()).toEqual([...withoutExample].sort());
  });
});
