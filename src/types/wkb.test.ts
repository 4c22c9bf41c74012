import { describe, expect, test } from "vitest";
import { WkbFault, type WkbForm, wkbIn } from "./wkb.ts";

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));
const hex = (wkb: Uint8Array): string => Buffer.from(wkb).toString("hex");

const one = { little: "000000000000f03f", big: "3ff0000000000000" };
const two = { little: "0000000000000040", big: "4000000000000000" };
const point = { little: `0101000000${one.little}${two.little}`, big: `0000000001${one.big}${two.big}` };

describe("byte order", () => {
  test("a point is turned either way", () => {
    expect(hex(wkbIn(bytes(point.big)))).toBe(point.little);
    expect(hex(wkbIn(bytes(point.little), { bigEndian: true }))).toBe(point.big);
  });

  test("shapes inside of others have orders of their own", () => {
    const mixed = `010700000002000000${point.big}0104000000010000000000000001${one.big}${two.big}`;
    const turned = `010700000002000000${point.little}010400000001000000${point.little}`;
    expect(hex(wkbIn(bytes(mixed)))).toBe(turned);
    expect(hex(wkbIn(wkbIn(bytes(mixed), { bigEndian: true })))).toBe(turned);
  });

  test("what was given stays as it is", () => {
    const given = bytes(`${point.big}ff`);
    expect(hex(wkbIn(given))).toBe(point.little);
    expect(hex(given)).toBe(`${point.big}ff`);
  });

  test("the bits of an empty point are kept", () => {
    const empty = "0101000000010000000000f87f000000000000f8ff";
    expect(hex(wkbIn(bytes(empty), { bigEndian: true }))).toBe("00000000017ff8000000000001fff8000000000000");
  });
});

test.each(["01d2070000", "01bb0b0000", "01ee030000"])("%s without parts has axes of its own", (header) => {
  expect(hex(wkbIn(bytes(`${header}00000000`)))).toBe(`${header}00000000`);
});

// What Spark 4.2 says of them.
test.each<[string, string, number, WkbForm?]>([
  ["", "WKB data is empty or null", 0],
  ["01", "Unexpected end of WKB buffer", 0],
  [point.little.slice(0, -2), "Unexpected end of WKB buffer", 13],
  [point.little.replace("01", "02"), "Invalid byte order 2", 0],
  [`0108000000${one.little}${two.little}`, "Invalid or unsupported type 8", 1],
  ["01ffffffff00000000", "Invalid or unsupported type -1", 1],
  [`0101000020e6100000${one.little}${two.little}`, "Invalid or unsupported type 536870913", 1],
  [`0101000000${one.little}000000000000f07f`, "Invalid coordinate value found", 13],
  ["0102000000ffffffff", "Invalid count for LineString points: -1", 5],
  [`010200000005000000${one.little}`, "Invalid count for LineString points: exceeds remaining bytes", 5],
  [`010200000001000000${one.little}${two.little}`, "Too few points in linestring", 5],
  ["01030000000100000000000000", "Too few points in ring", 9],
  ["010400000001000000010200000000000000", "Expected Point in MultiPoint", 18],
  [`01070000000100000001e9030000${one.little}${two.little}${two.little}`, "Invalid or unsupported type 1001", 10],
  ["01010000000000000000c082400000000000000040", "Invalid coordinate value found", 5, { onGlobe: true }],
])("%s: %s at %i", (wkb, parseError, position, form = {}) => {
  let found: unknown;
  try {
    wkbIn(bytes(wkb), form);
  } catch (thrown) {
    found = thrown;
  }
  expect(found).toBeInstanceOf(WkbFault);
  expect(found).toMatchObject({ parseError, position });
});

test("collections inside of collections may be many", () => {
  const nested = bytes(`${"010700000001000000".repeat(100_000)}010700000000000000`);
  expect(wkbIn(nested)).toEqual(nested);
});
