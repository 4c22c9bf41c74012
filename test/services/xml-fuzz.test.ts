import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectSpark, hasSpark, type SparkPeer } from "../../services/client.ts";
import { oddXmlFiles, readOddXml, sparksOddXml, writeOddXml, xmlByFile, xmlStyles } from "../formats/odd-xml.ts";

const seed = Number(process.env.LAKEWRIGHT_FUZZ_SEED ?? 1);
const filesOfStyle = 150;

describe.skipIf(!hasSpark())("files of XML", () => {
  let peer: SparkPeer;
  let folder: string;
  const spark = SparkSession.create();
  beforeAll(async () => {
    peer = await connectSpark();
    folder = await mkdtemp(join(tmpdir(), "xml-fuzz-"));
  });
  afterAll(async () => {
    await Promise.all([spark.stop(), peer.close(), rm(folder, { recursive: true })]);
  });

  it.each(xmlStyles)("are read as Spark reads them: $name", async (style) => {
    const files = oddXmlFiles(seed, filesOfStyle);
    const path = join(folder, style.name);
    writeOddXml(path, files);
    const theirs = xmlByFile(await sparksOddXml(peer, path, style));
    const ours = xmlByFile(await readOddXml(spark, path, style));
    expect(theirs.flat().length).toBeGreaterThan(filesOfStyle / 2);
    const wrong = files.flatMap((content, index) =>
      JSON.stringify(ours[index]) === JSON.stringify(theirs[index])
        ? []
        : [{ seed, index, content, ours: ours[index], theirs: theirs[index] }],
    );
    expect(wrong.slice(0, 5)).toEqual([]);
  });
});
