import { createHash } from "node:crypto";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { AnalysisError, ExecutionError } from "../errors.ts";
import { Decimal } from "./decimal.ts";
import { Interval } from "./interval.ts";
import { Timestamp } from "./timestamp.ts";
import { Variant } from "./variant.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "hex"));
const sha256 = (value: Uint8Array): string => createHash("sha256").update(value).digest("hex");
const fromHex = (value: string, metadata = "010000"): Variant =>
  Variant.fromBinary({ metadata: bytes(metadata), value: bytes(value) });
const x64 = "x".repeat(64);

// The text, the binary value, the metadata and the JSON are those of parse_json and to_json in Spark 4.2.
test.each([
  ["null", "00", "010000", "null"],
  ["true", "04", "010000", "true"],
  ["false", "08", "010000", "false"],
  ["  1  ", "0c01", "010000", "1"],
  ["-0", "0c00", "010000", "0"],
  ["127", "0c7f", "010000", "127"],
  ["-129", "107fff", "010000", "-129"],
  ["70000", "1470110100", "010000", "70000"],
  ["9223372036854775807", "18ffffffffffffff7f", "010000", "9223372036854775807"],
  ["9223372036854775808", "280000000000000000800000000000000000", "010000", "9223372036854775808"],
  ["1.50", "200296000000", "010000", "1.5"],
  ["-0.10", "2002f6ffffff", "010000", "-0.1"],
  ["10.00", "2002e8030000", "010000", "10"],
  ["0.0", "200100000000", "010000", "0"],
  ["123456789.123456789", "2409155fd0ac4b9bb601", "010000", "123456789.123456789"],
  ["0.0000000001", "240a0100000000000000", "010000", "0.0000000001"],
  [
    "12345678901234567890.123456789012345678",
    "28124ef338de509049c4133302f0f6b04909",
    "010000",
    "12345678901234567890.123456789012345678",
  ],
  ["1.23456789012345678901234567890123456780", "1cfb598c42cac0f33f", "010000", "1.2345678901234567"],
  ["123456789012345678901234567890123456789", "1c800558693a38d747", "010000", "1.2345678901234568E38"],
  ["1e3", "1c0000000000408f40", "010000", "1000.0"],
  ["1.5E10", "1c000000b08ef00b42", "010000", "1.5E10"],
  ["1E400", "1c000000000000f07f", "010000", '"Infinity"'],
  ["-0e0", "1c0000000000000080", "010000", "-0.0"],
  ['"hi"', "096869", "010000", '"hi"'],
  ['"é\\ud83d\\ude00"', "19c3a9f09f9880", "010000", '"é😀"'],
  [`"${x64}"`, `4040000000${"78".repeat(64)}`, "010000", `"${x64}"`],
  ['"\\u0001\\u001f\\u007f\\\\b\\"\\/\\t"', "2501", undefined, '"\\u0001\\u001F\u007f\\\\b\\"/\\t"'],
  ["[]", "030000", "010000", "[]"],
  ["{}", "020000", "010000", "{}"],
  ['[1,"a",null]', "0303000204050c01056100", "010000", '[1,"a",null]'],
  [
    '{"b":1,"a":{"c":[true]},"aa":2}',
    "0203010300020c000e0c01020102000503010001040c02",
    "010400010203056261636161",
    '{"a":{"c":[true]},"aa":2,"b":1}',
  ],
  ['{"z":1,"10":2,"9":3}', "0203010200020400060c010c020c03", "0103000103047a313039", '{"10":2,"9":3,"z":1}'],
  ['{"\uffff":1,"😀":2}', "020201000200040c010c02", "0102000307efbfbff09f9880", '{"😀":2,"\uffff":1}'],
  ['{"":1}', "02010000020c01", "01010000", '{"":1}'],
  ["1 2", "0c01", "010000", "1"],
  ['"a"b', "0561", "010000", '"a"'],
  ["{}x", "020000", "010000", "{}"],
])("parse_json of %s", (text, value, metadata, json) => {
  const variant = Variant.parse(text);
  expect(String(variant)).toBe(json);
  if (metadata === undefined) return;
  expect([hex(variant.binary.value), hex(variant.binary.metadata)]).toEqual([value, metadata]);
  expect(String(Variant.fromBinary(variant.binary))).toBe(json);
});

