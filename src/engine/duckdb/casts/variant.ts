/** Casts to and from variants. Spark's source: `VariantGet.cast`. */
import {
  bigintType,
  type DataType,
  doubleType,
  floatType,
  stringType,
  type TypeKind,
} from "../../../types/data-type.ts";
import { sqlName } from "../../../types/type-name.ts";
import { duckType, structFieldName } from "../duck-type.ts";
import { once } from "../functions/lowering.ts";
import { sqlError, text } from "../sql-text.ts";
import type { CastRequest, CastWriter } from "./cast-writer.ts";

const numbers = ["boolean", "tinyint", "smallint", "int", "bigint", "float", "double", "decimal", "string"] as const;

/** How a leaf of a kind becomes a value of a type, and to which types that is cast. */
interface Leaf {
  readonly value: (leaf: string) => string;
  readonly type: DataType;
  readonly targets: readonly TypeKind[];
}

const moments = ["date", "timestamp", "timestamp_ntz", "string"] as const;
const instant = (leaf: string): string => `make_timestamp(${leaf}.f1)`;
const shown = (leaf: string): string => `${leaf}.f3`;

const leaves: Readonly<Record<string, Leaf>> = {
  boolean: { value: (leaf) => `(${leaf}.f1 <> 0)`, type: { kind: "boolean" }, targets: numbers },
  long: { value: (leaf) => `${leaf}.f1`, type: bigintType, targets: [...numbers, "timestamp"] },
  double: { value: (leaf) => `${leaf}.f2`, type: doubleType, targets: [...numbers, "timestamp"] },
  float: { value: (leaf) => `(${leaf}.f2)::FLOAT`, type: floatType, targets: [...numbers, "timestamp"] },
  string: {
    value: shown,
    type: stringType,
    targets: [...numbers, "binary", "date", "timestamp", "timestamp_ntz"],
  },
  binary: { value: (leaf) => `${leaf}.f4`, type: { kind: "binary" }, targets: ["binary", "string"] },
  date: { value: (leaf) => `(DATE '1970-01-01' + (${leaf}.f1)::INTEGER)`, type: { kind: "date" }, targets: moments },
  timestamp: { value: instant, type: { kind: "timestamp" }, targets: [...moments, "bigint", "double", "float"] },
  timestamp_ntz: { value: instant, type: { kind: "timestamp_ntz" }, targets: moments },
  object: { value: shown, type: stringType, targets: ["string"] },
  array: { value: shown, type: stringType, targets: ["string"] },
  uuid: { value: shown, type: stringType, targets: ["string"] },
};

/** A decimal by the form that is exact for the target. */
function decimalAs(leaf: string, { to, cast }: CastRequest): string {
  if (to.kind === "boolean") return `(${leaf}.f2 <> 0)`;
  if (["tinyint", "smallint", "int", "bigint"].includes(to.kind)) return cast(`${leaf}.f1`, bigintType, to);
  if (to.kind !== "timestamp") return cast(shown(leaf), stringType, to);
  const seconds = { kind: "decimal", precision: 38, scale: 18 } as const;
  return cast(cast(shown(leaf), stringType, seconds), seconds, to);
}

// Seconds beyond the reach of microseconds do not fit.
const reachable = (leaf: string, seconds: string): string =>
  `CASE WHEN ${leaf}.f1 BETWEEN -9223372036854 AND 9223372036854 THEN ${seconds} END`;

function leafAs(kind: string, leaf: string, { to, cast }: CastRequest): string {
  const { value, type } = leaves[kind]!;
  const made = cast(value(leaf), type, to);
  return kind === "long" && to.kind === "timestamp" ? reachable(leaf, made) : made;
}

function scalarOf(request: CastRequest): string {
  const { value, to, mode, kernel } = request;
  const leaf = "leaf";
  const branches = Object.entries(leaves).flatMap(([kind, { targets }]) =>
    targets.includes(to.kind) ? [`WHEN ${text(kind)} THEN ${leafAs(kind, leaf, request)}`] : [],
  );
  const decimal = numbers.includes(to.kind as (typeof numbers)[number]) || to.kind === "timestamp";
  const all = decimal ? [...branches, `WHEN 'decimal' THEN ${decimalAs(leaf, request)}`] : branches;
  const found = `CASE ${leaf}.f0 ${all.join(" ")} END`;
  const parameters = { value: kernel("variant_json", [value]), dataType: text(sqlName(to)) };
  const failing = mode === "try" ? found : `coalesce(${found}, ${sqlError("INVALID_VARIANT_CAST", parameters)})`;
  const body = `CASE WHEN ${leaf}.f0 IS NULL OR ${leaf}.f0 = 'null' THEN NULL ELSE ${failing} END`;
  return once(leaf, kernel("variant_leaf", [value]), body);
}

let depth = 0;

/** A cast of a part inside a lambda, whose parameter must not hide those around it. */
function within(write: (name: string) => string): string {
  depth += 1;
  try {
    return write(`part${depth}`);
  } finally {
    depth -= 1;
  }
}

const parts = (kernelName: string, { value, to, mode, kernel }: CastRequest): string =>
  kernel(kernelName, [value, String(mode === "try"), text(sqlName(to))]);

function arrayOf(request: CastRequest, element: DataType): string {
  return within((name) => {
    const list = parts("variant_elements", request);
    return `list_transform(${list}, lambda ${name}: ${request.cast(name, request.from, element)})`;
  });
}

function mapOf(request: CastRequest, value: DataType): string {
  return within((name) => {
    const entry = `{k: ${name}.key, v: ${request.cast(`${name}.value`, request.from, value)}}`;
    return `map_from_entries(list_transform(map_entries(${parts("variant_fields", request)}), lambda ${name}: ${entry}))`;
  });
}

function structOf(request: CastRequest, to: Extract<DataType, { kind: "struct" }>): string {
  return within((name) => {
    const fields = to.fields.map((field, index) => {
      const part = `map_extract(${name}, ${text(field.name)})[1]`;
      return `${structFieldName(index)}: ${request.cast(part, request.from, field.type)}`;
    });
    const made = `CASE WHEN ${name} IS NULL THEN NULL::${duckType(to)} ELSE {${fields.join(", ")}} END`;
    return once(name, parts("variant_fields", request), made);
  });
}

/** The value that a variant holds, as a type. */
export const fromVariant: CastWriter = (request) => {
  const { to } = request;
  if (to.kind === "array") return arrayOf(request, to.element);
  if (to.kind === "map") return mapOf(request, to.value);
  if (to.kind === "struct") return structOf(request, to);
  return scalarOf(request);
};

/** A variant that holds a value. */
export const toVariant: CastWriter = ({ value, from, kernel }) => kernel("to_variant", [value], [from]);
