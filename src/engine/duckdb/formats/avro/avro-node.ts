/** Schemas of Avro: JSON with names that stand for types, as trees. */
import { AnalysisError } from "../../../../errors.ts";

export type AvroPrimitive = "null" | "boolean" | "int" | "long" | "float" | "double" | "bytes" | "string";

/** What a schema says beside the type. */
export interface Logical {
  readonly logical?: string;
  readonly precision?: number;
  readonly scale?: number;
  /** The type that Spark wrote, where Avro has none such. */
  readonly sparkType?: string;
}

export interface AvroScalar extends Logical {
  readonly is: Exclude<AvroPrimitive, "null">;
}

export interface AvroFixed extends Logical {
  readonly is: "fixed";
  readonly name: string;
  readonly size: number;
}

export type AvroNode =
  | { readonly is: "null" }
  | AvroScalar
  | AvroFixed
  | { readonly is: "enum"; readonly name: string; readonly symbols: readonly string[] }
  | { readonly is: "array"; readonly items: AvroNode }
  | { readonly is: "map"; readonly values: AvroNode }
  | AvroRecord
  | { readonly is: "union"; readonly branches: readonly AvroNode[] };

export interface AvroRecord {
  readonly is: "record";
  readonly name: string;
  /** Their types may hold this record again. */
  readonly fields: readonly AvroField[];
}

interface AvroField {
  readonly name: string;
  readonly type: AvroNode;
}

const primitives: ReadonlySet<string> = new Set([
  "null",
  "boolean",
  "int",
  "long",
  "float",
  "double",
  "bytes",
  "string",
] satisfies AvroPrimitive[]);

/** The branch of a union by which a value of a type goes. */
export const branchName = (node: AvroNode): string => ("name" in node ? node.name : node.is);

/**
 * Reads a schema.
 *
 * @param text - JSON
 * @throws AnalysisError when it is none
 */
export function parseAvro(text: string): AvroNode {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AnalysisError("The schema of Avro is not JSON", {
      hint: "Give the option avroSchema a schema in JSON.",
      cause,
    });
  }
  return new Parser().node(json, "");
}

type Json = Readonly<Record<string, unknown>>;

class Parser {
  readonly #named = new Map<string, AvroNode>();

  node(json: unknown, space: string): AvroNode {
    if (typeof json === "string") return this.#byName(json, space);
    if (Array.isArray(json)) return { is: "union", branches: json.map((branch) => this.node(branch, space)) };
    if (typeof json !== "object" || json === null) throw noSchema(json);
    return this.#complex(json as Json, space);
  }

  #byName(name: string, space: string): AvroNode {
    if (primitives.has(name)) return { is: name as AvroPrimitive };
    const found = this.#named.get(qualified(name, space)) ?? this.#named.get(name);
    if (found === undefined) throw noSchema(name);
    return found;
  }

  #complex(json: Json, space: string): AvroNode {
    const { type } = json;
    if (typeof type !== "string") return this.node(type, space);
    if (type === "array") return { is: "array", items: this.node(json.items, space) };
    if (type === "map") return { is: "map", values: this.node(json.values, space) };
    if (type === "record" || type === "error" || type === "enum" || type === "fixed")
      return this.#define(type, json, space);
    const node = this.#byName(type, space);
    return primitives.has(type) ? ({ ...node, ...logical(json) } as AvroNode) : node;
  }

  #define(type: string, json: Json, space: string): AvroNode {
    const name = qualified(String(json.name), String(json.namespace ?? space));
    if (type === "enum") return this.#known({ is: "enum", name, symbols: json.symbols as string[] });
    if (type === "fixed") return this.#known({ is: "fixed", name, size: Number(json.size), ...logical(json) });
    const fields: AvroField[] = [];
    const record = this.#known({ is: "record", name, fields });
    const inner = name.includes(".") ? name.slice(0, name.lastIndexOf(".")) : "";
    for (const field of json.fields as readonly Json[])
      fields.push({ name: String(field.name), type: this.node(field.type, inner) });
    return record;
  }

  #known(node: Extract<AvroNode, { readonly name: string }>): AvroNode {
    this.#named.set(node.name, node);
    return node;
  }
}

const qualified = (name: string, space: string): string =>
  name.includes(".") || space === "" ? name : `${space}.${name}`;

function logical(json: Json): Logical {
  const sparkType = json["spark.sql.catalyst.type"];
  return {
    ...(typeof json.logicalType === "string" ? { logical: json.logicalType } : {}),
    ...(typeof json.precision === "number" ? { precision: json.precision, scale: Number(json.scale ?? 0) } : {}),
    ...(typeof sparkType === "string" ? { sparkType } : {}),
  };
}

const noSchema = (json: unknown): AnalysisError =>
  new AnalysisError(`${JSON.stringify(json)} is no type of Avro`, {
    hint: "A schema is a name of a type, an object with a type, or a list of types.",
  });
