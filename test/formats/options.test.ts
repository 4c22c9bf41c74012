/** The options of file formats: the page that lists them, and what becomes of wrong ones. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { optionsPage } from "./options-page.ts";

let spark: SparkSession;
let folder: string;

beforeAll(async () => {
  spark = SparkSession.create();
  folder = await mkdtemp(join(tmpdir(), "options-"));
  await writeFile(join(folder, "a.csv"), "id,name\n1,a\n");
  await writeFile(join(folder, "a.json"), '{"id":1}\n');
});
afterAll(async () => {
  await spark.stop();
  await rm(folder, { recursive: true });
});

const read = (format: string, option: string, value: string): Promise<unknown> =>
  spark.read
    .format(format)
    .option(option, value)
    .load(join(folder, `a.${format}`))
    .collect();

it("are all on the page", () => {
  const { text, expected } = optionsPage();
  expect(text).toBe(expected);
});

describe("a wrong value", () => {
  /** Spark 4.2's conditions; where it has none, that of options. */
  it.each([
    ["csv", "header", "maybe", "_LEGACY_ERROR_TEMP_2147"],
    ["csv", "inferSchema", "x", "_LEGACY_ERROR_TEMP_2147"],
    ["csv", "quote", "ab", "OPTION_VALUE_EXCEEDS_ONE_CHARACTER"],
    ["csv", "charToEscapeQuoteEscaping", "ab", "OPTION_VALUE_EXCEEDS_ONE_CHARACTER"],
    ["csv", "comment", "ab", "OPTION_VALUE_EXCEEDS_ONE_CHARACTER"],
    ["csv", "maxColumns", "x", "_LEGACY_ERROR_TEMP_2146"],
    ["csv", "maxCharsPerColumn", "x", "_LEGACY_ERROR_TEMP_2146"],
    ["csv", "encoding", "latin-99", "INVALID_PARAMETER_VALUE.CHARSET"],
    ["csv", "timeZone", "Mars/X", "INVALID_TIMEZONE"],
    ["csv", "unescapedQuoteHandling", "x", "DATA_SOURCE_OPTION_VALUE_INVALID"],
    ["csv", "samplingRatio", "0", "DATA_SOURCE_OPTION_VALUE_INVALID"],
    ["csv", "modifiedBefore", "yesterday", "_LEGACY_ERROR_TEMP_1294"],
    ["json", "timeZone", "Mars", "INVALID_TIMEZONE"],
    ["json", "charset", "latin-99", "INVALID_PARAMETER_VALUE.CHARSET"],
    ["json", "multiLine", "maybe", "DATA_SOURCE_OPTION_VALUE_INVALID"],
  ])("of %s's %s is refused: %s", async (format, option, value, condition) => {
    await expect(read(format, option, value)).rejects.toMatchObject({ condition });
  });
});

it.each([
  ["xml", "rowValidationXSDPath"],
  ["avro", "avroSchemaUrl"],
])("%s's %s is refused by name", async (format, option) => {
  await expect(read(format, option, "v")).rejects.toMatchObject({
    condition: "UNSUPPORTED_FEATURE",
    message: expect.stringContaining(option),
  });
});

it("an unknown option and one without effect are told once", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  await read("csv", "haeder", "true");
  await read("csv", "haeder", "true");
  await read("csv", "samplingRatio", "0.5");
  expect(warn.mock.calls.map(([text]) => text)).toEqual([
    "lakewright: csv has no option haeder to read. Did you mean header?",
    expect.stringContaining("samplingRatio of csv has no effect: all records are read"),
  ]);
  warn.mockRestore();
});
