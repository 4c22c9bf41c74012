/** The columns that generators give, under the names that they have without an alias. */
import { InternalError } from "../errors.ts";
import {
  type ArrayType,
  type DataType,
  intType,
  type MapType,
  type StructField,
  stringType,
  structField,
  variantType,
} from "../types/data-type.ts";
import { widest } from "./coercion.ts";

type Columns = (types: readonly DataType[], literals: readonly unknown[]) => readonly StructField[];

/** An element, or a key and a value. */
const exploded: Columns = ([collection]) =>
  collection!.kind === "map" ? entryColumns(collection) : elementColumns(collection as ArrayType);

const elementColumns = ({ element, containsNull }: ArrayType) => [structField("col", element, containsNull)];
const entryColumns = ({ key, value, valueContainsNull }: MapType) => [
  structField("key", key, false),
  structField("value", value, valueContainsNull),
];

/** The fields of an array's structs. */
const inlined: Columns = ([array]) => {
  const struct = (array as ArrayType).element;
  if (struct.kind !== "struct") return [];
  const { containsNull } = array as ArrayType;
  return struct.fields.map((field) => ({ ...field, nullable: field.nullable || containsNull }));
};

/** `stack(rows, v1, v2, …)`: the values dealt out to as many rows; what is left over is null. */
const stacked: Columns = ([, ...values], [rows]) => {
  const count = Math.max(1, Number(rows));
  const width = Math.ceil(values.length / count);
  return Array.from({ length: width }, (_, index) => {
    const own = values.filter((_value, at) => at % width === index);
    return structField(`col${index}`, widest(own) ?? stringType);
  });
};

const jsonFields: Columns = ([, ...fields]) => fields.map((_, index) => structField(`c${index}`, stringType));

const variantEntries: Columns = () => [
  structField("pos", intType, false),
  structField("key", stringType),
  structField("value", variantType, false),
];

const withPosition =
  (columns: Columns): Columns =>
  (types, literals) => [structField("pos", intType, false), ...columns(types, literals)];

const generators: Readonly<Record<string, Columns>> = {
  explode: exploded,
  posexplode: withPosition(exploded),
  inline: inlined,
  stack: stacked,
  json_tuple: jsonFields,
  variant_explode: variantEntries,
};

/**
 * The columns of a generator without its `_outer` form, whose columns are the same but nullable.
 *
 * @param name - the SQL name, such as `explode` or `explode_outer`
 * @param types - the types of its arguments
 * @param literals - the values of arguments that are constants
 * @example
 * ```ts
 * generatorColumns("explode", [arrayType(intType)], [undefined]); // [{ name: "col", type: int, nullable: true }]
 * ```
 */
export function generatorColumns(
  name: string,
  types: readonly DataType[],
  literals: readonly unknown[],
): readonly StructField[] {
  const columns = generators[name.replace(/_outer$/, "")];
  if (columns === undefined) throw new InternalError(`${name} is no generator`);
  return columns(types, literals);
}
