import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compilers, type Diagnostic, Project, type Version } from "./types/compiler.ts";

const programs = join(import.meta.dirname, "types");
let project: Project;

beforeAll(() => {
  project = new Project();
});
afterAll(() => project[Symbol.dispose]());

describe.each(Object.keys(compilers) as Version[])("TypeScript %s", (version) => {
  test("infers the types of every step", () => {
    expect(project.compile(version, "inferred.ts").diagnostics).toEqual([]);
  });

  test("bears sixty steps with six joins", () => {
    const { diagnostics, instantiations } = project.compile(version, "chain.ts");
    expect(diagnostics).toEqual([]);
    expect(instantiations).toBeLessThan(130_000);
  });
});

describe.each(readdirSync(join(programs, "wrong")))("%s", (name) => {
  test("gives each mistake its sentence", () => {
    const { diagnostics } = project.compile("7", join("wrong", name));
    expect(sentences(diagnostics)).toEqual(expectedSentences(readFileSync(join(programs, "wrong", name), "utf8")));
  });
});

/** The comments above a line are what the compiler says of it. */
function expectedSentences(program: string): Record<number, string[]> {
  const expected: Record<number, string[]> = {};
  let comments: string[] = [];
  for (const [index, line] of program.split("\n").entries()) {
    if (line.startsWith("// ")) comments.push(line.slice(3));
    else if (comments.length > 0) [expected[index + 1], comments] = [comments, []];
  }
  return expected;
}

/** The sentence of a diagnostic is the type that the parameter has instead: `"…"`, `Problem<"…">` or a union of them. */
function sentences(diagnostics: readonly Diagnostic[]): Record<number, string[]> {
  const lines = Map.groupBy(diagnostics, ({ line }) => line);
  return Object.fromEntries([...lines].map(([line, found]) => [line, [...new Set(found.flatMap(sentencesOf))]]));
}

function sentencesOf({ message }: Diagnostic): string[] {
  const [, wanted] = /(?:parameter of|assignable to) type '(.*)'\.$/.exec(message) ?? [];
  const texts = [...(wanted ?? "").matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text!);
  const found = texts.filter((text) => text.includes(" "));
  return found.length === 0 ? [message] : found;
}
