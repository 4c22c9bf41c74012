/** What is measured of Delta tables: on which data, by whom, and what has to come out. */
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { amounts, hundredth, mergedSums, spanOf, spanOfTime, wholeTable } from "./queries.ts";
import { committedTable, loggedTable, mergedTable, salesTable, scaled, sizes } from "./tables.ts";

export type ContestantId = "lakewright" | "lakewright-parquet" | "duckdb" | "delta-rs" | "spark";

/** One task on one table. */
export interface Task {
  readonly title: string;
  /** The one that others are compared with. */
  readonly yardstick: ContestantId;
  /** Who takes part, each with its arguments; a copy of the table stands for it where there is one. */
  readonly arguments: (table: string) => Partial<Readonly<Record<ContestantId, readonly string[]>>>;
  readonly table: string;
  /** Whether the table is changed, so that each run has a copy. */
  readonly changes?: boolean;
  /** By figure; what is not here is not checked. */
  readonly answers: Readonly<Record<string, string>>;
}

export const deltaCases = ["scan", "snapshot", "commit", "merge", "plan"] as const;

export type DeltaCase = (typeof deltaCases)[number];

const scanTimes = "5";
const planTimes = "10";
const commitTimes = "40";

/** The tasks of a case; makes the tables that are not there yet. */
export const tasksOf = {
  async scan(cache, scale) {
    const rows = scaled(sizes.scannedRows, scale);
    const table = await salesTable(cache, rows);
    const ours = ["scan", table, `${rows}`, scanTimes];
    const python = ["scan", table, wholeTable("t"), spanOfTime("t", rows), scanTimes];
    const [from, to] = spanOf(rows);
    return [
      {
        title: `Scan of ${rows.toLocaleString("en")} rows`,
        yardstick: "duckdb",
        table,
        arguments: () => ({
          lakewright: ours,
          "lakewright-parquet": ["scan-parquet", ...ours.slice(1)],
          duckdb: ours,
          "delta-rs": python,
          spark: python,
        }),
        answers: { "a span of time": `${to - from} ${amounts(from, to)} ${to - 1}` },
      },
    ];
  },

  async snapshot(cache, scale) {
    const files = scaled(sizes.snapshotFiles, scale);
    const table = await loggedTable(cache, files);
    const all = ["snapshot", table];
    return [
      {
        title: `Snapshot of a log of ${files.toLocaleString("en")} files, from its checkpoint`,
        yardstick: "delta-rs",
        table,
        arguments: () => ({ lakewright: all, "delta-rs": all, spark: all }),
        answers: { snapshot: String(files) },
      },
    ];
  },

  async commit(cache, scale) {
    const [few, many] = sizes.versions;
    const tasks: Task[] = [];
    for (const version of [few, scaled(many, scale)]) {
      const table = await committedTable(cache, version);
      tasks.push({
        title: `Append of 1,000 rows at version ${version.toLocaleString("en")}`,
        yardstick: "delta-rs",
        table,
        changes: true,
        arguments: (copy) => {
          const all = ["commit", copy, commitTimes];
          return { lakewright: all, duckdb: all, "delta-rs": all };
        },
        answers: { append: commitTimes },
      });
    }
    return tasks;
  },

  async merge(cache, scale) {
    const [rows, changed] = [scaled(sizes.mergedRows, scale), scaled(sizes.changedRows, scale)];
    const { table, changes } = await mergedTable(cache, rows, changed);
    const known = Math.floor(changed / 2);
    return [
      {
        title: `Merge of ${changed.toLocaleString("en")} rows into ${rows.toLocaleString("en")}`,
        yardstick: "delta-rs",
        table,
        changes: true,
        arguments: (copy) => {
          const python = ["merge", copy, changes, mergedSums("t")];
          return { lakewright: ["merge", copy, changes], "delta-rs": python, spark: python };
        },
        answers: { merge: `${rows + changed - known} ${amounts(0, rows + changed - known, changed * 1000)}` },
      },
    ];
  },

  async plan(cache, scale) {
    const files = scaled(sizes.plannedFiles, scale);
    const table = await loggedTable(cache, files);
    const { condition, files: kept } = hundredth(files);
    // The first query of a program loads what it needs; that is not what is measured.
    const small = await loggedTable(cache, 1000);
    const [ours, python] = [`${files}`, condition].map((asked) => ["plan", table, asked, small, planTimes]);
    return [
      {
        title: `Plan of a query that reads ${kept.toLocaleString("en")} of ${files.toLocaleString("en")} files`,
        yardstick: "delta-rs",
        table,
        arguments: () => ({ lakewright: ours!, "delta-rs": python!, spark: python! }),
        answers: { "the first plan": String(kept), "a later plan": String(kept) },
      },
    ];
  },
} satisfies Readonly<Record<DeltaCase, (cache: string, scale: number) => Promise<readonly Task[]>>>;

/** Does something with the table of a task, or with a copy where it is changed. */
export async function withTable<Result>(task: Task, work: (table: string) => Promise<Result>): Promise<Result> {
  if (task.changes !== true) return work(task.table);
  const folder = await mkdtemp(join(tmpdir(), "lakewright-bench-"));
  try {
    const table = join(folder, "table");
    await cp(task.table, table, { recursive: true });
    return await work(table);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
