/** The schemas of variants, as Spark's `schema_of_variant` finds and merges them. */
import {
  type DataType,
  decimalType,
  doubleType,
  floatType,
  isIntegral,
  stringType,
  variantType,
  voidType,
} from "./data-type.ts";
import type { Decimal } from "./decimal.ts";
import { quotedIfNeeded } from "./identifier.ts";
import { sqlName } from "./type-name.ts";
import type { VariantLeaf, VariantNode } from "./variant-node.ts";

/** A schema in which what has fields is no struct, since the order of its fields says nothing. */
export type VariantSchema =
  | { readonly kind: "leaf"; readonly type: DataType }
  | { readonly kind: "array"; readonly element: VariantSchema }
  | { readonly kind: "object"; readonly fields: ReadonlyMap<string, VariantSchema> };

const leaf = (type: DataType): VariantSchema => ({ kind: "leaf", type });
/** The schema of no value at all. */
export const noSchema: VariantSchema = leaf(voidType);
const anything = leaf(variantType);

const leafTypes: Readonly<Record<Exclude<VariantLeaf["kind"], "decimal">, DataType>> = {
  null: voidType,
  boolean: { kind: "boolean" },
  long: { kind: "bigint" },
  double: doubleType,
  float: floatType,
  string: stringType,
  binary: { kind: "binary" },
  uuid: stringType,
  date: { kind: "date" },
  time: { kind: "time", precision: 6 },
  timestamp: { kind: "timestamp" },
  timestamp_ntz: { kind: "timestamp_ntz" },
  timestamp_nanos: { kind: "timestamp" },
  timestamp_ntz_nanos: { kind: "timestamp_ntz" },
};

// Zeros at the end of a decimal do not count.
function decimalSchema(value: Decimal): DataType {
  const [, whole = "", fraction = ""] = /^-?0*(\d*?)(?:\.(\d*?)0*)?$/.exec(value.toString())!;
  return decimalType(Math.max(1, whole.length + fraction.length), fraction.length);
}

/** The schema of a value. */
export function schemaOf(node: VariantNode): VariantSchema {
  if (node.kind === "array")
    return { kind: "array", element: node.elements.map(schemaOf).reduce(mergedSchema, noSchema) };
  if (node.kind === "object")
    return { kind: "object", fields: new Map(node.fields.map(([name, value]) => [name, schemaOf(value)])) };
  return leaf(node.kind === "decimal" ? decimalSchema(node.value) : leafTypes[node.kind]);
}

const isVoid = (schema: VariantSchema): boolean => schema.kind === "leaf" && schema.type.kind === "void";

/** The schema of values of either schema; VARIANT where they have nothing in common. */
export function mergedSchema(left: VariantSchema, right: VariantSchema): VariantSchema {
  if (isVoid(left)) return right;
  if (isVoid(right)) return left;
  if (left.kind === "array" && right.kind === "array")
    return { kind: "array", element: mergedSchema(left.element, right.element) };
  if (left.kind === "object" && right.kind === "object") return mergedObjects(left.fields, right.fields);
  if (left.kind === "leaf" && right.kind === "leaf") return leaf(mergedTypes(left.type, right.type));
  return anything;
}

function mergedObjects(
  left: ReadonlyMap<string, VariantSchema>,
  right: ReadonlyMap<string, VariantSchema>,
): VariantSchema {
  const fields = new Map(left);
  for (const [name, schema] of right) fields.set(name, mergedSchema(fields.get(name) ?? noSchema, schema));
  return { kind: "object", fields };
}

function mergedTypes(left: DataType, right: DataType): DataType {
  if (left.kind === "decimal" && right.kind === "decimal") return widerDecimal(left, right);
  if (left.kind === right.kind) return left;
  const kinds = [left.kind, right.kind];
  const has = (...wanted: readonly string[]) => kinds.every((kind) => wanted.includes(kind));
  if (has("bigint", "decimal")) return widerDecimal(decimalOf(left), decimalOf(right));
  if (has("bigint", "float")) return floatType;
  if (has("bigint", "float", "double", "decimal")) return doubleType;
  if (has("date", "timestamp", "timestamp_ntz"))
    return kinds.includes("timestamp") ? { kind: "timestamp" } : { kind: "timestamp_ntz" };
  return variantType;
}

type DecimalType = Extract<DataType, { kind: "decimal" }>;
const decimalOf = (type: DataType): DecimalType => (isIntegral(type) ? decimalType(20, 0) : (type as DecimalType));

function widerDecimal(left: DecimalType, right: DecimalType): DataType {
  const scale = Math.max(left.scale, right.scale);
  const whole = Math.max(left.precision - left.scale, right.precision - right.scale);
  return whole + scale > 38 ? doubleType : decimalType(whole + scale, scale);
}

/** A schema as `OBJECT<a: BIGINT, b: ARRAY<STRING>>`. */
export function schemaText(schema: VariantSchema): string {
  if (schema.kind === "leaf") return sqlName(schema.type);
  if (schema.kind === "array") return `ARRAY<${schemaText(schema.element)}>`;
  const fields = [...schema.fields].sort(([left], [right]) => (left < right ? -1 : 1));
  return `OBJECT<${fields.map(([name, field]) => `${quotedIfNeeded(name)}: ${schemaText(field)}`).join(", ")}>`;
}
