/** Finds the tables of a folder, with the rows that they should have where somebody has written them down. */
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { unpack } from "./tar.ts";

/** A version of a table and the folder of Parquet files that hold its rows. */
export interface Expected {
  /** The newest where it is absent. */
  readonly version?: number;
  readonly folder: string;
}

export interface FoundTable {
  readonly name: string;
  readonly path: string;
  readonly expected: readonly Expected[];
  /** Why its archive cannot be unpacked. */
  readonly damage?: string;
}

/**
 * The tables below a folder, archives unpacked.
 *
 * @param scratch - where archives are unpacked
 */
export function findTables(folder: string, scratch: string): readonly FoundTable[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((left, right) => (left.name < right.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return tablesAt(path, entry.name);
      return entry.name.endsWith(".tar.zst") ? unpacked(path, entry.name.slice(0, -".tar.zst".length), scratch) : [];
    });
}

function unpacked(archive: string, name: string, scratch: string): readonly FoundTable[] {
  const folder = join(scratch, name);
  mkdirSync(folder, { recursive: true });
  try {
    unpack(archive, folder);
  } catch (error) {
    return [
      { name, path: folder, expected: [], damage: `the archive cannot be unpacked: ${(error as Error).message}` },
    ];
  }
  return tablesAt(folder, name);
}

/** A table is the folder itself, its `delta`, or lies in folders below. */
function tablesAt(folder: string, name: string): readonly FoundTable[] {
  if (isTable(folder)) return [{ name, path: folder, expected: expectedIn(join(folder, "expected")) }];
  const delta = join(folder, "delta");
  if (isTable(delta)) return [{ name, path: delta, expected: expectedIn(join(folder, "expected")) }];
  const inner = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return inner.flatMap((entry) => {
    const path = join(folder, entry.name);
    return tablesAt(path, entry.name === name ? name : `${name}/${entry.name}`);
  });
}

const isTable = (folder: string): boolean => existsSync(join(folder, "_delta_log"));

/** Files in `expected`, or in `latest` and `v3` below it, perhaps in `table_content`. */
function expectedIn(folder: string): readonly Expected[] {
  if (!existsSync(folder)) return [];
  if (holdsParquet(folder)) return [{ folder }];
  return readdirSync(folder).flatMap((name): Expected[] => {
    const version = /^v(\d+)$/.exec(name)?.[1];
    if (version === undefined && name !== "latest") return [];
    const inner = [join(folder, name, "table_content"), join(folder, name)].find(holdsParquet);
    if (inner === undefined) return [];
    return [{ folder: inner, ...(version === undefined ? {} : { version: Number(version) }) }];
  });
}

const holdsParquet = (folder: string): boolean =>
  existsSync(folder) && readdirSync(folder, { recursive: true }).some((name) => String(name).endsWith(".parquet"));