// The lengths and hashes are those of Spark 4.2.
test("large objects, arrays and texts take wider offsets", () => {
  const keys = Variant.parse(JSON.stringify(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`k${i}`, i]))));
  expect(keys.binary.value.length).toBe(1979);
  expect(sha256(keys.binary.value)).toBe("2c541e8d354810be16a6c2b7025dff8337eb453114348656e000092e250fa721");
  expect(sha256(keys.binary.metadata)).toBe("28e0c4a9247c7923a81f155cf54fa5e7fd7e603fa0e384211b89a55769f6ced0");
  const list = Variant.of(Array.from({ length: 300 }, (_, i) => i * 300));
  expect(sha256(list.binary.value)).toBe("0fec464b8e750a551fd735ee97c5fe42906d97b38d3c39e4725e70b55875334b");
  const long = Variant.of(["é".repeat(100_000), "x"]);
  expect(sha256(long.binary.value)).toBe("ea89857bc0073ad97484973c4e544cf2192bacc8b933612b4c68b9e89ce64f9e");
  expect(Variant.fromBinary(keys.binary).get("$.k299")?.toPlain()).toBe(299);
});

// What parse_json of Spark 4.2 refuses.
test.each([
  "",
  "[1,]",
  "[,1]",
  "[1 2]",
  "{a:1}",
  "{'a':1}",
  '{"a":1,"a":2}',
  '{"a":1,}',
  '{"a":1 "b":2}',
  '{"a"}',
  '{"a":[}',
  "NaN",
  "Infinity",
  "01",
  "-01",
  "+1",
  ".5",
  "5.",
  "1e",
  "1a",
  "1,2",
  "-",
  "nulls",
  "true1",
  "tru",
  "1//c",
  "\ufeff1",
  "\u00a01",
  '"\\ud800"',
  '"\\x"',
  '"\\u12"',
  '"\t"',
  '"unterminated',
  "1".repeat(1001),
  "[".repeat(1001) + "]".repeat(1001),
])("parse_json refuses %s", (text) => {
  expect(() => Variant.parse(text)).toThrow(ExecutionError);
  expect(() => Variant.parse(text)).toThrow(/MALFORMED_RECORD_IN_PARSING\.WITHOUT_SUGGESTION/);
});

test("1000 levels are read and written", () => {
  const text = "[".repeat(1000) + "]".repeat(1000);
  const { binary } = Variant.parse(text);
  expect(hex(binary.value).startsWith("07010000e71607010000e116")).toBe(true);
  expect(String(Variant.fromBinary(binary))).toBe(text);
});

// Arrays of one element that Spark 4.2 made with to_variant_object, and their JSON.
describe("values that JSON has not", () => {
  test.each([
    ["030100052c984e0000", '["2025-02-01"]', "2025-02-01"],
    ["030100052cc606f5ff", '["0001-01-01"]', "0001-01-01"],
    ["0301000930c0993702122d0600", '["2025-02-01 10:20:30.123456+00:00"]', Timestamp.of("2025-02-01T10:20:30.123456Z")],
    ["0301000934a0583d02122d0600", '["2025-02-01 10:20:30.5"]', "2025-02-01T10:20:30.5"],
    ["0301000538cdcccc3d", "[0.1]", Math.fround(0.1)],
    ["030100091c000000000000f87f", '["NaN"]', Number.NaN],
    ["030100083c0300000000ff10", '["AP8Q"]', Uint8Array.of(0, 255, 16)],
    ["0301000a2401171a99be1c000000", "[12345678901.5]", Decimal.of("12345678901.5")],
  ])("%s is %s", (value, json, plain) => {
    const variant = fromHex(value);
    expect(String(variant)).toBe(json);
    expect(variant.get("$[0]")?.toPlain()).toEqual(plain);
    expect(hex(Variant.fromNode(variant.node).binary.value)).toBe(value);
  });

  // By hand from the table of primitive types in Parquet's VariantEncoding.md.
  test.each([
    ["440065cd1d00000000", "00:08:20", '"00:08:20"'],
    ["480100000000000000", "1970-01-01T00:00:00.000000001Z", '"1970-01-01 00:00:00.000000001+00:00"'],
    ["4cffffffffffffffff", "1969-12-31T23:59:59.999999999", '"1969-12-31 23:59:59.999999999"'],
    ["50f24f9b64810b4b33a0f20dd2ab6d1b4d", "f24f9b64-810b-4b33-a0f2-0dd2ab6d1b4d", undefined],
  ])("%s is %s", (value, plain, json) => {
    const variant = fromHex(value);
    expect(variant.toPlain()).toBe(plain);
    expect(String(variant)).toBe(json ?? `"${plain}"`);
    expect(hex(Variant.fromNode(variant.node).binary.value)).toBe(value);
  });
});

