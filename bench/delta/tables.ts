/** The tables of the Delta benchmarks: how large they are and how they are made, once, into the cache. */
import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { SparkSession } from "lakewright";

/** How large things are at scale 1. */
export const sizes = {
  scannedRows: 20_000_000,
  snapshotFiles: 1_000_000,
  plannedFiles: 100_000,
  mergedRows: 10_000_000,
  changedRows: 100_000,
  /** Versions at which appends are measured: the second one grows and shrinks with the scale. */
  versions: [10, 10_000],
} as const;

export const scaled = (size: number, scale: number): number => Math.max(10, Math.round(size * scale));

/** Milliseconds since 1970: when all files of the made logs were written. */
const written = 1_750_000_000_000;

const rowsPerFile = 1000;

/** Runs SQL on a DuckDB of its own. */
async function duckdb(...statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  for (const statement of statements) await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
}

/** A folder of the cache; made whole or not at all. */
async function cached(cache: string, name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = resolve(cache, name);
  if (existsSync(folder)) return folder;
  process.stderr.write(`Making ${name} …\n`);
  const begun = `${folder}.begun`;
  await rm(begun, { recursive: true, force: true });
  await mkdir(begun, { recursive: true });
  await make(begun);
  await rename(begun, folder);
  return folder;
}

/** The columns of rows by their number `i`: moments ascend, so that a span of them is in few row groups. */
const saleColumns = `i AS id, make_timestamptz(1735689600000000 + i * 1000000) AS moment, 'country ' || (i * 7919 % 40) AS country,
  ((i * 7919 % 100000) / 100)::DECIMAL(10, 2) AS amount, (i % 9)::INTEGER AS quantity, 'sale number ' || i AS note`;

async function convert(folder: string): Promise<void> {
  const spark = SparkSession.create();
  await spark.execute(`CONVERT TO DELTA parquet.\`${folder}\``);
  await spark.stop();
}

/** Rows in files of a million each. */
export const salesTable = (cache: string, rows: number): Promise<string> =>
  cached(cache, `delta-sales-${rows}`, async (folder) => {
    const files = Math.ceil(rows / 1_000_000);
    await duckdb(
      ...Array.from({ length: files }, (_, file) => {
        const [from, to] = [file * 1_000_000, Math.min(rows, (file + 1) * 1_000_000)];
        return `COPY (SELECT ${saleColumns} FROM range(${from}, ${to}) AS r(i)) TO '${folder}/part-${String(file).padStart(5, "0")}.parquet'`;
      }),
    );
    await convert(folder);
  });

const schemaString = JSON.stringify({
  type: "struct",
  fields: [
    ["id", "long"],
    ["moment", "timestamp"],
    ["country", "string"],
    ["amount", "decimal(10,2)"],
    ["quantity", "integer"],
    ["note", "string"],
  ].map(([name, type]) => ({ name, type, nullable: true, metadata: {} })),
});

const metaData = {
  id: "1c1f0a52-6d2e-4e5b-9d0e-0c6a8d7b1f11",
  format: { provider: "parquet", options: {} },
  schemaString,
  partitionColumns: [],
  configuration: {},
  createdTime: written,
};

/** The statistics of file number `i`, which holds as many rows as the others, one after the other. */
const statistics = `'{"numRecords":${rowsPerFile},"minValues":{"id":' || (i * ${rowsPerFile}) || ',"moment":"' || strftime(make_timestamp(1735689600000000 + i * 1000000000), '%Y-%m-%dT%H:%M:%S.000Z')
  || '","country":"country 0","amount":0.00,"quantity":0,"note":"sale number ' || (i * ${rowsPerFile}) || '"},"maxValues":{"id":' || ((i + 1) * ${rowsPerFile} - 1)
  || ',"moment":"' || strftime(make_timestamp(1735689600000000 + (i * ${rowsPerFile} + ${rowsPerFile - 1}) * 1000000), '%Y-%m-%dT%H:%M:%S.000Z')
  || '","country":"country 9","amount":999.99,"quantity":8,"note":"sale number ' || ((i + 1) * ${rowsPerFile} - 1) || '"},"nullCount":{"id":0,"moment":0,"country":0,"amount":0,"quantity":0,"note":0}}'`;

