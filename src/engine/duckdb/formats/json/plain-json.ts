/**
 * Recognises JSON lines that DuckDB reads exactly as Spark does.
 *
 * A line is plain when its syntax is strict JSON and every wanted value has a token and a spelling on which the two agree.
 * What is not plain is not wrong: it is left to the slow reader. The check is a kernel, `plain-json.as`, which makes one
 * pass over the bytes; this module writes its program, a tree of the wanted columns.
 */
import type { DataType, StructType, TypeKind } from "../../../../types/data-type.ts";
import type { LineProgram } from "../text/line-kernel.ts";
import { kinds, type PlainLines, ProgramWriter } from "../text/plain-program.ts";
import { module } from "./plain-json-wasm.ts";

export interface PlainRules {
  /** Whether a time without an offset is UTC. */
  readonly isUtc: boolean;
  /** A field that makes a line odd: the column that stands for corrupt records. */
  readonly reservedName?: string;
  /** Names that lines are likely to have besides; the kernel passes over those that it knows faster. */
  readonly otherNames?: readonly string[];
}

/** Whatever it is, a value adds nothing to STRING, and a number nothing to DOUBLE. */
const knownKinds: { readonly [Kind in TypeKind]?: number } = {
  string: kinds.any,
  double: kinds.number,
  boolean: kinds.boolean,
};
const longDigits = 18;
const mostMembers = 60;

/**
 * The program that recognises plain lines of a schema.
 *
 * @param schema - the columns wanted
 * @param rules - what else matters
 * @returns undefined when no line of this schema is plain, because of a type or a name
 */
export function plainJson(schema: StructType, rules: PlainRules): PlainLines | undefined {
  const writer = new JsonProgramWriter(rules);
  const root = writer.struct(schema, true);
  return root === undefined ? undefined : writer.program(module, root);
}

/**
 * The program that recognises lines from which a schema that was inferred so far learns nothing.
 *
 * @param schema - what is known; its VOID columns were always null
 * @returns undefined when the names of the schema are beyond the kernel
 */
export function knownJson(schema: StructType): LineProgram | undefined {
  const writer = new JsonProgramWriter({ isUtc: true });
  const root = writer.known(schema);
  return root === undefined ? undefined : writer.program(module, root)?.program;
}

type Member = readonly [nameAt: number, nameLength: number, value: number];

class JsonProgramWriter extends ProgramWriter {
  readonly #rules: PlainRules;

  constructor(rules: PlainRules) {
    super(rules.isUtc);
    this.#rules = rules;
  }

  /** The address of an object's program: its members' names, and the programs of their values. */
  struct({ fields }: StructType, isRoot = false): number | undefined {
    const names = new Set(fields.map(({ name }) => name.toLowerCase()));
    if (names.size < fields.length) return undefined;
    const members = this.#members(fields, (type, name) => this.#value(type, isRoot ? name : undefined));
    if (members === undefined) return undefined;
    // A member without a program makes the line odd.
    const { reservedName } = this.#rules;
    if (isRoot && reservedName !== undefined) members.push(this.#member(reservedName, kinds.none));
    if (isRoot) members.push(...this.#others(names));
    return this.#object(members, false);
  }

  /** The address of a program for values that fit a type which was inferred from others. */
  known(type: DataType): number | undefined {
    if (type.kind === "struct") {
      const members = this.#members(type.fields, (inner) => this.known(inner));
      return members && this.#object(members, true);
    }
    if (type.kind === "array") return this.#container(kinds.array, this.known(type.element));
    return this.words(
      type.kind === "bigint" ? [kinds.integer, longDigits, 0, 0] : [knownKinds[type.kind] ?? kinds.none],
    );
  }

  #members(
    fields: StructType["fields"],
    program: (type: DataType, name: string) => number | undefined,
  ): Member[] | undefined {
    if (fields.length > mostMembers || fields.some(({ name }) => isAwkward(name))) return undefined;
    const members: Member[] = [];
    for (const { name, type } of fields) {
      const value = program(type, name);
      if (value === undefined) return undefined;
      members.push(this.#member(name, value));
    }
    return members;
  }

  #others(taken: ReadonlySet<string>): Member[] {
    const { otherNames = [], reservedName } = this.#rules;
    const free = otherNames.filter(
      (name) => !taken.has(name.toLowerCase()) && name !== reservedName && !isAwkward(name),
    );
    const any = this.words([kinds.any]);
    return free.slice(0, mostMembers - taken.size).map((name) => this.#member(name, any));
  }

  #value(type: DataType, column: string | undefined): number | undefined {
    switch (type.kind) {
      case "struct":
        return this.struct(type);
      case "array":
        return this.#container(kinds.array, this.#value(type.element, undefined));
      case "map":
        return this.#container(kinds.map, this.#value(type.value, undefined));
      case "binary":
        return this.words([kinds.base64]);
      case "udt":
        return this.#value(type.storage, column);
      default:
        return this.scalar(type, column);
    }
  }

  #container(kind: number, value: number | undefined): number | undefined {
    return value === undefined ? undefined : this.words([kind, value]);
  }

  /** The address and the length of a name with its quotes and colon, and the program of its values. */
  #member(name: string, value: number): Member {
    return [...this.text(`"${name}":`), value];
  }

  /** The kernel notes with each member which one followed it, and so learns their order; here it guesses the schema's. */
  #object(members: readonly Member[], isClosed: boolean): number {
    // Without any, there is still one to compare with.
    const entries = members.length === 0 ? [this.#member("", kinds.none)] : members;
    const words = entries.flatMap((member, index) => [...member, (index + 1) % entries.length]);
    return this.words([kinds.struct, members.length, isClosed ? 1 : 0, 0, ...words]);
  }
}

/** Names that DuckDB does not take for a column or a field, or that a line may spell in several ways. */
const isAwkward = (name: string): boolean => name === "" || /[\0-\x1f"\\]/.test(name) || !name.isWellFormed();
