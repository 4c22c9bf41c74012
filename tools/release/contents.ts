/** The files of the package and their size. */
import { type Finding, fail, pass } from "./finding.ts";
import type { Packed } from "./install.ts";

/** What may be published. */
const known = [/^dist\/.*(?<!\.test)\.(js|d\.ts)$/, /^templates\/project\//, /^bin\/lakewright\.js$/];
const documents = ["package.json", "LICENSE", "README.md", "CHANGELOG.md"];

/** Bytes: what a release may grow to before somebody has to look. */
const budgets = { packed: 1_800_000, unpacked: 8_000_000, file: 3_500_000 } as const;

export function contents({ files, size, unpackedSize }: Packed): readonly Finding[] {
  const paths = files.map(({ path }) => path);
  const unknown = paths.filter((path) => !documents.includes(path) && !known.some((pattern) => pattern.test(path)));
  const missing = documents.filter((path) => !paths.includes(path));
  const large = files
    .filter((file) => file.size > budgets.file)
    .map(({ path, size: bytes }) => `${path} ${kilobytes(bytes)}`);
  return [
    unknown.length + missing.length === 0
      ? pass("files", `${files.length}, all of them known`)
      : fail("files", `not known: ${unknown.join(", ") || "none"}; missing: ${missing.join(", ") || "none"}`),
    within("packed size", size, budgets.packed),
    within("unpacked size", unpackedSize, budgets.unpacked),
    large.length === 0
      ? pass("largest files", `each below ${kilobytes(budgets.file)}`)
      : fail("largest files", large.join(", ")),
  ];
}

const within = (check: string, bytes: number, budget: number): Finding =>
  (bytes <= budget ? pass : fail)(check, `${kilobytes(bytes)} of ${kilobytes(budget)}`);

const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000).toLocaleString("en")} kB`;
