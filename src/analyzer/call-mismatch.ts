/** Which of Spark's conditions says that an argument does not fit. */
import { cannotCast } from "../functions/cannot-cast.ts";
import { canCast } from "../functions/cast-rules.ts";
import { hasFields } from "../functions/date-part.ts";
import type { FunctionDefinition, Parameter } from "../functions/definition.ts";
import { parameterRules } from "../functions/parameter-rules.ts";
import { isOrderable, type Rule } from "../functions/rule.ts";
import type { Coercion } from "../functions/type-coercion.ts";
import type { ResolvedExpression } from "../plan/resolved.ts";
import { type DataType, isSpatial, variantType } from "../types/data-type.ts";
import { sameShape } from "../types/same-type.ts";
import { sqlName } from "../types/type-name.ts";
import {
  invalidOptions,
  mustBeConstant,
  noState,
  noSuchField,
  notCounted,
  notFoldable,
  notOneCharacter,
  notWholeText,
} from "./argument-errors.ts";
import {
  differentOperandTypes,
  differentTypes,
  foreignMember,
  invalidOrderingType,
  notConstant,
  unexpectedInputType,
  unsupportedInputType,
  wrongOperandType,
} from "./errors.ts";
import { isFoldable } from "./foldable.ts";
import { typeConflict } from "./type-conflicts.ts";

/** An argument before its function is applied: resolved, or a lambda that waits for its parameters' types. */
export interface Argument {
  readonly text: string;
  /** The name of a column, an alias or a field. */
  readonly name?: string;
  /** Whether a value itself was written, and no cast of one. */
  readonly isLiteral?: boolean;
  readonly expression: ResolvedExpression;
}

/**
 * The error of a call one of whose arguments its parameter refuses.
 *
 * @param index - of the argument
 * @param text - the call as Spark writes it
 */
export function mismatch(
  definition: FunctionDefinition,
  args: readonly Argument[],
  index: number,
  text: string,
  coercion: Coercion,
): Error {
  const types = args.map(({ expression }) => expression.type);
  const [collection] = types;
  if (definition.name === "[]" && collection?.kind === "map") {
    return unexpectedInputType(text, 1, args[1]!.text, `"${sqlName(collection.key)}"`, types[1]!);
  }
  const parameter = parameterAt(definition, index);
  if (parameter.rule === "stringMap") return invalidOptions(args[index]!.expression);
  const rule: Rule = parameterRules[parameter.rule];
  const { refusal, required } = rule;
  const isColumn = !isFoldable(args[index]!.expression);
  const given = { index, text: args[index]!.text, type: types[index]!, isColumn };
  const unfoldable = mustBeConstant(definition.name, text, given);
  if (unfoldable !== undefined) return unfoldable;
  if (isColumn && rule.isConstant && constantFirst.has(definition.name))
    return notConstant(text, parameter.name, given.text, required);
  const conflict = typeConflict({
    ...{ expression: text, name: definition.name, types, index, coercion },
    texts: args.map((argument) => argument.text),
  });
  if (conflict !== undefined) return conflict;
  const unfit = args.findIndex((_, position) => !fitsByItself(definition, types, position, coercion));
  if (refusal === "argument types" && unfit >= 0)
    return unexpectedInputType(text, unfit, args[unfit]!.text, required, types[unfit]!);
  const particular = particularMismatch(refusal, parameter, args, index, text);
  if (particular !== undefined) return particular;
  if (rule.isConstant && rule.accept({ types, index, same: [index], coercion }) !== undefined)
    return notConstant(text, parameter.name, args[index]!.text, required);
  const areAlike = refusal === "input type" || types.every((type) => sameShape(type, types[index]!));
  if (required === '"ORDERABLE"' && areAlike && !isOrderable(types[index]!))
    return invalidOrderingType(text, definition.name, types[index]!);
  const common = refusal === "operand types" && types.length === 2 ? commonType(types, coercion) : undefined;
  const strange = types.find((type) => common !== undefined && !canCast(type, common, coercion.castMode));
  if (strange !== undefined) return cannotCast(strange, common!);
  if (common !== undefined && required === '"ORDERABLE"') return invalidOrderingType(text, definition.name, common);
  if (common !== undefined) return wrongOperandType(text, required, common);
  if (refusal === "input kind") return unsupportedInputType(text, definition.name, types[index]!);
  if (refusal === "cast") return cannotCast(types[index]!, variantType);
  if (refusal === "operand types" && types.length === 2) return differentOperandTypes(text, types[0]!, types[1]!);
  const ranked = required === '"ORDERABLE"' ? coercion.widestWithoutText(types) : undefined;
  if (refusal === "argument types" && ranked !== undefined) return invalidOrderingType(text, definition.name, ranked);
  if (refusal === "argument types" && membership.has(definition.name)) return foreign(definition, args, text);
  if (refusal === "argument types") return differentTypes(text, definition.name, types);
  return unexpectedInputType(text, index, args[index]!.text, required, types[index]!);
}

