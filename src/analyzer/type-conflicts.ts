/** How Spark says, function by function, that the types of a call's arguments do not go together. */
import { AnalysisError } from "../errors.ts";
import { tightest } from "../functions/coercion.ts";
import { isOrderable } from "../functions/rule.ts";
import type { Coercion } from "../functions/type-coercion.ts";
import { type DataType, isInterval } from "../types/data-type.ts";
import { sameShape } from "../types/same-type.ts";
import { sqlName } from "../types/type-name.ts";

/** A call of which an argument was refused. */
export interface RefusedCall {
  /** The call as Spark writes it. */
  readonly expression: string;
  readonly name: string;
  readonly types: readonly DataType[];
  /** The arguments as Spark writes them. */
  readonly texts: readonly string[];
  /** The argument that was refused. */
  readonly index: number;
  /** How its arguments would have become values of one type. */
  readonly coercion: Coercion;
}

interface Conflict {
  /** What follows `DATATYPE_MISMATCH`. */
  readonly subclass: string;
  readonly sentence: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly hint?: string;
}

type Describe = (call: RefusedCall) => Conflict | undefined;

const typeText = (type: DataType): string => `"${sqlName(type)}"`;
const listed = (types: readonly DataType[]): string => `[${types.map(typeText).join(", ")}]`;
const functionName = ({ name }: RefusedCall): string => `\`${name}\``;

const twoArrays: Describe = (call) => {
  const [left, right] = call.types.map(typeText) as [string, string];
  const parameters = { functionName: functionName(call), arrayType: '"ARRAY"', leftType: left, rightType: right };
  return {
    subclass: "BINARY_ARRAY_DIFF_TYPES",
    sentence: `Input to function ${functionName(call)} should have been two "ARRAY" with same element type, but it's [${left}, ${right}]`,
    parameters,
  };
};

/** A collection, or what stands in its place, and a value that does not go into it. */
const member =
  (kind: "ARRAY" | "MAP"): Describe =>
  (call) => {
    const [left, right] = [call.types[0]!, call.types.at(-1)!].map(typeText) as [string, string];
    return {
      subclass: `${kind}_FUNCTION_DIFF_TYPES`,
      sentence: `Input to ${functionName(call)} should have been "${kind}" followed by a value with same element type, but it's [${left}, ${right}]`,
      parameters: { functionName: functionName(call), dataType: `"${kind}"`, leftType: left, rightType: right },
    };
  };

const sequence: Describe = (call) => ({
  subclass: "SEQUENCE_WRONG_INPUT_TYPES",
  sentence: `${functionName(call)} uses the wrong parameter type: start and stop must have one type; from "INTEGRAL" a step of that type leads on, from "DATE" or "TIMESTAMP" an "INTERVAL"`,
  parameters: {
    functionName: functionName(call),
    startType: '("TIMESTAMP" or "TIMESTAMP_NTZ" or "DATE")',
    stepType: '("INTERVAL" or "INTERVAL YEAR TO MONTH" or "INTERVAL DAY TO SECOND")',
    otherStartType: '"INTEGRAL"',
  },
});

const stack: Describe = ({ types, index }) => {
  if (index === 0) return undefined;
  const other = types.findIndex((type, position) => position > 0 && sqlName(type) !== sqlName(types[index]!));
  const [left, right] = [Math.max(other, 1), index].sort((a, b) => a - b) as [number, number];
  return {
    subclass: "STACK_COLUMN_DIFF_TYPES",
    sentence: `The data types of one column differ: ${typeText(types[left]!)} (${left}) and ${typeText(types[right]!)} (${right})`,
    parameters: {
      leftType: typeText(types[left]!),
      leftParamIndex: String(left),
      rightType: typeText(types[right]!),
      rightParamIndex: String(right),
    },
  };
};

const mapConcat: Describe = (call) => {
  if (call.types.every((type) => type.kind === "map")) return undefined;
  return {
    subclass: "MAP_CONCAT_DIFF_TYPES",
    sentence: `The ${functionName(call)} should all be of type map, but it's ${listed(call.types)}`,
    parameters: { functionName: functionName(call), dataType: listed(call.types) },
  };
};

const invalidKey = (type: DataType): Conflict => ({
  subclass: "INVALID_MAP_KEY_TYPE",
  sentence: `The key of map cannot be/contain ${typeText(type)}`,
  parameters: { keyType: typeText(type) },
  hint: "Take something that has an order for a key, such as a text of it.",
});

