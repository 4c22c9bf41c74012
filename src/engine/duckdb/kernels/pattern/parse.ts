/** Reads regular expressions as `java.util.regex.Pattern` does. */
import { UnsupportedError } from "../../../../errors.ts";
import {
  anyCase,
  anyCharacter,
  complement,
  escapedSets,
  lineTerminators,
  namedSet,
  newline,
  range,
  union,
} from "./sets.ts";
import type { Anchor, CharacterSet, Look, Node, Pattern } from "./syntax.ts";

/** A pattern that Java refuses. */
export class PatternError extends Error {
  override readonly name = "PatternError";
}

/** What `(?idmsux)` turns on. */
interface Flags {
  readonly ignoreCase: boolean;
  readonly unicodeCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly comments: boolean;
  readonly unixLines: boolean;
}

const flagLetters: Readonly<Record<string, keyof Flags>> = {
  i: "ignoreCase",
  u: "unicodeCase",
  m: "multiline",
  s: "dotAll",
  x: "comments",
  d: "unixLines",
};
const noFlags: Flags = {
  ignoreCase: false,
  unicodeCase: false,
  multiline: false,
  dotAll: false,
  comments: false,
  unixLines: false,
};

const controls: Readonly<Record<string, number>> = { t: 9, n: 10, r: 13, f: 12, a: 7, e: 27 };
const anchors: Readonly<Record<string, Anchor>> = {
  A: "start of input",
  z: "end of input",
  Z: "end before the last line terminator",
  b: "word boundary",
  B: "no word boundary",
};
const looks: readonly (readonly [string, Look])[] = [
  ["?=", "ahead"],
  ["?!", "not ahead"],
  ["?<=", "behind"],
  ["?<!", "not behind"],
];

/** `\r\n` or one terminator. */
const lineBreak: Node = {
  kind: "atomic",
  body: {
    kind: "alternatives",
    branches: [
      { kind: "sequence", parts: [literal(13), literal(10)] },
      { kind: "set", set: escapedSets.v! },
    ],
  },
};

function literal(point: number): Node {
  return { kind: "set", set: range(point) };
}

/**
 * Parses a pattern.
 *
 * @throws PatternError where Java would refuse it
 * @throws UnsupportedError for what no other engine has
 */
export function parsePattern(source: string): Pattern {
  const reader = new PatternReader(source);
  const root = reader.read();
  return { source, root, groups: reader.groups, names: reader.names };
}

class PatternReader {
  readonly #source: string;
  readonly names = new Map<string, number>();
  groups = 0;
  #at = 0;
  #flags = noFlags;

  constructor(source: string) {
    this.#source = source;
  }

