/**
 * Where a sentence ends: the states of Java's `BreakIterator`, found by its answers to some thousand texts.
 *
 * A sentence ends behind `!` and `?`, and behind a period where another one may begin: with a capital after white space,
 * with any letter after more of it or after a symbol. Whether it does is not known until then, and Java takes back
 * all that it has read when it is not sure at the end of the text.
 */

/** What characters are, the first that fits; all others are symbols. */
const kinds = {
  paragraph: /\u2029/,
  space: /[\t\r\f\n\u2028\p{Zs}]/u,
  firm: /[!?\u3002\uff01\uff1f]/,
  period: /[.\uff0e]/,
  quote: /["']/,
  close: /[\p{Pe}\p{Pf}]/u,
  small: /\p{Ll}/u,
  letter: /\p{L}/u,
  plain: /[\p{N},]/u,
  attached: /[\p{Mn}\p{Me}\p{Cf}]/u,
} as const;

type Kind = Exclude<keyof typeof kinds, "attached"> | "symbol";

type State =
  /** Inside of a sentence. */
  | "within"
  /** Behind a period and what closes after it, behind a quote there, behind white space, and behind more of it. */
  | "stopped"
  | "closed"
  | "spaced"
  | "widely spaced"
  /** Behind a symbol with which the next sentence may begin; after `closed` and `widely spaced` nothing else may follow. */
  | "begun"
  | "begun for sure"
  /** Behind a mark that ends a sentence, and behind the white space after it. */
  | "ended"
  | "after the end";

/** `here` ends the sentence behind the character, `before` where the next one may begin, `back` where it was last sure. */
type Step = State | "here" | "before" | "back";
type Steps = Readonly<Record<Kind, Step>>;

const every = (step: Step): Steps => ({
  ...{ paragraph: step, space: step, firm: step, period: step, quote: step },
  ...{ close: step, small: step, letter: step, plain: step, symbol: step },
});

const within: Steps = { ...every("within"), paragraph: "here", firm: "ended", period: "stopped" };
const begins: Partial<Steps> = { small: "before", letter: "before" };

const steps: Readonly<Record<State, Steps>> = {
  within,
  stopped: { ...within, space: "spaced", quote: "closed", close: "stopped", symbol: "begun" },
  closed: { ...within, ...begins, space: "spaced", quote: "closed", close: "stopped", symbol: "begun for sure" },
  spaced: { ...within, space: "widely spaced", letter: "before", quote: "begun", symbol: "begun" },
  "widely spaced": {
    ...{ ...within, ...begins, space: "widely spaced" },
    ...{ quote: "begun for sure", symbol: "begun for sure" },
  },
  begun: { ...within, ...begins, quote: "begun", symbol: "begun" },
  "begun for sure": { ...every("back"), ...begins, quote: "begun", symbol: "begun" },
  ended: {
    ...{ ...every("back"), paragraph: "here", space: "after the end" },
    ...{ firm: "ended", period: "ended", quote: "ended", close: "ended" },
  },
  "after the end": { ...every("back"), paragraph: "here", space: "after the end" },
};

/** Where the next sentence may begin, and where it surely may not. */
const undecided: ReadonlySet<State> = new Set<State>(["stopped", "closed", "spaced", "widely spaced"]);
const unsure: ReadonlySet<State> = new Set<State>([...undecided, "begun", "begun for sure"]);

const kindOf = (character: string): Kind | "attached" => {
  const names = Object.keys(kinds) as (keyof typeof kinds)[];
  return names.find((name) => kinds[name].test(character)) ?? "symbol";
};

/**
 * The length of the first sentence of a text, with the white space behind it.
 *
 * @param text - not empty; marks stand behind letters and digits only
 */
export function sentenceLength(text: string): number {
  let state: State = "within";
  let sure = String.fromCodePoint(text.codePointAt(0)!).length;
  let [next, at] = [0, 0];
  for (const character of text) {
    at += character.length;
    const kind = kindOf(character);
    const step: Step = kind === "attached" ? state : steps[state][kind];
    if (step === "here") return at;
    if (step === "before") return next;
    if (step === "back") return sure;
    state = step;
    if (undecided.has(state)) next = at;
    else if (!unsure.has(state)) sure = at;
  }
  return next === text.length ? next : sure;
}
