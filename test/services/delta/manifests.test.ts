/** Manifests that Spark and we write for the same table, and after the same changes. */
import { globSync, readFileSync, rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isLakewrightError, SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasDelta, type SparkPeer } from "../../../services/client.ts";
import { connectDelta } from "./peers.ts";

/** What each manifest below a table's folder says, in no order. */
function manifestsOf(table: string): Readonly<Record<string, readonly string[]>> {
  const root = join(table, "_symlink_format_manifest");
  const names = globSync("**/manifest", { cwd: root }).sort();
  const lines = (name: string) => readFileSync(join(root, name), "utf8").split("\n").sort();
  return Object.fromEntries(names.map((name) => [name, lines(name)]));
}

/** How tables are made, and changed afterwards. */
const tables: Readonly<Record<string, { readonly make: readonly string[]; readonly change: readonly string[] }>> = {
  "without partitions": {
    make: ["CREATE TABLE {t} (id BIGINT, v STRING) USING delta {p}", "INSERT INTO {t} VALUES (1, 'a')"],
    change: ["INSERT INTO {t} VALUES (2, 'b')", "UPDATE {t} SET v = 'c' WHERE id = 1"],
  },
  "parted by odd texts, moments and numbers": {
    make: [
      "CREATE TABLE {t} (id BIGINT, s STRING, at TIMESTAMP, n DECIMAL(9, 2), f DOUBLE) USING delta PARTITIONED BY (s, at, n, f) {p}",
      `INSERT INTO {t} VALUES (1, 'x y%/=ü"#', TIMESTAMP '2025-01-01 10:30:00.5', 1.50, 1e300), (2, '', NULL, NULL, NULL),
       (3, 'a:b', TIMESTAMP '1969-12-31 23:59:59', -3, CAST('NaN' AS DOUBLE))`,
    ],
    change: ["UPDATE {t} SET s = 'new' WHERE id = 2", "DELETE FROM {t} WHERE s = 'a:b'"],
  },
};

const keeping = "TBLPROPERTIES ('delta.compatibility.symlinkFormatManifest.enabled' = 'true')";

describe.skipIf(!hasDelta())("manifests of a table", () => {
  let folder: string;
  let peer: SparkPeer;
  const session = SparkSession.create();
  const engines = {
    spark: async (text: string) => void (await peer.sql(text)),
    ours: async (text: string) => void (await session.execute(text)),
  } as const;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "lakewright-manifests-"));
    peer = await connectDelta();
  });
  afterAll(async () => {
    await Promise.all([session.stop(), peer.close(), rm(folder, { recursive: true, force: true })]);
  });

  const run = async (engine: keyof typeof engines, path: string, properties: string, texts: readonly string[]) => {
    for (const text of texts)
      await engines[engine](text.replaceAll("{t}", `delta.\`${path}\``).replaceAll("{p}", properties));
  };

  const generated = async (engine: keyof typeof engines, path: string) => {
    rmSync(join(path, "_symlink_format_manifest"), { recursive: true, force: true });
    await run(engine, path, "", ["GENERATE symlink_format_manifest FOR TABLE {t}"]);
    return manifestsOf(path);
  };

  describe.each(Object.entries(tables))("%s", (name, { make, change }) => {
    it.each(["spark", "ours"] as const)("that %s made are those that Spark generates", async (maker) => {
      const path = join(folder, `${name} ${maker}`.replaceAll(" ", "-"));
      await run(maker, path, "", make);
      const expected = await generated("spark", path);
      expect(Object.keys(expected)).not.toEqual([]);
      expect(await generated("ours", path)).toEqual(expected);
    });

    it.each(["spark", "ours"] as const)("are kept when %s changes it", async (changer) => {
      const path = join(folder, `${name} kept by ${changer}`.replaceAll(" ", "-"));
      await run(changer === "ours" ? "spark" : "ours", path, keeping, make);
      await run(changer, path, "", change);
      const kept = manifestsOf(path);
      expect(await generated("spark", path)).toEqual(kept);
    });
  });

  it("are refused with the conditions of Spark", async () => {
    const path = join(folder, "refused");
    const conditionOf = (error: unknown): unknown =>
      isLakewrightError(error) ? error.condition : (error as { condition: unknown }).condition;
    const statements = [
      "GENERATE symlink_format_manifest FOR TABLE {t}",
      "GENERATE lists FOR TABLE {t}",
      "ALTER TABLE {t} SET TBLPROPERTIES ('delta.compatibility.symlinkFormatManifest.enabled' = 'true')",
      `ALTER TABLE {t} SET TBLPROPERTIES ('delta.enableDeletionVectors' = 'false', 'delta.compatibility.symlinkFormatManifest.enabled' = 'true')`,
    ];
    await run("spark", path, "", [
      "CREATE TABLE {t} (id BIGINT) USING delta TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')",
      "INSERT INTO {t} SELECT id FROM range(0, 10, 1, 1)",
      "DELETE FROM {t} WHERE id = 3",
    ]);
    for (const statement of statements) {
      const [theirs, ours] = await Promise.all(
        (["spark", "ours"] as const).map((engine) => run(engine, path, "", [statement]).catch(conditionOf)),
      );
      expect(ours).toBe(theirs);
      expect(ours).toMatch(/^DELTA_/);
    }
  });
});
