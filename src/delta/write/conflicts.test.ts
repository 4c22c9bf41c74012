import { describe, expect, test } from "vitest";
import type { Action } from "../actions.ts";
import { type Attempt, checkConflicts, isolationOf, type TransactionReads } from "./conflicts.ts";

const add = (path: string, day = "1", dataChange = true): Action => ({
  add: { path, partitionValues: { day }, size: 1, modificationTime: 0, dataChange },
});
const remove = (path: string, dataChange = true): Action => ({
  remove: { path, dataChange, partitionValues: { day: "1" }, size: 1 },
});
const blind: Action = { commitInfo: { operation: "WRITE", isBlindAppend: true } };
const metadata: Action = {
  metaData: { id: "t", format: { provider: "parquet" }, schemaString: "", partitionColumns: [] },
};
const protocol: Action = { protocol: { minReaderVersion: 1, minWriterVersion: 2 } };
const domain = (name: string): Action => ({
  domainMetadata: { domain: name, configuration: "{}", removed: false },
});
const batch = (appId: string): Action => ({ txn: { appId, version: 1 } });

const nothing: TransactionReads = { wholeTable: false, files: new Set(), partitions: [], applications: new Set() };
const all: TransactionReads = { ...nothing, wholeTable: true };
const dayOne: TransactionReads = { ...nothing, partitions: [({ day }) => day === "1"] };

function outcome(
  reads: TransactionReads,
  actions: readonly Action[],
  other: readonly Action[],
  more: Partial<Attempt> = {},
) {
  try {
    checkConflicts({ table: "/t", reads, actions, isolation: "Serializable", ...more }, { version: 1, actions: other });
    return "committed";
  } catch (error) {
    const { name, condition } = error as { readonly name: string; readonly condition: string };
    return [name, condition];
  }
}

describe("two commits", () => {
  const append = ["ConcurrentAppendException", "DELTA_CONCURRENT_APPEND.WITH_PARTITION_HINT"];
  const deleteRead = ["ConcurrentDeleteReadException", "DELTA_CONCURRENT_DELETE_READ.WITH_PARTITION_HINT"];
  const deleteDelete = ["ConcurrentDeleteDeleteException", "DELTA_CONCURRENT_DELETE_DELETE.WITH_PARTITION_HINT"];
  const readsFile = { ...nothing, files: new Set(["a"]) };

  test.each<[string, unknown, TransactionReads, readonly Action[], readonly Action[], Partial<Attempt>?]>([
    ["appends never conflict", "committed", nothing, [add("b")], [blind, add("a")]],
    ["an append to a table that was read", append, all, [add("b")], [blind, add("a")]],
    ["an append to a partition that was read", append, dayOne, [remove("x")], [blind, add("a", "1")]],
    ["an append to another partition", "committed", dayOne, [remove("x")], [blind, add("a", "2")]],
    ["a compaction beside a read", "committed", all, [add("b")], [add("a", "1", false), remove("c", false)]],
    [
      "a blind append under WriteSerializable",
      "committed",
      all,
      [remove("x")],
      [blind, add("a")],
      { isolation: "WriteSerializable" },
    ],
    [
      "another append under WriteSerializable",
      append,
      all,
      [remove("x")],
      [add("a")],
      { isolation: "WriteSerializable" },
    ],
    [
      "an append before a compaction",
      "committed",
      readsFile,
      [remove("a", false)],
      [blind, add("n")],
      { isolation: "SnapshotIsolation" },
    ],
    ["a delete of a file that was read", deleteRead, readsFile, [add("b")], [remove("a")]],
    ["a delete of any file of a table that was read", deleteRead, all, [add("b")], [remove("z")]],
    ["a delete of another file", "committed", readsFile, [add("b")], [remove("z")]],
    ["two deletes of one file", deleteDelete, nothing, [remove("a")], [remove("a")]],
    ["changed metadata", ["MetadataChangedException", "DELTA_METADATA_CHANGED"], nothing, [add("b")], [metadata]],
    [
      "two changes of the protocol",
      ["ProtocolChangedException", "DELTA_PROTOCOL_CHANGED"],
      nothing,
      [protocol],
      [protocol],
    ],
    ["a change of the protocol beside an append", "committed", nothing, [add("b")], [protocol]],
    [
      "one application in two programs",
      ["ConcurrentTransactionException", "DELTA_CONCURRENT_TRANSACTION"],
      { ...nothing, applications: new Set(["app"]) },
      [batch("app")],
      [batch("app")],
    ],
    [
      "two settings of one domain",
      ["ConcurrentTransactionException", "DELTA_CONCURRENT_TRANSACTION"],
      nothing,
      [domain("delta.clustering")],
      [domain("delta.clustering")],
    ],
    ["two counts of rows", "committed", nothing, [domain("delta.rowTracking")], [domain("delta.rowTracking")]],
    ["two applications", "committed", { ...nothing, applications: new Set(["app"]) }, [batch("app")], [batch("other")]],
  ])("%s", (_, expected, reads, actions, other, more) => {
    expect(outcome(reads, actions, other, more)).toEqual(expected);
  });
});

test("commits without data change are isolated by snapshots, others as the table says", () => {
  expect(isolationOf([add("a", "1", false), remove("b", false)], undefined)).toBe("SnapshotIsolation");
  expect(isolationOf([add("a")], undefined)).toBe("Serializable");
  expect(isolationOf([add("a")], "WriteSerializable")).toBe("WriteSerializable");
  expect(isolationOf([metadata], undefined)).toBe("Serializable");
});
