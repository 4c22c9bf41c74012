/** Blocks as programs: with their preamble, and with the lines apart that the compiler is to refuse. */
import type { Block } from "./blocks.ts";

const importLine = /^import (?<type>type )?\{(?<names>[^}]*)\} from (?<from>"[^"]+");$/gm;

/** The program of a block; errors that the page shows by `~~~` under the line are expected of the compiler. */
export function programOf({ code, preamble, file }: Block): string {
  const body = expectErrors(code.replaceAll(importLine, ""));
  const imports = merged(preamble + code);
  const hidden = preamble.replaceAll(importLine, "");
  // A block may declare again what the preamble declares.
  const isModule = file !== undefined || /^export /m.test(body);
  return `${imports}\n${hidden}\n${isModule ? body : `{\n${body}\n}`}\nexport {};\n`;
}

/** The imports of a text, each name once. */
function merged(text: string): string {
  const names = new Map<string, Set<string>>();
  for (const { groups } of text.matchAll(importLine)) {
    const { type = "", names: list = "", from = "" } = groups ?? {};
    const known = names.get(from) ?? new Set();
    for (const name of list.split(",").map((entry) => entry.trim())) if (name !== "") known.add(`${type}${name}`);
    names.set(from, known);
  }
  return [...names].map(([from, known]) => `import { ${[...known].join(", ")} } from ${from};`).join("\n");
}

/** A line with a comment of `~~~` below it must not compile, and is not run. */
const expectErrors = (code: string): string =>
  code.replaceAll(
    /^(.+)\n *\/\/ *~~~.*$/gm,
    (_, line: string) => `// @ts-expect-error\nvoid (async () => { ${line}\n});`,
  );
