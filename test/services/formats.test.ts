/** File formats with options: what Spark answers now is what was recorded, and Spark reads what we write. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectSpark, hasAvro, hasSpark, type SparkPeer } from "../../services/client.ts";
import { fileCases } from "../formats/file-cases.ts";
import { fileDifferences } from "../formats/file-differences.ts";
import { ourFiles, sparksFiles } from "../formats/file-outcome.ts";
import { frameOutcome, sparkOutcome } from "./outcome.ts";

/** Avro is a package of its own in Spark. */
const readable = fileCases.filter(({ format }) => format !== "avro" || hasAvro());

const written: readonly (readonly [format: string, options: Readonly<Record<string, string>>])[] = [
  ...["gzip", "deflate", "snappy", "lz4"].flatMap((compression) =>
    ["csv", "json"].map((format) => [format, { compression }] as const),
  ),
  ["csv", { encoding: "ISO-8859-1", quoteAll: "true" }],
  ["json", { encoding: "UTF-16LE", lineSep: "\n" }],
  ["xml", { rowTag: "r" }],
  ["xml", { rowTag: "r", nullValue: "none", compression: "gzip" }],
];

const schema = "id BIGINT, text STRING, amount DOUBLE, day DATE";

describe.skipIf(!hasSpark())("file formats", () => {
  let peer: SparkPeer;
  let folder: string;
  const spark = SparkSession.create();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "lakewright-formats-"));
    peer = await connectSpark();
  });
  afterAll(async () => {
    await Promise.all([spark.stop(), peer.close(), rm(folder, { recursive: true, force: true })]);
  });

  it.each(readable.map((given, index) => ({ ...given, index })))("$name", async (given) => {
    const path = join(folder, String(given.index));
    const { outcome } = await sparksFiles(given, path, peer);
    expect(await ourFiles(given, path, spark)).toEqual(fileDifferences[given.name] ?? outcome);
  });

  it.each(written)("%s written by us with %o is read by Spark", async (format, options) => {
    const path = await mkdtemp(join(folder, "ours-"));
    const frame = spark.createDataFrame(
      [
        [1, 'a, "b" <c> & \u00e9', 1.5, "2024-01-02"],
        [2, null, null, null],
        [3, "x  y", -1e10, "1999-12-31"],
      ],
      schema,
    );
    await frame.write.format(format).options(options).mode("overwrite").save(path);
    const theirs = sparkOutcome(await peer.attempt({ op: "read", format, path, options, schema }));
    expect(theirs).toEqual(await frameOutcome(frame));
  });
});
