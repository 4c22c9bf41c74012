/**
 * Spark's recorded answers: for each call a line with its text, marked when a call of constants is foldable or not, then for each place
 * the answers with the letters of the arguments that have them.
 */
import { readFileSync, writeFileSync } from "node:fs";

export interface ProbedCall {
  /** The text of the call's form. */
  readonly text: string;
  /** Whether a call of constants is foldable; undefined for what cannot be asked, such as aggregates. */
  readonly foldable?: boolean;
  /** For each place the answer by the letter of the argument. */
  readonly places: readonly Readonly<Record<string, string>>[];
}

const file = new URL("../answers/probe/answers.txt", import.meta.url);

const foldableMark = { foldable: true, "not foldable": false } as const;

export function writeProbed(calls: readonly ProbedCall[]): void {
  writeFileSync(file, `${calls.map(callText).join("\n")}\n`);
}

function callText({ text, foldable, places }: ProbedCall): string {
  const mark = foldable === undefined ? "" : `\t${foldable ? "foldable" : "not foldable"}`;
  return [`${text}${mark}`, ...places.map((answers) => `\t${grouped(answers)}`)].join("\n");
}

/** `int=eE	!CONDITION=ab`. */
export function grouped(answers: Readonly<Record<string, string>>): string {
  const groups = Map.groupBy(Object.entries(answers), ([, answer]) => answer);
  return [...groups].map(([answer, of]) => `${answer}=${of.map(([letter]) => letter).join("")}`).join("\t");
}

export function readProbed(): readonly ProbedCall[] {
  const calls = readFileSync(file, "utf8")
    .trimEnd()
    .split(/\n(?!\t)/);
  return calls.map((lines) => {
    const [head, ...places] = lines.split("\n");
    const [text, mark] = head!.split("\t");
    return { text: text!, ...foldableOf(mark), places: places.map(ungrouped) };
  });
}

const foldableOf = (mark: string | undefined) =>
  mark === undefined ? {} : { foldable: foldableMark[mark as keyof typeof foldableMark] };

const ungrouped = (line: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    line
      .slice(1)
      .split("\t")
      .flatMap((group) => {
        const at = group.lastIndexOf("=");
        return [...group.slice(at + 1)].map((letter) => [letter, group.slice(0, at)]);
      }),
  );
