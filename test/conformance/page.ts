/** What the comparison found, as a page. */
import type { Standing, Verdict } from "./case.ts";

const columns: Readonly<Record<Standing, string>> = {
  equal: "equal",
  value: "equal value only",
  law: "changing, law kept",
  different: "different",
  refused: "refused",
};
const standings = Object.keys(columns) as readonly Standing[];

const count = (verdicts: readonly Verdict[], standing: Standing): number =>
  verdicts.filter((verdict) => verdict.standing === standing).length;

const share = (part: number, whole: number): string => (whole === 0 ? "" : `${((100 * part) / whole).toFixed(1)} %`);

const equalShare = (verdicts: readonly Verdict[]): string =>
  share(count(verdicts, "equal") + count(verdicts, "law"), verdicts.length);

const cells = (verdicts: readonly Verdict[]): readonly string[] => [
  String(verdicts.length),
  ...standings.map((standing) => String(count(verdicts, standing))),
  equalShare(verdicts),
];

const row = (values: readonly string[]): string => `| ${values.join(" | ")} |`;

/** The counts by family, as rows of text. */
export function countsByFamily(verdicts: readonly Verdict[]): readonly (readonly string[])[] {
  const families = [...new Set(verdicts.map(({ family }) => family))].sort();
  const of = (family: string) => verdicts.filter((verdict) => verdict.family === family);
  return [
    ["family", "cases", ...Object.values(columns), "equal or law"],
    ...families.map((family) => [family, ...cells(of(family))]),
    ["all", ...cells(verdicts)],
  ];
}

const inCell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

function details(verdicts: readonly Verdict[], standing: Standing): string {
  const found = verdicts.filter((verdict) => verdict.standing === standing);
  const lines = found.map(({ sql, detail }) => `- \`${inCell(sql).replaceAll("`", "'")}\`: ${inCell(detail)}`);
  return lines.length === 0 ? "None." : lines.join("\n");
}

/** What was found of statements with values at the edges of types. */
export interface EdgeCounts {
  /** Of the seed whose answers are looked at. */
  readonly shown: readonly Verdict[];
  /** Of the seed that is only measured. */
  readonly heldOut: readonly Verdict[];
}

function edgeRows({ shown, heldOut }: EdgeCounts): string {
  const families = [...new Set([...shown, ...heldOut].map(({ family }) => family))].sort();
  const of = (verdicts: readonly Verdict[], family: string) => verdicts.filter((verdict) => verdict.family === family);
  const line = (name: string, one: readonly Verdict[], other: readonly Verdict[]) =>
    row([name, ...[one, other].flatMap((verdicts) => [String(verdicts.length), equalShare(verdicts)])]);
  const header = ["family", "cases", "equal", "cases held out", "equal held out"];
  const body = families.map((family) => line(family, of(shown, family), of(heldOut, family)));
  return [row(header), row(header.map(() => "---")), ...body, line("all", shown, heldOut)].join("\n");
}

/** The page. */
export function page(verdicts: readonly Verdict[], edges: EdgeCounts, sparkVersion: string): string {
  const [header, ...body] = countsByFamily(verdicts);
  return `# How equal to Spark

Made by \`npm run conformance\`, which starts Spark ${sparkVersion} without its module for Avro, takes every example that it shows
of its own functions (\`DESCRIBE FUNCTION EXTENDED\`) and every example in the documentation of this project's functions, and runs them on both
engines. The command fails when a case that is equal here has become anything else.

*Equal* means the same names, types, nullability and values, or the same condition of the error, or an error of this project
without a condition where Spark's has none. Rows are compared in any
order unless the statement sorts them. Answers that change from run to run are compared by type and by what must hold of
their values. What is refused raises an error that says why.

${[row(header!), row(header!.map(() => "---")), ...body.map(row)].join("\n")}

## At the edges

Statements made from the calls and examples of every function by putting a value at an edge in place of a plain one: null,
empty, the least and the greatest of each type, NaN, negative zero, decimals of 38 digits, dates far away, odd Unicode,
nulls inside, a value of another type; as a constant and as a column. A seed decides which. The answers of one seed
are looked at when functions are mended; those of the other, which has none of its statements, are only counted, so that they tell what to
expect of calls that nobody tried.

${edgeRows(edges)}

## Different

${details(verdicts, "different")}

## Equal in value only

${details(verdicts, "value")}

## Refused

${details(verdicts, "refused")}
`;
}
