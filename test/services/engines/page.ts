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

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;

const inCell = (text: string): string => text.replaceAll("|", "\\|").replaceAll(/\s+/g, " ");

/** The name of a case in the table of differences. */
export const caseName = (suite: Suite, { name }: { readonly name: string }): string => `${suite.name}: ${name}`;

const marked = (suite: Suite): readonly (readonly [name: string, difference: Difference])[] =>
  suite.cases
    .map((one) => caseName(suite, one))
    .filter((name) => Object.hasOwn(differences, name))
    .map((name) => [name, differences[name]!] as const);

function counts(name: string, among: readonly Suite[]): string {
  const cases = among.flatMap((suite) => suite.cases).length;
  const found = among.flatMap(marked);
  const ofKind = kindNames.map((kind) => found.filter(([, difference]) => difference.kind === kind).length);
  return row([name, cases, cases - found.length, ...ofKind]);
}

const reasons = (suite: Suite): readonly string[] =>
  marked(suite).map(([name, { kind, reason }]) => row([inCell(name), kinds[kind], inCell(reason)]));

/** The page; what it says holds when the suite passes, which fails at each difference that is not marked and at each mark without one. */
export const enginesPage = (): string => `# One program, two engines

Every case below runs on the embedded engine and, over Spark Connect, on Spark 4.2: names, types, nullability, values
and error conditions with their parameters are compared. \`npm run engines\` runs them and writes this page.

${row(["suite", "cases", "equal", ...Object.values(kinds)])}
${row(["---", "---:", "---:", ...kindNames.map(() => "---:")])}
${suites.map((suite) => counts(suite.name, [suite])).join("\n")}
${counts("all", suites)}

## What differs

${row(["case", "kind", "reason"])}
${row(["---", "---", "---"])}
${suites.flatMap(reasons).join("\n")}
`;