describe("of", () => {
  test("the values that rows hold", () => {
    const value = {
      n: null,
      u: undefined,
      t: true,
      i: 3,
      d: 1.5,
      z: -0,
      b: 2n ** 62n,
      m: Decimal.of("1.50"),
      s: "x",
      at: new Date(0),
      ns: { epochNanoseconds: 1500n },
      bytes: Uint8Array.of(1),
      map: new Map([["k", [1]]]),
      inner: Variant.parse("[2.50]"),
    };
    expect(Variant.of(value).toPlain()).toEqual({
      ...value,
      u: null,
      at: new Timestamp(0),
      ns: new Timestamp(0, 1),
      map: { k: [1] },
      inner: [Decimal.of("2.50")],
    });
  });

  test("what a variant cannot hold is refused", () => {
    const refusals: unknown[] = [() => 1, Symbol("s"), new Map([[1, 2]]), Interval.ofMonths(1), /x/, 10n ** 38n];
    for (const value of [...refusals, [Decimal.of(`0.${"1".repeat(39)}`)]]) {
      expect(() => Variant.of(value as never)).toThrow(ExecutionError);
    }
  });
});

describe("get", () => {
  const variant = Variant.parse('{"a":[1,{"b":2}],"a b":3,"é":4,"":5,"a-b":6,"$":7,"x":null}');

  // What variant_get of Spark 4.2 gives.
  test.each([
    ["$.a", '[1,{"b":2}]'],
    ["$['a']", '[1,{"b":2}]'],
    ['$["a b"]', "3"],
    ["$.a b", "3"],
    ["$.a[1].b", "2"],
    ["$.é", "4"],
    ["$['']", "5"],
    ["$.a-b", "6"],
    ["$.$", "7"],
    ["$[0]", undefined],
    ['$["a\'b"]', undefined],
    ["$.a[007]", undefined],
  ])("%s is %s", (path, json) => {
    expect(variant.get(path)?.toString()).toBe(json);
  });

  test("$ is the whole, and null in a variant is no missing value", () => {
    expect(String(variant.get("$"))).toBe(String(variant));
    expect(variant.get("$.x")?.toPlain()).toBeNull();
  });

  test.each(["a", "$.", "$..a", "$.a.", "$[-1]", "$[a]", "$ .a", "$.['a']", "$['a", "$[2147483648]"])(
    "%s is no path",
    (path) => {
      expect(() => variant.get(path)).toThrow(AnalysisError);
      expect(() => variant.get(path)).toThrow(/INVALID_VARIANT_GET_PATH.*22023/);
    },
  );
});

test("JSON.stringify keeps every digit, and names that objects of JavaScript have anyway", () => {
  const text = '{"a":[1.5,12345678901234567890.12,9007199254740993,0.1,1e3],"__proto__":{"x":1},"toString":2}';
  const variant = Variant.parse(text);
  expect(JSON.stringify(variant)).toBe(text.replace("1e3", "1000"));
  expect(variant.get("$.__proto__.x")?.toPlain()).toBe(1);
  expect(Object.keys(variant.toPlain() as object)).toEqual(["a", "__proto__", "toString"]);
  expect(inspect(Variant.of([1]))).toBe("Variant([1])");
});

describe("malformed bytes", () => {
  const object = Variant.parse('{"a":{"b":[1,2.5,"text"]},"c":null}').binary;

  test.each([
    ["an empty value", { value: new Uint8Array() }],
    ["empty metadata", { metadata: new Uint8Array() }],
    ["another version", { metadata: bytes("020000") }],
    ["an unknown primitive type", { value: bytes("54") }],
    ["a name that is not there", { metadata: bytes("010000") }],
    ["a huge count", { value: bytes("1301ffffff7f") }],
    ["text that is no UTF-8", { value: bytes("05ff") }],
  ])("%s", (_, part) => {
    const variant = Variant.fromBinary({ ...object, ...part });
    expect(() => variant.toPlain()).toThrow(/MALFORMED_VARIANT.*22023/);
  });

  test("every prefix of a value", () => {
    for (let length = 0; length < object.value.length; length++) {
      const variant = Variant.fromBinary({ ...object, value: object.value.slice(0, length) });
      expect(() => variant.toPlain()).toThrow(/MALFORMED_VARIANT/);
    }
  });
});
