/** The patterns of `to_char` and `to_number`: `S$9,999.00`. Spark's source: `ToNumberParser`. */
import { AnalysisError } from "../errors.ts";

/** A run of `9` and `0`; one before the point that starts with 0 stands for exactly as many digits. */
export interface DigitRun {
  readonly count: number;
  readonly exactly: boolean;
}

/** What stands in a pattern: digits between thousands separators, or a sign. */
export type PatternPart =
  | { readonly kind: "digits"; readonly runs: readonly DigitRun[] }
  | { readonly kind: "point" | "dollar" | "sign" | "minus" | "opening" | "closing" };

export interface NumberPattern {
  readonly text: string;
  readonly parts: readonly PatternPart[];
  /** How many digits there are before the point. */
  readonly whole: number;
  /** How many digits there are behind the point. */
  readonly fraction: number;
}

type Token = { readonly kind: "run"; readonly run: DigitRun } | { readonly kind: Symbol | "separator" | "unknown" };
type Symbol = "point" | "dollar" | "sign" | "minus" | "closing";

const forms: readonly [RegExp, (found: string) => Token][] = [
  [/[09]+/y, (digits) => ({ kind: "run", run: { count: digits.length, exactly: digits[0] === "0" } })],
  [/[.D]/y, () => ({ kind: "point" })],
  [/[,G]/y, () => ({ kind: "separator" })],
  [/\$/y, () => ({ kind: "dollar" })],
  [/S/y, () => ({ kind: "sign" })],
  [/MI/y, () => ({ kind: "minus" })],
  [/PR/y, () => ({ kind: "closing" })],
  [/./sy, () => ({ kind: "unknown" })],
];

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    for (const [form, make] of forms) {
      form.lastIndex = at;
      const found = form.exec(text)?.[0];
      if (found === undefined) continue;
      tokens.push(make(found));
      at += found.length;
      break;
    }
  }
  return tokens;
}

const isDigits = ({ kind }: Token): boolean => kind === "run" || kind === "separator";
const count = (tokens: readonly Token[], kind: Token["kind"]): number =>
  tokens.filter((token) => token.kind === kind).length;

function refusal(text: string, name: string, sentence: string, parameters: Readonly<Record<string, string>> = {}) {
  return new AnalysisError(`The format is invalid: '${text}'. ${sentence}`, {
    condition: `INVALID_FORMAT.${name}`,
    sqlState: "42601",
    parameters: { format: `'${text}'`, ...parameters },
    hint: "Write a pattern such as 9,999.00, with S, MI, PR or $ at its ends.",
  });
}

const structure = "`[MI|S]` `[$]` `[0|9|G|,]*` `[.|D]` `[0|9]*` `[$]` `[PR|MI|S]`";
const signs = { point: ". or D", sign: "S", dollar: "$", minus: "MI", closing: "PR" } as const;
const shown = { ...signs, run: "digit sequence", separator: "digit sequence", opening: "PR" } as const;

/** What is wrong with the characters of a pattern; their order is judged afterwards. */
function check(text: string, tokens: readonly Token[]): void {
  if (text === "") throw refusal(text, "EMPTY", "The number format string cannot be empty");
  if (count(tokens, "run") === 0)
    throw refusal(text, "WRONG_NUM_DIGIT", "The format string requires at least one number digit");
  const unknown = /[^09.,DG$S]/.exec(text.replaceAll(/MI|PR/g, ""))?.[0];
  if (count(tokens, "unknown") > 0) throw unexpected(text, `character '${unknown}''`);
  const point = tokens.findIndex(({ kind }) => kind === "point");
  if (point >= 0 && tokens.slice(point).some(({ kind }) => kind === "separator"))
    throw refusal(
      text,
      "THOUSANDS_SEPS_MUST_BEFORE_DEC",
      "Thousands separators (, or G) may not appear after the decimal point in the number format",
    );
  const isLone = (index: number) => tokens[index - 1]?.kind !== "run" || tokens[index + 1]?.kind !== "run";
  if (tokens.some(({ kind }, index) => kind === "separator" && isLone(index)))
    throw refusal(
      text,
      "CONT_THOUSANDS_SEPS",
      "Thousands separators (, or G) must have digits in between them in the number format",
    );
  checkSymbols(text, tokens, point);
}

