/** Functions of texts under collations: which compare by keys, which pass the collation on, which do not know it. */
import { lookupFunction } from "../functions/catalogue.ts";
import type { AggregateDetails, ResolvedCall, ResolvedExpression } from "../plan/resolved.ts";
import { holdsCollation } from "../types/collation.ts";
import { arrayType, type DataType, holdsMap, stringType, structField, structType } from "../types/data-type.ts";
import { deferred } from "../types/deferred.ts";
import { aligned, collationOfLiterals, refusedCollation, severalCollations, typeUnder } from "./common-collation.ts";
import { constant } from "./conversion.ts";

/**
 * What a function does with a collation: `compares` texts by it, `chooses` some of them by it, `searches` for one text in
 * another, `edits` what it finds, `matches` patterns, `joins` texts to one of it, `measures` several texts, `keeps` that of
 * its first argument, looks for the `extreme` of its texts, `orders` by its second argument, or has nothing to do with it
 * (`ignores`).
 */
type Treatment = keyof typeof treatments;

const treatments = {
  compares: "= != <=> < <= > >= in equal_null array_contains array_position arrays_overlap approx_count_distinct",
  chooses:
    "greatest least array_distinct array_except array_intersect array_max array_min array_remove array_sort array_union " +
    "sort_array",
  searches: "contains startswith endswith instr locate position find_in_set",
  edits: "replace translate split_part substring_index trim ltrim rtrim btrim",
  matches:
    "like ilike rlike split regexp_count regexp_extract regexp_extract_all regexp_instr regexp_replace regexp_substr",
  joins:
    "concat concat_ws lpad rpad coalesce ifnull nvl nvl2 array array_append array_prepend lag lead listagg elt mask " +
    "overlay nullif array_join",
  measures: "levenshtein to_number try_to_number",
  keeps:
    "substring left right repeat reverse lower upper initcap slice first last any_value first_value last_value " +
    "nth_value collect_list [] element_at try_element_at get explode explode_outer posexplode posexplode_outer " +
    "array_compact array_repeat conv flatten filter format_string hex make_valid_utf8 shuffle try_validate_utf8 " +
    "validate_utf8",
  extreme: "min max",
  orders: "min_by max_by",
  ignores:
    "collate collation typeof length char_length bit_length octet_length ascii isnull isnotnull count size array_size " +
    "cardinality named_struct transform exists forall if when is_valid_utf8 base64 crc32 date_format " +
    "decode encode format_number get_json_object hash md5 parse_json parse_url quote sha sha2 soundex to_binary " +
    "to_char to_date to_timestamp try_parse_url try_to_timestamp try_url_decode unbase64 unhex url_decode url_encode " +
    "xxhash64 year month day hour minute second + - * / % div aes_decrypt aes_encrypt assert_true convert_timezone " +
    "date_trunc from_csv from_json from_unixtime from_utc_timestamp from_xml json_array_length json_object_keys " +
    "luhn_check make_timestamp next_day raise_error schema_of_csv schema_of_json schema_of_xml st_asbinary to_timestamp_ntz " +
    "to_unix_timestamp to_utc_timestamp trunc try_aes_decrypt try_make_timestamp try_make_timestamp_ltz " +
    "try_parse_json try_to_binary try_to_date try_variant_get unix_timestamp variant_get xpath xpath_boolean " +
    "to_csv to_json to_xml xpath_double xpath_float xpath_int xpath_long xpath_short xpath_string",
} as const;

const byName = deferred(
  (): ReadonlyMap<string, Treatment> =>
    new Map([
      ["collation key", "ignores"],
      ...Object.entries(treatments).flatMap(([treatment, names]) =>
        names.split(" ").map((name) => [lookupFunction(name)?.name ?? name, treatment as Treatment] as const),
      ),
    ]),
);

const treatmentOf = (name: string): Treatment | undefined => byName().get(name);

const together: ReadonlySet<Treatment | undefined> = new Set<Treatment>([
  ...(["compares", "chooses", "searches", "edits", "joins", "measures", "extreme"] as const),
]);

