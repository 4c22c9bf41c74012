import { expect, test } from "vitest";
import { checksumOf } from "./crc32.ts";
import { deletedRows, vectorPath } from "./deletion-vector.ts";
import { decodeZ85, encodeZ85 } from "./z85.ts";

const nowhere = { open: () => Promise.reject(new Error("no file is read")) };

/** The rows 3, 4 and 7 as a bitmap of one array. */
const bitmap = [1681511377, 1, 0, 0, 12346, 1, 0x2_0000, 16, 0x4_0003, 7];
const vector = new Uint8Array(Uint32Array.from(bitmap).buffer);
const inLog = { storageType: "i", pathOrInlineDv: encodeZ85(vector), sizeInBytes: 38, cardinality: 3 } as const;

test("a vector in the log", async () => {
  expect([...(await deletedRows(inLog, "/t", nowhere))]).toEqual([3n, 4n, 7n]);
});

test("a vector in a file has its length before it and its checksum behind it", async () => {
  const bytes = new DataView(new ArrayBuffer(1 + 4 + 38 + 4));
  bytes.setUint8(0, 1);
  bytes.setUint32(1, 38);
  new Uint8Array(bytes.buffer).set(vector.subarray(0, 38), 5);
  bytes.setUint32(43, checksumOf(vector.subarray(0, 38)));
  const open = async () => ({
    size: bytes.byteLength,
    read: async () => new Uint8Array(bytes.buffer),
    close: async () => undefined,
    [Symbol.asyncDispose]: async () => undefined,
  });
  const inFile = { ...inLog, storageType: "p", pathOrInlineDv: "/t/v.bin", offset: 1 } as const;
  expect([...(await deletedRows(inFile, "/t", { open }))]).toEqual([3n, 4n, 7n]);
  bytes.setUint8(40, 9);
  await expect(deletedRows(inFile, "/t", { open })).rejects.toThrow("/t/v.bin cannot be read: its checksum is wrong");
});

test("the example of the protocol names its file", () => {
  const descriptor = {
    storageType: "u",
    pathOrInlineDv: "ab^-aqEH.-t@S}K{vb[*k^",
    offset: 4,
    sizeInBytes: 40,
    cardinality: 6,
  } as const;
  expect(vectorPath(descriptor, "/t")).toBe("/t/ab/deletion_vector_d2c639aa-8816-431a-aaf6-d3fe2512ff61.bin");
});

test("bytes come back from their text", () => {
  const bytes = Uint8Array.from({ length: 40 }, (_, index) => (index * 37) % 256);
  expect(decodeZ85(encodeZ85(bytes))).toEqual(bytes);
});

test("text that is none is refused", () => {
  expect(() => decodeZ85("abc")).toThrow("not written as the log writes bytes");
  expect(() => decodeZ85("ab,cd")).toThrow("not written as the log writes bytes");
});

test("another number of rows than the log says is an error that names the vector", async () => {
  await expect(deletedRows({ ...inLog, cardinality: 2 }, "/t", nowhere)).rejects.toThrow("more rows than the log says");
});

test("checksums are those of zlib", () => {
  expect(checksumOf(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
});
