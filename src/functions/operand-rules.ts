/** Rules of arguments that meet each other: the sides of operators, the branches of conditionals. */
import { binaryType, type DataType, doubleType, isAnsiInterval, isText, stringType } from "../types/data-type.ts";
import { sameStructure } from "../types/same-type.ts";
import { type ArithmeticOperator, arithmeticOperation } from "./arithmetic.ts";
import { expected, oneOf } from "./expected-type.ts";
import { common, implicitly, isOrderable, type ParameterContext, type Rule, together, when } from "./rule.ts";
import type { Coercion } from "./type-coercion.ts";

const sides = ({ types, same, written }: ParameterContext) =>
  same.map((position) => ({ type: types[position]!, literal: written?.[position] }));

/** One side of an operator, both of which follow the rule. */
const side = (required: string, find: (context: ParameterContext) => readonly DataType[] | undefined): Rule => ({
  accept: (context) => find(context)?.[context.same.indexOf(context.index)],
  required,
  refusal: "operand types",
});

const arithmetic = (operator: ArithmeticOperator, required = '"NUMERIC"') =>
  side(required, (context) => {
    const [left, right] = sides(context);
    return arithmeticOperation(operator, left!, right!, context.coercion)?.operands;
  });

const bits = side('"INTEGRAL"', (context) => {
  const [left, right] = sides(context);
  const found = context.coercion.operandTypes(left!, right!);
  return found.map((type) => context.coercion.implicitCast(type, expected.integral)).every((type) => type !== undefined)
    ? found.map((type) => (type.kind === "void" ? expected.integral.concrete : type))
    : undefined;
});

const logical = side('"BOOLEAN"', (context) => {
  const kinds = sides(context).map(({ type }) => type.kind);
  const fit = kinds.every((kind) => kind === "boolean" || kind === "void" || kind === "string");
  const texts = kinds.filter((kind) => kind === "string").length;
  const readsTexts = context.coercion.castMode === "ansi";
  const readable = texts === 0 || (readsTexts && texts === 1 && kinds.includes("boolean"));
  return fit && readable ? kinds.map(() => expected.boolean.concrete) : undefined;
});

/** The common type of the values that is also orderable. */
const ordered = (type: DataType | undefined): DataType | undefined => type && when(isOrderable(type), type);

/** Structs are compared field by field, whatever their fields are called. */
const commonStructure = ([first, ...rest]: readonly DataType[]): DataType | undefined =>
  first &&
  when(
    rest.every((type) => sameStructure(first, type)),
    first,
  );

const asString = implicitly(expected.string);
const asText = implicitly(oneOf(expected.string, expected.binary));
const asFloating = implicitly(oneOf(expected.double, expected.float));
const asDouble = implicitly(expected.double);

/** Both sides of a comparison, in the type that the coercion has for it. */
const compared = (typeBy: (coercion: Coercion) => Coercion["comparisonType"]): Rule =>
  side('"ORDERABLE"', (context) => {
    const [left, right] = sides(context);
    const type = ordered(typeBy(context.coercion)(left!, right!) ?? commonStructure([left!.type, right!.type]));
    return type && [type, type];
  });

export const operandRules = {
  addend: arithmetic("+", '("NUMERIC" or "INTERVAL DAY TO SECOND" or "INTERVAL YEAR TO MONTH" or "INTERVAL")'),
  subtrahend: arithmetic("-", '("NUMERIC" or "INTERVAL DAY TO SECOND" or "INTERVAL YEAR TO MONTH" or "INTERVAL")'),
  factor: arithmetic("*"),
  dividend: arithmetic("/", '("DOUBLE" or "DECIMAL")'),
  modulo: arithmetic("%"),
  integralDividend: arithmetic(
    "div",
    '("BIGINT" or "DECIMAL" or "INTERVAL YEAR TO MONTH" or "INTERVAL DAY TO SECOND")',
  ),
  bits,
  logical,
  comparable: compared(({ comparisonType }) => comparisonType),
  /** Values that are asked whether they are equal. */
  equatable: compared(({ equalityType }) => equalityType),
  /** Values of which one is looked for among the others. */
  member: common("argument types", '"ANY"', (types, { widest }) => ordered(widest(types) ?? commonStructure(types))),
  /** Values of which one is given: they go to their common type. */
  same: common("argument types", '"ANY"', (types, { widest }) => widest(types)),
  /** Values that are compared to give one of them; text is never read as something else. */
  ranked: common("argument types", '"ORDERABLE"', (types, { widestWithoutText }) => ordered(widestWithoutText(types))),
  /** Text that is joined or searched: all binary, else all strings. */
  bothText: together(
    "argument types",
    '"STRING"',
    (types, context) =>
      types.every((type) => type.kind === "binary")
        ? binaryType
        : asString(context.types[context.index]!, context.coercion),
    asString,
  ),
  /** Text of one kind: all binary or none. */
  sameText: together(
    "argument types",
    '("STRING" or "BINARY")',
    (types, context) => {
      const cast = asText(context.types[context.index]!, context.coercion);
      const binary = types.filter((type) => type.kind === "binary").length;
      return (
        cast &&
        when(binary === 0 || binary === types.length, isText(cast) && cast.kind !== "string" ? stringType : cast)
      );
    },
    asText,
  ),
  /** Arrays that are joined end to end; else strings, or binary values only. */
  joined: together(
    "argument types",
    '("STRING" or "BINARY" or "ARRAY")',
    (types, context) => {
      if (types.every((type) => type.kind === "array")) return context.coercion.widest(types);
      if (types.every((type) => type.kind === "binary")) return binaryType;
      return asString(context.types[context.index]!, context.coercion);
    },
    (type, coercion) => (type.kind === "array" ? type : asString(type, coercion)),
  ),
  /** A value and bounds that divide a range: numbers, or intervals of one family. */
  bucketed: together(
    "argument types",
    expected.double.words,
    (types, { types: all, index, coercion }) => {
      const spans = isAnsiInterval(types[0]!) && types.every((type) => type.kind === types[0]!.kind);
      return spans ? all[index] : asDouble(all[index]!, coercion);
    },
    (type, coercion) => (isAnsiInterval(type) ? type : asDouble(type, coercion)),
  ),
  /** A number that may be NaN and the value in its place. */
  nanOrElse: together(
    "argument types",
    '("DOUBLE" or "FLOAT")',
    (types, context) => {
      const cast = asFloating(context.types[context.index]!, context.coercion);
      const float = types[0]?.kind === "float" && (types[1]?.kind === "float" || types[1]?.kind === "void");
      return cast && (float ? types[0] : doubleType);
    },
    asFloating,
  ),
} satisfies Record<string, Rule>;
