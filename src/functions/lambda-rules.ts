/** The types that the parameters of lambdas have, from the other arguments of a higher-order function. */
import type { Call, Expression } from "../plan/expression.ts";
import { type ArrayType, type DataType, intType, type MapType } from "../types/data-type.ts";
import type { Coercion } from "./type-coercion.ts";

/** A parameter of a lambda. */
export interface LambdaParameterType {
  readonly type: DataType;
  readonly nullable: boolean;
}

type Types = readonly (DataType | undefined)[];
type Parameters = readonly LambdaParameterType[];
type Rule = (types: Types, coercion: Coercion) => Parameters | undefined;

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
  (parameters: (map: MapType, types: Types, coercion: Coercion) => Parameters): Rule =>
  (types, coercion) =>
    types[0]?.kind === "map" ? parameters(types[0], types, coercion) : undefined;

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
const values = ofMap((map, [, other], { widest }) => {
  if (other?.kind !== "map") return [];
  const key = widest([map.key, other.key]) ?? map.key;
  return [{ type: key, nullable: false }, nullable(map.value), nullable(other.value)];
});

type Rules = Readonly<Record<string, { readonly [position: number]: readonly Rule[] }>>;

/** For each function, the rules of its lambdas by position; several of one position differ in how many they take. */
const rules: Rules = {
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

/** How many values a lambda at each position gets at least. */
const leastTaken: Readonly<Record<string, { readonly [position: number]: number }>> = {
  transform: { 1: 1 },
  filter: { 1: 1 },
  exists: { 1: 1 },
  forall: { 1: 1 },
  array_sort: { 1: 2 },
  aggregate: { 2: 2, 3: 1 },
  reduce: { 2: 2, 3: 1 },
  zip_with: { 2: 2 },
  map_filter: { 1: 2 },
  transform_keys: { 1: 2 },
  transform_values: { 1: 2 },
  map_zip_with: { 2: 3 },
};

// No program can write these names.
const unread = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `(unread ${index})`);

/**
 * A call of a higher-order function whose functions are all lambdas: a value in the place of one is a lambda that reads
 * none of its parameters, as in `transform(list, 0)`.
 *
 * @returns the call itself when it is so already, or of another function
 */
export function withLambdas(call: Call): Call {
  const taken = leastTaken[call.name.at(-1)!.toLowerCase()];
  const isValue = (argument: Expression, index: number): boolean =>
    taken?.[index] !== undefined && argument.kind !== "lambda" && argument.kind !== "named argument";
  if (taken === undefined || !call.arguments.some(isValue)) return call;
  const args = call.arguments.map(
    (argument, index): Expression =>
      isValue(argument, index) ? { kind: "lambda", parameters: unread(taken[index]!), body: argument } : argument,
  );
  return { ...call, arguments: args };
}

/**
 * The types of a lambda's parameters.
 *
 * @param name - the SQL name of the higher-order function
 * @param position - which argument the lambda is
 * @param types - the types of the arguments, undefined for lambdas
 * @param count - how many parameters the lambda has
 * @param coercion - what types become together
 * @returns undefined when the function takes no such lambda there
 * @example
 * ```ts
 * lambdaParameterTypes("transform", 1, [arrayType(stringType)], 2, ansiCoercion); // [{ string, nullable }, { int }]
 * ```
 */
export function lambdaParameterTypes(
  name: string,
  position: number,
  types: Types,
  count: number,
  coercion: Coercion,
): readonly LambdaParameterType[] | undefined {
  const found = rules[name]?.[position]?.map((rule) => rule(types, coercion));
  return found?.find((parameters) => parameters?.length === count);
}