const mapParts: Describe = (call) => {
  const turn = call.index % 2;
  const types = call.types.filter((_, position) => position % 2 === turn);
  const isKey = turn === 0;
  const key = isKey ? call.coercion.widest(types) : undefined;
  if (key !== undefined) return invalidKey(key);
  return {
    subclass: `CREATE_MAP_${isKey ? "KEY" : "VALUE"}_DIFF_TYPES`,
    sentence: `The given ${isKey ? "keys" : "values"} of function ${functionName(call)} should all be the same type, but they are ${listed(types)}`,
    parameters: { functionName: functionName(call), dataType: listed(types) },
  };
};

const mapsOfOneKey: Describe = (call) => {
  if (!call.types.slice(0, 2).every((type) => type.kind === "map")) return undefined;
  const [left, right] = call.types.map(typeText) as [string, string];
  return {
    subclass: "MAP_ZIP_WITH_DIFF_TYPES",
    sentence: `Input to the ${functionName(call)} should have been two maps with compatible key types, but it's [${left}, ${right}]`,
    parameters: { functionName: functionName(call), leftType: left, rightType: right },
  };
};

const hash: Describe = (call) => {
  const isVariant = call.types[call.index]!.kind === "variant";
  return {
    subclass: isVariant ? "HASH_VARIANT_TYPE" : "HASH_MAP_TYPE",
    sentence: `Input to the function ${functionName(call)} cannot contain elements of the "${isVariant ? "VARIANT" : "MAP"}" type, of which equal ones may have different hashes`,
    parameters: { functionName: functionName(call) },
    hint: "Hash a text of it: to_json(…).",
  };
};

const strings: Describe = (call) => ({
  subclass: "NON_STRING_TYPE",
  sentence: `All arguments of the function ${functionName(call)} must be strings`,
  parameters: { funcName: functionName(call) },
});

const noMap: Describe = (call) => ({
  subclass: "UNSUPPORTED_INPUT_TYPE",
  sentence: `The input of ${functionName(call)} can't be "MAP" type data`,
  parameters: { functionName: functionName(call), dataType: '"MAP"' },
  hint: "Collect the entries instead: map_entries(…).",
});

const jsonSource: Describe = ({ types: [type] }) => ({
  subclass: "INVALID_JSON_SCHEMA",
  sentence: `Input schema ${typeText(type!)} must be a struct, an array, a map or a variant`,
  parameters: { schema: typeText(type!) },
  hint: "Make a struct of it: struct(…).",
});

const besideZero: Describe = ({ types: [type] }) => ({
  subclass: "BINARY_OP_DIFF_TYPES",
  sentence: `the left and right operands of the binary operator have incompatible types (${typeText(type!)} and "INT")`,
  parameters: { left: typeText(type!), right: '"INT"' },
});

const besideInt: Describe = ({ types: [type] }) => ({
  subclass: "DATA_DIFF_TYPES",
  sentence: `Input to \`coalesce\` should all be the same type, but it's (${typeText(type!)} or "INT")`,
  parameters: { functionName: "`coalesce`", dataType: `(${typeText(type!)} or "INT")` },
});

const isSpan = ({ kind }: DataType): boolean => kind === "day-time interval" || kind === "interval";
const isTimestamp = ({ kind }: DataType): boolean => kind === "timestamp" || kind === "timestamp_ntz";
const timestamps = '"(TIMESTAMP OR TIMESTAMP WITHOUT TIME ZONE)"';

/** An operand beside a moment or a span, of which Spark makes a function of moments. */
function unexpected({ types, texts }: RefusedCall, index: number, required: string): Conflict {
  const ordinal = index === 0 ? "first" : "second";
  return {
    subclass: "UNEXPECTED_INPUT_TYPE",
    sentence: `The ${ordinal} parameter requires the ${required} type, however "${texts[index]}" has the type ${typeText(types[index]!)}`,
    parameters: {
      paramIndex: ordinal,
      requiredType: required,
      inputSql: `"${texts[index]}"`,
      inputType: typeText(types[index]!),
    },
  };
}

/** What is added to a date: days. */
function besideDate(call: RefusedCall): Conflict | undefined {
  const date = call.types.findIndex(({ kind }) => kind === "date");
  const other = call.types[1 - date];
  if (date < 0 || other === undefined) return undefined;
  return unexpected(call, 1 - date, '("INT" or "SMALLINT" or "TINYINT")');
}

const sum: Describe = (call) => {
  const span = call.types.findIndex(isSpan);
  return span >= 0 && call.types.length === 2 ? unexpected(call, 1 - span, timestamps) : besideDate(call);
};

const difference: Describe = (call) => {
  const [left, right] = call.types;
  if (right === undefined) return undefined;
  if (isSpan(right)) return unexpected(call, 0, timestamps);
  const timestamp = call.types.findIndex(isTimestamp);
  if (timestamp >= 0) return unexpected(call, 1 - timestamp, timestamps);
  if (right.kind === "date") return unexpected(call, 0, '"DATE"');
  return left!.kind === "date" ? besideDate(call) : undefined;
};

