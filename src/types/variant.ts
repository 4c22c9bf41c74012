import { ExecutionError } from "../errors.ts";
import { Decimal } from "./decimal.ts";
import { inspection } from "./inspect.ts";
import { type InstantLike, Timestamp } from "./timestamp.ts";
import { isPlainObject } from "./value-fault.ts";
import { decodeVariant } from "./variant-decode.ts";
import { encodeVariant } from "./variant-encode.ts";
import { parseVariantJson } from "./variant-json.ts";
import type { VariantBinary, VariantNode } from "./variant-node.ts";
import { variantSteps } from "./variant-path.ts";
import { jsonText, jsonValue, plainValue, type VariantValue } from "./variant-text.ts";

/** What a variant can be made of. */
export type VariantInput =
  | null
  | undefined
  | boolean
  | number
  | bigint
  | string
  | Decimal
  | Date
  | Timestamp
  | InstantLike
  | Uint8Array
  | Variant
  | readonly VariantInput[]
  | ReadonlyMap<string, VariantInput>
  | { readonly [name: string]: VariantInput };

/**
 * A semi-structured value: what rows hold for VARIANT columns.
 *
 * It is made of values, of JSON text or of the binary encoding of Parquet, and turned into another form when asked.
 *
 * @example
 * ```ts
 * const order = Variant.parse('{"items": [{"price": 12.30}]}');
 * console.log(String(order.get("$.items[0].price"))); // 12.3
 * ```
 */
export class Variant {
  #node: VariantNode | undefined;
  #binary: VariantBinary | undefined;

  private constructor(node: VariantNode | undefined, binary: VariantBinary | undefined) {
    this.#node = node;
    this.#binary = binary;
  }

  /**
   * A variant of a value: an integer is a long, another number a double, a moment a timestamp, `undefined` null.
   *
   * @param value - anything that JSON has, and the values that rows hold for simple types
   * @throws ExecutionError for what a variant cannot hold, such as a function, an interval or 39 digits
   * @example Variant.of({ user: "ann", tags: [1, 2] }).toString(); // {"tags":[1,2],"user":"ann"}
   */
  static of(value: VariantInput): Variant {
    return value instanceof Variant ? value : new Variant(nodeOf(value), undefined);
  }

  /**
   * A variant of JSON text. Spark's `parse_json`: a number with a point is a decimal.
   *
   * @param text - JSON
   * @throws ExecutionError `MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION`
   * @example Variant.parse("[1, 2.50]").toString(); // "[1,2.5]"
   */
  static parse(text: string): Variant {
    return new Variant(parseVariantJson(text), undefined);
  }

  /**
   * A variant of the open binary encoding, as columns store it; malformed bytes are found when it is used.
   *
   * @param binary - its two parts, which must not change afterwards
   * @example Variant.fromBinary(Variant.of(true).binary).toPlain(); // true
   */
  static fromBinary(binary: VariantBinary): Variant {
    return new Variant(undefined, binary);
  }

  /**
   * A variant of a tree of typed values.
   *
   * @param node - which must not change afterwards
   * @example Variant.fromNode({ kind: "long", value: 7n }).toString(); // "7"
   */
  static fromNode(node: VariantNode): Variant {
    return new Variant(node, undefined);
  }

  /**
   * The tree of typed values that it holds.
   *
   * @throws ExecutionError `MALFORMED_VARIANT`
   */
  get node(): VariantNode {
    this.#node ??= decodeVariant(this.binary);
    return this.#node;
  }

  /**
   * Its open binary encoding.
   *
   * @throws ExecutionError `VARIANT_SIZE_LIMIT` beyond 128 MiB
   */
  get binary(): VariantBinary {
    this.#binary ??= encodeVariant(this.node);
    return this.#binary;
  }

