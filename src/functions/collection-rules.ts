/** Rules of arrays, maps and what is put into them or looked for in them. */
import {
  type ArrayType,
  arrayType,
  type DataType,
  holdsMap,
  intType,
  isIntegral,
  isTemporal,
  type MapType,
  mapType,
  type TypeKind,
} from "../types/data-type.ts";
import { sameShape } from "../types/same-type.ts";
import { castMayGiveNull } from "./cast-rules.ts";
import { tightestElement, widestElement } from "./coercion.ts";
import { arrayOf, exactly, expected, oneOf } from "./expected-type.ts";
import {
  alone,
  implicit,
  isOrderable,
  type ParameterContext,
  present,
  type Rule,
  together,
  typesAt,
  when,
} from "./rule.ts";

const smallIntegers: readonly TypeKind[] = ["tinyint", "smallint", "int"];
const intervals: readonly TypeKind[] = ["day-time interval", "year-month interval", "interval"];

type Meeting = (left: DataType, right: DataType) => DataType | undefined;
/** The type that the elements of the first argument and the last argument go to. */
function elementType({ types }: ParameterContext, meet: Meeting): DataType | undefined {
  const [array, value] = [types[0], types.at(-1)];
  return array?.kind === "array" && value !== undefined ? meet(array.element, value) : undefined;
}

/** An array and, as its last neighbour, a value of its elements' type. */
const arrayBeside = (meet: Meeting, fits: (element: DataType) => boolean): Rule => ({
  accept: (context) => {
    const element = elementType(context, meet);
    return element && when(fits(element), arrayType(element, (context.types[0] as ArrayType).containsNull));
  },
  required: '"ARRAY"',
  refusal: "argument types",
});

const valueBeside = (meet: Meeting, fits: (type: DataType) => boolean): Rule => ({
  accept: (context) => {
    const element = elementType(context, meet);
    return element && when(fits(context.types[context.index]!), element);
  },
  required: '"ANY"',
  refusal: "argument types",
});

const always = () => true;
const notVoid = (type: DataType) => type.kind !== "void";

/** The key type of a map and of what is looked for in it. */
function keyType({ types: [map, key] }: ParameterContext, meet: Meeting): DataType | undefined {
  return map?.kind === "map" && key !== undefined ? meet(map.key, key) : undefined;
}

const withKey = (map: MapType, key: DataType | undefined) => key && mapType(key, map.value, map.valueContainsNull);

/** The common key type of several maps, whose values stay as they are. */
function mapOfCommonKey(
  types: readonly DataType[],
  { types: all, index, coercion }: ParameterContext,
): DataType | undefined {
  if (!types.every((type) => type.kind === "map")) return undefined;
  const key = coercion.widest(types.map((type) => type.key));
  if (key === undefined || types.some((type) => castMayGiveNull(type.key, key))) return undefined;
  return withKey(all[index] as MapType, key);
}

const orderableArray = (type: DataType | undefined) => type && when(type.kind !== "array" || isOrderable(type), type);

/** The bounds of a sequence: integers, or dates and timestamps that a step of time leads through. */
function sequenceBound({ types, coercion }: ParameterContext): DataType | undefined {
  const [start, stop, step] = types as readonly DataType[];
  const timed = step === undefined || intervals.includes(step.kind);
  const common = coercion.widest(timed ? [start!, stop!] : [start!, stop!, step]);
  if (common === undefined) return undefined;
  if (isIntegral(common)) return when(step === undefined || !timed, common);
  return when(timed && isTemporal(common), common);
}

function sequenceStep(context: ParameterContext): DataType | undefined {
  const [start, stop, step] = context.types as readonly DataType[];
  if (!intervals.includes(step!.kind)) return sequenceBound(context);
  const common = context.coercion.widest([start!, stop!]);
  return common && when(isTemporal(common), step);
}

