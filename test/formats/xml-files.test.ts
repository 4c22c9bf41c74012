/** Odd files of XML under several options, with the rows that Spark 4.2 gave for each. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SparkValue } from "../../services/client.ts";
import answers from "../answers/formats/xml-files.json" with { type: "json" };
import { readOddXml, writeOddXml, xmlByFile, xmlStyles } from "./odd-xml.ts";

interface Recorded {
  readonly style: string;
  readonly content: string;
  readonly rows: SparkValue[][];
}

const recorded = answers as unknown as readonly Recorded[];

describe("files of XML", () => {
  let folder: string;
  let spark: SparkSession;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "xml-files-"));
    spark = SparkSession.create();
  });
  afterAll(async () => {
    await spark.stop();
    await rm(folder, { recursive: true });
  });

  it.each(xmlStyles)("have Spark's answers: $name", async (style) => {
    const given = recorded.filter(({ style: name }) => name === style.name);
    expect(given.length).toBeGreaterThan(20);
    const path = join(folder, style.name);
    writeOddXml(
      path,
      given.map(({ content }) => content),
    );
    const read = xmlByFile(await readOddXml(spark, path, style));
    expect(given.map(({ content }, index) => ({ content, rows: read[index] ?? [] }))).toEqual(
      given.map(({ content, rows }) => ({ content, rows })),
    );
  });
});
