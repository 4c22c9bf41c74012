import { DuckDBInstance } from "@duckdb/node-api";
import duckdb from "@duckdb/node-bindings";
import { expect, test } from "vitest";
import { nativeResult } from "../../../../test/engine/native.ts";
import { encodeStrings, textOfStrings, textOfUtf8 } from "../../../types/text.ts";
import { noValues, setValue } from "../../../types/validity.ts";
import { layoutIsKnown } from "./entries.ts";
import { readBytes, readText } from "./read-text.ts";
import { stockBytes, stockStrings, stockWrite } from "./stock-text.ts";
import { writeText } from "./write-text.ts";

const connection = await (await DuckDBInstance.create(":memory:")).connect();

const strings = [
  "",
  "a",
  "twelve bytes",
  "thirteen byte",
  "é",
  "日本語 in more than twelve bytes",
  "😀".repeat(100),
  "zero\u0000byte",
  "x".repeat(100_000),
  "",
];

function freshVector(type: duckdb.Type): duckdb.Vector {
  const chunk = duckdb.create_data_chunk([duckdb.create_logical_type(type)]);
  chunks.push(chunk);
  return duckdb.data_chunk_get_vector(chunk, 0);
}
const chunks: duckdb.DataChunk[] = [];

test("this version of DuckDB has the layout that the fast path reads", () => {
  expect(layoutIsKnown()).toBe(true);
});

test("what is written is what the library reads, and the reverse", () => {
  const written = freshVector(duckdb.Type.VARCHAR);
  writeText(written, encodeStrings(strings), 0, strings.length);
  const source = { vector: written, rows: strings.length, validity: undefined };
  expect(stockStrings(source)).toEqual(strings);
  expect(readText(source).strings()).toEqual(strings);
  expect(readText(source).utf8()).toEqual(encodeStrings(strings));

  const stock = freshVector(duckdb.Type.VARCHAR);
  stockWrite(stock, encodeStrings(strings), 0, strings.length);
  expect(readText({ ...source, vector: stock }).strings()).toEqual(strings);
});

test("a part of the strings can be written", () => {
  const vector = freshVector(duckdb.Type.VARCHAR);
  writeText(vector, encodeStrings(strings), 3, 4);
  expect(stockStrings({ vector, rows: 4, validity: undefined })).toEqual(strings.slice(3, 7));
});

test.each([
  ["strings", textOfStrings(strings)],
  ["bytes", textOfUtf8(encodeStrings(strings))],
])("parts of text made of %s are written one after the other", (_, text) => {
  const parts = [
    [0, 4],
    [4, 6],
    [0, 10],
  ].map(([start = 0, rows = 0]) => {
    const vector = freshVector(duckdb.Type.VARCHAR);
    writeText(vector, text.passing(start, rows), 0, rows);
    return { start, rows, vector };
  });
  for (const { start, rows, vector } of parts)
    expect(stockStrings({ vector, rows, validity: undefined })).toEqual(strings.slice(start, start + rows));
});

test("bytes need not be text", () => {
  const blobs = [Uint8Array.of(0xff), new Uint8Array(0), Uint8Array.from({ length: 300 }, (_, byte) => byte % 256)];
  const bytes = { bytes: Buffer.concat(blobs), offsets: Int32Array.of(0, 1, 1, 301) };
  const vector = freshVector(duckdb.Type.BLOB);
  writeText(vector, bytes, 0, 3);
  const source = { vector, rows: 3, validity: undefined };
  expect(stockBytes(source).map((blob) => [...blob])).toEqual(blobs.map((blob) => [...blob]));
  expect([...readBytes(source).bytes]).toEqual([...bytes.bytes]);
});

test("rows without a value are not followed to wherever they point", () => {
  const vector = freshVector(duckdb.Type.VARCHAR);
  const words = Uint32Array.of(1000, 0, 0xdead_beef, 0xffff, 1, 0x78, 0, 0);
  duckdb.copy_data_to_vector(vector, 0, words.buffer, 0, words.byteLength);
  const validity = noValues(2);
  setValue(validity, 1);
  expect(readText({ vector, rows: 2, validity }).strings()).toEqual(["", "x"]);
  expect(stockStrings({ vector, rows: 2, validity })).toEqual(["", "x"]);
});

test.each([
  ["a table", "SELECT s FROM words"],
  ["a sorted table", "SELECT s FROM words ORDER BY hash(s)"],
  ["computed text", "SELECT s || upper(s) AS s FROM words"],
  ["rows far apart", "SELECT s FROM words WHERE i % 1000 = 0"],
  ["groups", "SELECT s FROM words GROUP BY s"],
  ["a table of one-byte characters", "SELECT s FROM plain"],
  ["one-byte characters in another order", "SELECT s FROM plain ORDER BY s DESC"],
])("text read in bulk equals text read string by string: from %s", async (_, sql) => {
  await connection.run(`CREATE OR REPLACE TABLE words AS SELECT i,
    CASE WHEN i % 7 = 0 THEN NULL ELSE repeat(chr((97 + i % 150)::INT), (i % 60)::INT) || i END AS s FROM range(20000) AS t(i)`);
  await connection.run(
    `CREATE OR REPLACE TABLE plain AS SELECT repeat('ab', (i * i % 400)::INT) || i AS s FROM range(20000) AS t(i)`,
  );
  const result = nativeResult(await connection.run(sql));
  for (let chunk = 0; chunk < duckdb.result_chunk_count(result); chunk++) {
    const data = duckdb.result_get_chunk(result, chunk);
    const vector = duckdb.data_chunk_get_vector(data, 0);
    const rows = duckdb.data_chunk_get_size(data);
    const validity = (duckdb.vector_get_validity(vector, Math.ceil(rows / 64) * 8) as Uint8Array | null) ?? undefined;
    expect(readText({ vector, rows, validity }).strings()).toEqual(stockStrings({ vector, rows, validity }));
  }
});
