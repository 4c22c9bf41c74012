import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SparkValue } from "../../services/client.ts";
import answers from "../answers/formats/json-lines.json" with { type: "json" };
import { byLine, readOddJson, writeOddJson } from "./odd-json.ts";

/** Lines in base 64, with the rows that Spark 4.2 gave for each. */
const recorded = answers as unknown as readonly { readonly line: string; readonly rows: SparkValue[][] }[];

describe("JSON lines", () => {
  let folder: string;
  let rows: SparkValue[][][];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "json-lines-"));
    const path = join(folder, "odd.jsonl");
    writeOddJson(
      path,
      recorded.map(({ line }) => Buffer.from(line, "base64")),
    );
    rows = byLine(await readOddJson(path));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("have Spark's answers", () => expect(recorded.length).toBeGreaterThan(200));

  it.each(
    recorded.map(
      ({ line, rows: expected }, index) => [Buffer.from(line, "base64").toString(), index, expected] as const,
    ),
  )("%s", (_line, index, expected) => expect(rows[index]).toEqual(expected));
});
