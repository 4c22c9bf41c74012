import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { areaOf, cycles, violation } from "./architecture/check.ts";
import { type Import, importsOf, readImports, sourceFiles } from "./architecture/import-graph.ts";
import { areas, generated, lineBudget, lineBudgets } from "./architecture/rules.ts";

const root = join(import.meta.dirname, "..");
const sources = join(root, "src");

describe("the sources", () => {
  const files = sourceFiles(sources);
  const imports = readImports(sources);

  test("each belong to an area", () => {
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => areaOf(file) === undefined)).toEqual([]);
  });

  test("import only what their area may", () => {
    expect(imports.map(violation).filter(Boolean)).toEqual([]);
  });

  test("have no import cycle", () => {
    expect(cycles(imports)).toEqual([]);
  });
});

test("solutions reach the package by its name", () => {
  const solutions = join(root, "solutions");
  const imports = existsSync(solutions) ? readImports(solutions) : [];
  expect(imports.filter(({ to }) => to.startsWith(".."))).toEqual([]);
});

test("files stay within their number of lines", () => {
  const folders = ["src", "solutions", "test", "services", "bench", "tools"].filter((folder) =>
    existsSync(join(root, folder)),
  );
  const files = folders.flatMap((folder) => sourceFiles(join(root, folder)).map((file) => `${folder}/${file}`));
  const written = files.filter((file) => !generated.some((folder) => file.startsWith(`${folder}/`)));
  const tooLong = written.filter((file) => lineCount(file) > (lineBudgets[file] ?? lineBudget));
  expect(tooLong.map((file) => `${file}: ${lineCount(file)} lines`)).toEqual([]);
});

describe("the checks", () => {
  const importing = (from: string, to: string, typeOnly = false): Import => ({ from, to, typeOnly });

  test("name only known areas in the rules", () => {
    const named = Object.values(areas).flatMap((area) => [
      ...(area.imports ?? []),
      ...(area.importsTypesOf ?? []),
      ...(area.importedBy ?? []),
    ]);
    expect(named.filter((area) => areas[area] === undefined)).toEqual([]);
  });

  test("read every form of import", () => {
    const source = `
      import { a } from "./a.ts";
      import { type B } from "../b.ts";
      import type { C } from "./c.ts";
      export * from "./d.ts";
      export type { E } from "./e.ts";
      import "node:fs";
      const f = await import("commander");
      type G = import("./g.ts").G;
      // import { h } from "./h.ts";
      export const i = 'from "./i.ts"';
    `;
    const found = importsOf("plan/x.ts", source).map(({ to, typeOnly }) => (typeOnly ? `type ${to}` : to));
    expect(found).toEqual([
      "plan/a.ts",
      "b.ts",
      "type plan/c.ts",
      "plan/d.ts",
      "type plan/e.ts",
      "node:fs",
      "commander",
      "type plan/g.ts",
    ]);
  });

  test.each([
    { ...importing("plan/a.ts", "dataframe/b.ts", true), reason: "ring 1 may not import ring 2" },
    { ...importing("plan/a.ts", "functions/b.ts"), reason: "plan may import only errors.ts, types" },
    { ...importing("dataframe/a.ts", "engine/engine.ts"), reason: "dataframe may import only types of engine" },
    { ...importing("cli/a.ts", "engine/duckdb/b.ts"), reason: "only index.ts may import engine/duckdb" },
    { ...importing("elsewhere/a.ts", "plan/b.ts"), reason: "the rules have no area for it" },
    { ...importing("sql/a.ts", "node:fs"), reason: "may use Node's modules" },
    { ...importing("dataframe/a.ts", "node:fs"), reason: "may use Node's modules" },
    {
      ...importing("cli/a.ts", "@duckdb/node-api"),
      reason: "only engine/duckdb, cli/commands/doctor.ts may import it",
    },
    { ...importing("cli/a.ts", "left-pad"), reason: "neither a source file nor a package" },
  ])("refuse $from → $to", ({ reason, ...edge }) => {
    expect(violation(edge)).toContain(reason);
  });

  test.each([
    importing("plan/a.ts", "errors.ts"),
    importing("plan/a.ts", "plan/b.ts"),
    importing("dataframe/a.ts", "engine/engine.ts", true),
    importing("dataframe/origin.ts", "node:path"),
    importing("engine/duckdb/a.ts", "@duckdb/node-api"),
    importing("index.ts", "engine/duckdb/a.ts"),
    importing("cli/a.ts", "index.ts"),
    importing("testing/a.ts", "node:fs"),
  ])("allow $from → $to", (edge) => {
    expect(violation(edge)).toBeUndefined();
  });

  test("find a cycle and what is in it, but not through types", () => {
    const ring = [importing("a", "b"), importing("b", "c"), importing("c", "b"), importing("c", "d")];
    expect(cycles(ring)).toEqual([["b", "c"]]);
    expect(cycles([importing("a", "a")])).toEqual([["a"]]);
    expect(cycles([importing("a", "b"), importing("b", "a", true)])).toEqual([]);
  });
});

function lineCount(file: string): number {
  return readFileSync(join(root, file), "utf8").trimEnd().split("\n").length;
}
