/** Faults that a careful change could bring into the Delta tables, and the tests that have to find each. */

export interface Fault {
  readonly what: string;
  readonly file: string;
  /** A text that stands once in the file, and what stands there instead. */
  readonly change: readonly [text: string, instead: string];
  readonly tests: readonly string[];
}

const conflicts = ["src/delta/write/conflicts.test.ts"];

export const faults: readonly Fault[] = [
  {
    what: "a commit takes the name of another",
    file: "src/storage/local-writing.ts",
    change: ["await files.link(temporary, path);", "await files.rename(temporary, path);"],
    tests: ["test/storage/processes.test.ts", "test/delta/commits.test.ts"],
  },
  {
    what: "a commit is seen before it is whole",
    file: "src/storage/local-writing.ts",
    change: [
      "  const temporary = await writeTemporary(files, path, content);\n  try {\n    await files.link(",
      "  const temporary = path;\n  await writeDurably(files, path, content);\n  return true;\n  try {\n    await files.link(",
    ],
    tests: ["test/delta/commits.test.ts"],
  },
  {
    what: "what was written is not made durable",
    file: "src/storage/local-writing.ts",
    change: ["    await handle.writeFile(content);\n    await handle.sync();", "    await handle.writeFile(content);"],
    tests: ["test/storage/durability.test.ts"],
  },
  {
    what: "a merge takes no notice of rows that another commit added",
    file: "src/delta/write/conflicts.ts",
    change: ["  checkAdded(attempt, other, faster);\n", ""],
    tests: conflicts,
  },
  {
    what: "nor of those that it took away",
    file: "src/delta/write/conflicts.ts",
    change: ["  checkRemovedAndRead(attempt, other, faster);\n", ""],
    tests: conflicts,
  },
  {
    what: "two commits delete the same file",
    file: "src/delta/write/conflicts.ts",
    change: ["  checkRemovedTwice(attempt, other, faster);\n", ""],
    tests: conflicts,
  },
  {
    what: "a batch that was written is written again",
    file: "src/delta/write/conflicts.ts",
    change: ["applications.has(appId)", "false"],
    tests: conflicts,
  },
  {
    what: "a commit takes no notice of other columns",
    file: "src/delta/write/conflicts.ts",
    change: ['has(other.actions, "metaData")) throw', "false) throw"],
    tests: conflicts,
  },
  {
    what: "a damaged checkpoint is the end",
    file: "src/delta/snapshot.ts",
    change: ["!(error instanceof BrokenCheckpoint) || segment.checkpoint === undefined", "error !== undefined"],
    tests: ["test/delta/damaged-logs.test.ts"],
  },
  {
    what: "VACUUM removes what readers of older versions need",
    file: "src/execution/delta/maintenance/vacuum.ts",
    change: ["deletionTimestamp >= oldest", "false"],
    tests: ["test/delta/maintenance.test.ts", "test/delta/past.test.ts"],
  },
  {
    what: "VACUUM removes the vectors of deleted rows",
    file: "src/execution/delta/maintenance/vacuum.ts",
    change: ['vector !== undefined && vector.storageType !== "i"', "false"],
    tests: ["test/delta/maintenance.test.ts", "test/delta/rows.test.ts"],
  },
  {
    what: "a bound that is met leaves a file out",
    file: "src/delta/skipping/file-test.ts",
    change: ["return order < 0 || (orEqual && order === 0);", "return order < 0;"],
    tests: ["test/delta/pruning.test.ts"],
  },
  {
    what: "a day is taken for that of the reader's zone",
    file: "src/execution/delta/generated-partitions.ts",
    change: ['order.base.type.kind === "timestamp" ? furthestZone : 0n', "0n"],
    tests: ["test/delta/generated-pruning.test.ts"],
  },
];