/** Functions that ask whether an argument is a constant before they ask what it is. */
const constantFirst: ReadonlySet<string> = new Set([
  ...["ntile", "schema_of_csv", "schema_of_json", "schema_of_xml", "sort_array", "to_binary", "xpath", "xpath_boolean"],
  ...["xpath_double", "xpath_float", "xpath_int", "xpath_long", "xpath_short", "xpath_string"],
  ...["bigint", "double", "float"].flatMap((type) => [
    `kll_sketch_get_quantile_${type}`,
    `kll_sketch_get_rank_${type}`,
  ]),
]);

/** The type that operands go to before an operator looks at them: texts are read as the other one, decimals become doubles. */
function commonType(types: readonly DataType[], { castMode, widest }: Coercion): DataType | undefined {
  if (types.every((type) => sameShape(type, types[0]!))) return types[0];
  if (types.every(isSpatial)) return widest(types);
  if (castMode === "legacy") return undefined;
  const kinds = types.map(({ kind }) => kind);
  const isMet = kinds.includes("string") || (kinds.includes("decimal") && kinds.includes("double"));
  return isMet ? widest(types) : undefined;
}

/** Whether an argument is of a type that its parameter may take, whatever the other arguments are. */
function fitsByItself(
  definition: FunctionDefinition,
  types: readonly DataType[],
  index: number,
  coercion: Coercion,
): boolean {
  const { byItself }: Rule = parameterRules[parameterAt(definition, index).rule];
  return byItself === undefined || byItself(types[index]!, coercion) !== undefined;
}

/** What some parameters say of themselves. */
function particularMismatch(
  refusal: Rule["refusal"],
  { name, rule }: Parameter,
  args: readonly Argument[],
  index: number,
  text: string,
): Error | undefined {
  const { expression } = args[index]!;
  const constant = expression.kind === "constant" ? expression.value : undefined;
  if (refusal === "not foldable")
    return notFoldable(text.slice(0, text.indexOf("(")), name, parameterRules[rule].required);
  if (refusal === "not whole" && typeof constant === "string") return notWholeText(text.slice(0, text.indexOf("(")));
  if (refusal === "not one character" && typeof constant === "string") return notOneCharacter(text, name);
  const mayBeState = expression.type.kind === "struct" || expression.type.kind === "void";
  if (refusal === "no state" && mayBeState) return noState(text, expression.type);
  if (refusal === "not counted") return notCounted(text, expression.type);
  const field = args[0]!.expression;
  if (refusal !== "no such field" || field.kind !== "constant") return undefined;
  return hasFields(String(field.value), expression.type)
    ? undefined
    : noSuchField(String(field.value), args[index]!.text);
}

/** Functions of a collection and a value that may be in it. */
const membership: ReadonlySet<string> = new Set([
  ...["array_append", "array_contains", "array_position", "array_prepend", "array_remove"],
  ...["element_at", "map_contains_key", "try_element_at"],
]);

function foreign(definition: FunctionDefinition, args: readonly Argument[], text: string): Error {
  const [collection, member] = args.map(({ expression }) => expression.type) as [DataType, DataType];
  const wanted = definition.name.startsWith("array")
    ? ["array"]
    : definition.name.startsWith("map")
      ? ["map"]
      : ["array", "map"];
  const isPosition = wanted.length === 2 && collection.kind === "array";
  if (isPosition) return unexpectedInputType(text, 1, args[1]!.text, '"INT"', member);
  if (wanted.includes(collection.kind)) return foreignMember(text, definition.name, collection, member);
  const required = wanted.map((kind) => `"${kind.toUpperCase()}"`).join(" or ");
  return unexpectedInputType(text, 0, args[0]!.text, wanted.length === 1 ? required : `(${required})`, collection);
}

/** The parameter that an argument is for. */
export const parameterAt = ({ parameters }: FunctionDefinition, index: number): Parameter =>
  parameters[Math.min(index, parameters.length - 1)]!;
