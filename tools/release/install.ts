/** The package, packed and installed from its file through npm, with its dependencies. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./command.ts";

export const root = join(import.meta.dirname, "../..");

export interface Packed {
  readonly filename: string;
  /** Bytes of the packed file, and of what it holds. */
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

export interface ReleaseCandidate {
  readonly packed: Packed;
  /** A project that has nothing but the package. */
  readonly folder: string;
  remove(): void;
}

/** Packs, and installs into an empty project. */
export function installFromFile(): ReleaseCandidate {
  const folder = mkdtempSync(join(tmpdir(), "lakewright-release-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    expectDone(run(root, "npm", "run", "build"));
    const packing = run(root, "npm", "pack", "--ignore-scripts", "--json", "--pack-destination", folder);
    expectDone(packing);
    const [packed] = JSON.parse(packing.output) as [Packed];
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "release", private: true, type: "module" }));
    expectDone(run(folder, "npm", "install", "--no-fund", "--no-audit", `./${packed.filename}`));
    return { packed, folder, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function expectDone({ code, all }: { readonly code: number | null; readonly all: string }): void {
  if (code !== 0) throw new Error(all);
}
