/** The calls of Node's file system that a local storage is made of. */
import type * as nodeFileSystem from "node:fs/promises";
import { systemCode } from "./storage-error.ts";

/** A test may stand in between, so as to end the process at any call. */
export type FileSystem = Pick<
  typeof nodeFileSystem,
  | "access"
  | "link"
  | "mkdir"
  | "open"
  | "readFile"
  | "readdir"
  | "realpath"
  | "rename"
  | "rm"
  | "rmdir"
  | "stat"
  | "utimes"
>;

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
