/** The TypeScript compilers, run as a user's project runs them: on the declarations of the package. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

const root = join(import.meta.dirname, "../..");
const modules = join(root, "node_modules");

/** The compilers that a user may have. */
export const compilers = {
  "7": join(modules, "@typescript/native/bin/tsc"),
  "6": join(modules, "typescript/bin/tsc6"),
  "5.9": join(modules, "typescript-5.9/bin/tsc"),
} as const;

export type Version = keyof typeof compilers;

export interface Diagnostic {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

export interface Compilation {
  readonly diagnostics: readonly Diagnostic[];
  /** How many times the compiler made a generic type concrete: what checking costs, whatever the machine. */
  readonly instantiations: number;
}

/** A folder with the declarations of the package and copies of the programs in this folder. */
export class Project implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), "lakewright-types-"));

  constructor() {
    symlinkSync(modules, join(this.folder, "node_modules"));
    cpSync(import.meta.dirname, join(this.folder, "programs"), { recursive: true });
    writeFileSync(join(this.folder, "package.json"), JSON.stringify({ type: "module" }));
    const declarations = ["--declaration", "--emitDeclarationOnly", "--outDir", join(this.folder, "declarations")];
    run(compilers["7"], "-p", join(root, "tsconfig.build.json"), ...declarations, "--noEmitOnError", "false");
  }

  /**
   * Checks programs of this folder.
   *
   * @param version - the compiler
   * @param programs - their names
   */
  compile(version: Version, ...programs: readonly string[]): Compilation {
    const declarations = join(this.folder, "declarations");
    const options = {
      strict: true,
      noEmit: true,
      module: "nodenext",
      target: "es2024",
      lib: ["es2024", "esnext.disposable"],
      types: [],
      allowImportingTsExtensions: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: true,
      noErrorTruncation: true,
      paths: {
        lakewright: [join(declarations, "index.d.ts")],
        "lakewright/functions": [join(declarations, "functions/index.d.ts")],
      },
    };
    const files = programs.map((name) => join("programs", name));
    const project = join(this.folder, "tsconfig.json");
    writeFileSync(project, JSON.stringify({ compilerOptions: options, files }));
    return read(
      run(compilers[version], "-p", project, "--pretty", "false", "--extendedDiagnostics").stdout,
      this.folder,
    );
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const run = (compiler: string, ...args: readonly string[]) =>
  spawnSync(process.execPath, [compiler, ...args], { cwd: root, encoding: "utf8" });

function read(output: string, folder: string): Compilation {
  const found = output.matchAll(/^(?<file>\S.*)\((?<line>\d+),\d+\): error TS\d+: (?<message>.*)$/gm);
  const diagnostics = [...found].map(({ groups }) => ({
    file: relative(join(folder, "programs"), join(root, groups!.file!)),
    line: Number(groups!.line),
    message: groups!.message!,
  }));
  return { diagnostics, instantiations: Number(/^Instantiations:\s+(\d+)$/m.exec(output)?.[1] ?? Number.NaN) };
}
