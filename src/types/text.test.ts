import { expect, test } from "vitest";
import { concatBytes, encodeStrings, textOfStrings, textOfUtf8 } from "./text.ts";

const utf8 = (strings: string[]) => strings.map((string) => Buffer.from(string, "utf8"));

test.each([
  ["ASCII", ["", "a", "hello", ""]],
  ["accents and symbols", ["é", "naïve", "日本語", "😀 ok", ""]],
  ["a byte order mark and zero bytes", ["\uFEFFx", "a\u0000b"]],
  ["nothing", []],
])("strings become the bytes that Node.js makes of each: %s", (_, strings) => {
  const { bytes, offsets } = encodeStrings(strings);
  const parts = strings.map((_, row) => Buffer.from(bytes.subarray(offsets[row], offsets[row + 1])));
  expect(parts).toEqual(utf8(strings));
  expect(textOfUtf8({ bytes, offsets }).strings()).toEqual(strings);
});

test("halves of a surrogate pair in neighbouring strings do not become one character", () => {
  const { bytes, offsets } = encodeStrings(["\uD83D", "\uDE00"]);
  expect([...offsets]).toEqual([0, 3, 6]);
  expect([...bytes]).toEqual([0xef, 0xbf, 0xbd, 0xef, 0xbf, 0xbd]);
});

test("each form is made once", () => {
  const text = textOfStrings(["a", "b"]);
  expect(text.utf8()).toBe(text.utf8());
  const decoded = textOfUtf8(concatBytes(utf8(["a", "b"])));
  expect(decoded.strings()).toBe(decoded.strings());
});

test.each([
  ["few", ["a", "é", "\uD83D", "\uDE00", "zero\u0000byte"]],
  ["many", ["日本語".repeat(200_000), "b", "c", "d", "e"]],
])("passing bytes are those that last: %s", (_, strings) => {
  const text = textOfStrings(strings);
  const { bytes, offsets } = text.passing(1, 3);
  const part = encodeStrings(strings.slice(1, 4));
  expect([[...offsets], [...bytes]]).toEqual([[...part.offsets], [...part.bytes]]);
  const whole = text.passing(0, 5).bytes;
  expect(Buffer.compare(whole, text.utf8().bytes)).toBe(0);
  expect([...text.passing(3, 2).offsets]).toEqual([...text.utf8().offsets.subarray(3)]);
});
