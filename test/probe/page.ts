/** What the probe found, as a page. */
import type { Gap } from "./gaps.ts";
import { asked, isRefusal } from "./gaps.ts";
import type { ProbedCall } from "./recorded.ts";
import { describedLetter, probedTypes } from "./types.ts";

const code = (text: string): string => `\`${text}\``;

const shareOf = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(2)} %`;

function exampleOf({ place, letter, spark, ours }: Gap): string {
  const where = letter === "" ? "" : `${code(describedLetter(letter))} in place ${Number(place) + 1}: `;
  return `${where}Spark ${code(spark)}, here ${code(ours)}`;
}

function callLine(call: ProbedCall, gaps: readonly Gap[]): string {
  const refused = gaps.filter(isRefusal).length;
  const counts = [
    ...(gaps.length > refused ? [`${gaps.length - refused} otherwise`] : []),
    ...(refused > 0 ? [`${refused} refused by name`] : []),
  ];
  const [first] = [...gaps].sort((a, b) => Number(isRefusal(a)) - Number(isRefusal(b)));
  return `- ${code(call.text)}: of ${asked(call)} ${counts.join(", ")}; ${exampleOf(first!)}`;
}

function callLines(calls: readonly ProbedCall[], gaps: readonly Gap[]): readonly string[] {
  const byCall = Map.groupBy(gaps, ({ text }) => text);
  const open = calls.filter(({ text }) => byCall.has(text));
  const count = ({ text }: ProbedCall): number => byCall.get(text)!.length;
  return open.toSorted((a, b) => count(b) - count(a)).map((call) => callLine(call, byCall.get(call.text)!));
}

/** The page. */
export function probePage(calls: readonly ProbedCall[], gaps: readonly Gap[]): string {
  const all = calls.reduce((sum, call) => sum + asked(call), 0);
  const refused = gaps.filter(isRefusal).length;
  const types = Object.values(probedTypes).map(({ name }) => code(name));
  return `# What Spark's analyzer says of every call

Made by \`npm run probe\`, which starts Spark 4.2.0 and asks it, by analysis only, about every function and operator: for each
place of a call an argument of each of ${types.length} types (${types.join(", ")}), once as a constant and once as a column that
may be null, with the type of the result, whether it may be null, or the condition of the error; and whether the call of constants is foldable. The
answers are in \`test/answers/probe/answers.txt\`; \`npm test\` compares the embedded engine's analyzer with each of them. The
command fails when a question that is answered alike here is no more.

Of ${all} questions ${all - gaps.length} are answered alike (${shareOf(all - gaps.length, all)}), ${refused} refused by name and ${gaps.length - refused} answered otherwise. \`?\` stands for what
may be null, \`!\` for the condition of an error (without \`DATATYPE_MISMATCH\`).

Each call with how many of its questions are answered otherwise, and the first of them:

${callLines(calls, gaps).join("\n")}
`;
}
