/** The types that the parameters of lambdas have, from the other arguments of a higher-order function. */
import { type ArrayType, type DataType, intType, type MapType } from "../types/data-type.ts";

/** A parameter of a lambda. */
export interface LambdaParameterType {
  readonly type: DataType;
  readonly nullable: boolean;
}

type Types = readonly (DataType | undefined)[];
type Parameters = readonly LambdaParameterType[];
type Rule = (types: Types) => Parameters | undefined;

const index: LambdaParameterType = { type: intType, nullable: false };

const elementOf = ({ element, containsNull }: ArrayType): LambdaParameterType => ({
  type: element,
  nullable: containsNull,
});
const nullable = (type: DataType): LambdaParameterType => ({ type, nullable: true });

const ofArray =
  (parameters: (array: ArrayType, types: Types) => Parameters): Rule =>
  (types) =>
    types[0]?.kind === "array" ? parameters(types[0], types) : undefined;

const ofMap =
  (parameters: (map: MapType, types: Types) => Parameters): Rule =>
  (types) =>
    types[0]?.kind === "map" ? parameters(types[0], types) : undefined;

const element = ofArray((array) => [elementOf(array)]);
const elementAndIndex = ofArray((array) => [elementOf(array), index]);
const twoElements = ofArray((array) => [elementOf(array), elementOf(array)]);
const entry = ofMap(({ key, value, valueContainsNull }) => [
  { type: key, nullable: false },
  { type: value, nullable: valueContainsNull },
]);
const merge = ofArray((array, types) => (types[1] === undefined ? [] : [nullable(types[1]), elementOf(array)]));
const finish: Rule = ([, start]) => start && [nullable(start)];
const elements = ofArray((array, types) =>
  types[1]?.kind === "array" ? [nullable(array.element), nullable(types[1].element)] : [],
);
const values = ofMap((map, types) =>
  types[1]?.kind === "map" ? [{ type: map.key, nullable: false }, nullable(map.value), nullable(types[1].value)] : [],
);

/** For each function, the rules of its lambdas by position; several of one position differ in how many they take. */
const rules: Readonly<Record<string, { readonly [position: number]: readonly Rule[] }>> = {
  transform: { 1: [element, elementAndIndex] },
  filter: { 1: [element, elementAndIndex] },
  exists: { 1: [element] },
  forall: { 1: [element] },
  array_sort: { 1: [twoElements] },
  aggregate: { 2: [merge], 3: [finish] },
  zip_with: { 2: [elements] },
  map_filter: { 1: [entry] },
  transform_keys: { 1: [entry] },
  transform_values: { 1: [entry] },
  map_zip_with: { 2: [values] },
};

/**
 * The types of a lambda's parameters.
 *
 * @param name - the SQL name of the higher-order function
 * @param position - which argument the lambda is
 * @param types - the types of the arguments, undefined for lambdas
 * @param count - how many parameters the lambda has
 * @returns undefined when the function takes no such lambda there
 * @example
 * ```ts
 * lambdaParameterTypes("transform", 1, [arrayType(stringType)], 2); // [{ string, nullable }, { int }]
 * ```
 */
export function lambdaParameterTypes(
  name: string,
  position: number,
  types: Types,
  count: number,
): readonly LambdaParameterType[] | undefined {
  const found = rules[name]?.[position]?.map((rule) => rule(types));
  return found?.find((parameters) => parameters?.length === count);
}
