import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ParseError } from "../errors.ts";
import { expandBraces, globMatcher, literalName } from "./glob.ts";
import { escapeGlob } from "./path.ts";

const names = [
  ..."a b,a%20b,a#b,a?b,a[1],a*b,ü,a+b,a\\b,x1,x2,x3,xa,x,y,a;b,a&b,100%,(p),a^b,a$b,a|b,A,-,x-,]x,a!b".split(","),
  "a{x,y}",
  "a,b",
].map((name) => `${name}.txt`);

const matched = (pattern: string) => names.filter(globMatcher(pattern)).map((name) => name.slice(0, -4));

describe("patterns", () => {
  // Each row is what Spark 4.2 reads from a folder with these files.
  test.each<[pattern: string, names: string[]]>([
    ["a\\?b.txt", ["a?b"]],
    ["a[1].txt", []],
    ["a\\[1\\].txt", ["a[1]"]],
    ["a?b.txt", ["a b", "a#b", "a?b", "a*b", "a+b", "a\\b", "a;b", "a&b", "a^b", "a$b", "a|b", "a!b", "a,b"]],
    ["a\\*b.txt", ["a*b"]],
    ["a{x,y}.txt", []],
    ["a\\{x,y\\}.txt", ["a{x,y}"]],
    ["a\\\\b.txt", ["a\\b"]],
    ["x?.txt", ["x1", "x2", "x3", "xa", "x-"]],
    ["x[12].txt", ["x1", "x2"]],
    ["x[1-3].txt", ["x1", "x2", "x3"]],
    ["x[^1].txt", ["x2", "x3", "xa", "x-"]],
    ["x[!1].txt", ["x2", "x3", "xa", "x-"]],
    ["x{1,2}.txt", ["x1", "x2"]],
    ["x{1,2,}.txt", ["x1", "x2", "x"]],
    ["{x1,y}.txt", ["x1", "y"]],
    ["{x{1,2},y}.txt", ["x1", "x2", "y"]],
    ["x[a-].txt", ["xa", "x-"]],
    ["x[-a].txt", ["xa", "x-"]],
    ["[]x].txt", ["x"]],
    ["x}", []],
    ["x[]1].txt", ["x1"]],
    ["x[\\-a].txt", ["xa", "x-"]],
    ["(p*.txt", ["(p)"]],
    ["a$b.tx?", ["a$b"]],
    ["a^b.t?t", ["a^b"]],
    ["a|b.t*", ["a|b"]],
    ["a.b*", []],
    ["{}x1.txt", ["x1"]],
    ["{x1.txt,y.txt}", ["x1", "y"]],
    ["x{[12],a}.txt", ["x1", "x2", "xa"]],
    ["?.txt", ["ü", "x", "y", "A", "-"]],
    ["??.txt", ["x1", "x2", "x3", "xa", "x-", "]x"]],
    ["X*", []],
    ["[!x]?.txt", ["]x"]],
    ["x[a^].txt", ["xa"]],
    ["[^a-z]*.txt", ["ü", "100%", "(p)", "A", "-", "]x"]],
    ["x[!-].txt", ["x1", "x2", "x3", "xa"]],
    ["**", names.map((name) => name.slice(0, -4))],
  ])("%s matches what it matches in Spark", (pattern, expected) => {
    expect(matched(pattern)).toEqual(expected);
  });

  test.each(["[].txt", "x[", "x{1", "x[1", "x\\1.txt", "x[2-1].txt", "x\\"])(
    "%s is refused, as in Spark",
    (pattern) => {
      expect(() => globMatcher(pattern)).toThrow(ParseError);
    },
  );

  test("one ? is one character, also outside the basic plane", () => {
    expect(globMatcher("?.txt")("😀.txt")).toBe(true);
  });

  test("* also matches line breaks", () => {
    expect(globMatcher("a*b")("a\nb")).toBe(true);
  });

  test("an escaped name matches itself only", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string(), (name, other) => {
        expect(globMatcher(escapeGlob(name))(name)).toBe(true);
        expect(globMatcher(escapeGlob(name))(other)).toBe(name === other);
        expect(literalName(escapeGlob(name))).toBe(name);
      }),
    );
  });
});

test("a pattern with wildcards has no literal name", () => {
  expect(["a*", "a?", "[a]", "{a}"].map(literalName)).toEqual([undefined, undefined, undefined, undefined]);
  expect(literalName("a}b")).toBe("a}b");
});

test.each<[pattern: string, expanded: string[]]>([
  ["/d/{g/x1,g/x2}.txt", ["/d/g/x1.txt", "/d/g/x2.txt"]],
  ["/d/{g/{x1,x2}.txt,g/y.txt}", ["/d/g/{x1,x2}.txt", "/d/g/y.txt"]],
  ["/d/{a,b}/{c/d,e}", ["/d/{a,b}/c/d", "/d/{a,b}/e"]],
  ["/d/\\{a/b,c\\}", ["/d/\\{a/b,c\\}"]],
  ["/d/{a/b", ["/d/{a/b"]],
])("%s stands for %j", (pattern, expanded) => {
  expect(expandBraces(pattern)).toEqual(expanded);
});
