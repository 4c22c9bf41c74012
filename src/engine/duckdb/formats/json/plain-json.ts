/**
 * Recognises JSON lines that DuckDB reads exactly as Spark does.
 *
 * A line is plain when its syntax is strict JSON and every wanted value has a token and a spelling on which the two agree.
 * What is not plain is not wrong: it is left to the slow reader. The check is a kernel, `plain-json.as`, which makes one
 * pass over the bytes; this module writes its program, a tree of the wanted columns.
 */
import type { DataType, StructType, TypeKind } from "../../../../types/data-type.ts";
import { type LineProgram, programRoom, programStart } from "../text/line-kernel.ts";
import { module } from "./plain-json-wasm.ts";

/** A program, and the columns that its bits of offsets stand for. */
export interface PlainJson {
  readonly program: LineProgram;
  /** TIMESTAMP columns, by bit. */
  readonly timestamps: readonly string[];
}

export interface PlainRules {
  /** Whether a time without an offset is UTC. */
  readonly isUtc: boolean;
  /** A field that makes a line odd: the column that stands for corrupt records. */
  readonly reservedName?: string;
  /** Names that lines are likely to have besides; the kernel passes over those that it knows faster. */
  readonly otherNames?: readonly string[];
}

/** Kinds of values by their numbers in the kernel. */
const kinds = {
  text: 1,
  boolean: 2,
  integer: 3,
  double: 4,
  float: 5,
  decimal: 6,
  date: 7,
  timestamp: 8,
  localTimestamp: 9,
  array: 10,
  map: 11,
  struct: 12,
  any: 13,
  number: 14,
  base64: 15,
} as const;
/** A kind of which no value is plain. */
const none = 0;

/** Whatever it is, a value adds nothing to STRING, and a number nothing to DOUBLE. */
const knownKinds: { readonly [Kind in TypeKind]?: number } = {
  string: kinds.any,
  double: kinds.number,
  boolean: kinds.boolean,
};
const longDigits = 18;
const mostMembers = 60;
const mostOffsets = 31;
const keyPadding = 16;

/**
 * The program that recognises plain lines of a schema.
 *
 * @param schema - the columns wanted
 * @param rules - what else matters
 * @returns undefined when no line of this schema is plain, because of a type or a name
 */
export function plainJson(schema: StructType, rules: PlainRules): PlainJson | undefined {
  const writer = new ProgramWriter(rules);
  const root = writer.struct(schema, true);
  return root === undefined || writer.bytes().length > programRoom
    ? undefined
    : { program: { module, bytes: writer.bytes(), root }, timestamps: writer.timestamps };
}

/**
 * The program that recognises lines from which a schema that was inferred so far learns nothing.
 *
 * @param schema - what is known; its VOID columns were always null
 * @returns undefined when the names of the schema are beyond the kernel
 */
export function knownJson(schema: StructType): LineProgram | undefined {
  const writer = new ProgramWriter({ isUtc: true });
  const root = writer.known(schema);
  const bytes = writer.bytes();
  return root === undefined || bytes.length > programRoom ? undefined : { module, bytes, root };
}

type Write = {
  [Kind in TypeKind]?: (type: Extract<DataType, { kind: Kind }>, column: string | undefined) => number | undefined;
};

type Member = readonly [nameAt: number, nameLength: number, value: number];

class ProgramWriter {
  readonly timestamps: string[] = [];
  readonly #rules: PlainRules;
  readonly #parts: Uint8Array[] = [];
  readonly #encoder = new TextEncoder();
  #length = 0;

  constructor(rules: PlainRules) {
    this.#rules = rules;
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.#parts.flatMap((part) => [...part]));
  }

