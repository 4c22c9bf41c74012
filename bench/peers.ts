/** Finds what is installed beside Lakewright: a Python for each package that a contestant needs. */
import { spawnSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { join } from "node:path";

/** A Python interpreter that has a package. */
export interface Peer {
  readonly python: string;
  readonly version: string;
}

/** Interpreters in the order in which they are asked. */
function pythons(): readonly string[] {
  const { LAKEWRIGHT_BENCH_PYTHON: chosen, VIRTUAL_ENV: active } = process.env;
  const environments = [...(active === undefined ? [] : [active]), ".venv", ...globSync("/opt/*")];
  const inside = environments.map((folder) => join(folder, "bin", "python")).filter((path) => existsSync(path));
  return [...(chosen === undefined ? [] : [chosen]), ...inside, "python3"];
}

/**
 * The first interpreter that has a package.
 *
 * @param distribution - its name in Python's package index
 * @returns undefined when no interpreter has it
 */
export function findPeer(distribution: string): Peer | undefined {
  for (const python of pythons()) {
    const code = `import importlib.metadata as m; print(m.version(${JSON.stringify(distribution)}))`;
    const { status, stdout } = spawnSync(python, ["-c", code], { encoding: "utf8" });
    if (status === 0) return { python, version: stdout.trim() };
  }
  return undefined;
}
