/** Table features of Delta as statements that Spark and we both run, and what delta-rs makes of such tables. */

/** What delta-rs does: it is able, or says this. */
type Verdict = true | RegExp;

export interface Feature {
  /** As the protocol has it, with a word on what of it is meant. */
  readonly name: string;
  /** Makes the table; `{t}` stands for its name. */
  readonly make: readonly string[];
  /** Goes on with a table that another program made. */
  readonly change: readonly string[];
  /** Statements that either engine must refuse, with the condition. */
  readonly refused?: Readonly<Record<string, string>>;
  /** What is asked of the table, besides all of its rows. */
  readonly queries?: readonly string[];
  /** What delta-rs makes of the table as it is then; absent where it reads values in a form of its own. */
  readonly deltaRs?: { readonly read: Verdict; readonly append: Verdict };
  /** The row that delta-rs appends, as a query of Spark. */
  readonly row: string;
}

const both = { read: true, append: true } as const;

export const features: readonly Feature[] = [
  {
    name: "appendOnly",
    make: [
      "CREATE TABLE {t} (id BIGINT, v STRING) USING delta TBLPROPERTIES ('delta.appendOnly' = 'true')",
      "INSERT INTO {t} VALUES (1, 'a'), (2, NULL)",
    ],
    change: ["INSERT INTO {t} VALUES (3, 'c')"],
    refused: {
      "DELETE FROM {t} WHERE id = 1": "DELTA_CANNOT_MODIFY_APPEND_ONLY",
      "UPDATE {t} SET v = 'z'": "DELTA_CANNOT_MODIFY_APPEND_ONLY",
    },
    deltaRs: both,
    row: "SELECT 9L AS id, 'rs' AS v",
  },
  {
    name: "invariants",
    make: ["CREATE TABLE {t} (id BIGINT NOT NULL, v STRING) USING delta", "INSERT INTO {t} VALUES (1, 'a')"],
    change: ["INSERT INTO {t} VALUES (2, NULL)", "DELETE FROM {t} WHERE id = 1"],
    refused: { "INSERT INTO {t} VALUES (NULL, 'x')": "DELTA_NOT_NULL_CONSTRAINT_VIOLATED" },
    deltaRs: both,
    row: "SELECT 9L AS id, 'rs' AS v",
  },
  {
    name: "checkConstraints",
    make: [
      "CREATE TABLE {t} (id BIGINT, v STRING) USING delta",
      "INSERT INTO {t} VALUES (1, 'a')",
      "ALTER TABLE {t} ADD CONSTRAINT positive CHECK (id > 0 AND length(v) < 5)",
    ],
    change: [
      "ALTER TABLE {t} ADD CONSTRAINT small CHECK (id < 100)",
      "INSERT INTO {t} VALUES (2, 'b')",
      "UPDATE {t} SET id = 99 WHERE id = 1",
    ],
    refused: {
      "INSERT INTO {t} VALUES (3, NULL)": "DELTA_VIOLATE_CONSTRAINT_WITH_VALUES",
      "INSERT INTO {t} VALUES (0, 'x')": "DELTA_VIOLATE_CONSTRAINT_WITH_VALUES",
      "UPDATE {t} SET id = 100": "DELTA_VIOLATE_CONSTRAINT_WITH_VALUES",
      "ALTER TABLE {t} ADD CONSTRAINT none CHECK (id < 0)": "DELTA_NEW_CHECK_CONSTRAINT_VIOLATION",
    },
    deltaRs: both,
    row: "SELECT 9L AS id, 'rs' AS v",
  },
  {
    name: "generatedColumns",
    make: [
      `CREATE TABLE {t} (id BIGINT, at TIMESTAMP, day DATE GENERATED ALWAYS AS (CAST(at AS DATE)), twice BIGINT GENERATED ALWAYS AS (id * 2))
       USING delta PARTITIONED BY (day)`,
      "INSERT INTO {t} (id, at) VALUES (1, TIMESTAMP '2025-01-31 23:59:59.999999'), (2, NULL)",
    ],
    change: [
      "INSERT INTO {t} (id, at) VALUES (3, TIMESTAMP '2025-02-01 00:00:00')",
      "UPDATE {t} SET id = 7 WHERE id = 1",
    ],
    refused: {
      "INSERT INTO {t} VALUES (1, TIMESTAMP '2025-02-01 00:00:00', DATE '2025-02-01', 3)":
        "DELTA_VIOLATE_CONSTRAINT_WITH_VALUES",
    },
    queries: ["SELECT id FROM {t} WHERE at >= '2025-02-01'"],
    deltaRs: both,
    row: "SELECT 9L AS id, TIMESTAMP '2025-03-01 10:00:00' AS at, DATE '2025-03-01' AS day, 18L AS twice",
  },
  {
    name: "allowColumnDefaults",
    make: [
      `CREATE TABLE {t} (id BIGINT, v STRING DEFAULT 'none', n INT DEFAULT 1 + 1) USING delta
       TBLPROPERTIES ('delta.feature.allowColumnDefaults' = 'supported')`,
      "INSERT INTO {t} (id) VALUES (1)",
    ],
    change: [
      "ALTER TABLE {t} ALTER COLUMN v SET DEFAULT 'other'",
      "INSERT INTO {t} (id, v) VALUES (2, DEFAULT)",
      "INSERT INTO {t} VALUES (3, 'c', NULL)",
    ],
    deltaRs: { read: true, append: /AllowColumnDefaults/ },
    row: "SELECT 9L AS id, 'rs' AS v, 9 AS n",
  },
  {
    name: "identityColumns",
    make: [
      `CREATE TABLE {t} (k BIGINT GENERATED ALWAYS AS IDENTITY (START WITH 5 INCREMENT BY 2), v STRING) USING delta`,
      "INSERT INTO {t} (v) VALUES ('a')",
      "INSERT INTO {t} (v) VALUES ('b')",
    ],
    change: ["INSERT INTO {t} (v) VALUES ('c')", "DELETE FROM {t} WHERE v = 'a'"],
    refused: { "INSERT INTO {t} VALUES (100, 'x')": "DELTA_IDENTITY_COLUMNS_EXPLICIT_INSERT_NOT_SUPPORTED" },
    deltaRs: { read: true, append: /IdentityColumns/ },
    row: "SELECT 99L AS k, 'rs' AS v",
  },
  {
    name: "changeDataFeed",
    make: [
      "CREATE TABLE {t} (id BIGINT, v STRING) USING delta TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')",
      "INSERT INTO {t} VALUES (1, 'a'), (2, 'b'), (3, 'c')",
      "UPDATE {t} SET v = 'B' WHERE id = 2",
    ],
    change: [
      "DELETE FROM {t} WHERE id = 1",
      `MERGE INTO {t} t USING (SELECT 3L AS id, 'C' AS v UNION ALL SELECT 4L, 'd') s ON t.id = s.id
       WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *`,
      "INSERT OVERWRITE {t} VALUES (5, 'e')",
    ],
    queries: ["SELECT id, v, _change_type, _commit_version FROM {changes}"],
    deltaRs: both,
    row: "SELECT 9L AS id, 'rs' AS v",
  },
  {
    name: "columnMapping by name",
    make: [
      "CREATE TABLE {t} (id BIGINT, `a b` STRING, gone INT, s STRUCT<x: INT, y: INT>) USING delta TBLPROPERTIES ('delta.columnMapping.mode' = 'name')",
      "INSERT INTO {t} VALUES (1, 'a', 1, named_struct('x', 1, 'y', 2))",
      "ALTER TABLE {t} RENAME COLUMN `a b` TO v",
    ],
    change: [
      "ALTER TABLE {t} DROP COLUMN gone",
      "ALTER TABLE {t} RENAME COLUMN s.x TO z",
      "ALTER TABLE {t} ADD COLUMN gone STRING",
      "INSERT INTO {t} VALUES (2, 'b', named_struct('z', 3, 'y', 4), 'back')",
      "UPDATE {t} SET v = 'A' WHERE id = 1",
    ],
    deltaRs: both,
    row: "SELECT 9L AS id, 'rs' AS v, named_struct('z', 9, 'y', 9) AS s, 'rs' AS gone",
  },
  {
    name: "columnMapping by id",
    make: [
      "CREATE TABLE {t} (id BIGINT, v STRING, gone INT) USING delta PARTITIONED BY (v) TBLPROPERTIES ('delta.columnMapping.mode' = 'id')",
      "INSERT INTO {t} VALUES (1, 'a', 1)",
      "ALTER TABLE {t} RENAME COLUMN v TO part",
    ],
    change: [
      "ALTER TABLE {t} DROP COLUMN gone",
      "INSERT INTO {t} VALUES (2, 'b')",
      "DELETE FROM {t} WHERE part = 'none'",
    ],
    queries: ["SELECT id FROM {t} WHERE part = 'a'"],
    deltaRs: both,
    row: "SELECT 9L AS id, 'rs' AS part",
  },
  {
    name: "deletionVectors",
    make: [
      "CREATE TABLE {t} (id BIGINT, v STRING) USING delta TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')",
      "INSERT INTO {t} SELECT id, CAST(id AS STRING) FROM range(0, 100, 1, 1)",
      "DELETE FROM {t} WHERE id % 10 = 3",
    ],
    change: [
      "DELETE FROM {t} WHERE id % 10 = 4",
      "UPDATE {t} SET v = 'u' WHERE id = 50",
      "MERGE INTO {t} t USING (SELECT 60L AS id) s ON t.id = s.id WHEN MATCHED THEN DELETE",
    ],
    deltaRs: both,
    row: "SELECT 999L AS id, 'rs' AS v",
  },
  {
    name: "rowTracking",
    make: [
      "CREATE TABLE {t} (id BIGINT, v STRING) USING delta TBLPROPERTIES ('delta.enableRowTracking' = 'true')",
      "INSERT INTO {t} SELECT id, 'a' FROM range(0, 4, 1, 1)",
      "UPDATE {t} SET v = 'b' WHERE id = 2",
    ],
    change: [
      "UPDATE {t} SET v = 'c' WHERE id = 1",
      "INSERT INTO {t} VALUES (9, 'new')",
      "DELETE FROM {t} WHERE id = 0",
    ],
    deltaRs: { read: true, append: /RowTracking/ },
    row: "SELECT 99L AS id, 'rs' AS v",
  },
  {
    name: "domainMetadata",
    make: [
      "CREATE TABLE {t} (id BIGINT) USING delta TBLPROPERTIES ('delta.feature.domainMetadata' = 'supported')",
      "INSERT INTO {t} VALUES (1)",
    ],
    change: ["INSERT INTO {t} VALUES (2)"],
    deltaRs: { read: true, append: /DomainMetadata/ },
    row: "SELECT 9L AS id",
  },
  {
    name: "v2Checkpoint",
    make: [
      "CREATE TABLE {t} (id BIGINT, p STRING) USING delta PARTITIONED BY (p) TBLPROPERTIES ('delta.checkpointPolicy' = 'v2', 'delta.checkpointInterval' = '2')",
      "INSERT INTO {t} VALUES (1, 'a')",
      "INSERT INTO {t} VALUES (2, 'b')",
      "INSERT INTO {t} VALUES (3, NULL)",
    ],
    change: ["DELETE FROM {t} WHERE id = 2", "INSERT INTO {t} VALUES (4, 'd')"],
    deltaRs: both,
    row: "SELECT 9L AS id, 'rs' AS p",
  },
  {
    name: "timestampNtz",
    make: [
      "CREATE TABLE {t} (id BIGINT, at TIMESTAMP_NTZ, p TIMESTAMP_NTZ) USING delta PARTITIONED BY (p)",
      "INSERT INTO {t} VALUES (1, TIMESTAMP_NTZ '2025-01-01 00:00:00.123456', TIMESTAMP_NTZ '2025-01-01 12:00:00')",
    ],
    change: [
      "INSERT INTO {t} VALUES (2, NULL, NULL), (3, TIMESTAMP_NTZ '1999-12-31 23:59:59', TIMESTAMP_NTZ '2025-01-01 12:00:00.5')",
    ],
    queries: [
      "SELECT id FROM {t} WHERE at > TIMESTAMP_NTZ '2025-01-01 00:00:00.123'",
      "SELECT id FROM {t} WHERE p = TIMESTAMP_NTZ '2025-01-01 12:00:00.5'",
    ],
    deltaRs: both,
    row: "SELECT 9L AS id, TIMESTAMP_NTZ '2025-01-01 00:00:00' AS at, TIMESTAMP_NTZ '2025-01-01 00:00:00' AS p",
  },
  {
    name: "typeWidening",
    make: [
      "CREATE TABLE {t} (id INT, b TINYINT, f FLOAT, d DECIMAL(4, 1)) USING delta TBLPROPERTIES ('delta.enableTypeWidening' = 'true')",
      "INSERT INTO {t} VALUES (1, 1, 1.5, 1.5)",
      "ALTER TABLE {t} ALTER COLUMN id TYPE BIGINT",
    ],
    change: [
      "ALTER TABLE {t} ALTER COLUMN b TYPE INT",
      "ALTER TABLE {t} ALTER COLUMN f TYPE DOUBLE",
      "ALTER TABLE {t} ALTER COLUMN d TYPE DECIMAL(10, 2)",
      "INSERT INTO {t} VALUES (10000000000, 100000, 1e300, 12345678.25)",
      "UPDATE {t} SET b = 70000 WHERE id = 1",
    ],
    refused: {
      "ALTER TABLE {t} ALTER COLUMN id TYPE INT": "NOT_SUPPORTED_CHANGE_COLUMN",
      "ALTER TABLE {t} ALTER COLUMN id TYPE STRING": "DELTA_UNSUPPORTED_ALTER_TABLE_CHANGE_COL_OP",
    },
    deltaRs: { read: /TypeWidening/, append: /TypeWidening/ },
    row: "SELECT 9L AS id, 9 AS b, 9D AS f, CAST(9 AS DECIMAL(10, 2)) AS d",
  },
  {
    name: "variantType",
    make: [
      "CREATE TABLE {t} (id BIGINT, v VARIANT, a ARRAY<VARIANT>) USING delta",
      `INSERT INTO {t} VALUES (1, parse_json('{"a": [1, 2.5], "b": "x"}'), array(parse_json('true'), NULL)),
       (2, parse_json('null'), NULL), (3, NULL, NULL)`,
    ],
    change: [
      "INSERT INTO {t} VALUES (4, parse_json('[]'), NULL)",
      `UPDATE {t} SET v = parse_json('"new"') WHERE id = 2`,
      "DELETE FROM {t} WHERE id = 3",
    ],
    queries: [
      "SELECT id, variant_get(v, '$.a[1]', 'double') AS d FROM {t} WHERE variant_get(v, '$.b', 'string') = 'x'",
    ],
    row: "SELECT 9L AS id, parse_json('1') AS v, NULL AS a",
  },
  {
    name: "variantShredding-preview",
    make: [
      `CREATE TABLE {t} (id BIGINT, v VARIANT) USING delta
       TBLPROPERTIES ('delta.feature.variantType-preview' = 'supported', 'delta.enableVariantShredding' = 'true')`,
      `INSERT INTO {t} SELECT id, parse_json('{"a": ' || id || ', "b": "x"}') FROM range(0, 4, 1, 1)`,
    ],
    change: [
      `INSERT INTO {t} VALUES (7, parse_json('{"c": null}'))`,
      `UPDATE {t} SET v = parse_json('{"a": "text"}') WHERE id = 2`,
    ],
    deltaRs: { read: /VariantShredding/, append: /VariantShredding/ },
    row: "SELECT 9L AS id, parse_json('1') AS v",
  },
  {
    name: "clustering",
    make: [
      "CREATE TABLE {t} (id BIGINT, v STRING) USING delta CLUSTER BY (id)",
      "INSERT INTO {t} SELECT id, CAST(id AS STRING) FROM range(0, 20, 1, 1)",
      "INSERT INTO {t} SELECT id, CAST(id AS STRING) FROM range(20, 30, 1, 1)",
    ],
    change: ["OPTIMIZE {t}", "INSERT INTO {t} VALUES (100, 'x')", "ALTER TABLE {t} CLUSTER BY (v)"],
    deltaRs: { read: true, append: /ClusteredTable|Clustering|DomainMetadata/ },
    row: "SELECT 999L AS id, 'rs' AS v",
  },
  {
    name: "clustering by fields of structs",
    make: [
      "CREATE TABLE {t} (id BIGINT, s STRUCT<x: BIGINT, `a.b`: STRING>) USING delta CLUSTER BY (s.x, s.`a.b`) TBLPROPERTIES ('delta.columnMapping.mode' = 'name')",
      "INSERT INTO {t} SELECT id, named_struct('x', id % 5, 'a.b', CAST(id AS STRING)) FROM range(0, 20, 1, 1)",
      "INSERT INTO {t} SELECT id, named_struct('x', id % 5, 'a.b', CAST(id AS STRING)) FROM range(20, 30, 1, 1)",
    ],
    change: [
      "OPTIMIZE {t}",
      "ALTER TABLE {t} RENAME COLUMN s.x TO z",
      "INSERT INTO {t} VALUES (100, named_struct('z', 7, 'a.b', NULL))",
      "ALTER TABLE {t} CLUSTER BY (s.z, id)",
      "OPTIMIZE {t} FULL",
    ],
    refused: {
      "ALTER TABLE {t} DROP COLUMN s.z": "DELTA_UNSUPPORTED_DROP_CLUSTERING_COLUMN",
      "ALTER TABLE {t} CLUSTER BY (s)": "DELTA_CLUSTERING_COLUMNS_DATATYPE_NOT_SUPPORTED",
      "ALTER TABLE {t} CLUSTER BY (s.z, S.z)": "DELTA_DUPLICATE_COLUMNS_FOUND.CLUSTER_BY",
    },
    deltaRs: { read: true, append: /ClusteredTable|Clustering|DomainMetadata/ },
    row: "SELECT 999L AS id, named_struct('z', 1L, 'a.b', 'rs') AS s",
  },
  {
    name: "vacuumProtocolCheck",
    make: [
      "CREATE TABLE {t} (id BIGINT) USING delta TBLPROPERTIES ('delta.feature.vacuumProtocolCheck' = 'supported')",
      "INSERT INTO {t} VALUES (1), (2)",
      "DELETE FROM {t} WHERE id = 1",
    ],
    change: ["VACUUM {t}", "INSERT INTO {t} VALUES (3)"],
    deltaRs: { read: /VacuumProtocolCheck/, append: /VacuumProtocolCheck/ },
    row: "SELECT 9L AS id",
  },
  {
    name: "inCommitTimestamp",
    make: [
      "CREATE TABLE {t} (id BIGINT) USING delta TBLPROPERTIES ('delta.enableInCommitTimestamps' = 'true')",
      "INSERT INTO {t} VALUES (1)",
    ],
    change: ["INSERT INTO {t} VALUES (2)", "DELETE FROM {t} WHERE id = 1"],
    deltaRs: { read: true, append: /InCommitTimestamp/ },
    row: "SELECT 9L AS id",
  },
  {
    name: "checkpointProtection",
    make: [
      "CREATE TABLE {t} (id BIGINT) USING delta TBLPROPERTIES ('delta.feature.checkpointProtection' = 'supported', 'delta.checkpointInterval' = '2')",
      "INSERT INTO {t} VALUES (1)",
      "INSERT INTO {t} VALUES (2)",
    ],
    change: ["INSERT INTO {t} VALUES (3)", "INSERT INTO {t} VALUES (4)"],
    deltaRs: { read: true, append: /checkpointProtection/ },
    row: "SELECT 9L AS id",
  },
  {
    name: "materializePartitionColumns",
    make: [
      "CREATE TABLE {t} (id BIGINT, p STRING) USING delta PARTITIONED BY (p) TBLPROPERTIES ('delta.feature.materializePartitionColumns' = 'supported')",
      "INSERT INTO {t} VALUES (1, 'a'), (2, NULL)",
    ],
    change: ["INSERT INTO {t} VALUES (3, 'b')", "UPDATE {t} SET id = 10 WHERE id = 1", "OPTIMIZE {t}"],
    deltaRs: { read: true, append: /MaterializePartitionColumns/ },
    row: "SELECT 9L AS id, 'rs' AS p",
  },
];
