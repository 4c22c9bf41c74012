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
import { type AvroFixed, type AvroNode, type AvroScalar, branchName } from "./avro-node.ts";

export interface SparkKind {
  readonly type: DataType;
  readonly nullable: boolean;
}

/** How the fields of a union are named. */
export type MemberName = (node: AvroNode, index: number) => string;

/** The name of a union's field by its place. */
export const memberByPlace: MemberName = (_, index) => `member${index}`;

const always = (type: DataType): SparkKind => ({ type, nullable: false });

/** The Spark type of a schema's values. */
export function sparkKind(node: AvroNode, memberName: MemberName): SparkKind {
  switch (node.is) {
    case "array": {
      const element = sparkKind(node.items, memberName);
      return always(arrayType(element.type, element.nullable));
    }
    case "map": {
      const value = sparkKind(node.values, memberName);
      return always(mapType(stringType, value.type, value.nullable));
    }
    case "record":
      return always(recordType(node, memberName));
    case "union":
      return unionKind(node.branches, memberName);
    case "enum":
      return always(stringType);
    case "null":
      return { type: voidType, nullable: true };
    default:
      return always(scalarType(node));
  }
}

/** The schema of files. */
export function recordType(node: AvroNode, memberName: MemberName): StructType {
  if (node.is !== "record") {
    throw new AnalysisError(`Avro schema cannot be converted to a Spark SQL StructType: ${branchName(node)}`, {
      condition: "_LEGACY_ERROR_TEMP_1167",
      hint: "The values of the files must be records.",
    });
  }
  const fields = node.fields.map(({ name, type }) => {
    const kind = sparkKind(type, memberName);
    return structField(name, kind.type, kind.nullable);
  });
  return structType(fields);
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

function unionKind(branches: readonly AvroNode[], memberName: MemberName): SparkKind {
  const others = branches.filter(({ is }) => is !== "null");
  const nullable = others.length < branches.length;
  if (others.length === 0) return { type: voidType, nullable: true };
  if (others.length === 1) {
    const only = sparkKind(others[0]!, memberName);
    return { type: only.type, nullable: nullable || only.nullable };
  }
  const number = numbersOf(others);
  if (number !== undefined) return { type: number, nullable };
  const fields = others.map((branch, index) =>
    structField(memberName(branch, index), sparkKind(branch, memberName).type),
  );
  return { type: structType(fields), nullable };
}

/** Two sizes of one kind of number are the larger. */
export function numbersOf(branches: readonly AvroNode[]): DataType | undefined {
  const kinds = new Set(branches.map(({ is }) => is));
  if (kinds.size !== 2 || branches.length !== 2) return undefined;
  if (kinds.has("int") && kinds.has("long")) return bigintType;
  return kinds.has("float") && kinds.has("double") ? doubleType : undefined;
}
