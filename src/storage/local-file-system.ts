/** The calls of Node's file system that a local storage is made of. */
import { type BigIntStats, realpathSync, statSync } from "node:fs";
import * as node from "node:fs/promises";
import { systemCode } from "./storage-error.ts";

type Same =
  | "access"
  | "link"
  | "mkdir"
  | "open"
  | "readFile"
  | "readdir"
  | "rename"
  | "rm"
  | "rmdir"
  | "stat"
  | "utimes";

/** A test may stand in between, so as to end the process at any call. */
export interface FileSystem extends Pick<typeof node, Same> {
  readonly realpath: (path: string) => Promise<string>;
  /** What is at a path; nothing where nothing is. */
  readonly status: (path: string) => Promise<BigIntStats | undefined>;
}

/**
 * The calls of Node itself. What is looked up by name is so on this thread: a disk tells it in a few microseconds, where
 * the way through a thread of the pool, and an error for each path that is not there, cost many times as much.
 */
export const nodeFiles: FileSystem = {
  ...node,
  realpath: async (path) => realpathSync.native(path),
  status: (path) => ifPresent(lookedUp(path)),
};

const lookedUp = async (path: string): Promise<BigIntStats | undefined> =>
  statSync(path, { bigint: true, throwIfNoEntry: false });

export const isMissing = (error: unknown): boolean => ["ENOENT", "ENOTDIR"].includes(systemCode(error) ?? "");

/** The result of a call, or nothing where its path does not exist. */
export async function ifPresent<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
