/** Folders to spoil, and what is expected of every refusal. */
import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { isLakewrightError, type LakewrightError } from "lakewright";
import { expect } from "vitest";

export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "lakewright-bad-input-"));
  chmodSync(folder, 0o755);
  return folder;
}

export const discard = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** Writes a file, with the folders above it. */
export function put(path: string, content: string | Uint8Array): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** The Parquet files of a folder. */
export const partsOf = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".parquet"))
    .map((name) => join(folder, name));

export interface Refusal {
  readonly name: string;
  readonly condition?: string;
  readonly sqlState?: string;
  /** Each is said. */
  readonly says?: readonly string[];
}

/** Checks that something is refused by an error of ours that is no bug, shows nothing of the engine, and says these. */
export async function refuses(work: () => unknown, { says = [], ...expected }: Refusal): Promise<void> {
  const error = await caught(work);
  expect(isLakewrightError(error), String(error)).toBe(true);
  expect(error).toMatchObject(expected);
  const { message } = error as LakewrightError;
  for (const part of says) expect(message).toContain(part);
  expect(message).not.toMatch(/DuckDB|LINE 1|read_parquet|Binder Error|IO Error|bug in Lakewright/);
}

async function caught(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was refused");
}

/** Below a folder, what no one but its writer should see. */
export const leftovers = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    /\.lakewright|\.write-|\.tmp|\.journal/.test(path),
  );

const root = join(import.meta.dirname, "..", "..");

export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Starts Node with the sources of the library. */
export function startNode(args: readonly string[], user?: number) {
  const ids = user === undefined ? {} : { uid: user, gid: user };
  const child = spawn(process.execPath, ["--conditions=lakewright:source", ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    ...ids,
  });
  let output = "";
  let errors = "";
  child.stdout.on("data", (text: Buffer) => (output += text.toString()));
  child.stderr.on("data", (text: Buffer) => (errors += text.toString()));
  const ended = new Promise<Ended>((resolve) => child.on("close", (code) => resolve({ code, output, errors })));
  const said = (text: string) =>
    new Promise<void>((resolve) => child.stdout.on("data", () => output.includes(text) && resolve()));
  return { child, ended, said };
}

/** Starts `child.ts`. */
export const startChild = (command: string, path: string, user?: number) =>
  startNode([join(import.meta.dirname, "child.ts"), command, path], user);

/** Runs the command line to its end. */
export const lakewright = (...args: readonly string[]): Promise<Ended> =>
  startNode([join(root, "bin", "lakewright.js"), ...args]).ended;