const product: Describe = (call) => {
  const span = call.types.findIndex(isInterval);
  return span < 0 || call.types.length !== 2 ? undefined : unexpected(call, 1 - span, '"NUMERIC"');
};

const quotient: Describe = (call) => (isInterval(call.types[0]!) ? unexpected(call, 1, '"NUMERIC"') : undefined);

const unordered = (call: RefusedCall, type: DataType): Conflict => ({
  subclass: "INVALID_ORDERING_TYPE",
  sentence: `The ${functionName(call)} does not support ordering on type ${typeText(type)}`,
  parameters: { functionName: functionName(call), dataType: typeText(type) },
  hint: "Use something that has an order, such as a key or a field of it.",
});

const unorderedElements: Describe = (call) => {
  const type = call.types[call.index]!;
  return type.kind === "array" && !isOrderable(type) ? unordered(call, type) : undefined;
};

/** An array whose elements are compared with one another, with a value or with those of another array. */
const uncompared =
  (otherwise: Describe): Describe =>
  (call) => {
    const [array, other = array] = call.types;
    if (array?.kind !== "array") return otherwise(call);
    const beside = other!.kind === "array" && !sameShape(array.element, other!) ? other!.element : other!;
    const element = tightest(array.element, beside);
    return element === undefined || isOrderable(element) ? otherwise(call) : unordered(call, element);
  };

const membership: Describe = (call) => {
  const type = call.coercion.widest(call.types);
  return type === undefined || isOrderable(type) ? undefined : unordered(call, type);
};

/** An array, or what is looked for in it, of which nothing is known. */
const untyped: Describe = (call) => {
  if (!call.types.some(({ kind }) => kind === "void")) return undefined;
  return {
    subclass: "NULL_TYPE",
    sentence: `Null typed values cannot be used as arguments of ${functionName(call)}`,
    parameters: { functionName: functionName(call) },
    hint: "Give the null a type: CAST(NULL AS INT).",
  };
};

const comparator: Describe = (call) => {
  if (call.index === 0) return unorderedElements(call);
  const actualType = typeText(call.types[call.index]!);
  return {
    subclass: "UNEXPECTED_RETURN_TYPE",
    sentence: `The \`lambdafunction\` requires return "INT" type, but the actual is ${actualType} type`,
    parameters: { functionName: "`lambdafunction`", expectedType: '"INT"', actualType },
    hint: "Give -1, 0 or 1 as the first value comes before, with or after the second.",
  };
};

const mapKey: Describe = ({ types, index }) => (index === 0 ? undefined : invalidKey(types[index]!));

const conflicts: Readonly<Record<string, Describe>> = {
  "*": product,
  "/": quotient,
  in: membership,
  "+": sum,
  try_add: sum,
  "-": difference,
  try_subtract: difference,
  array_except: uncompared(twoArrays),
  array_intersect: uncompared(twoArrays),
  array_union: uncompared(twoArrays),
  arrays_overlap: uncompared(twoArrays),
  array_insert: (call) => (call.index === 1 ? undefined : member("ARRAY")(call)),
  array_remove: uncompared(member("ARRAY")),
  array_contains: uncompared(untyped),
  array_position: uncompared((call) => (call.types[0]!.kind === "void" ? untyped(call) : undefined)),
  array_distinct: uncompared(() => undefined),
  map_contains_key: member("MAP"),
  sequence,
  stack,
  map: mapParts,
  map_concat: mapConcat,
  map_zip_with: mapsOfOneKey,
  hash,
  xxhash64: hash,
  json_tuple: strings,
  collect_set: noMap,
  to_json: (call) => (call.index === 0 ? jsonSource(call) : undefined),
  nullifzero: besideZero,
  zeroifnull: besideInt,
  array_max: unorderedElements,
  array_min: unorderedElements,
  sort_array: unorderedElements,
  array_sort: comparator,
  transform_keys: mapKey,
};

/**
 * The error of a call whose arguments the function refuses in words of its own.
 *
 * @param call - the call and the argument that was refused
 * @returns undefined when it says what every function says
 */
export function typeConflict(call: RefusedCall): AnalysisError | undefined {
  const found = conflicts[call.name]?.(call);
  if (found === undefined) return undefined;
  const { subclass, sentence, parameters, hint = 'Convert the arguments with .cast("…").' } = found;
  return new AnalysisError(`Cannot resolve "${call.expression}" due to data type mismatch: ${sentence}`, {
    condition: `DATATYPE_MISMATCH.${subclass}`,
    sqlState: "42K09",
    parameters: { sqlExpr: `"${call.expression}"`, ...parameters },
    hint,
  });
}
