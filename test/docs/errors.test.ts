/** docs/errors.md has each condition that the sources raise, and no other. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "./blocks.ts";

const sources = globSync("src/**/*.ts", { cwd: root }).filter((path) => !path.endsWith(".test.ts"));

/** The ways in which the sources write a condition: as a member, before its SQLSTATE, as the name of one. */
const written = [
  /\bcondition: *["`](?<name>[A-Z][A-Z0-9_]+)/g,
  /["`](?<name>[A-Z][A-Z0-9_]+)(?:\.[A-Z0-9_]+)?["`],\s*"(?=[A-Z]*\d)[0-9A-Z]{5}"/g,
  /^ +(?<name>[A-Z][A-Z0-9_]+): (?:\{\s*sqlState: )?"(?=[A-Z]*\d)[0-9A-Z]{5}"/gm,
];

function raised(): readonly string[] {
  const names = sources.flatMap((path) => {
    const text = readFileSync(join(root, path), "utf8");
    return written.flatMap((pattern) => [...text.matchAll(pattern)].map(({ groups }) => groups!.name!));
  });
  return [...new Set(names)].sort();
}

const rows = readFileSync(join(root, "docs/errors.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()));

describe("docs/errors.md", () => {
  test("has each condition that is raised", () => {
    const documented = rows.map(([, condition]) => condition!.replaceAll("`", ""));
    expect(raised().length).toBeGreaterThan(100);
    expect(raised().filter((name) => !documented.includes(name))).toEqual([]);
    expect(documented.filter((name) => !sourcesName(name))).toEqual([]);
  });

  test("has a cause and a fix for each, in order", () => {
    expect(rows.filter(([, , , cause, fix]) => !cause || !fix)).toEqual([]);
    const names = rows.map(([, condition]) => condition!.replaceAll("`", ""));
    expect(names).toEqual([...new Set(names)].sort());
  });
});

const all = sources.map((path) => readFileSync(join(root, path), "utf8")).join("\n");
const sourcesName = (condition: string): boolean => new RegExp(`\\b${condition}`).test(all);
