/** Statements that are ended at any moment, and the tables that they work on. */
import { readdirSync, utimesSync } from "node:fs";
import { join } from "node:path";

export interface CrashCase {
  /** Make the table; `{t}` stands for its name. */
  readonly make: readonly string[];
  /** What is ended in the middle. */
  readonly statement: string;
  /** Whether it changes rows. */
  readonly changes: boolean;
  /** Whether the table's files look as if they were made days ago. */
  readonly aged?: boolean;
}

const rows = "SELECT id, CAST(id % 3 AS INT) AS p FROM range(6)";
const create = (properties: string): string => `CREATE TABLE {t} USING delta TBLPROPERTIES (${properties}) AS ${rows}`;
const insert = "INSERT INTO {t} VALUES (100, 0)";

export const crashCases: Readonly<Record<string, CrashCase>> = {
  "a commit": { make: [create("'a' = 'b'")], statement: insert, changes: true },
  "a commit that makes the table": { make: [], statement: create("'a' = 'b'"), changes: true },
  "a commit with change files": {
    make: [create("'delta.enableChangeDataFeed' = 'true'")],
    statement: "UPDATE {t} SET p = 9 WHERE id = 4",
    changes: true,
  },
  "a commit with deletion vectors": {
    make: [create("'delta.enableDeletionVectors' = 'true'")],
    statement: "DELETE FROM {t} WHERE id = 4",
    changes: true,
  },
  "a classic checkpoint": {
    make: [create("'delta.checkpointInterval' = '2'"), insert],
    statement: insert,
    changes: true,
  },
  "a checkpoint with a sidecar": {
    make: [create("'delta.checkpointInterval' = '2', 'delta.checkpointPolicy' = 'v2'"), insert],
    statement: insert,
    changes: true,
  },
  "the clean-up of a log": {
    make: [
      create("'delta.checkpointInterval' = '2', 'delta.logRetentionDuration' = 'interval 1 days'"),
      ...[insert, insert, insert],
    ],
    statement: insert,
    changes: true,
    aged: true,
  },
  "an optimization": { make: [create("'a' = 'b'"), insert, insert], statement: "OPTIMIZE {t}", changes: false },
  "an ordering": { make: [create("'a' = 'b'"), insert], statement: "OPTIMIZE {t} ZORDER BY (p)", changes: false },
  "a clean-up of files": {
    make: [create("'a' = 'b'"), insert, "DELETE FROM {t} WHERE id < 3", "OPTIMIZE {t}"],
    statement: "VACUUM {t} RETAIN 0 HOURS",
    changes: false,
  },
};

const daysAgo = 3;

/** Makes every file of a table look as if it were made days ago. */
export function age(table: string): void {
  const then = new Date(Date.now() - daysAgo * 86_400_000);
  for (const entry of readdirSync(table, { recursive: true })) utimesSync(join(table, String(entry)), then, then);
}
