/** The table features of the Delta protocol, by name, and what is done about each. */

export interface TableFeature {
  /** Whether readers have to know it, besides writers. */
  readonly forReaders: boolean;
  /** The reader version that implies the feature, for tables that list none. */
  readonly legacyReader?: number;
  /** The writer version that implies the feature, for tables that list none. */
  readonly legacyWriter?: number;
  /** Features that a table with this one must have too. */
  readonly requires?: readonly string[];
  readonly support: "read and write" | "read" | "none";
  /** What to do about a table that has it, where it is not supported. */
  readonly hint?: string;
}

const writer = (more: Omit<TableFeature, "forReaders" | "support"> = {}): TableFeature => ({
  forReaders: false,
  support: "read and write",
  ...more,
});

const reader = (more: Omit<TableFeature, "forReaders" | "support"> = {}): TableFeature => ({
  forReaders: true,
  support: "read and write",
  ...more,
});

/** Features that nobody here can write, but that do not change what files mean to readers. */
const notWritten = (hint: string, forReaders = false): TableFeature => ({ forReaders, support: "read", hint });

const refused = (hint: string): TableFeature => ({ forReaders: true, support: "none", hint });

const iceberg = notWritten(
  "Disable UniForm on the table to write to it, or write with the program that keeps its Iceberg side.",
);
const byCatalogue = refused(
  "Read the table through the catalogue that manages its commits, or copy it to a table of files.",
);
const geospatial = refused("Copy the table with its geometries as text or binary, with the program that wrote it.");

/** Every feature that is known, by the name that `readerFeatures` and `writerFeatures` have. */
export const tableFeatures: Readonly<Record<string, TableFeature>> = {
  appendOnly: writer({ legacyWriter: 2 }),
  invariants: writer({ legacyWriter: 2 }),
  checkConstraints: writer({ legacyWriter: 3 }),
  changeDataFeed: writer({ legacyWriter: 4 }),
  generatedColumns: writer({ legacyWriter: 4 }),
  identityColumns: writer({ legacyWriter: 6 }),
  columnMapping: reader({ legacyReader: 2, legacyWriter: 5 }),
  allowColumnDefaults: writer(),
  domainMetadata: writer(),
  rowTracking: writer({ requires: ["domainMetadata"] }),
  clustering: writer({ requires: ["domainMetadata"] }),
  inCommitTimestamp: writer(),
  checkpointProtection: writer(),
  materializePartitionColumns: writer(),
  deletionVectors: reader(),
  timestampNtz: reader(),
  typeWidening: reader(),
  "typeWidening-preview": reader(),
  v2Checkpoint: reader(),
  vacuumProtocolCheck: reader(),
  variantType: reader(),
  "variantType-preview": reader(),
  variantShredding: reader(),
  "variantShredding-preview": reader(),
  icebergCompatV1: iceberg,
  icebergCompatV2: iceberg,
  icebergCompatV3: iceberg,
  icebergWriterCompatV1: iceberg,
  icebergWriterCompatV3: iceberg,
  collations: notWritten(
    "Write to the table with the program that made it: its statistics and constraints depend on collations.",
  ),
  "collations-preview": notWritten(
    "Write to the table with the program that made it: its statistics and constraints depend on collations.",
  ),
  catalogManaged: byCatalogue,
  "catalogOwned-preview": byCatalogue,
  "coordinatedCommits-preview": notWritten("Write to the table through the program that coordinates its commits."),
  "managedCommit-preview": notWritten("Write to the table through the program that coordinates its commits."),
  geospatial,
  "geospatial-preview": geospatial,
};

/** The highest reader and writer versions of the protocol. */
export const highestReaderVersion = 3;
export const highestWriterVersion = 7;
