import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapePathName, partitionPath, unescapePathName } from "./partition-path.ts";

// Each row is what ExternalCatalogUtils.escapePathName of Spark 4.2 gives.
test.each([
  ["a b", "a b"],
  ["a/b", "a%2Fb"],
  ["/a", "%2Fa"],
  ["=x", "%3Dx"],
  ["%", "%25"],
  ["a%20b", "a%2520b"],
  ["ü 😀", "ü 😀"],
  ["a:b", "a%3Ab"],
  ["x[1]", "x%5B1%5D"],
  ["a{b}", "a%7Bb}"],
  ["q^", "q%5E"],
  ["tilde~", "tilde~"],
  ["a\nb", "a%0Ab"],
  ["", ""],
  ["'x", "%27x"],
  ['a"', "a%22"],
  ["\u007f", "%7F"],
  ["a*", "a%2A"],
  ["#a", "%23a"],
  ["<>|", "<>|"],
  ["a\\b", "a%5Cb"],
  ["a!$&;,`", "a!$&;,`"],
  ["a\u0001", "a%01"],
  ["a\u0080", "a\u0080"],
])("%j is written %j", (text, name) => {
  expect(escapePathName(text)).toBe(name);
});

// Each row is what ExternalCatalogUtils.unescapePathName of Spark 4.2 gives.
test.each([
  ["a%20b", "a b"],
  ["%", "%"],
  ["a%2", "a%2"],
  ["a%2G", "a%2G"],
  ["%41", "A"],
  ["%zz%41", "%zzA"],
  ["%-1x", "%-1x"],
  ["%+1x", "%+1x"],
  ["a%20", "a "],
  ["%C3%BC", "Ã¼"],
  ["%e4", "ä"],
  ["%00", "\0"],
])("%j stands for %j", (name, text) => {
  expect(unescapePathName(name)).toBe(text);
});

describe("any text", () => {
  const texts = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom(..."%25/=:aA{}[]\n\u007f") }),
  );

  test("comes back from its name", () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(unescapePathName(escapePathName(text))).toBe(text);
      }),
    );
  });

  test("makes one folder name a column", () => {
    fc.assert(
      fc.property(texts, texts, (column, value) => {
        const name = partitionPath([[column, value]]);
        expect(name.split("/")).toHaveLength(1);
        expect(name.split("=")).toHaveLength(2);
      }),
    );
  });
});

test("null and empty text are the default partition", () => {
  expect(
    partitionPath([
      ["a=b/c d", "2"],
      ["n", null],
      ["e", ""],
    ]),
  ).toBe("a%3Db%2Fc d=2/n=__HIVE_DEFAULT_PARTITION__/e=__HIVE_DEFAULT_PARTITION__");
});
