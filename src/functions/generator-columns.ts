/** The columns that generators give, with the names Spark gives them. */
import { type DataType, intType, type StructField, structField } from "../types/data-type.ts";
import { widest } from "./coercion.ts";

type Columns = (types: readonly DataType[], constants: readonly unknown[]) => readonly StructField[];

const elements: Columns = ([type]) => {
  if (type?.kind === "array") return [structField("col", type.element, type.containsNull)];
  if (type?.kind === "map") return [structField("key", type.key, false), structField("value", type.value, type.valueContainsNull)];
  return [];
};

const positioned: Columns = (types, constants) => [structField("pos", intType, false), ...elements(types, constants)];

const fields: Columns = ([type]) => {
  if (type?.kind !== "array" || type.element.kind !== "struct") return [];
  const { containsNull, element } = type;
  return element.fields.map((field) => ({ ...field, nullable: field.nullable || containsNull }));
};

const stacked: Columns = ([, ...types], [count]) => {
  const width = Math.ceil(types.length / Math.max(1, Number(count ?? 1)));
  return Array.from({ length: width }, (_, at) => {
    const column = types.filter((_type, index) => index % width === at);
    return structField(`col${at}`, widest(column) ?? column[0]!);
  });
};

const generators: Readonly<Record<string, Columns>> = {
  explode: elements,
  explode_outer: elements,
  posexplode: positioned,
  posexplode_outer: positioned,
  inline: fields,
  inline_outer: fields,
  stack: stacked,
};

/**
 * The columns of a generator.
 *
 * @param name - its SQL name
 * @param types - the types of its arguments
 * @param constants - the values of the arguments that are constants
 */
export const generatorColumns = (name: string, types: readonly DataType[], constants: readonly unknown[]): readonly StructField[] =>
  generators[name]?.(types, constants) ?? [];