export const collectionRules = {
  array: implicit(expected.array),
  onlyArray: present(expected.array),
  /** An array whose elements can be sorted and compared. */
  arrayOfOrderable: alone('"ARRAY"', (type, coercion) => orderableArray(coercion.implicitCast(type, expected.array))),
  onlyArrayOfOrderable: alone('"ARRAY"', (type) => when(type.kind === "array", orderableArray(type))),
  arrayOfStrings: implicit(arrayOf(expected.string)),
  arrayOfArrays: { ...present(arrayOf(expected.array)), required: '"ARRAY" of "ARRAY"' },
  arrayOfStructs: present(arrayOf(expected.struct)),
  /** An array of key-value pairs. */
  arrayOfPairs: alone('"ARRAY" of pair "STRUCT"', (type) =>
    when(type.kind === "array" && type.element.kind === "struct" && type.element.fields.length === 2, type),
  ),
  onlyMap: present(expected.map),
  map: implicit(expected.map),
  arrayOrMap: implicit(oneOf(expected.array, expected.map)),
  onlyArrayOrMap: present(oneOf(expected.array, expected.map)),
  arrayToExtend: arrayBeside(tightestElement, always),
  elementToAdd: valueBeside(tightestElement, always),
  arrayToMatch: arrayBeside(tightestElement, isOrderable),
  elementToMatch: valueBeside(tightestElement, always),
  arrayToSearch: arrayBeside(widestElement, isOrderable),
  elementSought: valueBeside(widestElement, notVoid),
  /** Arrays that are treated as sets. */
  sets: together("argument types", '"ARRAY"', ([left, right], { types, index }) => {
    const array = types[index];
    if (left?.kind !== "array" || right?.kind !== "array" || array?.kind !== "array") return undefined;
    const element = tightestElement(left.element, right.element);
    return element && when(isOrderable(element), arrayType(element, array.containsNull));
  }),
  mapToSearch: {
    accept: (context) => {
      const key = notVoid(context.types[1]!) ? keyType(context, widestElement) : undefined;
      return withKey(context.types[0] as MapType, key);
    },
    required: '"MAP"',
    refusal: "argument types",
  },
  keySought: {
    accept: (context) => (notVoid(context.types[1]!) ? keyType(context, widestElement) : undefined),
    required: '"ANY"',
    refusal: "argument types",
  },
  /** An array or a map of which one value is wanted. */
  arrayOrMapToRead: {
    accept: (context) => {
      const [collection] = context.types;
      if (collection?.kind === "array") return collection;
      return collection?.kind === "map" ? withKey(collection, keyType(context, tightestElement)) : undefined;
    },
    required: '("ARRAY" or "MAP")',
    refusal: "argument types",
  },
  /** The position in an array, from 1 on, or the key in a map. */
  positionOrKey: {
    accept: (context) => {
      const [collection, key] = context.types;
      if (collection?.kind === "array") return when(smallIntegers.includes(key!.kind), intType);
      return keyType(context, tightestElement);
    },
    required: '"INT"',
    refusal: "argument types",
  },
  /** The index in an array, from 0 on, or the key in a map, as between brackets. */
  indexOrKey: {
    accept: ({ types: [collection, key], coercion }) => {
      if (collection?.kind === "array") return coercion.implicitCast(key!, expected.integral);
      return collection?.kind === "map" ? coercion.implicitCast(key!, exactly(collection.key, "KEY")) : undefined;
    },
    required: '"INTEGRAL"',
    refusal: "input type",
  },
  /** Maps that become one. */
  maps: together("argument types", '"MAP"', (types, { coercion }) =>
    types.every((type) => type.kind === "map") ? coercion.widest(types) : undefined,
  ),
  /** Maps whose keys are compared. */
  mapsOfOneKey: together("argument types", '"MAP"', mapOfCommonKey),
  /** Keys and values in turn: all keys go to one type, all values to another. */
  keysAndValues: {
    accept: (context) => {
      const turn = context.index % 2;
      const positions = context.types.map((_, index) => index).filter((index) => index % 2 === turn);
      const common = context.types.length % 2 === 0 ? context.coercion.widest(typesAt(context, positions)) : undefined;
      return common && when(turn === 1 || (!holdsMap(common) && common.kind !== "variant"), common);
    },
    required: '"ANY"',
    refusal: "argument types",
  },
  /** Values dealt out to rows: those of one column have one type. */
  dealt: {
    accept: ({ types, index, same, literals }) => {
      const width = Math.abs(Math.ceil(same.length / Number(literals?.[0] ?? 1)));
      const [first] = same as [number];
      const column: DataType[] = [];
      for (let at = first + ((index - first) % width); at < first + same.length; at += width) column.push(types[at]!);
      const type = column.find(notVoid) ?? column[0]!;
      return when(
        column.filter(notVoid).every((other) => sameShape(other, type)),
        type,
      );
    },
    required: '"ANY"',
    refusal: "argument types",
  },
  sequenceBound: {
    accept: sequenceBound,
    required: '("INTEGRAL" or "DATE" or "TIMESTAMP")',
    refusal: "argument types",
  },
  sequenceStep: { accept: sequenceStep, required: '("INTEGRAL" or "INTERVAL")', refusal: "argument types" },
} satisfies Record<string, Rule>;
