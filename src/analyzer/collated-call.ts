/** Functions of texts under collations: which compare by keys, which pass the collation on, which do not know it. */
import { lookupFunction } from "../functions/catalogue.ts";
import { holdsMap } from "../functions/rule.ts";
import type { AggregateDetails, ResolvedCall, ResolvedExpression } from "../plan/resolved.ts";
import { holdsCollation } from "../types/collation.ts";
import { arrayType, type DataType, stringType, structField, structType } from "../types/data-type.ts";
import { aligned, collationOfLiterals, refusedCollation, severalCollations, typeUnder } from "./common-collation.ts";

/**
 * What a function does with a collation: `compares` texts by it, `searches` for one text in another, `joins` texts to one
 * of it, `keeps` that of its first argument, looks for the `extreme` of its texts, `orders` by its second argument, or has
 * nothing to do with it (`ignores`).
 */
type Treatment = "compares" | "searches" | "joins" | "keeps" | "extreme" | "orders" | "ignores";

const treatments: Readonly<Record<Treatment, string>> = {
  compares: "= != <=> < <= > >= in equal_null array_contains array_position arrays_overlap",
  searches: "contains startswith endswith instr locate position",
  joins: "concat concat_ws lpad rpad coalesce ifnull nvl nvl2 array array_append array_prepend lag lead listagg",
  keeps:
    "substring left right repeat reverse lower upper trim ltrim rtrim slice first last any_value first_value last_value " +
    "nth_value collect_list [] element_at try_element_at get explode explode_outer posexplode posexplode_outer",
  extreme: "min max",
  orders: "min_by max_by",
  ignores:
    "collate collation typeof length char_length bit_length octet_length ascii isnull isnotnull count size array_size " +
    "cardinality named_struct transform exists forall if when is_valid_utf8",
};

const treatmentOf: ReadonlyMap<string, Treatment> = new Map([
  ["collation key", "ignores"],
  ...Object.entries(treatments).flatMap(([treatment, names]) =>
    names.split(" ").map((name) => [lookupFunction(name)?.name ?? name, treatment as Treatment] as const),
  ),
]);

const together: ReadonlySet<Treatment | undefined> = new Set<Treatment>(["compares", "searches", "joins", "extreme"]);

/** Whether the texts of a call go to one collation. */
export const alignsTexts = (name: string): boolean => together.has(treatmentOf.get(lookupFunction(name)?.name ?? name));

/** The arguments of a function with their texts under one collation. */
export function collatedArguments(
  name: string,
  args: readonly ResolvedExpression[],
  text: () => string,
): readonly ResolvedExpression[] {
  const collated = args.find(({ type }) => holdsCollation(type));
  if (collated === undefined) return args;
  const treatment = treatmentOf.get(name);
  const isUnknown =
    treatment === undefined ||
    (treatment !== "ignores" && holdsMap(collated.type)) ||
    (args.length > 1 && trims.has(name));
  if (isUnknown) throw refusedCollation(name, collated.type);
  if (treatment === "joins" && severalCollations(args))
    throw refusedCollation(`${name} of several collations`, collated.type);
  return together.has(treatment) ? aligned(args, text) : args;
}

/** They know the characters to take off by their bytes. */
const trims: ReadonlySet<string> = new Set(["trim", "ltrim", "rtrim"]);

type Apply = (name: string, args: readonly ResolvedExpression[], details?: AggregateDetails) => ResolvedCall;

/** The call as engines compute it, who know no collations. */
export function collatedCall(call: ResolvedCall, apply: Apply): ResolvedCall {
  if (!call.arguments.some(({ type }) => holdsCollation(type))) return call;
  const treatment = treatmentOf.get(call.name)!;
  const [first, second] = call.arguments;
  if (treatment === "compares" || (call.name === "count" && call.aggregate?.distinct === true))
    return byKeys(call, apply);
  if (treatment === "searches") return searched(call, apply);
  if (call.aggregate?.distinct === true) throw refusedCollation(`${call.name} of distinct values`, first!.type);
  if (treatment === "extreme") return { ...apply(`${call.name}_by`, [first!, keyOf(first!, apply)], call.aggregate) };
  if (treatment === "orders" && holdsCollation(second!.type))
    return { ...call, arguments: call.arguments.map((argument, at) => (at === 1 ? keyOf(argument, apply) : argument)) };
  if (treatment === "keeps") return { ...call, type: typeUnder(call.type, collationOfLiterals([first!])) };
  return treatment === "joins" ? { ...call, type: typeUnder(call.type, collationOfLiterals(call.arguments)) } : call;
}

const byKeys = (call: ResolvedCall, apply: Apply): ResolvedCall => ({
  ...call,
  arguments: call.arguments.map((argument) => keyOf(argument, apply)),
});

// Keys of ICU are no texts to search in, and a text without its last spaces is found elsewhere.
function searched(call: ResolvedCall, apply: Apply): ResolvedCall {
  const other = call.arguments.find(({ type }) => type.kind === "string" && type.collation !== "UTF8_LCASE");
  if (other !== undefined) throw refusedCollation(call.name, other.type);
  return byKeys(call, apply);
}

/** What a value is compared by: the value itself, with the keys of its texts in their places. */
export function keyOf(value: ResolvedExpression, apply: Apply): ResolvedExpression {
  if (!holdsCollation(value.type) || value.kind === "lambda") return value;
  if (holdsMap(value.type)) throw refusedCollation("the comparison of maps", value.type);
  return { ...apply("collation key", [value]), type: withoutCollation(value.type) };
}

function withoutCollation(type: DataType): DataType {
  if (type.kind === "string") return stringType;
  if (type.kind === "array") return arrayType(withoutCollation(type.element), type.containsNull);
  if (type.kind !== "struct") return type;
  return structType(type.fields.map((field) => structField(field.name, withoutCollation(field.type), field.nullable)));
}
