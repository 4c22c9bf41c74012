/** The schema in the footer of a Parquet file, taken out and put back (`FileMetaData` of parquet.thrift). */
import { structBytes, structListBytes, ThriftCursor, type ThriftField, thriftTypes } from "./thrift.ts";

/** A node of a schema: its fields as the file has them. The nodes follow each other as in a walk from the root down. */
export type SchemaElement = readonly ThriftField[];

const schemaField = 2;
const nameField = 4;
const childrenField = 5;
const logicalTypeField = 10;

/** The nodes of the schema. */
export function schemaElements(footer: Uint8Array): readonly SchemaElement[] {
  const cursor = new ThriftCursor(new ThriftCursor(footer).struct().find(({ id }) => id === schemaField)!.bytes);
  const { length } = cursor.listHeader();
  return Array.from({ length }, () => cursor.struct());
}

/** A footer with other nodes in the place of its own. */
export function withSchemaElements(footer: Uint8Array, elements: readonly SchemaElement[]): Uint8Array {
  const bytes = structListBytes(elements.map(structBytes));
  return structBytes(
    new ThriftCursor(footer).struct().map((field) => (field.id === schemaField ? { ...field, bytes } : field)),
  );
}

/** How many nodes lie right below one. */
export function childrenOf(element: SchemaElement): number {
  const field = element.find(({ id }) => id === childrenField);
  return field === undefined ? 0 : new ThriftCursor(field.bytes).integer();
}

function nameOf(element: SchemaElement): string {
  const { bytes } = element.find(({ id }) => id === nameField)!;
  const cursor = new ThriftCursor(bytes);
  const length = cursor.varint();
  return Buffer.from(bytes.subarray(bytes.length - length)).toString();
}

/** A node of a schema with those below it. */
export interface SchemaNode {
  readonly name: string;
  readonly isVoid: boolean;
  readonly children: readonly SchemaNode[];
}

/** The schema as a tree; the columns are the children of its root. */
export function schemaTree(footer: Uint8Array): SchemaNode {
  const elements = schemaElements(footer)[Symbol.iterator]();
  const node = (): SchemaNode => {
    const element: SchemaElement = elements.next().value!;
    const children = Array.from({ length: childrenOf(element) }, node);
    return { name: nameOf(element), isVoid: isMarked(element, "void"), children };
  };
  return node();
}

/** The members of the union `LogicalType` that DuckDB does not read or write as Spark does. */
const logicalTypes = {
  void: { id: 11, bytes: structBytes([]) },
  variant: { id: 16, bytes: structBytes([{ id: 1, type: thriftTypes.byte, bytes: Uint8Array.of(1) }]) },
} as const;

export type LogicalType = keyof typeof logicalTypes;

/** Whether a node is marked with a logical type. */
export function isMarked(element: SchemaElement, type: LogicalType): boolean {
  const field = element.find(({ id }) => id === logicalTypeField);
  return field !== undefined && new ThriftCursor(field.bytes).struct()[0]?.id === logicalTypes[type].id;
}

/** A node without its logical type. */
export const unmarked = (element: SchemaElement): SchemaElement => element.filter(({ id }) => id !== logicalTypeField);

/** A node with a logical type. */
export function marked(element: SchemaElement, type: LogicalType): SchemaElement {
  const mark = structBytes([{ type: thriftTypes.struct, ...logicalTypes[type] }]);
  return [...unmarked(element), { id: logicalTypeField, type: thriftTypes.struct, bytes: mark }];
}
