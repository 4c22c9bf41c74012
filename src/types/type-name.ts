/** The names of types in the three spellings that Spark has, and the tree that `printSchema` shows. */
import { type DataType, isSpatial, type SpatialType, type StructField, type StructType } from "./data-type.ts";
import { quotedIfNeeded, stringLiteral } from "./identifier.ts";

type Interval = Extract<DataType, { start: unknown }>;
type Nested = Extract<DataType, { kind: "array" | "map" | "struct" }>;

/** How one spelling writes types that hold others. */
interface Spelling {
  readonly separator: string;
  readonly name: (kind: string) => string;
  readonly type: (type: DataType) => string;
  readonly field: (field: StructField) => string;
}

/**
 * The name of a type in Spark's `simpleString`, which `DataFrame.dtypes` and error messages show.
 *
 * Struct fields are all written out, as in PySpark; Scala's cuts a struct after 25 fields.
 *
 * @param type - any type
 * @example
 * ```ts
 * console.log(simpleString(arrayType(decimalType(10, 2)))); // array<decimal(10,2)>
 * ```
 */
export const simpleString = (type: DataType): string => spelt(type, simpleSpelling);

/**
 * The name of a type in SQL, as Spark's `DataType.sql` writes it: it can be parsed back.
 *
 * A struct keeps the nullability and the comments of its fields; whether elements may be null has no place in SQL.
 *
 * @param type - any type
 * @example
 * ```ts
 * console.log(sqlName(structType([structField("a", intType, false)]))); // STRUCT<a: INT NOT NULL>
 * ```
 */
export const sqlName = (type: DataType): string =>
  type.kind === "udt" ? sqlName(type.storage) : spelt(type, sqlSpelling);

/**
 * The name of a type in Spark's schema JSON and in `printSchema`: `long`, `decimal(10,2)`, `struct`.
 *
 * @param type - any type
 * @example
 * ```ts
 * console.log(typeName(bigintType)); // long
 * ```
 */
export const typeName = (type: DataType): string =>
  isNested(type) || isSpatial(type) ? type.kind : (jsonNames[type.kind] ?? leafName(type));

/**
 * A field of a struct as DDL: its name, type, nullability and comment.
 *
 * @param field - the field
 * @param separator - what stands between name and type: `": "` inside a struct, a space in a list of columns
 */
export function fieldSql({ name, type, nullable, metadata }: StructField, separator: string): string {
  const defaultValue = metadata?.CURRENT_DEFAULT;
  const comment = metadata?.comment;
  return [
    `${quotedIfNeeded(name)}${separator}${sqlName(type)}`,
    nullable ? "" : " NOT NULL",
    separator === " " && typeof defaultValue === "string" ? ` DEFAULT ${defaultValue}` : "",
    typeof comment === "string" ? ` COMMENT ${stringLiteral(comment)}` : "",
  ].join("");
}

/**
 * The schema as a tree, line for line what Spark's `printSchema` prints.
 *
 * @param schema - the schema
 * @param level - how many levels to show; 0 shows all
 * @example
 * ```ts
 * console.log(treeString(structType([structField("a", intType)])));
 * // root
 * //  |-- a: integer (nullable = true)
 * ```
 */
export function treeString(schema: StructType, level = 0): string {
  const lines = treeLines(schema, " |", level > 0 ? level : Number.POSITIVE_INFINITY);
  return ["root", ...lines, ""].join("\n");
}

const simpleSpelling: Spelling = {
  separator: ",",
  name: (kind) => kind,
  type: simpleString,
  field: ({ name, type }) => `${name}:${simpleString(type)}`,
};

const sqlSpelling: Spelling = {
  separator: ", ",
  name: (kind) => kind.toUpperCase(),
  type: sqlName,
  field: (field) => fieldSql(field, ": "),
};

/** The kinds that schema JSON calls by another name. */
const jsonNames: Partial<Record<DataType["kind"], string>> = {
  tinyint: "byte",
  smallint: "short",
  int: "integer",
  bigint: "long",
};

type LeafNames = { [K in DataType["kind"]]?: (type: Extract<DataType, { kind: K }>) => string };

/** The leaf types that have parameters, or a name that is not their kind. */
const leafNames = {
  string: ({ collation }) => (collation === undefined ? "string" : `string collate ${collation}`),
  char: ({ length }) => `char(${length})`,
  varchar: ({ length }) => `varchar(${length})`,
  decimal: ({ precision, scale }) => `decimal(${precision},${scale})`,
  time: ({ precision }) => `time(${precision})`,
  "day-time interval": intervalName,
  "year-month interval": intervalName,
  geometry: spatialName,
  geography: spatialName,
  // Spark names a user-defined type by its class: org.example.PointUDT is point.
  udt: ({ name }) =>
    name
      .slice(name.lastIndexOf(".") + 1)
      .replace(/UDT$/, "")
      .toLowerCase(),
} satisfies LeafNames as LeafNames;

function spelt(type: DataType, spelling: Spelling): string {
  if (!isNested(type)) return spelling.name(leafName(type));
  return `${spelling.name(type.kind)}<${parametersOf(type, spelling)}>`;
}

function parametersOf(type: Nested, spelling: Spelling): string {
  if (type.kind === "array") return spelling.type(type.element);
  if (type.kind === "map") return spelling.type(type.key) + spelling.separator + spelling.type(type.value);
  return type.fields.map(spelling.field).join(spelling.separator);
}

function leafName(type: DataType): string {
  const name = leafNames[type.kind] as ((type: DataType) => string) | undefined;
  return name === undefined ? type.kind : name(type);
}

function spatialName({ kind, srid }: SpatialType): string {
  return `${kind}(${srid})`;
}

function intervalName({ start, end }: Interval): string {
  return start === end ? `interval ${start}` : `interval ${start} to ${end}`;
}

function isNested(type: DataType): type is Nested {
  return type.kind === "array" || type.kind === "map" || type.kind === "struct";
}

function treeLines(type: DataType, prefix: string, level: number): string[] {
  if (level <= 0 || !isNested(type)) return [];
  return childrenOf(type).flatMap(([name, child, nulls]) => [
    `${prefix}-- ${name}: ${typeName(child)}${nulls}`,
    ...treeLines(child, `${prefix}    |`, level - 1),
  ]);
}

function childrenOf(type: Nested): [name: string, type: DataType, nulls: string][] {
  if (type.kind === "array") return [["element", type.element, ` (containsNull = ${type.containsNull})`]];
  if (type.kind === "map") {
    return [
      ["key", type.key, ""],
      ["value", type.value, ` (valueContainsNull = ${type.valueContainsNull})`],
    ];
  }
  return type.fields.map(({ name, type, nullable }) => [escaped(name), type, ` (nullable = ${nullable})`]);
}

const controlCharacters: Readonly<Record<string, string>> = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\f": "\\f",
  "\b": "\\b",
  "\u000B": "\\v",
  "\u0007": "\\a",
};

const escaped = (name: string): string => name.replace(/./gs, (character) => controlCharacters[character] ?? character);
