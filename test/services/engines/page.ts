/** `docs/engines.md`: what runs on both engines, and what differs. */
import type { Difference } from "../differences.ts";
import { differences } from "./differences.ts";
import { type Suite, suites } from "./suites.ts";

const kinds: Readonly<Record<Difference["kind"], string>> = {
  ours: "we could, have not",
  cannot: "Spark cannot",
  never: "never",
};

const kindNames = Object.keys(kinds) as readonly Difference["kind"][];

type Cells = readonly string[];

/** A table as the formatter leaves it. */
function table(header: Cells, rows: readonly Cells[], isRight: (column: number) => boolean): string {
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((cells) => cells[column]!.length)));
  const padded = (text: string, column: number): string =>
    isRight(column) ? text.padStart(widths[column]!) : text.padEnd(widths[column]!);
  const line = (cells: Cells): string => `| ${cells.map(padded).join(" | ")} |`;
  const rule = widths.map((width, column) => (isRight(column) ? `${"-".repeat(width - 1)}:` : "-".repeat(width)));
  return [line(header), line(rule), ...rows.map(line)].join("\n");
}

const inCell = (text: string): string => text.replaceAll("|", "\\|").replaceAll(/\s+/g, " ");

/** The name of a case in the table of differences. */
export const caseName = (suite: Suite, { name }: { readonly name: string }): string => `${suite.name}: ${name}`;

const marked = (suite: Suite): readonly (readonly [name: string, difference: Difference])[] =>
  suite.cases
    .map((one) => caseName(suite, one))
    .filter((name) => Object.hasOwn(differences, name))
    .map((name) => [name, differences[name]!] as const);

function counts(name: string, among: readonly Suite[]): Cells {
  const cases = among.flatMap((suite) => suite.cases).length;
  const found = among.flatMap(marked);
  const ofKind = kindNames.map((kind) => found.filter(([, difference]) => difference.kind === kind).length);
  return [name, ...[cases, cases - found.length, ...ofKind].map(String)];
}

const reasons = (suite: Suite): readonly Cells[] =>
  marked(suite).map(([name, { kind, reason }]) => [inCell(name), kinds[kind], inCell(reason)]);

const summary = (): string =>
  table(
    ["suite", "cases", "equal", ...Object.values(kinds)],
    [...suites.map((suite) => counts(suite.name, [suite])), counts("all", suites)],
    (column) => column > 0,
  );

/** The page; what it says holds when the suite passes, which fails at each difference that is not marked and at each mark without one. */
export const enginesPage = (): string => `# One program, two engines

Every case below runs on the embedded engine and, over Spark Connect, on Spark 4.2: names, types, nullability, values
and error conditions with their parameters are compared. \`npm run engines\` runs them and writes this page.

${summary()}

## What differs

${table(["case", "kind", "reason"], suites.flatMap(reasons), () => false)}
`;
