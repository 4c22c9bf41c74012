import { expect, test } from "vitest";
import { checkReadable, featuresOf } from "./protocol-check.ts";

const features = (...names: readonly string[]) => ({
  minReaderVersion: 3,
  minWriterVersion: 7,
  readerFeatures: names,
  writerFeatures: names,
});

test("versions imply features", () => {
  const legacy = { minReaderVersion: 2, minWriterVersion: 5 };
  expect([...featuresOf(legacy, "reader")]).toEqual(["columnMapping"]);
  expect(featuresOf(legacy, "writer")).toContain("changeDataFeed");
});

test("features that only writers have to know are no matter", () => {
  checkReadable({ ...features("deletionVectors"), writerFeatures: ["icebergCompatV9", "collations"] }, "/t");
});

test.each(["catalogManaged", "geospatial", "someLaterFeature"])("%s is refused by name", (name) => {
  expect(() => checkReadable(features("deletionVectors", name), "/t")).toThrow(`unsupported: ${name} (table /t)`);
});

test("a later version of the protocol is refused", () => {
  expect(() => checkReadable({ minReaderVersion: 4, minWriterVersion: 7 }, "/t")).toThrow("needs reader version 4");
});
