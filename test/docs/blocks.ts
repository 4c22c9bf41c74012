/** The TypeScript blocks of the pages: CONTRIBUTING.md says how a page is marked. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../..");

export interface Block {
  readonly page: string;
  readonly line: number;
  readonly code: string;
  /** What comes before the code and is not shown. */
  readonly preamble: string;
  /** Whether the block is compiled only. */
  readonly compileOnly: boolean;
  /** The name under which other blocks of the page import it. */
  readonly file: string | undefined;
  /** What the page says that the block prints. */
  readonly output: string | undefined;
}

/** The pages whose blocks are tested. */
export const pages = (): readonly string[] =>
  globSync(["README.md", "CONTRIBUTING.md", "docs/*.md", "solutions/*/README.md"], { cwd: root }).sort();

const part =
  /^<!-- preamble\n(?<preamble>[\s\S]*?)^-->$|^(?<indent> *)```(?<info>\w*[^\n]*)\n(?<text>[\s\S]*?)^ *```$/gm;

/** All TypeScript blocks of a page. */
export function blocksOf(page: string): readonly Block[] {
  const text = readFileSync(join(root, page), "utf8");
  const parts = [...text.matchAll(part)];
  let preamble = "";
  return parts.flatMap(({ groups, index }, position) => {
    const { preamble: hidden, info = "", text: code = "" } = groups ?? {};
    if (hidden !== undefined) preamble = hidden;
    const [language, ...marks] = info.split(" ");
    if (language !== "ts") return [];
    return {
      page,
      line: text.slice(0, index).split("\n").length,
      code,
      preamble,
      compileOnly: marks.includes("compile"),
      file: marks.find((mark) => mark.startsWith("file="))?.slice("file=".length),
      output: outputAfter(text, parts[position]!, parts[position + 1]),
    };
  });
}

/** The block `text` that follows with nothing in between. */
function outputAfter(page: string, block: RegExpExecArray, next: RegExpExecArray | undefined): string | undefined {
  if (next?.groups?.info !== "text") return undefined;
  const between = page.slice(block.index + block[0].length, next.index);
  return between.trim() === "" ? next.groups.text?.trim() : undefined;
}
