import { describe, expect, it } from "vitest";
import { zoneOf } from "../../time-zone.ts";
import { LenientReader, StrictReader } from "./legacy-reader.ts";
import { LegacyWriter } from "./legacy-writer.ts";

const utc = zoneOf("UTC")!;
const midnight = (year: number, month: number, day: number): bigint => BigInt(Date.UTC(year, month - 1, day)) * 1000n;

describe("a pattern of functions", () => {
  it("overlooks what follows, and refuses what is carried over", () => {
    const reader = new StrictReader("yyyy-MM-dd");
    expect(reader.timestamp("2024-5-7 and more", utc)).toBe(midnight(2024, 5, 7));
    expect(reader.timestamp("2024-02-30", utc)).toBeUndefined();
    expect(reader.timestamp("2024-05", utc)).toBeUndefined();
  });

  it("counts weeks from the one with the first of January", () => {
    expect(new StrictReader("YYYY ww").timestamp("2024 19", utc)).toBe(midnight(2024, 5, 5));
  });

  it("has no days between 4 and 15 October 1582", () => {
    const reader = new StrictReader("yyyy-MM-dd");
    expect(reader.timestamp("1582-10-10", utc)).toBeUndefined();
    expect(reader.timestamp("1582-10-15", utc)).toBe(midnight(1582, 10, 15));
  });

  it("is refused where it has unknown letters or open quotes", () => {
    expect(() => new StrictReader("yyyy q")).toThrow("Unrecognized datetime pattern: 'yyyy q'");
    expect(() => new StrictReader("yyyy'T")).toThrow("Unrecognized datetime pattern");
  });
});

describe("a pattern of formats", () => {
  it("carries over what is out of range", () => {
    expect(new LenientReader("yyyy-MM-dd").date("2024-13-01")).toBe(Number(midnight(2025, 1, 1)) / 86_400_000_000);
  });

  it("has as many digits of a fraction as letters", () => {
    expect(new LenientReader("s.SSSS").timestamp("1.2345", utc)).toBe(1_234_500n);
  });
});

it("writes milliseconds in functions, and digits of a fraction in formats", () => {
  expect(new LegacyWriter("S SSSSS", "simple").write(123_456n, utc, "UTC")).toBe("123 00123");
  expect(new LegacyWriter("SSSSS", "fast").write(123_456n, utc, "UTC")).toBe("12345");
});
