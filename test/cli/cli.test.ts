import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testSession } from "lakewright/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

interface Finished {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

const root = join(import.meta.dirname, "..", "..");
const job = (name: string): string => join(import.meta.dirname, "jobs", `${name}.ts`);

function start(args: readonly string[]): ChildProcess {
  const command = ["--conditions=lakewright:source", join(root, "bin", "lakewright.js"), ...args];
  return spawn(process.execPath, command, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
}

function finished(child: ChildProcess): Promise<Finished> {
  let output = "";
  let errors = "";
  child.stdout?.on("data", (text: Buffer) => (output += text.toString()));
  child.stderr?.on("data", (text: Buffer) => (errors += text.toString()));
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, output, errors })));
}

const lakewright = (...args: readonly string[]): Promise<Finished> => finished(start(args));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lakewright-cli-"));
  await using spark = testSession();
  await spark
    .createDataFrame(
      [
        ["ann", 3.5],
        ["bob, jr.", null],
      ],
      "user STRING, amount DOUBLE",
    )
    .write.parquet(join(folder, "sales"));
});

/** A Delta table with two versions. */
async function deltaTable(path: string): Promise<void> {
  await using spark = testSession();
  await spark.range(3).coalesce(1).write.format("delta").save(path);
  await spark.range(2).coalesce(1).write.format("delta").mode("append").save(path);
}

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("run", () => {
  test("prints a job's result on standard output and all else on standard error", async () => {
    const { code, output, errors } = await lakewright("run", job("count"), "--format", "jsonl");
    expect(code).toBe(0);
    expect(output).toBe('{"k":0,"count":5}\n{"k":1,"count":5}\n');
    expect(errors).toContain("counting");
    expect(errors).toContain("a line for people");
  });

  test("gives a job its options, checked", async () => {
    const { output } = await lakewright(
      "run",
      job("count"),
      "--format",
      "csv",
      "--groups",
      "3",
      "--up-to",
      "9",
      "--order",
      "down",
    );
    expect(output).toBe("k,count\n2,3\n1,3\n0,3\n");
  });

  test("refuses an unknown option, a number that is none and a choice that is not offered", async () => {
    const unknown = await lakewright("run", job("count"), "--grops", "3");
    expect(unknown.code).toBe(2);
    expect(unknown.errors).toContain("did you mean --groups?");
    const number = await lakewright("run", job("count"), "--groups", "many");
    expect([number.code, number.errors]).toEqual([2, expect.stringContaining("--groups many is not a number")]);
    const choice = await lakewright("run", job("count"), "--order", "sideways");
    expect([choice.code, choice.errors]).toEqual([2, expect.stringContaining("is not one of up, down")]);
  });

  test("lists a job's options in its help", async () => {
    const { code, output } = await lakewright("run", job("count"), "--help");
    expect(code).toBe(0);
    expect(output).toContain("--up-to <number>  How many numbers (default: 10)");
  });

  test("fails with a sentence and shows the stack only when asked", async () => {
    const failed = await lakewright("run", job("count"), "--fail");
    expect(failed.code).toBe(1);
    expect(failed.errors).toContain("error: failed on purpose");
    expect(failed.errors).not.toContain("    at ");
    const verbose = await lakewright("run", job("count"), "--fail", "--verbose");
    expect(verbose.errors).toContain("    at ");
  });

  test("says what there is when a system or file does not exist", async () => {
    const system = await lakewright("run", "daily-kpj");
    expect([system.code, system.errors]).toEqual([2, expect.stringContaining("there is no system daily-kpj")]);
    const file = await lakewright("run", "nowhere.ts");
    expect([file.code, file.errors]).toEqual([2, expect.stringContaining("there is no file nowhere.ts")]);
  });

  test("is cancelled by Ctrl-C", async () => {
    const child = start(["run", job("endless")]);
    const end = finished(child);
    await new Promise<void>((resolve) => {
      child.stderr?.on("data", (text: Buffer) => text.toString().includes("started") && setTimeout(resolve, 300));
    });
    child.kill("SIGINT");
    const { code, errors } = await end;
    expect(code).toBe(1);
    expect(errors).toContain("Cancelling");
    expect(errors).toContain("cancelled by Ctrl-C");
  });
});

describe("show", () => {
  test("prints rows in each format", async () => {
    const path = join(folder, "sales");
    expect((await lakewright("show", path, "--format", "csv")).output).toBe('user,amount\nann,3.5\n"bob, jr.",\n');
    expect(JSON.parse((await lakewright("show", path, "--format", "json")).output)).toEqual([
      { user: "ann", amount: 3.5 },
      { user: "bob, jr.", amount: null },
    ]);
    expect((await lakewright("show", path, "--limit", "1")).output).toBe(
      "+----+------+\n|user|amount|\n+----+------+\n| ann|   3.5|\n+----+------+\n",
    );
  });

  test("prints the schema", async () => {
    const { output } = await lakewright("show", join(folder, "sales"), "--schema");
    expect(output).toContain(" |-- user: string (nullable = true)\n |-- amount: double (nullable = true)");
  });

  test("says what is missing", async () => {
    const { code, errors } = await lakewright("show", join(folder, "sale"));
    expect(code).toBe(1);
    expect(errors).toContain("PATH_NOT_FOUND");
    expect(errors).toContain("sales");
  });
});

describe("the command itself", () => {
  test("suggests the command that was meant", async () => {
    const { code, errors } = await lakewright("shwo");
    expect([code, errors]).toEqual([2, expect.stringContaining("Did you mean show?")]);
  });

  test("finds the machine fit", async () => {
    const { code, output } = await lakewright("doctor", "--format", "jsonl");
    expect(code).toBe(0);
    const checks = output
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { check: string; fit: boolean });
    expect(checks.map(({ check }) => check)).toContain("embedded engine");
    expect(checks.every(({ fit }) => fit)).toBe(true);
  });
});

describe("delta", () => {
  test("looks into tables and looks after them", async () => {
    const path = join(folder, "of `days`");
    await deltaTable(path);
    const run = async (...args: readonly string[]): Promise<readonly Record<string, unknown>[]> => {
      const { output, errors } = await lakewright("delta", ...args, path, "--format", "jsonl");
      expect(errors).toBe("");
      return output
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    };
    expect(await run("history", "--limit", "1")).toMatchObject([{ version: 1, operation: "WRITE" }]);
    expect(await run("optimize")).toMatchObject([{ metrics: { numFilesAdded: 1, numFilesRemoved: 2 } }]);
    expect(await run("restore", "--version", "0")).toMatchObject([{ num_restored_files: 1, num_removed_files: 1 }]);
    expect(await run("vacuum", "--dry-run")).toEqual([]);
  });

  test("tells wrong use from tables that will not do", async () => {
    const path = join(folder, "sales");
    expect(await lakewright("delta", "restore", path)).toMatchObject({ code: 2 });
    const late = await lakewright("delta", "restore", path, "--timestamp", "2020-01-01");
    expect(late).toMatchObject({ code: 1 });
    expect(late.errors).toContain("is not a Delta table");
  });
});
