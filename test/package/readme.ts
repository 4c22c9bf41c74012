import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface ReadmeProgram {
  readonly program: string;
  /** What the README says that the program prints, without surrounding space. */
  readonly output: string;
}

const fence = /^```(?<language>\w*)\n(?<text>[\s\S]*?)^```$/gm;

/** The first TypeScript program of the README that imports the package, and the output that follows it. */
export function readmeProgram(): ReadmeProgram {
  const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
  const blocks = [...readme.matchAll(fence)].map(({ groups }) => ({
    language: groups?.language ?? "",
    text: groups?.text ?? "",
  }));
  const isProgram = ({ language, text }: (typeof blocks)[number]) => language === "ts" && text.includes('"lakewright"');
  const start = blocks.findIndex(isProgram);
  const program = blocks[start];
  const output = blocks.slice(start + 1).find(({ language }) => language === "" || language === "text");
  if (!program || !output) throw new Error("the README has no TypeScript program with its output");
  return { program: program.text, output: output.text.trim() };
}
