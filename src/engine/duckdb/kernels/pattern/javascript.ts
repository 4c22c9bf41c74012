/** Writes patterns as regular expressions of JavaScript that match what Java's do. */
import { UnsupportedError } from "../../../../errors.ts";
import { forgottenGroups, optionalGroups } from "./look-over.ts";
import { boundaryWord } from "./sets.ts";
import type { Anchor, CharacterSet, Node, Pattern } from "./syntax.ts";

/** An expression, and where it has the groups of the pattern. */
export interface Written {
  readonly expression: RegExp;
  /** The expression's group for each group of the pattern, from 0 for the whole match. */
  readonly groups: readonly number[];
  /** Groups that Java and JavaScript may fill otherwise. */
  readonly doubtful: ReadonlySet<number>;
}

/** Writes a pattern. */
export function toJavaScript({ root, source }: Pattern): Written {
  const writer = new Writer(source, optionalGroups(root));
  const text = writer.write(root);
  return { expression: new RegExp(text, "gv"), groups: writer.groups, doubtful: forgottenGroups(root) };
}

const hexadecimal = (point: number): string => `\\u{${point.toString(16)}}`;

/** The inside of brackets. */
function classText(set: CharacterSet): string {
  if (set.kind === "range")
    return set.first === set.last ? hexadecimal(set.first) : `${hexadecimal(set.first)}-${hexadecimal(set.last)}`;
  if (set.kind === "property") return `\\p{${set.name}}`;
  if (set.kind === "complement") return `[^${classText(set.set)}]`;
  if (set.kind === "union")
    return set.sets.map((part) => (part.kind === "intersection" ? `[${classText(part)}]` : classText(part))).join("");
  return set.sets.map((part) => `[${classText(part)}]`).join("&&");
}

function setText(set: CharacterSet): string {
  if (set.kind === "range" && set.first === set.last)
    return /\w/.test(String.fromCodePoint(set.first)) ? String.fromCodePoint(set.first) : hexadecimal(set.first);
  return set.kind === "complement" ? classText(set) : `[${classText(set)}]`;
}

const terminator = "\\r\\n|(?<!\\r)\\n|[\\r\\u0085\\u2028\\u2029]";
const word = setText(boundaryWord);

const anchorTexts: Readonly<Record<Anchor, string>> = {
  "start of input": "^",
  "end of input": "$",
  "end before the last line terminator": `(?=(?:${terminator})?$)`,
  "start of line": "(?!$)(?<=^|\\r\\n|[\\n\\u0085\\u2028\\u2029]|\\r(?!\\n))",
  "end of line": `(?=${terminator}|$)`,
  "word boundary": `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`,
  "no word boundary": `(?:(?<=${word})(?=${word})|(?<!${word})(?!${word}))`,
};

const looks = { ahead: "?=", "not ahead": "?!", behind: "?<=", "not behind": "?<!" } as const;

class Writer {
  readonly groups: number[] = [0];
  readonly #source: string;
  readonly #optional: ReadonlySet<number>;
  #count = 0;

  constructor(source: string, optional: ReadonlySet<number>) {
    this.#source = source;
    this.#optional = optional;
  }

  write(node: Node): string {
    switch (node.kind) {
      case "set":
        return setText(node.set);
      case "anchor":
        return anchorTexts[node.anchor];
      case "sequence":
        return node.parts
          .map((part) => (part.kind === "alternatives" ? `(?:${this.write(part)})` : this.write(part)))
          .join("");
      case "alternatives":
        return node.branches.map((branch) => this.write(branch)).join("|");
      case "group":
        return this.#group(node.number, node.body);
      case "look":
        return `(${looks[node.look]}${this.write(node.body)})`;
      case "atomic":
        return this.#atomic(node.body);
      case "repeat":
        return `(?:${this.write(node.body)})${boundsText(node.least, node.most)}${node.lazy ? "?" : ""}`;
      case "reference":
        return this.#reference(node.group);
    }
  }

  #group(number: number, body: Node): string {
    this.#count += 1;
    this.groups[number] = this.#count;
    return `(${this.write(body)})`;
  }

  // A look ahead is never entered again, as an atomic group is not.
  #atomic(body: Node): string {
    this.#count += 1;
    const number = this.#count;
    return `(?:(?=(${this.write(body)}))\\${number})`;
  }

  // To a group that matched nothing, Java finds no reference and JavaScript an empty one.
  #reference(group: number): string {
    if (!this.#optional.has(group)) return `(?:\\${this.groups[group]})`;
    throw new UnsupportedError(
      `the regular expression ${this.#source} refers to the group ${group}, which may match nothing`,
      {
        hint: "Write it without, or use a function of your own (udf).",
      },
    );
  }
}

const boundsText = (least: number, most: number): string =>
  `{${least},${most === Number.POSITIVE_INFINITY ? "" : most}}`;
