import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ListedFiles } from "../../../../plan/listed-files.ts";
import { bigintType, structField, structType } from "../../../../types/data-type.ts";
import { Database } from "../../database.ts";
import { listedScan } from "./listed-scan.ts";

const folder = mkdtempSync(join(tmpdir(), "lakewright-listed-"));
let database: Database;

beforeAll(async () => {
  database = await Database.open({ threads: 1 });
});

afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

async function scanOf(rows: number): Promise<string> {
  const path = join(folder, `${rows}.parquet`);
  await database.run(`COPY (SELECT i * 7919 % 1000003 AS id FROM range(${rows}) AS r(i)) TO '${path}'`);
  const listed: ListedFiles = {
    groups: [
      {
        files: [{ path, size: statSync(path).size, modifiedAt: 0, values: [] }],
        columns: new Map([["id", { from: "file", path: ["id"], type: bigintType }]]),
      },
    ],
  };
  const schema = structType([structField("id", bigintType)]);
  const { sql } = await listedScan(listed, {
    schema,
    database,
    bounds: [],
    temporaryTable: () => "none",
    signal: undefined,
    onEnd: () => {},
  });
  return sql;
}

test("a join keeps the rows of the smaller files in memory, and goes through the larger", async () => {
  const [large, small] = [await scanOf(300_000), await scanOf(3000)];
  const typeOfJoin = async (left: string, right: string): Promise<string | undefined> => {
    const [plan] = await database.rows(`EXPLAIN SELECT * FROM ${left} AS l LEFT JOIN ${right} AS r ON l.c0 = r.c0`);
    return /Join Type: (\w+)/.exec(String(Object.values(plan!)[1]))?.[1];
  };
  expect(await typeOfJoin(large, small)).toBe("LEFT");
  // The sides change places: what is kept are the rows of the right-hand one.
  expect(await typeOfJoin(small, large)).toBe("RIGHT");
});