function checkSymbols(text: string, tokens: readonly Token[], point: number): void {
  const dollar = tokens.findIndex(({ kind }) => kind === "dollar");
  if (dollar > tokens.findIndex(isDigits))
    throw refusal(text, "CUR_MUST_BEFORE_DIGIT", "Currency characters must appear before digits in the number format");
  if (point >= 0 && dollar > point)
    throw refusal(
      text,
      "CUR_MUST_BEFORE_DEC",
      "Currency characters must appear before any decimal point in the number format",
    );
  for (const [kind, token] of Object.entries(signs)) {
    if (count(tokens, kind as Symbol) > 1)
      throw refusal(text, "WRONG_NUM_TOKEN", `At most one ${token} is allowed in the number format`, { token });
  }
}

const unexpected = (text: string, token: string): AnalysisError =>
  refusal(
    text,
    "UNEXPECTED_TOKEN",
    `Found the unexpected ${token} in the format string; the structure of the format string must match: ${structure}`,
    { token, structure },
  );

const runOf = (token: Token, isBehindPoint: boolean): readonly DigitRun[] =>
  token.kind === "run" ? [{ ...token.run, exactly: token.run.exactly && !isBehindPoint }] : [];

/** Neighbouring runs of digits as one part, with the bracket that `PR` opens at the front. */
function grouped(tokens: readonly Token[]): readonly PatternPart[] {
  const parts: PatternPart[] = [];
  tokens.forEach((token, index) => {
    if (!isDigits(token)) parts.push({ kind: token.kind as Symbol });
    else if (index === 0 || !isDigits(tokens[index - 1]!)) {
      const end = tokens.findIndex((other, at) => at > index && !isDigits(other));
      const own = tokens.slice(index, end < 0 ? undefined : end);
      const isBehindPoint = parts.some(({ kind }) => kind === "point");
      parts.push({ kind: "digits", runs: own.flatMap((part) => runOf(part, isBehindPoint)) });
    }
  });
  return parts.some(({ kind }) => kind === "closing") ? [{ kind: "opening" }, ...parts] : parts;
}

const order: readonly (readonly PatternPart["kind"][])[] = [
  ["opening"],
  ["minus", "sign"],
  ["dollar"],
  ["digits"],
  ["point"],
  ["digits"],
  ["dollar"],
  ["minus", "sign", "closing"],
];

function checkOrder(text: string, parts: readonly PatternPart[]): void {
  let at = 0;
  for (const allowed of order) if (at < parts.length && allowed.includes(parts[at]!.kind)) at++;
  const [left] = parts.slice(at);
  if (left !== undefined) throw unexpected(text, left.kind === "digits" ? shown.run : shown[left.kind]);
}

const known = new Map<string, NumberPattern>();

/**
 * Reads a pattern.
 *
 * @param written - the pattern, in any case
 * @throws AnalysisError `INVALID_FORMAT.…` where it is none
 * @example
 * ```ts
 * console.log(numberPattern("9,999.00").whole); // 4
 * ```
 */
export function numberPattern(written: string): NumberPattern {
  const found = known.get(written);
  if (found !== undefined) return found;
  const text = written.toUpperCase();
  const tokens = tokensOf(text);
  check(text, tokens);
  const parts = grouped(tokens);
  checkOrder(text, parts);
  const point = tokens.findIndex(({ kind }) => kind === "point");
  const digits = (some: readonly Token[]) =>
    some.reduce((sum, token) => sum + (token.kind === "run" ? token.run.count : 0), 0);
  const [whole, all] = [digits(point < 0 ? tokens : tokens.slice(0, point)), digits(tokens)];
  const pattern = { text, parts, whole, fraction: all - whole };
  if (known.size > 1000) known.clear();
  known.set(written, pattern);
  return pattern;
}
