import { describe, expect, it } from "vitest";
import { columnPattern } from "./column-pattern.ts";

describe("patterns of column names", () => {
  it.each([
    ["(a)?+.+", ["b", "ab", "aab"], ["a"]],
    ["(a|(b)++)c", ["ac", "bbc"], ["bb", "abc"]],
    ["[a-c]{2}+x", ["abx", "CAX"], ["ax"]],
    ["\\w++", ["a1"], ["a b"]],
    ["(?:a|b)*", ["abab", ""], ["c"]],
    ["a\\+", ["a+"], ["aa"]],
  ])("%s", (pattern, matching, others) => {
    const expression = columnPattern(pattern);
    for (const name of matching) expect(name).toMatch(expression);
    for (const name of others) expect(name).not.toMatch(expression);
  });

  it("refuses what is no regular expression", () => {
    expect(() => columnPattern("a(b")).toThrow(/column pattern a\(b/);
  });
});
