/** A process that tests start, kill and race: `node child.ts <command> <JSON argument>`. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { beginWrite, type FolderWriteOptions } from "../../src/storage/folder-writer.ts";
import { createLocalStorage, localStorage } from "../../src/storage/local-storage.ts";
import { withLock } from "../../src/storage/lock.ts";
import { discoverPartitions } from "../../src/storage/partitions.ts";
import { resolveUris } from "../../src/storage/resolve-uris.ts";
import { createTemporaryFolder } from "../../src/storage/temporary-folder.ts";
import { workFolderBeside } from "../../src/storage/work-names.ts";
import { fill, watchedFiles } from "./crashing-files.ts";

export interface WriteArgument {
  readonly target: string;
  readonly options: FolderWriteOptions;
  readonly files: Readonly<Record<string, string>>;
  /** At which call of the file system that the commit makes the process kills itself. */
  readonly killAt?: number;
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function write({ target, options, files, killAt = Number.POSITIVE_INFINITY }: WriteArgument): Promise<void> {
  let left = Number.POSITIVE_INFINITY;
  const watched = watchedFiles(() => {
    if (--left === 0) process.kill(process.pid, "SIGKILL");
  });
  const writer = await beginWrite(createLocalStorage(watched), target, options);
  await fill(writer!.stagingPath, files);
  left = killAt;
  await writer!.commit(Object.keys(files));
}

/** Waits for the file `start`, so that many processes go at the same time. */
async function put({ path, start, text }: { path: string; start: string; text: string }): Promise<void> {
  say("ready");
  while (!existsSync(start)) await delay(1);
  say(String(await localStorage.putIfAbsent(path, new TextEncoder().encode(text))));
}

/** Writes one generation after the other, each with the same number of files that bear its number. */
async function rewrite({ target, options }: { target: string; options: FolderWriteOptions }): Promise<void> {
  for (let generation = 1; ; generation++) {
    const names = Array.from({ length: 12 }, (_, index) => `k=${index % 3}/g${generation}-${index}`);
    await write({ target, options, files: Object.fromEntries(names.map((name) => [name, ""])) });
    if (generation === 1) say("ready");
  }
}

async function hold({ target }: { target: string }): Promise<void> {
  await withLock(localStorage, workFolderBeside(target), 0, async () => {
    say("ready");
    await delay(60_000);
  });
}

/** Adds one to a number in a file, many times: no count is lost while one process at a time does it. */
async function count({ target, times }: { target: string; times: number }): Promise<void> {
  for (let time = 0; time < times; time++) {
    await withLock(localStorage, workFolderBeside(target), 60_000, async () => {
      const number = Number(readFileSync(target, "utf8"));
      await delay(1);
      writeFileSync(target, String(number + 1));
    });
  }
}

async function stage({ target }: { target: string }): Promise<void> {
  const writer = await beginWrite(localStorage, target, { mode: "overwrite" });
  await fill(writer.stagingPath, { a: "new" });
  say("ready");
  await delay(60_000);
}

async function spill({ root, exit }: { root: string; exit: boolean }): Promise<void> {
  const folder = await createTemporaryFolder(root);
  await fill(folder.path, { "duckdb_temp/1": "spilled" });
  say(folder.path);
  await delay(exit ? 0 : 60_000);
}

async function read({ path }: { path: string }): Promise<void> {
  const { files } = discoverPartitions(await resolveUris(localStorage, [path]));
  for (const file of files) say(file.path);
}

/** Root may do everything, so tests of permissions give that up. */
function becomeOrdinary(): void {
  if (process.getuid?.() !== 0) return;
  process.setgroups!([]);
  process.setgid!(65_534);
  process.setuid!(65_534);
}

const commands: Readonly<Record<string, (argument: never) => Promise<void>>> = {
  write,
  put,
  rewrite,
  hold,
  count,
  stage,
  spill,
  read,
};

const [command, argument, user] = process.argv.slice(2) as [string, string, string?];
if (user === "ordinary") becomeOrdinary();
try {
  await commands[command]!(JSON.parse(argument) as never);
} catch (error) {
  say(`${(error as Error).name}: ${(error as Error).message}`);
  process.exitCode = 1;
}
if (command === "spill") process.exit();
