import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import * as nodeFiles from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { nodeFiles as calls, type FileSystem } from "../../src/storage/local-file-system.ts";

/** Stands between a storage and Node's file system, and is asked, and waited for, before every call. */
export function watchedFiles(before: (call: string, path: string) => void | Promise<void>): FileSystem {
  const watch = <T extends object>(target: T, describe: (args: readonly unknown[]) => string): T =>
    new Proxy(target, {
      get(object, name) {
        const member = Reflect.get(object, name) as unknown;
        if (typeof member !== "function") return member;
        return async (...args: unknown[]) => {
          // Whatever ends a process closes its files.
          const closed = name === "close" && (await Reflect.apply(member, object, args));
          await before(String(name), describe(args));
          const result: unknown = name === "close" ? closed : await Reflect.apply(member, object, args);
          return name === "open" ? watch(result as object, () => String(args[0])) : result;
        };
      },
    });
  return watch(calls, (args) => args.map(String).join(" "));
}

/** Stands for the end of a process: from a certain call on all calls fail for good. */
export function killedAt(last: number): { files: FileSystem; isKilled: () => boolean } {
  let calls = 0;
  const files = watchedFiles((call, path) => {
    if (++calls >= last) throw new Error(`killed at call ${last}: ${call} ${path}`);
  });
  return { files, isKilled: () => calls >= last };
}

/** A folder in memory where there is one, since a sweep makes many thousands of files durable. */
export function scratchFolder(): string {
  const root = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
  const folder = join(root, `lakewright-test-${randomUUID()}`);
  mkdirSync(folder);
  return folder;
}

/** Every file below a folder with its content; hidden ones too. */
export function contents(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [relative(folder, path), readFileSync(path, "utf8")]));
}

/** Writes files, given by their path below a folder. */
export async function fill(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await nodeFiles.mkdir(dirname(join(folder, path)), { recursive: true });
    await nodeFiles.writeFile(join(folder, path), text);
  }
}

export const discard = (folder: string): void => rmSync(folder, { recursive: true, force: true });
