/** Regular expressions that match as Java's do. */
import { UnsupportedError } from "../../../../errors.ts";
import { toJavaScript, type Written } from "./javascript.ts";
import { parsePattern } from "./parse.ts";
import type { Pattern } from "./syntax.ts";

/** A match, with the text of its groups. */
export interface Match {
  /** The UTF-16 unit at which it begins. */
  readonly start: number;
  readonly end: number;
  /** The text of a group, undefined where it matched nothing; 0 is the whole. */
  group(number: number): string | undefined;
}

const most = 1000;
const known = new Map<string, JavaPattern>();

/**
 * A regular expression of Java.
 *
 * @example
 * ```ts
 * console.log(JavaPattern.of("a(b+)").first("cabb")?.group(1)); // bb
 * ```
 */
export class JavaPattern {
  readonly pattern: Pattern;
  readonly #written: Written;

  /**
   * @param source - the pattern
   * @throws PatternError where Java would refuse it
   * @throws UnsupportedError for what JavaScript has not
   */
  constructor(source: string) {
    this.pattern = parsePattern(source);
    this.#written = toJavaScript(this.pattern);
  }

  /** The pattern of a text, compiled once. */
  static of(source: string): JavaPattern {
    const found = known.get(source);
    if (found !== undefined) return found;
    const made = new JavaPattern(source);
    if (known.size >= most) known.clear();
    known.set(source, made);
    return made;
  }

  /** How many groups it has. */
  get groups(): number {
    return this.pattern.groups;
  }

  /** Whether a text has a match. */
  test(text: string): boolean {
    return this.#find(text, 0) !== null;
  }

  /** The first match. */
  first(text: string): Match | undefined {
    const match = this.#find(text, 0);
    return match === null ? undefined : this.#match(match);
  }

  /** The matches one after the other. */
  *all(text: string): Generator<Match> {
    for (let from = 0; from <= text.length; ) {
      const match = this.#find(text, from);
      if (match === null) return;
      yield this.#match(match);
      const end = match.index + match[0].length;
      from = match[0] === "" ? end + (text.codePointAt(end)! > 0xffff ? 2 : 1) : end;
    }
  }

  #find(text: string, from: number): RegExpExecArray | null {
    const { expression } = this.#written;
    expression.lastIndex = from;
    return expression.exec(text);
  }

  #match(match: RegExpExecArray): Match {
    const { groups, doubtful } = this.#written;
    return {
      start: match.index,
      end: match.index + match[0].length,
      group: (number) => {
        if (doubtful.has(number)) throw this.#doubt(number);
        return match[groups[number]!];
      },
    };
  }

  #doubt(number: number): UnsupportedError {
    return new UnsupportedError(
      `the group ${number} of the regular expression ${this.pattern.source} is repeated, and not every repetition fills it`,
      {
        hint: "Ask for a group around the repetition.",
      },
    );
  }
}
