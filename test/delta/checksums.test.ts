/** Checksums of versions: written as Delta Lake writes them, compared with the log, and mended. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { DataFrame } from "lakewright";
import { afterAll, describe, expect, test, vi } from "vitest";
import { checksumFaults } from "../../src/delta/checksum/checksum-faults.ts";
import { tableState } from "../../src/delta/checksum/table-state.ts";
import type { VersionChecksum } from "../../src/delta/checksum/version-checksum.ts";
import type { DeltaHandlers } from "../../src/delta/handlers.ts";
import { readActions } from "../../src/delta/log/read-file.ts";
import { commitName, versionDigits } from "../../src/delta/log-names.ts";
import { readSnapshot, type Snapshot } from "../../src/delta/snapshot.ts";
import { writeChecksum } from "../../src/delta/write/checksum.ts";
import { localStorage } from "../../src/storage/local-storage.ts";
import { warehouse } from "./warehouse.ts";

const root = mkdtempSync(join(tmpdir(), "lakewright-checksums-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const checksumFile = (table: string, version: number): string =>
  join(table, "_delta_log", `${versionDigits(version)}.crc`);

const checksumOf = (table: string, version: number): VersionChecksum =>
  JSON.parse(readFileSync(checksumFile(table, version), "utf8")) as VersionChecksum;

const sorted = <Item>(items: readonly Item[] | undefined, key: (item: Item) => string): readonly Item[] | undefined =>
  items?.toSorted((left, right) => (key(left) < key(right) ? -1 : 1));

/** Lists have the order of hash tables where Spark writes them. */
const ordered = (checksum: VersionChecksum): VersionChecksum => ({
  ...checksum,
  allFiles: sorted(checksum.allFiles, ({ path }) => path),
  domainMetadata: sorted(checksum.domainMetadata, ({ domain }) => domain),
  setTransactions: sorted(checksum.setTransactions, ({ appId }) => appId),
});

describe.each([
  ["checksums", 15],
  ["checksums-of-domains", 8],
])("the log that Spark wrote of %s", (name, versions) => {
  const spark = fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
  const table = join(root, name);
  const parquet = { read: refused, schema: refused, write: refused };
  const handlers: DeltaHandlers = { storage: localStorage, parquet };
  cpSync(spark, table, { recursive: true, filter: (path) => !path.endsWith(".crc") });

  test("gives the same checksums", async () => {
    let before: Snapshot | undefined;
    for (let version = 0; version < versions; version++) {
      const committed = await readSnapshot(table, handlers, { version, known: before });
      const actions = await readActions(localStorage, join(table, "_delta_log", commitName(version)));
      const sources = { storage: localStorage, before, committed: async () => committed };
      await writeChecksum(table, { version, actions }, sources);
      const expected = checksumOf(spark, version);
      expect(ordered(checksumOf(table, version)), String(version)).toEqual(ordered(expected));
      expect(checksumFaults(expected, await tableState(committed, expected.fileSizeHistogram))).toEqual([]);
      before = committed;
    }
  });

  test("gives checksums where the one before it is gone, and the version before it is not known", async () => {
    const [version, other] = [versions - 3, join(root, `${name}-alone`)];
    cpSync(spark, other, { recursive: true, filter: (path) => !path.endsWith(".crc") });
    const committed = await readSnapshot(other, handlers, { version });
    const actions = await readActions(localStorage, join(other, "_delta_log", commitName(version)));
    const sources = { storage: localStorage, before: undefined, committed: async () => committed };
    await writeChecksum(other, { version, actions }, sources);
    expect(checksumFaults(checksumOf(spark, version), checksumOf(other, version))).toEqual([]);
    expect(checksumOf(other, version).txnId).toBe(checksumOf(spark, version).txnId);
  });
});

describe("a checksum that differs from the log", () => {
  const { folder, spark, run, rows } = warehouse();
  const damage = (table: string, version: number, change: Partial<VersionChecksum>): void => {
    const checksum = checksumOf(join(folder, table), version);
    writeFileSync(checksumFile(join(folder, table), version), JSON.stringify({ ...checksum, ...change }));
  };
  const fsck = async (statement: string): Promise<unknown> =>
    ((await spark.execute(statement)) as DataFrame<{ problem: string }>).collect();

  test("is told and mended by FSCK", async () => {
    await run("CREATE TABLE wrong USING delta AS SELECT id FROM range(3)");
    const right = checksumOf(join(folder, "wrong"), 0);
    const protocol = { minReaderVersion: 1, minWriterVersion: 7, writerFeatures: ["appendOnly"] };
    damage("wrong", 0, { numFiles: 3, protocol });
    const path = { dataFilePath: null, checksumPath: `file:${checksumFile(join(folder, "wrong"), 0)}` };
    const faults = [
      { ...path, problem: "Protocol differs" },
      { ...path, problem: "Number of files - Expected: 3 Computed: 1" },
    ];
    expect(await fsck("FSCK REPAIR TABLE wrong DRY RUN")).toEqual(faults);
    expect(checksumOf(join(folder, "wrong"), 0).numFiles).toBe(3);
    expect(await fsck("FSCK REPAIR TABLE wrong")).toEqual(faults);
    expect(await fsck("FSCK REPAIR TABLE wrong")).toEqual([]);
    expect(checksumOf(join(folder, "wrong"), 0)).toEqual(right);
  });

  test("does not count for readers, and its counts do not go on into those of later versions", async () => {
    await run("CREATE TABLE passed USING delta AS SELECT id FROM range(3)");
    damage("passed", 0, { numFiles: 7, allFiles: [] });
    expect(await rows("SELECT count(*) FROM passed")).toEqual([[3]]);
    await run("INSERT INTO passed VALUES (3)");
    expect(checksumOf(join(folder, "passed"), 1)).toMatchObject({ numFiles: 2, allFiles: [{}, {}] });
  });

  test("keeps checkpoints from being written", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    await run("CREATE TABLE kept (id BIGINT) USING delta TBLPROPERTIES ('delta.checkpointInterval' = '2')");
    await run("INSERT INTO kept VALUES (1)");
    damage("kept", 1, { domainMetadata: [{ domain: "d", configuration: "", removed: false }] });
    await run("INSERT INTO kept VALUES (2)");
    await vi.waitFor(() => expect(warn).toHaveBeenCalledOnce(), { timeout: 30_000 });
    expect(warn.mock.calls[0]![0]).toMatch(
      /^lakewright: no checkpoint was written\. .* at version 2: Domains differs/s,
    );
    expect(readdirSync(join(folder, "kept", "_delta_log")).filter((name) => name.includes("checkpoint"))).toEqual([]);
    await run("FSCK REPAIR TABLE kept", "INSERT INTO kept VALUES (3)", "INSERT INTO kept VALUES (4)");
    const written = (): readonly string[] => readdirSync(join(folder, "kept", "_delta_log"));
    await vi.waitFor(() => expect(written()).toContain(`${versionDigits(4)}.checkpoint.parquet`), { timeout: 30_000 });
    warn.mockRestore();
  });
});

function refused(): never {
  throw new Error("The log has no Parquet");
}
