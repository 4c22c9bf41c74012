import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const command = join(import.meta.dirname, "../../bin/lakewright.js");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lakewright-init-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function init(...args: readonly string[]): { code: number | null; output: string; errors: string } {
  const parameters = ["--conditions=lakewright:source", command, "init", ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, parameters, { cwd: folder, encoding: "utf8" });
  return { code: status, output: stdout, errors: stderr };
}

const read = (...path: readonly string[]): string => readFileSync(join(folder, ...path), "utf8");

describe("lakewright init", () => {
  test("makes a project of the name and says what comes next", () => {
    const { code, output } = init("first");
    expect([code, output]).toEqual([0, "Made first. Next:\n  cd first\n  npm install\n  npm start\n  npm test\n"]);
    expect(readdirSync(join(folder, "first")).sort()).toEqual([
      ...[".gitignore", ".vscode", "README.md", "data", "package.json", "src", "test", "tsconfig.json"],
    ]);
    const { name, dependencies } = JSON.parse(read("first", "package.json"));
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"));
    expect([name, dependencies]).toEqual(["first", { lakewright: `^${version}` }]);
    expect(read("first", "README.md")).toMatch(/^# first\n/);
  });

  test("depends on a packed file or another version where one is given", () => {
    writeFileSync(join(folder, "lakewright-0.1.0.tgz"), "");
    init("packed", "--package", "./lakewright-0.1.0.tgz");
    const specifier: string = JSON.parse(read("packed", "package.json")).dependencies.lakewright;
    expect(specifier).toMatch(/^file:.*\/lakewright-0\.1\.0\.tgz$/);
    init("versioned", "--package", "1.2.3");
    expect(JSON.parse(read("versioned", "package.json")).dependencies).toEqual({ lakewright: "1.2.3" });
  });

  test("fills an empty folder, and one that is a new repository", () => {
    mkdirSync(join(folder, "empty"));
    mkdirSync(join(folder, "repository", ".git"), { recursive: true });
    expect([init("empty").code, init("repository").code]).toEqual([0, 0]);
  });

  test("leaves a folder alone that has something in it", () => {
    mkdirSync(join(folder, "mine"));
    writeFileSync(join(folder, "mine", "notes.txt"), "keep");
    const { code, errors } = init("mine");
    expect([code, errors]).toEqual([2, expect.stringMatching(/mine exists, and notes\.txt is in it: choose another/)]);
    expect(readdirSync(join(folder, "mine"))).toEqual(["notes.txt"]);
  });

  test("refuses a file in the place of the folder", () => {
    writeFileSync(join(folder, "taken"), "");
    expect(init("taken")).toMatchObject({ code: 2, errors: expect.stringContaining("taken is a file") });
  });

  test.each(["My Shop", ".hidden", "-x", "ünïcode", "lakewright", "node_modules"])("refuses the name %s", (name) => {
    const { code, errors } = init("--", name);
    expect([code, errors]).toEqual([2, expect.stringContaining(`${name} cannot be the name of a project`)]);
    expect(existsSync(join(folder, name))).toBe(false);
  });

  test("asks for a name, and for a packed file that is there", () => {
    expect(init()).toMatchObject({ code: 2, errors: expect.stringContaining("missing required argument 'name'") });
    const absent = init("second", "--package", "./absent.tgz");
    expect(absent).toMatchObject({ code: 2, errors: expect.stringContaining("there is no file ./absent.tgz") });
    expect(existsSync(join(folder, "second"))).toBe(false);
  });
});
