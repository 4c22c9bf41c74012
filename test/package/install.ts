import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export const root = join(import.meta.dirname, "../..");

/** An otherwise empty project that has the packed package installed. */
export interface Installation {
  readonly folder: string;
  /** The package below the project's `node_modules`. */
  readonly packageFolder: string;
  /** The paths that the package holds. */
  readonly files: readonly string[];
  remove(): void;
}

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** What a user's project has; declaration files are checked too. */
const compilerOptions = { strict: true, noEmit: true, module: "nodenext", target: "es2024", types: ["node"] };

/**
 * Builds and packs the package, and installs it in a new folder.
 *
 * The packages that it declares as dependencies are linked from the checkout, so that no registry is needed; one that
 * it uses but does not declare is missing, as it would be for a user.
 */
export function installPacked(): Installation {
  const folder = mkdtempSync(join(tmpdir(), "lakewright-package-"));
  const modules = join(folder, "node_modules");
  npm("run", "build");
  const packed: [Packed] = JSON.parse(npm("pack", "--ignore-scripts", "--json", "--pack-destination", folder));
  const [{ filename, files }] = packed;
  mkdirSync(modules);
  execFileSync("tar", ["-xzf", join(folder, filename), "-C", modules]);
  execFileSync("mv", [join(modules, "package"), join(modules, "lakewright")]);
  linkCommands(
    { lakewright: join(modules, "lakewright/bin/lakewright.js"), tsc: join(root, "node_modules/.bin/tsc6") },
    modules,
  );
  linkPackages([...dependenciesOf(join(modules, "lakewright")), "@types/node"], modules);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  return {
    folder,
    packageFolder: join(modules, "lakewright"),
    files: files.map(({ path }) => path),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function dependenciesOf(packageFolder: string): string[] {
  const { dependencies } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
  return Object.keys(dependencies);
}

function linkPackages(names: readonly string[], modules: string): void {
  for (const name of names) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, "node_modules", name), join(modules, name));
  }
}

/** What npm puts on the path of a project's scripts. */
function linkCommands(commands: Readonly<Record<string, string>>, modules: string): void {
  mkdirSync(join(modules, ".bin"));
  for (const [name, file] of Object.entries(commands)) symlinkSync(file, join(modules, ".bin", name));
}

function npm(...parameters: string[]): string {
  return execFileSync("npm", parameters, { cwd: root, encoding: "utf8", shell: process.platform === "win32" });
}