  /**
   * The part at a path, or undefined where there is none. Spark's `variant_get`.
   *
   * @param path - such as `$.items[0]['unit price']`
   * @throws AnalysisError `INVALID_VARIANT_GET_PATH`
   * @example Variant.parse('{"items": [{"price": 3}]}').get("$.items[0].price")?.toString(); // "3"
   */
  get(path: string): Variant | undefined {
    let node: VariantNode | undefined = this.node;
    for (const step of variantSteps(path)) node = node && childOf(node, step);
    return node && new Variant(node, undefined);
  }

  /**
   * Its values as JavaScript has them, such as `{ items: [{ price: Decimal(12.30) }] }`.
   *
   * @example Variant.parse('{"n": [1, null]}').toPlain(); // { n: [1, null] }
   */
  toPlain(): VariantValue {
    return plainValue(this.node);
  }

  /**
   * What `JSON.stringify` writes with all digits of its numbers.
   *
   * @example JSON.stringify({ order: Variant.parse('{"n": 1}') }); // {"order":{"n":1}}
   */
  toJSON(): unknown {
    return jsonValue(this.node);
  }

  /**
   * JSON text, as Spark's `to_json` writes it.
   *
   * @example String(Variant.parse('{"b": 1, "a": "x"}')); // {"a":"x","b":1}
   */
  toString(): string {
    return jsonText(this.node);
  }

  /** What `console.log` shows. */
  [inspection](): string {
    return `Variant(${this.toString()})`;
  }
}

function childOf(node: VariantNode, step: string | number): VariantNode | undefined {
  if (typeof step === "number") return node.kind === "array" ? node.elements[step] : undefined;
  return node.kind === "object" ? node.fields.find(([name]) => name === step)?.[1] : undefined;
}

const scalars: Readonly<Record<string, (value: never) => VariantNode>> = {
  undefined: () => ({ kind: "null", value: null }),
  boolean: (value: boolean) => ({ kind: "boolean", value }),
  string: (value: string) => ({ kind: "string", value }),
  bigint: bigintNode,
  number: (value: number) =>
    Number.isSafeInteger(value) && !Object.is(value, -0)
      ? { kind: "long", value: BigInt(value) }
      : { kind: "double", value },
};

function nodeOf(value: VariantInput): VariantNode {
  if (value === null) return { kind: "null", value: null };
  const scalar = scalars[typeof value];
  if (scalar !== undefined) return scalar(value as never);
  if (value instanceof Variant) return value.node;
  if (value instanceof Decimal) return decimalNode(value);
  if (value instanceof Uint8Array) return { kind: "binary", value };
  if (Array.isArray(value)) return { kind: "array", elements: value.map(nodeOf) };
  if (isInstant(value)) return { kind: "timestamp", value: Timestamp.of(value).epochMicroseconds };
  return objectNode(value as object);
}

const isInstant = (value: VariantInput): value is Date | InstantLike =>
  value instanceof Date || typeof (value as Partial<InstantLike>).epochNanoseconds === "bigint";

function objectNode(value: object): VariantNode {
  if (!(value instanceof Map) && !isPlainObject(value)) throw refused(value);
  const entries: [unknown, VariantInput][] = value instanceof Map ? [...value] : Object.entries(value);
  const fields = entries.map(([name, member]) => {
    if (typeof name !== "string") throw refused(value);
    return [name, nodeOf(member)] as const;
  });
  return { kind: "object", fields };
}

function bigintNode(value: bigint): VariantNode {
  return BigInt.asIntN(64, value) === value ? { kind: "long", value } : decimalNode(new Decimal(value, 0));
}

function decimalNode(value: Decimal): VariantNode {
  if (value.precision > 38 || value.scale < 0) throw refused(value);
  return { kind: "decimal", value };
}

function refused(value: object): ExecutionError {
  const name = value.constructor?.name ?? "object";
  return new ExecutionError(`A variant cannot hold ${name === "Decimal" ? value : `a value of class ${name}`}`, {
    hint: "It holds what JSON has, and Decimal, Date, Timestamp and Uint8Array; decimals have up to 38 digits.",
  });
}
