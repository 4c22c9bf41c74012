import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { fromJson } from "lakewright/functions";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import answers from "../answers/formats/json-lines.json" with { type: "json" };

const schema =
  "i INT, l BIGINT, d DOUBLE, m DECIMAL(10,2), s STRING, b BOOLEAN, t DATE, a ARRAY<INT>, o STRUCT<k: INT, v: STRING>, g MAP<STRING, INT>, _corrupt_record STRING";

const plain = ['{"i":1,"s":"one","g":{"k":1}}', '{"s":null,"o":{"v":"x"},"a":[1,2],"zz":0}', "{}"];
const odd = (answers as unknown as readonly { readonly line: string }[])
  .map(({ line }) => Buffer.from(line, "base64").toString())
  .filter((line) => /^[^\r\n\ufffd]+$/.test(line));

describe("texts that from_json parses", () => {
  let spark: SparkSession;
  let folder: string;
  beforeAll(async () => {
    spark = SparkSession.create();
    folder = await mkdtemp(join(tmpdir(), "json-texts-"));
  });
  afterAll(async () => {
    await spark.stop();
    await rm(folder, { recursive: true });
  });

  const ofFile = async (content: string) => {
    const path = join(folder, "texts.txt");
    await writeFile(path, content);
    return spark.read.text(path).select("value", fromJson("value", schema).as("record")).collect({ longs: "bigint" });
  };
  const ofRows = (texts: readonly string[]) =>
    spark
      .createDataFrame(
        texts.map((value) => ({ value })),
        "value STRING",
      )
      .select("value", fromJson("value", schema).as("record"))
      .collect({ longs: "bigint" });

  it("give what the lines say", async () => {
    const [first, second, third] = await ofFile('{"i":1,"s":"a"}\n{"i":1.7,"s":"b"}\n{"i":1,}\n');
    expect(first!.record).toMatchObject({ i: 1, s: "a", _corrupt_record: null });
    expect(second!.record).toMatchObject({ i: null, s: "b", _corrupt_record: '{"i":1.7,"s":"b"}' });
    expect(third!.record).toMatchObject({ s: null, _corrupt_record: '{"i":1,}' });
  });

  it.each([
    ["plain", plain],
    ["odd", [...plain, ...odd, ...plain]],
    ["blank", ["{}", " ", '{"i":1}']],
    ["control characters", ['{"i":1}\u0001\u0002\u0003\u0004{"i":2}', '{"i":1}']],
  ])("are the same in a file's lines and in rows: %s", async (_what, texts) => {
    expect(await ofFile(texts.join("\n"))).toEqual(await ofRows(texts));
  });

  it.each(["\r\n", "\r"])("are lines that end with %j", async (end) => {
    expect(await ofFile(plain.join(end))).toEqual(await ofRows(plain));
  });

  it("are lines of several files", async () => {
    const paths = [join(folder, "first.txt"), join(folder, "second.txt")];
    await writeFile(paths[0]!, plain.join("\n"));
    await writeFile(paths[1]!, odd.slice(0, 5).join("\n"));
    const rows = await spark.read
      .text(paths)
      .select("value", fromJson("value", schema).as("record"))
      .collect({ longs: "bigint" });
    expect(rows).toEqual(await ofRows([...plain, ...odd.slice(0, 5)]));
  });
});