  /** The address of an object's program: its members' names, and the programs of their values. */
  struct({ fields }: StructType, isRoot = false): number | undefined {
    const names = new Set(fields.map(({ name }) => name.toLowerCase()));
    if (fields.length > mostMembers || names.size < fields.length || fields.some(({ name }) => isAwkward(name)))
      return undefined;
    const members: Member[] = [];
    for (const { name, type } of fields) {
      const value = this.#value(type, isRoot ? name : undefined);
      if (value === undefined) return undefined;
      members.push(this.#member(name, value));
    }
    // A member without a program makes the line odd.
    const { reservedName } = this.#rules;
    if (isRoot && reservedName !== undefined) members.push(this.#member(reservedName, none));
    if (isRoot) members.push(...this.#others(names));
    return this.#object(members, false);
  }

  /** The address of a program for values that fit a type which was inferred from others. */
  known(type: DataType): number | undefined {
    if (type.kind === "struct") return this.#closedStruct(type);
    if (type.kind === "array") {
      const element = this.known(type.element);
      return element === undefined ? undefined : this.#words([kinds.array, element]);
    }
    return this.#words(type.kind === "bigint" ? [kinds.integer, longDigits, 0, 0] : [knownKinds[type.kind] ?? none]);
  }

  #closedStruct({ fields }: StructType): number | undefined {
    if (fields.length > mostMembers || fields.some(({ name }) => isAwkward(name))) return undefined;
    const members: Member[] = [];
    for (const { name, type } of fields) {
      const value = this.known(type);
      if (value === undefined) return undefined;
      members.push(this.#member(name, value));
    }
    return this.#object(members, true);
  }

  #others(taken: ReadonlySet<string>): Member[] {
    const { otherNames = [], reservedName } = this.#rules;
    const free = otherNames.filter(
      (name) => !taken.has(name.toLowerCase()) && name !== reservedName && !isAwkward(name),
    );
    const any = this.#words([kinds.any]);
    return free.slice(0, mostMembers - taken.size).map((name) => this.#member(name, any));
  }

  #value(type: DataType, column: string | undefined): number | undefined {
    return (
      this.#writes[type.kind] as ((type: DataType, column: string | undefined) => number | undefined) | undefined
    )?.(type, column);
  }

  readonly #writes: Write = {
    boolean: () => this.#words([kinds.boolean]),
    tinyint: () => this.#integer(2, 127n),
    smallint: () => this.#integer(4, 32_767n),
    int: () => this.#integer(9, 2_147_483_647n),
    bigint: () => this.#integer(18, 9_223_372_036_854_775_807n),
    float: () => this.#words([kinds.float]),
    double: () => this.#words([kinds.double]),
    decimal: ({ precision, scale }) => this.#words([kinds.decimal, precision, scale]),
    string: () => this.#words([kinds.text]),
    char: () => this.#words([kinds.text]),
    varchar: () => this.#words([kinds.text]),
    binary: () => this.#words([kinds.base64]),
    date: () => this.#words([kinds.date]),
    timestamp: (_, column) => this.#words([kinds.timestamp, this.#offsetBit(column), this.#rules.isUtc ? 1 : 0]),
    timestamp_ntz: () => this.#words([kinds.localTimestamp]),
    array: ({ element }) => this.#container(kinds.array, element),
    map: ({ value }) => this.#container(kinds.map, value),
    struct: (type) => this.struct(type),
    udt: ({ storage }, column) => this.#value(storage, column),
  };

  /** Offsets are only known of columns, not of values within them. */
  #offsetBit(column: string | undefined): number {
    return column === undefined || this.timestamps.length === mostOffsets ? -1 : this.timestamps.push(column) - 1;
  }

  #container(kind: number, element: DataType): number | undefined {
    const value = this.#value(element, undefined);
    return value === undefined ? undefined : this.#words([kind, value]);
  }

  /** An integer is in range with so many digits, and otherwise when it is not greater than `most`. */
  #integer(digits: number, most: bigint): number {
    return this.#words([kinds.integer, digits, Number(most & 0xffff_ffffn), Number(most >> 32n)]);
  }

  /** The address and the length of a name with its quotes and colon, and the program of its values. */
  #member(name: string, value: number): Member {
    const bytes = this.#encoder.encode(`"${name}":`);
    const padded = new Uint8Array(bytes.length + keyPadding);
    padded.set(bytes);
    return [this.#add(padded), bytes.length, value];
  }

  /** The kernel notes with each member which one followed it, and so learns their order; here it guesses the schema's. */
  #object(members: readonly Member[], isClosed: boolean): number {
    // Without any, there is still one to compare with.
    const entries = members.length === 0 ? [this.#member("", none)] : members;
    const words = entries.flatMap((member, index) => [...member, (index + 1) % entries.length]);
    return this.#words([kinds.struct, members.length, isClosed ? 1 : 0, 0, ...words]);
  }

  #words(words: readonly number[]): number {
    return this.#add(new Uint8Array(Int32Array.from(words).buffer));
  }

  #add(part: Uint8Array): number {
    const address = programStart + this.#length;
    const aligned = new Uint8Array(Math.ceil(part.length / 8) * 8);
    aligned.set(part);
    this.#parts.push(aligned);
    this.#length += aligned.length;
    return address;
  }
}

/** Names that DuckDB does not take for a column or a field, or that a line may spell in several ways. */
const isAwkward = (name: string): boolean => name === "" || /[\0-\x1f"\\]/.test(name) || !name.isWellFormed();
