/** The installed package on each line of Node.js: the program of the README, `doctor`, and a new project. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readmeProgram } from "../../test/package/readme.ts";
import { run } from "./command.ts";
import { type Finding, fail, pass, skip } from "./finding.ts";

const lines = [22, 24, 26] as const;

/** Platforms that the engine's bindings have and that are not looked at here. */
const platforms = [
  "linux-x64",
  "linux-arm64",
  "linux-x64 (musl)",
  "darwin-x64",
  "darwin-arm64",
  "win32-x64",
  "win32-arm64",
];

export function running(folder: string): readonly Finding[] {
  writeFileSync(join(folder, "hello.ts"), readmeProgram().program);
  const here = `${process.platform}-${process.arch}`;
  return [
    ...lines.flatMap((line) => runOn(folder, line)),
    skip("platforms", `looked at ${here}; not tested here: ${platforms.filter((name) => name !== here).join(", ")}`),
  ];
}

function runOn(folder: string, line: number): readonly Finding[] {
  const node = nodeOf(folder, line);
  if (node === undefined)
    return [skip(`Node ${line}`, "not tested: the registry has no binary of it for this platform")];
  const check = `Node ${run(folder, node, "-p", "process.versions.node").output.trim()}`;
  const command = join(folder, "node_modules/lakewright/bin/lakewright.js");
  const hello = run(folder, node, "hello.ts");
  const doctor = run(folder, node, command, "doctor");
  const project = `project-${line}`;
  const made = run(folder, node, command, "init", project);
  const job = run(join(folder, project), node, command, "run", "src/job.ts");
  const tests = run(join(folder, project), node, "--test");
  return [
    (hello.output.trim() === readmeProgram().output ? pass : fail)(check, `the program of the README${shown(hello)}`),
    (doctor.code === 0 ? pass : fail)(check, `lakewright doctor${shown(doctor)}`),
    (made.code === 0 && job.code === 0 && tests.code === 0 ? pass : fail)(
      check,
      `a new project${shown(made, job, tests)}`,
    ),
  ];
}

const shown = (...ended: readonly { readonly code: number | null; readonly all: string }[]): string =>
  ended.flatMap(({ code, all }) => (code === 0 ? [] : [`\n${all}`])).join("");

/** The binary of a line: this process's own, or one that npm installs for the check. */
function nodeOf(folder: string, line: number): string | undefined {
  if (process.versions.node.startsWith(`${line}.`)) return process.execPath;
  const place = join(folder, `node-${line}`);
  mkdirSync(place);
  writeFileSync(join(place, "package.json"), JSON.stringify({ private: true }));
  const platform = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const { code } = run(place, "npm", "install", "--no-fund", "--no-audit", `${name}@${line}`);
  const binary = join(place, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
  return code === 0 && existsSync(binary) ? binary : undefined;
}
