/** Where the embedded engine's analyzer does not say what Spark's says, and the list of what is known of it. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { ProbedCall } from "./recorded.ts";

/** A question that is answered otherwise. */
export interface Gap {
  /** The text of the call's form. */
  readonly text: string;
  /** The number of the place, or `foldable`. */
  readonly place: string;
  /** The letter of the argument; empty for whether a call is foldable. */
  readonly letter: string;
  readonly spark: string;
  readonly ours: string;
}

/** What Spark itself fails at is no answer. */
const isAnswer = (answer: string): boolean => !/^!(?:INTERNAL_ERROR|no condition)/.test(answer);

const foldableText = (foldable: boolean | undefined): string =>
  foldable === undefined ? "!no condition" : foldable ? "foldable" : "not foldable";

function answersOf({
  foldable,
  places,
}: ProbedCall): readonly (readonly [place: string, letter: string, answer: string])[] {
  const ofPlaces = places.flatMap((answers, place) =>
    Object.entries(answers).map(([letter, answer]) => [String(place), letter, answer] as const),
  );
  return [["foldable", "", foldableText(foldable)] as const, ...ofPlaces].filter(([, , answer]) => isAnswer(answer));
}

/** How many questions about a call Spark answers. */
export const asked = (call: ProbedCall): number => answersOf(call).length;

/** The questions about a call that are answered otherwise. */
export function gapsOf(spark: ProbedCall, ours: ProbedCall): readonly Gap[] {
  return answersOf(spark).flatMap(([place, letter, answer]) => {
    const own = place === "foldable" ? foldableText(ours.foldable) : ours.places[Number(place)]![letter]!;
    return own === answer ? [] : [{ text: spark.text, place, letter, spark: answer, ours: own }];
  });
}

/** What is refused by name, where Spark answers. */
export const isRefusal = ({ ours }: Gap): boolean => ours === "!UNSUPPORTED_FEATURE";

const keyOf = ({ text, place, letter }: Gap): string => `${text}\t${place}\t${letter}`;

/** The gaps that are not among the known ones. */
export function beyond(gaps: readonly Gap[], known: readonly Gap[]): readonly Gap[] {
  const keys = new Set(known.map(keyOf));
  return gaps.filter((gap) => !keys.has(keyOf(gap)));
}

/** A gap as one line. */
export const gapText = ({ text, place, letter, spark, ours }: Gap): string =>
  `${text}, place ${place}, ${letter}: Spark ${spark}, here ${ours}`;

const file = new URL("../answers/probe/gaps.txt", import.meta.url);

/** The known gaps, a line for each call, place and pair of answers. */
export function readGaps(): readonly Gap[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "");
  return lines.flatMap((line) => {
    const [text, place, letters, spark, ours] = line.split("\t") as [string, string, string, string, string];
    return (letters === "" ? [""] : [...letters]).map((letter) => ({ text, place, letter, spark, ours }));
  });
}

export function writeGaps(gaps: readonly Gap[]): void {
  const groups = Map.groupBy(gaps, ({ text, place, spark, ours }) => [text, place, spark, ours].join("\t"));
  const lines = [...groups.values()].map((group) => {
    const { text, place, spark, ours } = group[0]!;
    return `${[text, place, group.map(({ letter }) => letter).join(""), spark, ours].join("\t")}\n`;
  });
  writeFileSync(file, lines.join(""));
}
