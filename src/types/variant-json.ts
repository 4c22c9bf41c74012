/** Reads VARIANT values from JSON text, as Spark's `parse_json` does. */
import { ExecutionError } from "../errors.ts";
import { Decimal } from "./decimal.ts";
import type { VariantNode } from "./variant-node.ts";

/**
 * What a JSON text holds.
 *
 * An integer is a long, or a decimal beyond 64 bits; a number with a point and no exponent is a decimal; others, and those
 * of more than 38 digits, are doubles. What follows the first value is ignored, as Spark ignores it.
 *
 * @param text - JSON
 * @throws ExecutionError `MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION` for anything else, a repeated name among it
 */
export function parseVariantJson(text: string): VariantNode {
  const reader = new JsonReader(text);
  return reader.root();
}

// The limits of Jackson, the reader in Spark. The first also keeps the recursion here from running out of stack.
const deepest = 1000;
const longestNumber = 1000;
const longestName = 50_000;

const space = /[ \t\r\n]*/y;
const text = /"[^"\\]*(?:\\.[^"\\]*)*"/sy;
const number = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const word = /(?:null|true|false)(?![A-Za-z0-9_$])/y;

const words: Readonly<Record<string, VariantNode>> = {
  null: { kind: "null", value: null },
  true: { kind: "boolean", value: true },
  false: { kind: "boolean", value: false },
};

class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  root(): VariantNode {
    this.#take(space);
    const start = this.#at;
    const node = this.#node(1);
    const numeric = /[-0-9]/.test(this.#text.charAt(start));
    if (numeric && !/^[ \t\r\n]?$/.test(this.#text.charAt(this.#at))) throw this.#malformed("a space or the end");
    return node;
  }

  #node(depth: number): VariantNode {
    this.#take(space);
    if (this.#accept("{")) return this.#object(depth);
    if (this.#accept("[")) return this.#array(depth);
    const string = this.#string();
    if (string !== undefined) return { kind: "string", value: string };
    const known = words[this.#take(word) ?? ""];
    return known ?? this.#number();
  }

  #array(depth: number): VariantNode {
    const elements: VariantNode[] = [];
    this.#members("]", depth, () => elements.push(this.#node(depth + 1)));
    return { kind: "array", elements };
  }

  #object(depth: number): VariantNode {
    const fields = new Map<string, VariantNode>();
    this.#members("}", depth, () => {
      const name = this.#string();
      if (name === undefined || name.length > longestName) throw this.#malformed("a name in double quotes");
      if (fields.has(name))
        throw this.#malformed(`a name other than ${JSON.stringify(name)}, which the object has already`);
      this.#take(space);
      if (!this.#accept(":")) throw this.#malformed("':'");
      fields.set(name, this.#node(depth + 1));
    });
    return { kind: "object", fields: [...fields] };
  }

  #members(end: string, depth: number, member: () => void): void {
    if (depth > deepest) throw this.#malformed(`at most ${deepest} levels`);
    this.#take(space);
    if (this.#accept(end)) return;
    do {
      this.#take(space);
      member();
      this.#take(space);
    } while (this.#accept(","));
    if (!this.#accept(end)) throw this.#malformed(`',' or '${end}'`);
  }

  #string(): string | undefined {
    const written = this.#take(text);
    if (written === undefined) return undefined;
    const value = unquoted(written);
    if (value?.isWellFormed() !== true) throw this.#malformed("a text with valid escapes and no control characters");
    return value;
  }

  #number(): VariantNode {
    const written = this.#take(number);
    if (written === undefined || written.length > longestNumber) throw this.#malformed("a value");
    return numberNode(written);
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #accept(sign: string): boolean {
    const found = this.#text.startsWith(sign, this.#at);
    if (found) this.#at += sign.length;
    return found;
  }

  #malformed(wanted: string): ExecutionError {
    const shown = this.#text.length > 200 ? `${this.#text.slice(0, 200)}…` : this.#text;
    return new ExecutionError(`Malformed records are detected in record parsing: ${shown}`, {
      condition: "MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION",
      sqlState: "22023",
      parameters: { badRecord: this.#text, failFastMode: "FAILFAST" },
      hint: `Character ${this.#at + 1} should be ${wanted}. try_parse_json gives null instead.`,
    });
  }
}

function unquoted(written: string): string | undefined {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}

/**
 * The variant of a number of JSON.
 *
 * @param written - its text
 */
export function numberNode(written: string): VariantNode {
  if (/[eE]/.test(written)) return { kind: "double", value: Number(written) };
  if (!written.includes(".")) {
    const value = BigInt(written);
    if (BigInt.asIntN(64, value) === value) return { kind: "long", value };
  }
  const value = Decimal.of(written);
  return value.precision <= 38 ? { kind: "decimal", value } : { kind: "double", value: Number(written) };
}