  read(): Node {
    const root = this.#alternatives();
    if (this.#at < this.#source.length) throw this.#error("Unmatched closing ')'");
    return root;
  }

  #alternatives(): Node {
    const branches = [this.#sequence()];
    while (this.#take("|")) branches.push(this.#sequence());
    return branches.length === 1 ? branches[0]! : { kind: "alternatives", branches };
  }

  #sequence(): Node {
    const parts: Node[] = [];
    for (this.#skipComments(); this.#at < this.#source.length; this.#skipComments()) {
      const next = this.#peek();
      if (next === "|" || next === ")") break;
      if (next === "*" || next === "+" || next === "?") throw this.#error(`Dangling meta character '${next}'`);
      const quoted = this.#quotation();
      if (quoted === undefined) this.#element(parts);
      else this.#literals(quoted, parts);
    }
    return parts.length === 1 ? parts[0]! : { kind: "sequence", parts };
  }

  #element(parts: Node[]): void {
    const atom = this.#atom();
    if (atom !== undefined) parts.push(this.#repeated(atom));
  }

  /** Quoted characters: what repeats them repeats the last. */
  #literals(sets: readonly CharacterSet[], parts: Node[]): void {
    const nodes = sets.map((set) => this.#set(set));
    const last = nodes.pop();
    parts.push(...nodes);
    if (last !== undefined) parts.push(this.#repeated(last));
  }

  /** The next atom; undefined for flags, which are none. */
  #atom(): Node | undefined {
    if (this.#take("(")) return this.#group();
    if (this.#take("[")) return this.#set(this.#class());
    if (this.#take("\\")) return this.#escape();
    if (this.#take(".")) return { kind: "set", set: this.#dot() };
    if (this.#take("^")) return this.#anchor(this.#flags.multiline ? "start of line" : "start of input");
    if (this.#take("$"))
      return this.#anchor(this.#flags.multiline ? "end of line" : "end before the last line terminator");
    if (this.#peek() === "{") throw this.#error("Illegal repetition");
    return this.#set(range(this.#point()));
  }

  #set(set: CharacterSet): Node {
    const { ignoreCase, unicodeCase } = this.#flags;
    return { kind: "set", set: ignoreCase ? anyCase(set, unicodeCase) : set };
  }

  #dot(): CharacterSet {
    if (this.#flags.dotAll) return anyCharacter;
    return complement(this.#flags.unixLines ? newline : lineTerminators);
  }

  #anchor(anchor: Anchor): Node {
    if (this.#flags.unixLines && anchor !== "start of input") throw this.#unsupported("(?d) with ^ or $");
    return { kind: "anchor", anchor };
  }

  #repeated(body: Node): Node {
    this.#skipComments();
    const bounds = this.#bounds();
    if (bounds === undefined) return body;
    const [least, most] = bounds;
    if (this.#take("+")) return { kind: "atomic", body: { kind: "repeat", body, least, most, lazy: false } };
    return { kind: "repeat", body, least, most, lazy: this.#take("?") };
  }

  #bounds(): readonly [least: number, most: number] | undefined {
    if (this.#take("*")) return [0, Number.POSITIVE_INFINITY];
    if (this.#take("+")) return [1, Number.POSITIVE_INFINITY];
    if (this.#take("?")) return [0, 1];
    if (this.#peek() !== "{") return undefined;
    const match = this.#match(/\{(\d+)(?:(,)(\d*))?\}/y);
    if (match === undefined) throw this.#error("Illegal repetition");
    const least = Number(match[1]);
    const most = match[2] === undefined ? least : match[3] === "" ? Number.POSITIVE_INFINITY : Number(match[3]);
    if (most < least) throw this.#error("Illegal repetition range");
    return [least, most];
  }

  #group(): Node | undefined {
    const flags = this.#flags;
    const node = this.#groupBody();
    if (node !== undefined) this.#flags = flags;
    return node;
  }

  #groupBody(): Node | undefined {
    const look = looks.find(([sign]) => this.#take(sign));
    if (look !== undefined) return { kind: "look", look: look[1], body: this.#closed() };
    if (this.#take("?:")) return this.#closed();
    if (this.#take("?>")) return { kind: "atomic", body: this.#closed() };
    const name = this.#match(/\?<([A-Za-z][A-Za-z0-9]*)>/y)?.[1];
    if (name !== undefined) return this.#capture(name);
    if (this.#peek() === "?") return this.#flagGroup();
    return this.#capture(undefined);
  }

  #capture(name: string | undefined): Node {
    this.groups += 1;
    const number = this.groups;
    if (name !== undefined) {
      if (this.names.has(name)) throw this.#error(`Named capturing group <${name}> is already defined`);
      this.names.set(name, number);
    }
    return { kind: "group", number, body: this.#closed() };
  }

  #closed(): Node {
    const body = this.#alternatives();
    if (!this.#take(")")) throw this.#error("Unclosed group");
    return body;
  }

  /** `(?i)` up to the end of the group around it, `(?i:…)` for its own. */
  #flagGroup(): Node | undefined {
    const match = this.#match(/\?([idmsuxU]*)(?:-([idmsuxU]*))?([:)])/y);
    if (match === undefined) throw this.#error("Unknown inline modifier or group");
    const [, on = "", off = "", end] = match;
    if ((on + off).includes("U")) throw this.#unsupported("(?U)");
    const outer = this.#flags;
    this.#flags = { ...this.#flags, ...flagsOf(on, true), ...flagsOf(off, false) };
    if (end === ")") return undefined;
    const body = this.#closed();
    this.#flags = outer;
    return body;
  }

  /** What follows a backslash outside of brackets. */
  #escape(): Node {
    const letter = this.#peek();
    const anchor = anchors[letter];
    if (anchor !== undefined) {
      this.#at += 1;
      if (letter === "b" && this.#peek() === "{") throw this.#unsupported("\\b{g}");
      return { kind: "anchor", anchor };
    }
    if (this.#take("R")) return lineBreak;
    if (letter === "G" || letter === "X" || letter === "N") throw this.#unsupported(`\\${letter}`);
    if (/[1-9]/.test(letter)) return this.#reference();
    const name = this.#match(/k<([A-Za-z][A-Za-z0-9]*)>/y)?.[1];
    if (name !== undefined) return this.#checkedReference(this.names.get(name), name);
    return this.#set(this.#escapedSet());
  }

  /** More digits belong to the number as long as there is such a group. */
  #reference(): Node {
    let number = Number(this.#match(/\d/y)![0]);
    for (;;) {
      const more = number * 10 + Number(this.#peek());
      if (!/\d/.test(this.#peek()) || more > this.groups)
        return this.#checkedReference(number <= this.groups ? number : undefined, String(number));
      this.#at += 1;
      number = more;
    }
  }

  #checkedReference(group: number | undefined, name: string): Node {
    if (group === undefined) throw this.#unsupported(`a reference to the group ${name} before it`);
    if (this.#flags.ignoreCase) throw this.#unsupported("a reference that ignores case");
    return { kind: "reference", group };
  }

  /** What follows a backslash and is a character or a set of them. */
  #escapedSet(): CharacterSet {
    const letter = this.#peek();
    const known = escapedSets[letter];
    if (known !== undefined) {
      this.#at += 1;
      return known;
    }
    if (letter === "p" || letter === "P") return this.#property();
    const control = controls[letter];
    if (control !== undefined) {
      this.#at += 1;
      return range(control);
    }
    return range(this.#escapedPoint(letter));
  }

  #escapedPoint(letter: string): number {
    const hexadecimal = this.#match(/x([0-9A-Fa-f]{2})|x\{([0-9A-Fa-f]+)\}|u([0-9A-Fa-f]{4})/y);
    if (hexadecimal !== undefined) return Number.parseInt(hexadecimal[1] ?? hexadecimal[2] ?? hexadecimal[3]!, 16);
    const octal = this.#match(/0([0-3][0-7]{2}|[0-7]{1,2})/y);
    if (octal !== undefined) return Number.parseInt(octal[1]!, 8);
    const control = this.#match(/c([\s\S])/y);
    if (control !== undefined) return control[1]!.charCodeAt(0) ^ 64;
    if (letter === "") throw this.#error("Unexpected internal error");
    if (/[A-Za-z0-9]/.test(letter)) throw this.#error("Illegal/unsupported escape sequence");
    return this.#point();
  }

  #property(): CharacterSet {
    const match = this.#match(/([pP])(?:\{([^}]*)\}|([A-Za-z]))/y);
    if (match === undefined) throw this.#error("Unclosed character family");
    const name = match[2] ?? match[3]!;
    const set = namedSet(name);
    if (set === undefined) throw this.#unsupported(`\\p{${name}}`);
    return match[1] === "P" ? complement(set) : set;
  }

  /** The set in brackets, behind the first one: parts united, and intersected where `&&` stands between. */
  #class(): CharacterSet {
    const negative = this.#take("^");
    const operands: CharacterSet[] = [];
    let sets: CharacterSet[] = [];
    for (let first = true; first || this.#peek() !== "]"; first = false) {
      this.#skipComments();
      if (this.#at >= this.#source.length) throw this.#error("Unclosed character class");
      if (this.#peek() === "]" && !first) break;
      if (this.#take("&&")) {
        operands.push(union(...sets));
        sets = [];
      } else sets.push(...this.#classItems());
    }
    this.#at += 1;
    if (sets.length === 0) throw this.#error("Bad class syntax");
    operands.push(union(...sets));
    const all: CharacterSet = operands.length === 1 ? operands[0]! : { kind: "intersection", sets: operands };
    return negative ? complement(all) : all;
  }

  #classItems(): readonly CharacterSet[] {
    if (this.#take("[")) return [this.#class()];
    const quoted = this.#quotation();
    if (quoted !== undefined) return quoted;
    const first = this.#classItem();
    if (first.kind !== "range" || !this.#match(/-(?=[^\][])/y)) return [first];
    const last = this.#classItem();
    if (last.kind !== "range" || last.first < first.first) throw this.#error("Illegal character range");
    return [range(first.first, last.last)];
  }

  #classItem(): CharacterSet {
    return this.#take("\\") ? this.#escapedSet() : range(this.#point());
  }

  /** The characters between `\Q` and `\E`. */
  #quotation(): readonly CharacterSet[] | undefined {
    if (!this.#take("\\Q")) return undefined;
    const end = this.#source.indexOf("\\E", this.#at);
    const text = this.#source.slice(this.#at, end < 0 ? undefined : end);
    this.#at = end < 0 ? this.#source.length : end + 2;
    return Array.from(text, (character) => range(character.codePointAt(0)!));
  }

  #skipComments(): void {
    if (this.#flags.comments) this.#match(/(?:[ \t\n\v\f\r]|#[^\n\r\u0085\u2028\u2029]*)+/y);
  }

  #peek(): string {
    return this.#source.charAt(this.#at);
  }

  #point(): number {
    const point = this.#source.codePointAt(this.#at)!;
    this.#at += point > 0xffff ? 2 : 1;
    return point;
  }

  #take(text: string): boolean {
    const found = this.#source.startsWith(text, this.#at);
    if (found) this.#at += text.length;
    return found;
  }

  #match(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.#at;
    const match = expression.exec(this.#source) ?? undefined;
    this.#at += match?.[0].length ?? 0;
    return match;
  }

  #error(reason: string): PatternError {
    return new PatternError(`${reason} near index ${this.#at}: ${this.#source}`);
  }

  #unsupported(what: string): UnsupportedError {
    return new UnsupportedError(
      `the regular expression ${this.#source} has ${what}, which the embedded engine does not know`,
      {
        hint: "Write it without, or use a function of your own (udf).",
      },
    );
  }
}

const flagsOf = (letters: string, on: boolean): Partial<Flags> =>
  Object.fromEntries(Array.from(letters, (letter) => [flagLetters[letter], on]));
