import { describe, expect, test } from "vitest";
import type { TableMetadata } from "../actions.ts";
import { requiredProtocol } from "./required-protocol.ts";

const field = (type: string, metadata: object = {}) => ({ name: "c", type, nullable: true, metadata });

const table = (configuration: Readonly<Record<string, string>>, ...fields: readonly object[]): TableMetadata => ({
  id: "t",
  format: { provider: "parquet" },
  schemaString: JSON.stringify({ type: "struct", fields: fields.length === 0 ? [field("integer")] : fields }),
  partitionColumns: [],
  configuration,
});

const sorted = ({ readerFeatures, writerFeatures, ...versions }: ReturnType<typeof requiredProtocol>) => ({
  versions: [versions.minReaderVersion, versions.minWriterVersion],
  ...(readerFeatures === undefined ? {} : { readerFeatures: [...readerFeatures].sort() }),
  ...(writerFeatures === undefined ? {} : { writerFeatures: [...writerFeatures].sort() }),
});

// Every one as Spark 4.2 with Delta 4.4 makes it.
describe("the protocol of a new table", () => {
  test("is (1, 2) unless something is asked for", () => {
    expect(sorted(requiredProtocol(table({}), undefined))).toEqual({ versions: [1, 2] });
  });

  test("lists features where no version stands for just those", () => {
    expect(sorted(requiredProtocol(table({ "delta.enableChangeDataFeed": "true" }), undefined))).toEqual({
      versions: [1, 7],
      writerFeatures: ["appendOnly", "changeDataFeed", "invariants"],
    });
    const generated = field("integer", { "delta.generationExpression": "id+1" });
    const identity = field("long", { "delta.identity.start": 1 });
    expect(sorted(requiredProtocol(table({}, generated, identity), undefined))).toEqual({
      versions: [1, 7],
      writerFeatures: ["appendOnly", "generatedColumns", "identityColumns", "invariants"],
    });
  });

  test("has reader version 3 for features that readers must know", () => {
    expect(sorted(requiredProtocol(table({}, field("timestamp_ntz")), undefined))).toEqual({
      versions: [3, 7],
      readerFeatures: ["timestampNtz"],
      writerFeatures: ["appendOnly", "invariants", "timestampNtz"],
    });
    const many = {
      "delta.checkpointPolicy": "v2",
      "delta.enableInCommitTimestamps": "true",
      "delta.enableRowTracking": "true",
      "delta.enableDeletionVectors": "true",
      "delta.enableTypeWidening": "true",
    };
    expect(sorted(requiredProtocol(table(many), undefined, { features: ["clustering"] }))).toEqual({
      versions: [3, 7],
      readerFeatures: ["deletionVectors", "typeWidening", "v2Checkpoint"],
      writerFeatures: [
        "appendOnly",
        "clustering",
        "deletionVectors",
        "domainMetadata",
        "inCommitTimestamp",
        "invariants",
        "rowTracking",
        "typeWidening",
        "v2Checkpoint",
      ],
    });
  });

  test("follows the versions that a statement asks for", () => {
    expect(sorted(requiredProtocol(table({}), undefined, { minWriterVersion: 5 }))).toEqual({ versions: [1, 4] });
  });
});

test("a table that is changed keeps what it has", () => {
  const before = { minReaderVersion: 1, minWriterVersion: 4 };
  expect(requiredProtocol(table({}), before)).toBe(before);
  expect(sorted(requiredProtocol(table({}), before, { features: ["vacuumProtocolCheck"] }))).toEqual({
    versions: [3, 7],
    readerFeatures: ["vacuumProtocolCheck"],
    writerFeatures: [
      "appendOnly",
      "changeDataFeed",
      "checkConstraints",
      "generatedColumns",
      "invariants",
      "vacuumProtocolCheck",
    ],
  });
});