const fileSuffix = "-5d3a1c8e-7c0e-4a53-9f0e-2b6f5a1d9c77-c000.snappy.parquet";

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** The lines of a checkpoint of a number of files: one of the protocol, one of the table, one a file. */
const checkpointQuery = (files: number): string => `
  SELECT
    CASE WHEN i = -2 THEN {'minReaderVersion': 1, 'minWriterVersion': 2} END AS protocol,
    CASE WHEN i = -1 THEN {'id': ${text(metaData.id)}, 'name': NULL::VARCHAR, 'description': NULL::VARCHAR,
      'format': {'provider': 'parquet', 'options': MAP([]::VARCHAR[], []::VARCHAR[])}, 'schemaString': ${text(schemaString)},
      'partitionColumns': []::VARCHAR[], 'configuration': MAP([]::VARCHAR[], []::VARCHAR[]),
      'createdTime': ${written}::BIGINT} END AS "metaData",
    CASE WHEN i >= 0 THEN {'path': 'part-' || lpad(i::VARCHAR, 9, '0') || ${text(fileSuffix)},
      'partitionValues': MAP([]::VARCHAR[], []::VARCHAR[]), 'size': (30000 + i % 1000)::BIGINT,
      'modificationTime': ${written}::BIGINT, 'dataChange': false, 'stats': ${statistics}} END AS "add"
  FROM range(-2, ${files}) AS r(i)`;

const commitFile = (log: string, version: number): string => join(log, `${String(version).padStart(20, "0")}.json`);

const commitLines = (version: number, ...actions: readonly object[]): string =>
  [
    {
      commitInfo: {
        timestamp: written + version,
        operation: "WRITE",
        operationParameters: { mode: "Append", partitionBy: "[]" },
        isBlindAppend: true,
      },
    },
    ...actions,
  ]
    .map((action) => `${JSON.stringify(action)}\n`)
    .join("");

async function writeCheckpoint(log: string, version: number, files: number): Promise<void> {
  const path = commitFile(log, version).replace(/json$/, "checkpoint.parquet");
  await duckdb(`COPY (${checkpointQuery(files)}) TO '${path}'`);
  await writeFile(join(log, "_last_checkpoint"), JSON.stringify({ version, size: files + 2 }));
}

/** A log alone, of a checkpoint at version 10 and the commits around it; there are no data files. */
export const loggedTable = (cache: string, files: number): Promise<string> =>
  cached(cache, `delta-log-${files}`, async (folder) => {
    const log = join(folder, "_delta_log");
    await mkdir(log);
    await writeCheckpoint(log, 10, files);
    for (let version = 10; version <= 12; version++) await writeFile(commitFile(log, version), commitLines(version));
  });

/** A table with as many commits as its version says, each of which added a file, and a checkpoint of the newest. */
export const committedTable = (cache: string, version: number): Promise<string> =>
  cached(cache, `delta-commits-${version}`, async (folder) => {
    const log = join(folder, "_delta_log");
    await mkdir(log);
    const first = [{ protocol: { minReaderVersion: 1, minWriterVersion: 2 } }, { metaData }];
    for (let next = 0; next <= version; next++) {
      const add = {
        path: `part-${String(next).padStart(9, "0")}${fileSuffix}`,
        partitionValues: {},
        size: 30_000,
        modificationTime: written,
        dataChange: true,
        stats: `{"numRecords":${rowsPerFile}}`,
      };
      await writeFile(commitFile(log, next), commitLines(next, ...(next === 0 ? first : []), { add }));
    }
    await writeCheckpoint(log, version, version + 1);
  });

/** Rows to be merged into, in files of a million, and a Parquet file of changes: half of known rows, half of new ones. */
export async function mergedTable(
  cache: string,
  rows: number,
  changed: number,
): Promise<{ readonly table: string; readonly changes: string }> {
  const table = await salesTable(cache, rows);
  const folder = await cached(cache, `delta-changes-${rows}-${changed}`, (made) => {
    const known = changed / 2;
    const step = Math.floor(rows / known);
    return duckdb(
      `COPY (SELECT * REPLACE (amount + 1000 AS amount) FROM (SELECT ${saleColumns} FROM
        (SELECT CASE WHEN n < ${known} THEN n * ${step} ELSE ${rows} + n - ${known} END AS i FROM range(${changed}) AS r(n))))
       TO '${made}/changes.parquet'`,
    );
  });
  return { table, changes: join(folder, "changes.parquet") };
}
