/** Variants: JSON into them, values into and out of them, their parts and schemas. */
import {
  arrayType,
  bigintType,
  binaryType,
  booleanType,
  type DataType,
  doubleType,
  intType,
  mapType,
  stringType,
  structField,
  structType,
  variantType,
} from "../../../types/data-type.ts";
import { Decimal } from "../../../types/decimal.ts";
import type { StoredMap, StoredValue } from "../../../types/stored-value.ts";
import { Variant } from "../../../types/variant.ts";
import { malformedVariant } from "../../../types/variant-decode.ts";
import type { VariantBinary, VariantNode } from "../../../types/variant-node.ts";
import { mergedSchema, noSchema, schemaOf, schemaText } from "../../../types/variant-schema.ts";
import type { ScalarFunction } from "../trampoline.ts";
import { condition } from "../translate-failure.ts";
import { type KernelDefinition, kernelOf } from "./kernel.ts";

const nodeOf = (binary: VariantBinary): VariantNode => Variant.fromBinary(binary).node;
const binaryOf = (node: VariantNode): VariantBinary => Variant.fromNode(node).binary;

/** What is wrong with a conversion of a variant to a type. */
const wrongCast = (value: VariantBinary, dataType: string): Error =>
  condition("INVALID_VARIANT_CAST", { value: Variant.fromBinary(value).toString(), dataType });

function tried<Result>(call: () => Result): Result | undefined {
  try {
    return call();
  } catch {
    return undefined;
  }
}

/** A value of a type as what a variant holds; null inside of a collection is JSON's. */
function toNode(value: StoredValue, type: DataType): VariantNode {
  if (value === null) return { kind: "null", value: null };
  switch (type.kind) {
    case "array":
      return { kind: "array", elements: (value as readonly StoredValue[]).map((item) => toNode(item, type.element)) };
    case "struct":
      return {
        kind: "object",
        fields: type.fields.map((field, index) => [
          field.name,
          toNode((value as readonly StoredValue[])[index]!, field.type),
        ]),
      };
    case "map": {
      const { keys, values } = value as StoredMap;
      return {
        kind: "object",
        fields: keys.map((key, index) => [key as string, toNode(values[index]!, type.value)]),
      };
    }
    case "variant":
      return nodeOf(value as VariantBinary);
    case "decimal":
      return { kind: "decimal", value: new Decimal(value as bigint, type.scale) };
    case "tinyint":
    case "smallint":
    case "int":
    case "bigint":
      return { kind: "long", value: BigInt(value as number) };
    default:
      return { kind: isText(type) ? "string" : type.kind, value } as VariantNode;
  }
}

const isText = ({ kind }: DataType): boolean => kind === "string" || kind === "char" || kind === "varchar";

const maker = ([from]: readonly DataType[]): ScalarFunction =>
  kernelOf("to_variant", {
    parameters: [from!],
    result: variantType,
    call: (value: StoredValue) => binaryOf(toNode(value, from!)),
  });

type StructType = Extract<DataType, { kind: "struct" }>;

/** A group of a file that holds a variant taken apart, as a variant. */
const assembler = ([from]: readonly DataType[]): ScalarFunction =>
  kernelOf("unshredded_variant", {
    parameters: [from!],
    result: variantType,
    call: (group: readonly StoredValue[]) => {
      const metadata = partOf(group, from as StructType, "metadata").value as Uint8Array;
      return binaryOf(assembled(group, from as StructType, metadata) ?? malformed());
    },
  });

/** What a group's bytes and its typed part hold together; undefined for a member that an object lacks. */
function assembled(group: readonly StoredValue[], type: StructType, metadata: Uint8Array): VariantNode | undefined {
  const bytes = partOf(group, type, "value").value as Uint8Array | null;
  const rest = bytes === null ? undefined : nodeOf({ metadata, value: bytes });
  const typed = partOf(group, type, "typed_value");
  if (typed.value === null || typed.type === undefined) return rest;
  if (typed.type.kind === "array") {
    const element = typed.type.element as StructType;
    const groups = typed.value as readonly (readonly StoredValue[])[];
    return { kind: "array", elements: groups.map((each) => assembled(each, element, metadata) ?? malformed()) };
  }
  if (typed.type.kind !== "struct") return toNode(typed.value, typed.type);
  if (rest !== undefined && rest.kind !== "object") return malformed();
  const groups = typed.value as readonly (readonly StoredValue[])[];
  const fields = typed.type.fields.flatMap((field, index): (readonly [string, VariantNode])[] => {
    const member = assembled(groups[index]!, field.type as StructType, metadata);
    return member === undefined ? [] : [[field.name, member]];
  });
  return { kind: "object", fields: [...fields, ...(rest?.fields ?? [])] };
}

/** A part of a group by its name; null where the group has none. */
function partOf(group: readonly StoredValue[], { fields: parts }: StructType, name: string): Part {
  const index = parts.findIndex((field) => field.name === name);
  return { value: group[index] ?? null, type: parts[index]?.type };
}

interface Part {
  readonly value: StoredValue;
  readonly type: DataType | undefined;
}

function malformed(): never {
  throw malformedVariant("a part that is taken apart has no value");
}

