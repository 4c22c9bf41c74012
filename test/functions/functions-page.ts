/** `docs/functions.md`: every function by family, from the lines that define them. Run this file to write the page. */
import { readFileSync, writeFileSync } from "node:fs";
import type { families } from "../../src/functions/catalogue.ts";

export const pageFile = new URL("../../docs/functions.md", import.meta.url);

const titles: Readonly<Record<keyof typeof families, string>> = {
  aggregate: "Aggregates",
  collection: "Arrays and maps",
  conditional: "Conditions",
  csv: "CSV in columns",
  date: "Dates, timestamps and intervals",
  format: "Numbers as text, masks and random text",
  higherOrder: "Functions of functions",
  json: "JSON in columns",
  math: "Mathematics",
  misc: "Hashes, the session and the rest",
  predicate: "Predicates and patterns",
  ranking: "Windows",
  spatial: "Shapes",
  string: "Text and bytes",
  kllSketch: "Sketches of ranks",
  hllSketch: "HyperLogLog sketches",
  summary: "Summaries of many values",
  thetaSketch: "Sketches of sets",
  tupleSketch: "Sketches of sets with numbers",
  timeWindow: "Windows of time",
  variant: "Variants",
  vector: "Vectors",
  xml: "XML in columns",
};

interface Documented {
  readonly name: string;
  readonly parameters: string;
  readonly sentence: string;
}

const moduleName = (family: string): string => family.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The functions of a family, by the first paragraph of their comment and the line of text that defines them. */
function functionsOf(family: string): readonly Documented[] {
  const source = readFileSync(new URL(`../../src/functions/${moduleName(family)}.ts`, import.meta.url), "utf8");
  const entries = source.matchAll(/\/\*\*\n((?: \*.*\n)+?) \*\/\nexport const \w+ = \w+\(\s*"([^"(]+)\((.*?)\):/g);
  return [...entries].map(([, comment, name, parameters]) => ({
    name: name!,
    parameters: parameters!.replaceAll(/: [^,]+/g, "").replaceAll(/(\w+)\?/g, "[$1]"),
    sentence: firstParagraph(comment!),
  }));
}

const firstParagraph = (comment: string): string =>
  comment
    .split(/^ \*\s*(?:\n|@)/m)[0]!
    .replaceAll(/^ \* ?/gm, "")
    .replaceAll("\n", " ")
    .replaceAll("|", "\\|")
    .trim();

const line = ({ name, parameters, sentence }: Documented): string => `- \`${name}(${parameters})\`: ${sentence}`;

function section([family, title]: readonly [string, string]): string {
  const functions = [...functionsOf(family)].sort((left, right) => (left.name < right.name ? -1 : 1));
  return `## ${title}\n\n${functions.map(line).join("\n")}\n`;
}

/** The page as the sources say it. */
export const functionsPage = (): string => `# Functions

Every function by family, under its SQL name. From TypeScript each has its name in camel case (\`dateAdd\` for
\`date_add\`) and is imported from \`lakewright/functions\`; brackets mark what may be left out. Types, nulls and errors are
Spark's. What is refused, and why: [refused functions](refused-functions.md). How equal the answers are:
[conformance](conformance.md).

${Object.entries(titles).map(section).join("\n")}`;

if (import.meta.main) writeFileSync(pageFile, functionsPage());
