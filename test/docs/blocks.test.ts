/** Every TypeScript block of the pages is compiled, and run unless it says otherwise. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Block, blocksOf, pages, root } from "./blocks.ts";
import { programOf } from "./program.ts";

const blocks = pages().flatMap(blocksOf);
const written = pages().filter((page) => blocks.some((block) => block.page === page));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lakewright-docs-"));
  mkdirSync(join(folder, "node_modules/@types"), { recursive: true });
  symlinkSync(root, join(folder, "node_modules/lakewright"));
  symlinkSync(join(root, "node_modules/@types/node"), join(folder, "node_modules/@types/node"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  for (const block of blocks) {
    mkdirSync(dirname(pathOf(block)), { recursive: true });
    writeFileSync(pathOf(block), programOf(block));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const folderOf = (page: string): string => join(folder, page.replaceAll("/", "-"));
const pathOf = ({ page, line, file }: Block): string => join(folderOf(page), file ?? `line-${line}.ts`);

test("every block compiles as strictly as a project's sources", () => {
  const compilerOptions = {
    ...{ strict: true, noEmit: true, skipLibCheck: true, module: "nodenext", target: "es2024", types: ["node"] },
    ...{ lib: ["es2024", "esnext.disposable"], allowImportingTsExtensions: true, exactOptionalPropertyTypes: true },
    ...{ customConditions: ["lakewright:source"] },
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*/*.ts"] }));
  const compiler = join(root, "node_modules/@typescript/native/bin/tsc");
  const { stdout } = spawnSync(process.execPath, [compiler, "-p", folder], { cwd: folder, encoding: "utf8" });
  // The package's own sources, which its own settings check, are reported from outside of the folder.
  const own = stdout.split("\n").filter((line) => line !== "" && !line.startsWith("../") && !line.startsWith(" "));
  expect(own).toEqual([]);
});

describe.each(written)("%s", (page) => {
  const programs = blocks.filter((block) => block.page === page && !block.compileOnly && block.file === undefined);

  test.skipIf(programs.length === 0)("runs, and prints what it says", () => {
    const parameters = ["--conditions=lakewright:source", join(import.meta.dirname, "run-programs.ts")];
    const { stdout, stderr } = spawnSync(process.execPath, [...parameters, ...programs.map(pathOf)], {
      cwd: folderOf(page),
      encoding: "utf8",
    });
    expect(stdout, stderr).not.toBe("");
    const results: { printed: string; failure?: string }[] = JSON.parse(stdout);
    const failures = results.flatMap(({ failure }, index) =>
      failure === undefined ? [] : [`line ${programs[index]!.line}: ${failure}`],
    );
    expect(failures).toEqual([]);
    const shown = programs.map(({ line, output }, index) => ({
      line,
      output: output ?? results[index]!.printed.trim(),
    }));
    expect(programs.map(({ line }, index) => ({ line, output: results[index]!.printed.trim() }))).toEqual(shown);
  });
});
