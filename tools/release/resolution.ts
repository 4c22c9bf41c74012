/** Whether the types are found and hold under each setting of the compiler for modules. */
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./command.ts";
import { type Finding, fail, pass } from "./finding.ts";
import { root } from "./install.ts";

interface Setting {
  readonly name: string;
  readonly file: "consumer.ts" | "require.cts" | "import.cts";
  readonly options: Readonly<Record<string, string>>;
}

const settings: readonly Setting[] = [
  { name: "nodenext, import", file: "consumer.ts", options: { module: "nodenext" } },
  { name: "nodenext, require", file: "require.cts", options: { module: "nodenext" } },
  { name: "node16, import", file: "consumer.ts", options: { module: "node16" } },
  // This setting does not know that Node.js can require modules: CommonJS imports them asynchronously.
  { name: "node16, import() from CommonJS", file: "import.cts", options: { module: "node16" } },
  { name: "bundler", file: "consumer.ts", options: { module: "esnext", moduleResolution: "bundler" } },
];

const compilers = {
  "TypeScript 5.9": "typescript-5.9/bin/tsc",
  "TypeScript 6": "typescript/bin/tsc6",
  "TypeScript 7": "@typescript/native/bin/tsc",
} as const;

const programs = {
  "require.cts": `import lakewright = require("lakewright");\nimport functions = require("lakewright/functions");\n`,
  "import.cts": `async function main() {\n  const lakewright = await import("lakewright");\n  const functions = await import("lakewright/functions");\n`,
} as const;
const use = `const frame = lakewright.SparkSession.create().range(3).select(functions.abs("id").as("size"));\nframe.select("size");\n// @ts-expect-error The compiler knows the columns.\nframe.select("sise");\n`;

export function resolution(folder: string): readonly Finding[] {
  copyFileSync(join(root, "test/package/consumer.ts"), join(folder, "consumer.ts"));
  writeFileSync(join(folder, "require.cts"), programs["require.cts"] + use);
  writeFileSync(join(folder, "import.cts"), `${programs["import.cts"]}${use}}\nvoid main();\n`);
  mkdirSync(join(folder, "node_modules/@types"), { recursive: true });
  symlinkSync(join(root, "node_modules/@types/node"), join(folder, "node_modules/@types/node"));
  return Object.entries(compilers).flatMap(([name, path]) =>
    settings.map((setting) => compile(folder, name, path, setting)),
  );
}

function compile(folder: string, name: string, path: string, { name: setting, file, options }: Setting): Finding {
  const compilerOptions = {
    strict: true,
    noEmit: true,
    target: "es2024",
    types: ["node"],
    skipLibCheck: true,
    ...options,
  };
  const project = join(folder, "tsconfig.json");
  writeFileSync(project, JSON.stringify({ compilerOptions, files: [file] }));
  const { code, all } = run(folder, process.execPath, join(root, "node_modules", path), "-p", project);
  return code === 0 ? pass("types", `${name}, ${setting}`) : fail("types", `${name}, ${setting}: ${all}`);
}
