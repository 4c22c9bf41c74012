/** What real Spark reads in the files that we write: every type, codec and odd name, and where rows lie. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectSpark, hasSpark, type SparkAnswer, type SparkPeer } from "../../services/client.ts";

const inputs = join(import.meta.dirname, "../writing/inputs");
const input = (name: string): string => join(inputs, `${name}.parquet`);

describe.skipIf(!hasSpark())("files that Spark reads", () => {
  let peer: SparkPeer;
  let folder: string;
  const spark = SparkSession.create();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "lakewright-writing-"));
    peer = await connectSpark();
  });

  afterAll(async () => {
    await Promise.all([spark.stop(), peer.close(), rm(folder, { recursive: true, force: true })]);
  });

  const sorted = (path: string): Promise<SparkAnswer> =>
    peer.python("result = spark.read.parquet(path).orderBy('id')", { path });

  it.each(["values", "nested", "numbers", "texts"])("hold the types and values of %s", async (name) => {
    const path = join(folder, name);
    await spark.read.parquet(input(name)).write.parquet(path);
    expect(await sorted(path)).toEqual(await sorted(input(name)));
  });

  it.each(["none", "snappy", "gzip", "zstd", "lz4_raw"])("are compressed by %s", async (compression) => {
    const path = join(folder, compression);
    await spark.read.parquet(input("numbers")).write.parquet(path, { compression });
    expect(await sorted(path)).toEqual(await sorted(input("numbers")));
  });

  it("have columns with any names", async () => {
    const path = join(folder, "names");
    const names = ["a b", "x,y;z", "{k}", "(n)=\t", 'qu"ote', "naïve", "dot.ted"];
    const rows = [0, 1, 2].map((id) => [id, ...names.map(() => id)]);
    await spark.createDataFrame(rows, ["id", ...names]).write.parquet(path);
    const { schema, rows: read } = await sorted(path);
    expect(schema.map(([name]) => name)).toEqual(["id", ...names]);
    expect(read).toEqual(rows);
  });

  it("lie in folders with any values", async () => {
    const path = join(folder, "folders");
    await spark.read.parquet(input("texts")).write.partitionBy("last").parquet(path);
    const query = "SELECT id, first, nullif(last, '') AS last FROM parquet.`PATH` ORDER BY id";
    const [ours, theirs] = [path, input("texts")].map((place) => peer.sql(query.replace("PATH", place)));
    expect((await ours!).rows).toEqual((await theirs!).rows);
  });

  it("have the rows where Spark would put them", async () => {
    const path = join(folder, "places");
    await spark.read.parquet(input("numbers")).repartition(7, "text", "ratio").write.parquet(path);
    const { rows } = await peer.python(
      `
      place = F.regexp_extract(F.input_file_name(), "part-([0-9]+)", 1).cast("int")
      written = spark.read.parquet(path)
      result = written.filter(place != F.pmod(F.hash("text", "ratio"), F.lit(7)))
      `,
      { path },
    );
    expect(rows).toEqual([]);
  });
});