// Spark puts them in place of a call before it looks at collations, which its name does not show then.
const unnamed: ReadonlySet<string> = new Set(["btrim", "nullif", "approx_count_distinct"]);
const named: ReadonlySet<string> = new Set(["regexp_replace"]);

/** Whether the name of a call shows the collation that its literals get. */
export function alignsTexts(written: string): boolean {
  const name = lookupFunction(written)?.name ?? written;
  return named.has(name) || (together.has(treatmentOf(name)) && !unnamed.has(name));
}

/** The argument whose collation a function does not take, as Spark has it; -1 for none. */
export function unfitCollation(name: string, args: readonly ResolvedExpression[]): number {
  const treatment = treatmentOf(name);
  const fits =
    treatment === "matches"
      ? (collation: string) => collation === "UTF8_LCASE"
      : (collation: string) => /_CI|^(?!.*_AI)/.test(collation);
  const isLimited = treatment === "matches" || treatment === "edits" || treatment === "searches";
  if (!isLimited || name === "find_in_set") return -1;
  return args.findIndex(({ type }) => type.kind === "string" && type.collation !== undefined && !fits(type.collation));
}

/** The arguments of a function with their texts under one collation. */
export function collatedArguments(
  name: string,
  args: readonly ResolvedExpression[],
  text: () => string,
): readonly ResolvedExpression[] {
  const collated = args.find(({ type }) => holdsCollation(type));
  if (collated === undefined) return args;
  const treatment = treatmentOf(name);
  // What becomes of the texts decides whether it must be known what the function makes of them.
  if (treatment === undefined) return args;
  if (treatment !== "ignores" && holdsMap(collated.type)) throw refusedCollation(name, collated.type);
  if (treatment === "joins" && severalCollations(args))
    throw refusedCollation(`${name} of several collations`, collated.type);
  if (treatment === "measures" && severalCollations(args)) return args;
  return together.has(treatment) ? aligned(args, text) : args;
}

/** Those that give one of their texts, or what becomes of it. */
const typed: ReadonlySet<Treatment> = new Set<Treatment>(["joins", "chooses", "edits"]);

type Apply = (name: string, args: readonly ResolvedExpression[], details?: AggregateDetails) => ResolvedCall;

/** The call as engines compute it, who know no collations. */
export function collatedCall(call: ResolvedCall, apply: Apply): ResolvedCall {
  const collated = call.arguments.find(({ type }) => holdsCollation(type));
  if (collated === undefined) return call;
  const treatment = treatmentOf(call.name);
  if (treatment === undefined) throw refusedCollation(call.name, collated.type);
  const [first, second] = call.arguments;
  if (treatment === "compares" || (call.name === "count" && call.aggregate?.distinct === true))
    return byKeys(call, apply);
  if (call.aggregate?.distinct === true) throw refusedCollation(`${call.name} of distinct values`, first!.type);
  if (treatment === "extreme") return { ...apply(`${call.name}_by`, [first!, keyOf(first!, apply)], call.aggregate) };
  if (treatment === "orders" && holdsCollation(second!.type))
    return { ...call, arguments: call.arguments.map((argument, at) => (at === 1 ? keyOf(argument, apply) : argument)) };
  if (call.name === "nullif") return unlessEqual(call, apply);
  if (treatment === "keeps" || treatment === "matches")
    return { ...call, type: typeUnder(call.type, collationOfLiterals([first!])) };
  return typed.has(treatment) ? { ...call, type: typeUnder(call.type, collationOfLiterals(call.arguments)) } : call;
}

const byKeys = (call: ResolvedCall, apply: Apply): ResolvedCall => ({
  ...call,
  arguments: call.arguments.map((argument) => keyOf(argument, apply)),
});

/** `nullif`: its first value, where it is not equal to the second one. */
function unlessEqual(call: ResolvedCall, apply: Apply): ResolvedCall {
  const [value, other] = call.arguments as [ResolvedExpression, ResolvedExpression];
  const branches = [apply("=", [value, other]), constant(value.type, null), value];
  return { ...apply("if", branches), type: value.type, nullable: true };
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
