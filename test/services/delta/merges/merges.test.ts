/** Generated merges into equal tables, by Spark with Delta Lake and by us: what becomes of them is equal. */
import { cpSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DataFrame, isLakewrightError, SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectSpark, hasDelta } from "../../../../services/client.ts";
import { frameOutcome } from "../../outcome.ts";
import { interpreted } from "../peers.ts";
import { actionsOf } from "../table-log.ts";
import { generatedMerge } from "./generated-merge.ts";

/** How many merges are compared, and from which seed on; a long run asks for more. */
const count = Number(process.env.MERGE_CASES ?? 60);
const first = Number(process.env.MERGE_SEED ?? 0);

const merges = Array.from({ length: count }, (_, index) => ({ seed: first + index, ...generatedMerge(first + index) }));

// Spark plans a merge for longer than it runs it, in one thread each.
const RUN = `
import re
from multiprocessing.pool import ThreadPool
from spark_answer import encode_error
for key, value in settings.items():
    spark.conf.set(key, value)
def outcome(statement):
    try:
        spark.sql(statement).collect()
        return None
    except Exception as error:
        failure = encode_error(error)
        # Spark looks for conditions of Delta Lake among its own, and says which it has not found.
        unfound = re.findall("Cannot find main error class '(\\w+)'", failure["message"])
        return " ".join([failure["condition"] or failure["message"], *failure["causes"], *unfound])
with ThreadPool(4) as pool:
    outcomes = pool.map(outcome, statements, 1)
result = spark.createDataFrame(list(enumerate(outcomes)), "place INT, conditions STRING")
`;

const settings = { ...interpreted, "spark.sql.shuffle.partitions": "1" };

/**
 * How many rows became something else, or came; files that Spark writes anew as they were, we leave. How many files of
 * changes there are depends on how many tasks write them. A source that no row can match is sometimes not read by Spark.
 */
const isCompared = (metric: string, merge: string): boolean =>
  (metric === "numSourceRows" && !merge.includes("ON CAST(NULL")) ||
  /Rows(Matched|NotMatched|Inserted|Updated|Deleted)|DeletionVectors/.test(metric);

/**
 * The changes of a table, without rows that went and came as they were: Spark's feed has such where it wrote files anew and
 * no row of them has changed.
 */
const changesOf = (path: string): string => `
  WITH changes AS (SELECT * EXCEPT (_commit_timestamp) FROM table_changes_by_path('${path}', 0)),
    gone AS (SELECT * EXCEPT (_change_type) FROM changes WHERE _change_type = 'delete'),
    come AS (SELECT * EXCEPT (_change_type) FROM changes WHERE _change_type = 'insert')
  SELECT *, 'delete' AS type FROM (SELECT * FROM gone EXCEPT ALL SELECT * FROM come)
  UNION ALL SELECT *, 'insert' FROM (SELECT * FROM come EXCEPT ALL SELECT * FROM gone)
  UNION ALL SELECT * EXCEPT (_change_type), _change_type FROM changes WHERE _change_type LIKE 'update%'`;

/** What a commit says of itself. */
interface Info {
  readonly operation: string;
  readonly operationMetrics?: Readonly<Record<string, string>>;
}

const hasChanged = (metrics: Readonly<Record<string, string>>): boolean =>
  ["Inserted", "Updated", "Deleted"].some((what) => Number(metrics[`numTargetRows${what}`] ?? 0) > 0);

/** Conditions that Delta Lake has for itself, by those that we have for tables of every kind. */
const named: Readonly<Record<string, string>> = { DELTA_CAST_OVERFLOW_IN_TABLE_WRITE: "CAST_OVERFLOW_IN_TABLE_INSERT" };

/** What Spark says around the condition that tells the cause: that a task has failed, or that a rule has. */
const around: ReadonlySet<string> = new Set(["TASK_WRITE_FAILED", "INTERNAL_ERROR"]);

function ownCondition(conditions: string | undefined): string | undefined {
  const all = conditions?.split(" ");
  const own = all?.find((condition) => !around.has(condition)) ?? all?.[0];
  return own === undefined ? undefined : (named[own] ?? own);
}

describe.skipIf(!hasDelta())("generated merges", () => {
  let folder: string;
  const session = SparkSession.create();
  /** The conditions of Spark's error and of its causes, by seed. */
  const theirs = new Map<number, string | undefined>();

  const pathOf = (who: string, seed: number): string => join(folder, `${who}-${seed}`);
  const naming = (path: string, text: string): string => text.replaceAll("{t}", `delta.\`${path}\``);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "lakewright-merges-"));
    for (const { seed, make } of merges) {
      for (const statement of make) await session.execute(naming(pathOf("ours", seed), statement));
      cpSync(pathOf("ours", seed), pathOf("spark", seed), { recursive: true, preserveTimestamps: true });
    }
    await using peer = await connectSpark();
    const statements = merges.map(({ seed, merge }) => naming(pathOf("spark", seed), merge));
    const { rows } = await peer.python(RUN, { settings, statements });
    for (const [place, conditions] of rows as readonly [number, string | null][])
      theirs.set(merges[place]!.seed, conditions ?? undefined);
  }, 3_600_000);
  afterAll(async () => {
    await Promise.all([session.stop(), rm(folder, { recursive: true, force: true })]);
  });

  const refusal = (statement: string): Promise<string | undefined> =>
    session.execute(statement).then(
      () => undefined,
      (error: unknown) => (isLakewrightError(error) ? error.condition : String(error)),
    );

  const asked = async (query: string) => frameOutcome((await session.execute(query)) as DataFrame);

  /** Rows, schema, changes of a table, and what the history says where rows were changed. */
  async function became(path: string, merge: string, feeds: boolean): Promise<unknown> {
    const infos = actionsOf(path).flatMap(({ commitInfo }) => (commitInfo === undefined ? [] : [commitInfo]));
    const { operation, operationMetrics } = infos.at(-1) as Info;
    const metrics = Object.entries(operationMetrics ?? {}).filter(([name]) => isCompared(name, merge));
    const tells = operation === "MERGE" && hasChanged(operationMetrics ?? {});
    return {
      table: await asked(naming(path, "SELECT * FROM {t}")),
      changes: feeds ? await asked(changesOf(path)) : undefined,
      history: tells ? { versions: infos.length, metrics: Object.fromEntries(metrics) } : undefined,
    };
  }

  it.each(merges)("case $seed", async ({ seed, merge, feeds }) => {
    const ours = await refusal(naming(pathOf("ours", seed), merge));
    expect(ours, merge).toBe(ownCondition(theirs.get(seed)));
    const [mine, sparks] = ["ours", "spark"].map((who) => became(pathOf(who, seed), merge, feeds));
    expect(await mine, merge).toEqual(await sparks);
  });
});