/** The type of what a leaf is shown as: kind, whole number, number, text, bytes. */
const leafType = structType([
  structField("f0", stringType),
  structField("f1", bigintType),
  structField("f2", doubleType),
  structField("f3", stringType),
  structField("f4", binaryType),
]);

/** A variant as the values that casts start from; only that of its kind is set, and for decimals also what is close. */
function leafOf(binary: VariantBinary): readonly StoredValue[] {
  const node = nodeOf(binary);
  const shown = (
    whole: bigint | null,
    number: number | null = null,
    text: string | null = null,
    bytes: Uint8Array | null = null,
  ) => [node.kind, whole, number, text, bytes] as const;
  switch (node.kind) {
    case "boolean":
      return shown(node.value ? 1n : 0n);
    case "double":
    case "float":
      return shown(null, node.value);
    case "decimal":
      return decimalLeaf(node.value);
    case "string":
      return shown(null, null, node.value);
    case "binary":
      return shown(null, null, null, node.value);
    case "date":
      return shown(BigInt(node.value));
    case "long":
    case "timestamp":
    case "timestamp_ntz":
    case "time":
      return shown(node.value);
    case "null":
      return shown(null);
    default:
      return shown(null, null, Variant.fromNode(node).toString());
  }
}

function decimalLeaf(value: Decimal): readonly StoredValue[] {
  const text = value.toString();
  const whole = BigInt(text.split(".")[0]!.replace(/^-?$/, "0"));
  const fits = BigInt.asIntN(64, whole) === whole;
  return ["decimal", fits ? whole : null, Number(text), text.replace(/\.0+$|(\.\d*?)0+$/, "$1"), null];
}

/** The elements of an array, or the fields of an object; another value than null fails unless `lenient`. */
function elements(binary: VariantBinary, lenient: boolean, type: string): readonly VariantBinary[] | undefined {
  const node = nodeOf(binary);
  if (node.kind === "array") return node.elements.map(binaryOf);
  if (node.kind === "null" || lenient) return undefined;
  throw wrongCast(binary, type);
}

function fields(binary: VariantBinary, lenient: boolean, type: string): StoredMap | undefined {
  const node = nodeOf(binary);
  if (node.kind === "object")
    return { keys: node.fields.map(([name]) => name), values: node.fields.map(([, value]) => binaryOf(value)) };
  if (node.kind === "null" || lenient) return undefined;
  throw wrongCast(binary, type);
}

/** Positions, names and values of what an object or an array holds; of another value none. */
function entries(binary: VariantBinary): readonly StoredValue[] {
  const node = nodeOf(binary);
  if (node.kind === "array") return node.elements.map((value, index) => [index, null, binaryOf(value)]);
  if (node.kind !== "object") return [];
  const sorted = node.fields.toSorted(([left], [right]) => (left < right ? -1 : 1));
  return sorted.map(([name, value], index) => [index, name, binaryOf(value)]);
}

const entryType = structType([
  structField("f0", intType),
  structField("f1", stringType),
  structField("f2", variantType),
]);
const ofVariant = { parameters: [variantType] } as const;
const nested = { parameters: [variantType, booleanType, stringType] } as const;

export const variantKernels = {
  parse_json: {
    parameters: [stringType],
    result: variantType,
    call: (text: string) => Variant.parse(text).binary,
  },
  try_parse_json: {
    parameters: [stringType],
    result: variantType,
    call: (text: string) => tried(() => Variant.parse(text).binary),
  },
  variant_part: {
    parameters: [variantType, stringType],
    result: variantType,
    call: (value: VariantBinary, path: string) => Variant.fromBinary(value).get(path)?.binary,
  },
  variant_leaf: { ...ofVariant, result: leafType, call: leafOf },
  variant_elements: { ...nested, result: arrayType(variantType), call: elements },
  variant_fields: { ...nested, result: mapType(stringType, variantType), call: fields },
  variant_entries: { ...ofVariant, result: arrayType(entryType), call: entries },
  variant_json: {
    ...ofVariant,
    result: stringType,
    call: (value: VariantBinary) => Variant.fromBinary(value).toString(),
  },
  is_variant_null: {
    ...ofVariant,
    result: booleanType,
    call: (value: VariantBinary) => nodeOf(value).kind === "null",
  },
  is_valid_variant: {
    ...ofVariant,
    result: booleanType,
    call: (value: VariantBinary) => tried(() => nodeOf(value)) !== undefined,
  },
  schema_of_variant: {
    ...ofVariant,
    result: stringType,
    call: (value: VariantBinary) => schemaText(schemaOf(nodeOf(value))),
  },
  schema_of_variants: {
    parameters: [arrayType(variantType)],
    result: stringType,
    call: (values: readonly VariantBinary[]) =>
      schemaText(values.map((value) => schemaOf(nodeOf(value))).reduce(mergedSchema, noSchema)),
  },
} satisfies Readonly<Record<string, KernelDefinition>>;

/** Kernels that are made for the type of their argument. */
export const typedVariantKernels: Readonly<Record<string, (types: readonly DataType[]) => ScalarFunction>> = {
  to_variant: maker,
  unshredded_variant: assembler,
};
