/** The Spark types of Avro's: `SchemaConverters.toSqlType`. */
import { AnalysisError } from "../../../../errors.ts";
import {
  arrayType,
  bigintType,
  binaryType,
  booleanType,
  type DataType,
  dateType,
  decimalType,
  doubleType,
  floatType,
  intType,
  mapType,
  type StructType,
  stringType,
  structField,
  structType,
  timestampNtzType,
  timestampType,
  voidType,
} from "../../../../types/data-type.ts";
import { parseType } from "../../../../types/ddl.ts";
import { type AvroFixed, type AvroNode, type AvroRecord, type AvroScalar, branchName } from "./avro-node.ts";

export interface SparkKind {
  readonly type: DataType;
  readonly nullable: boolean;
}

/** How the fields of a union are named. */
export type MemberName = (node: AvroNode, index: number) => string;

/** The name of a union's field by its place. */
export const memberByPlace: MemberName = (_, index) => `member${index}`;

/** Finds the field of a record that is read as a column. */
export type FieldOf = (record: AvroRecord, name: string, index: number) => AvroRecord["fields"][number] | undefined;

/** What the options say of types. */
export interface TypeRules {
  readonly memberName: MemberName;
  /** How often a record may stand in itself, the outermost one counted; below 1 none may. */
  readonly recursionDepth: number;
}

/** How many records of a name stand around a type. */
type Around = ReadonlyMap<string, number>;
const nothingAround: Around = new Map();

const always = (type: DataType): SparkKind => ({ type, nullable: false });

/**
 * The Spark type of a schema's values; undefined where they are left out, since records stand in themselves as often as
 * they may.
 *
 * @throws AnalysisError for a record that stands in itself, where none may
 */
export function sparkKind(node: AvroNode, rules: TypeRules, around = nothingAround): SparkKind | undefined {
  switch (node.is) {
    case "array": {
      const element = sparkKind(node.items, rules, around);
      return element && always(arrayType(element.type, element.nullable));
    }
    case "map": {
      const value = sparkKind(node.values, rules, around);
      return value && always(mapType(stringType, value.type, value.nullable));
    }
    case "record":
      return recordKind(node, rules, around);
    case "union":
      return unionKind(node.branches, rules, around);
    case "enum":
      return always(stringType);
    case "null":
      return { type: voidType, nullable: true };
    default:
      return always(scalarType(node));
  }
}

/** The schema of files. */
export function recordType(node: AvroNode, rules: TypeRules): StructType {
  if (node.is !== "record") {
    throw new AnalysisError(`Avro schema cannot be converted to a Spark SQL StructType: ${branchName(node)}`, {
      condition: "_LEGACY_ERROR_TEMP_1167",
      hint: "The values of the files must be records.",
    });
  }
  return fieldsOf(node, rules, new Map([[node.name, 1]]));
}

function recordKind(record: AvroRecord, rules: TypeRules, around: Around): SparkKind | undefined {
  const depth = around.get(record.name) ?? 0;
  if (depth > 0 && rules.recursionDepth < 1) throw recursive(record.name);
  if (depth > 0 && depth >= rules.recursionDepth) return undefined;
  return always(fieldsOf(record, rules, new Map([...around, [record.name, depth + 1]])));
}

function fieldsOf({ fields }: AvroRecord, rules: TypeRules, around: Around): StructType {
  const kept = fields.flatMap(({ name, type }) => {
    const kind = sparkKind(type, rules, around);
    return kind === undefined ? [] : [structField(name, kind.type, kind.nullable)];
  });
  return structType(kept);
}

const recursive = (name: string): AnalysisError =>
  new AnalysisError(`Found recursive reference in Avro schema: the record ${name} holds itself`, {
    hint: "Set the option recursiveFieldMaxDepth to how often it may, 1 to 15: what lies deeper is left out.",
  });

/**
 * Checks the types of the fields that are wanted, where the schema was not made of them.
 *
 * @throws AnalysisError for a record that stands in itself, where none may
 */
export function checkRecursion(node: AvroRecord, { fields }: StructType, fieldOf: FieldOf, rules: TypeRules): void {
  for (const [index, { name }] of fields.entries()) {
    const field = fieldOf(node, name, index);
    if (field !== undefined) sparkKind(field.type, rules);
  }
}

function scalarType(node: AvroScalar | AvroFixed): DataType {
  if (node.sparkType !== undefined) return parseType(node.sparkType);
  switch (node.is) {
    case "int":
      return node.logical === "date" ? dateType : intType;
    case "long":
      return (node.logical === undefined ? undefined : longTypes[node.logical]) ?? bigintType;
    case "bytes":
    case "fixed":
      return node.logical === "decimal" && node.precision !== undefined
        ? decimalType(node.precision, node.scale ?? 0)
        : binaryType;
    default:
      return plainTypes[node.is];
  }
}

const plainTypes = { boolean: booleanType, float: floatType, double: doubleType, string: stringType } as const;

const longTypes: Readonly<Record<string, DataType>> = {
  "timestamp-millis": timestampType,
  "timestamp-micros": timestampType,
  "local-timestamp-millis": timestampNtzType,
  "local-timestamp-micros": timestampNtzType,
};

function unionKind(branches: readonly AvroNode[], rules: TypeRules, around: Around): SparkKind | undefined {
  const others = branches.filter(({ is }) => is !== "null");
  const nullable = others.length < branches.length;
  if (others.length === 0) return { type: voidType, nullable: true };
  if (others.length === 1) {
    const only = sparkKind(others[0]!, rules, around);
    return only && { type: only.type, nullable: nullable || only.nullable };
  }
  const number = numbersOf(others);
  if (number !== undefined) return { type: number, nullable };
  const fields = others.flatMap((branch, index) => {
    const kind = sparkKind(branch, rules, around);
    return kind === undefined ? [] : [structField(rules.memberName(branch, index), kind.type)];
  });
  return { type: structType(fields), nullable };
}

/** Two sizes of one kind of number are the larger. */
export function numbersOf(branches: readonly AvroNode[]): DataType | undefined {
  const kinds = new Set(branches.map(({ is }) => is));
  if (kinds.size !== 2 || branches.length !== 2) return undefined;
  if (kinds.has("int") && kinds.has("long")) return bigintType;
  return kinds.has("float") && kinds.has("double") ? doubleType : undefined;
}
