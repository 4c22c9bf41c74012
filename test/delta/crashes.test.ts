/** Statements that end, or run out of space, at any call of the file system: tables stay whole. */
import { cpSync, existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { type DataFrame, isLakewrightError, SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { discard, scratchFolder, watchedFiles } from "../storage/crashing-files.ts";
import { startChild } from "../storage/processes.ts";
import { age, crashCases } from "./crash-cases.ts";
import type { StatementArgument } from "./statement-child.ts";
import { sessionOn } from "./watched-session.ts";

const script = join(import.meta.dirname, "statement-child.ts");
const root = scratchFolder();
const settings = { "spark.databricks.delta.retentionDurationCheck.enabled": "false" };

/** What happens at a call; whoever sets it counts. */
let atCall: (call: string, path: string) => void = () => {};
/** The session whose statements end. */
const ending = sessionOn(
  watchedFiles((call, path) => atCall(call, path)),
  settings,
);
/** The session that finds what they left. */
const later = SparkSession.create(settings);

afterAll(async () => {
  await Promise.all([ending.stop(), later.stop()]);
  discard(root);
});

const nameOf = (path: string): string => `delta.\`${path}\``;

async function run(spark: SparkSession, statement: string, path: string): Promise<void> {
  await spark.execute(statement.replaceAll("{t}", nameOf(path)));
}

const noTable: ReadonlySet<string> = new Set(["PATH_NOT_FOUND", "DELTA_TABLE_NOT_FOUND"]);

/** The rows of a table as a text; nothing where there is no table. */
async function rowsOf(path: string): Promise<string> {
  if (!existsSync(join(path, "_delta_log"))) return "no table";
  try {
    const rows = await ((await later.execute(`SELECT * FROM ${nameOf(path)} ORDER BY id, p`)) as DataFrame).collect({
      rows: "array",
    });
    return JSON.stringify(rows);
  } catch (error) {
    if (isLakewrightError(error) && noTable.has(error.condition ?? "")) return "no table";
    throw error;
  }
}

describe.each(Object.entries(crashCases))("%s", { timeout: 240_000 }, (name, crash) => {
  const folder = join(root, name.replaceAll(" ", "-"));
  const template = join(folder, "template");
  let before: string;
  let after: string;
  let copies = 0;

  /** A table as it is before the statement. */
  function fresh(): string {
    const path = join(folder, `t${++copies}`);
    if (existsSync(template)) cpSync(template, path, { recursive: true, preserveTimestamps: true });
    return path;
  }

  beforeAll(async () => {
    for (const statement of crash.make) await run(later, statement, template);
    if (crash.aged === true) age(template);
    before = await rowsOf(template);
    const whole = fresh();
    await run(later, crash.statement, whole);
    after = await rowsOf(whole);
    expect(after === before).toBe(!crash.changes);
  });

  /** Runs the statement; says whether it was acknowledged. */
  async function outcome(path: string): Promise<unknown> {
    try {
      return await run(ending, crash.statement, path);
    } catch (error) {
      return error;
    } finally {
      atCall = () => {};
    }
  }

  /** The table can be written to and read, whatever was left. */
  async function goesOn(path: string): Promise<void> {
    await run(
      later,
      crash.make[0] === undefined ? crash.statement.replace("TABLE", "OR REPLACE TABLE") : insertion,
      path,
    );
    expect(await rowsOf(path)).toContain(crash.make[0] === undefined ? "[5,2]" : "[200,1]");
  }

  test("ended at any call leaves the table as it was, or as it is afterwards", async () => {
    const found: boolean[] = [];
    const seen = new Set<string>();
    for (let last = 1, isEnded = true; isEnded; last++) {
      const path = fresh();
      let calls = 0;
      atCall = (call, at) => {
        if (++calls >= last) throw new Error(`ended at call ${last}: ${call} ${at}`);
      };
      await outcome(path);
      isEnded = calls >= last;
      const rows = await rowsOf(path);
      expect([before, after], `ended at call ${last}`).toContain(rows);
      found.push(rows === after);
      const left = leftOver(path);
      // What goes on from the same files goes on alike.
      if (!seen.has(left)) await goesOn(path);
      seen.add(left);
      discard(path);
    }
    if (!crash.changes) return;
    expect(found, "as it was until the commit, then as it is afterwards").toEqual(found.toSorted());
    expect(new Set(found)).toEqual(new Set([false, true]));
  });

  test("ended by kill -9 where files appear or go leaves one of these too", async () => {
    for (const killAt of await stepsOf(fresh())) {
      const path = fresh();
      const argument: StatementArgument = { statement: crash.statement.replace("{t}", nameOf(path)), settings, killAt };
      const { lines, signal } = await startChild("run", argument, "same", script).ended();
      expect(signal).toBe("SIGKILL");
      expect([[], ["done"]]).toContainEqual(lines);
      // Other processes may take fewer calls: what was acknowledged before the kill has to be there.
      expect(lines.length === 0 ? [before, after] : [after], `killed at call ${killAt}`).toContain(await rowsOf(path));
      await goesOn(path);
      discard(path);
    }
  });

  /** Some of the calls that others can see, by their numbers: the first, the last and one between. */
  async function stepsOf(path: string): Promise<readonly number[]> {
    const seen: number[] = [];
    let calls = 0;
    atCall = (call) => {
      calls += 1;
      if (visible.has(call)) seen.push(calls);
    };
    await outcome(path);
    const places = [0, 1 / 2, 1].map((share) => seen[Math.round(share * (seen.length - 1))]!);
    return [...new Set(places)];
  }

  test("that runs out of space says so, or was done", async () => {
    for (let last = 1, isFull = true; isFull; last++) {
      const path = fresh();
      let writes = 0;
      atCall = (call, at) => {
        if (!takesSpace.has(call) || ++writes < last) return;
        throw Object.assign(new Error(`ENOSPC: ${call} ${at}`), { code: "ENOSPC", path: at });
      };
      const error = await outcome(path);
      isFull = writes >= last;
      if (error !== undefined) expect(error).toMatchObject({ condition: "TASK_WRITE_FAILED" });
      const isDone = error === undefined || /\d{20}\.json is made, but it may not survive/.test(String(error));
      expect(await rowsOf(path), `full at write ${last}`).toBe(isDone ? after : before);
      await goesOn(path);
      discard(path);
    }
  });
});

/** The files that are there and their sizes, apart from the names that are drawn. */
const leftOver = (path: string): string =>
  existsSync(path)
    ? readdirSync(path, { recursive: true, encoding: "utf8" })
        .map(
          (name) =>
            `${name.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "*")} ${statSync(join(path, name)).size}`,
        )
        .toSorted()
        .join("\n")
    : "";

/** Calls by which files appear or go. */
const visible: ReadonlySet<string> = new Set(["link", "rename", "rm", "rmdir"]);
const takesSpace: ReadonlySet<string> = new Set(["link", "mkdir", "sync", "write", "writeFile"]);
const insertion = "INSERT INTO {t} VALUES (200, 1)";
