/** Functions of texts under collations as DuckDB SQL: by kernels that search, and by the keys that texts are compared by. */
import { UnsupportedError } from "../../../errors.ts";
import { holdsCollation } from "../../../types/collation.ts";
import type { DataType } from "../../../types/data-type.ts";
import { foldedText } from "../kernels/text/collated-text.ts";
import { text as quoted, sqlError } from "../sql-text.ts";
import { collationKey } from "./collation-key.ts";
import { higherOrderLowerings } from "./higher-order.ts";
import { type Lowering, type LoweringContext, strict } from "./lowering.ts";
import { countMatches, extractAll, extractFirst, firstMatch, matches, replaceMatches, split } from "./patterns.ts";
import { predicateLowerings } from "./predicate.ts";
import { reused } from "./reuse.ts";
import { lowered } from "./string.ts";

/** The collation of the texts of a call, which have one in common. */
function collationOf(types: readonly DataType[]): string {
  const type = types.find((one) => one.kind === "string" && one.collation !== undefined);
  return type?.kind === "string" ? (type.collation ?? "UTF8_BINARY") : "UTF8_BINARY";
}

/** A kernel that is given the arguments and the collation. */
const searched =
  (name: string, complete: (args: readonly string[]) => readonly string[] = (args) => args): Lowering =>
  (args, { kernel, types }) =>
    kernel(name, [...complete(args), quoted(collationOf(types))]);

const located: Lowering = ([part, value, start = "1"], context) =>
  `CASE WHEN ${start} IS NULL THEN 0 ELSE ${searched("collated_locate")([part!, value!, start], context)} END`;

const splitPart: Lowering = ([value, delimiter, position], context) => {
  const parts = searched("collated_split")([value!, delimiter!], context);
  const cut = reused(
    [parts, position!],
    ([all, at]) => `CASE WHEN abs(${at}) > len(${all}) THEN '' ELSE ${all}[${at}] END`,
  );
  return strict(
    [value!, delimiter!, position!],
    `CASE WHEN ${position} = 0 THEN ${sqlError("INVALID_INDEX_OF_ZERO")} ELSE ${cut} END`,
  );
};

const foundInSet: Lowering = ([value, list], { types }) => {
  const [one, all] = types as [DataType, DataType];
  const keys = `list_transform(string_split(${list}, ','), lambda p: ${collationKey("p", all)})`;
  const position = `coalesce(list_position(${keys}, ${collationKey(value!, one)}), 0)::INTEGER`;
  return strict([value!, list!], `CASE WHEN contains(${value}, ',') THEN 0 ELSE ${position} END`);
};

const trimmed =
  (name: "trim" | "ltrim" | "rtrim", sides: "both" | "leading" | "trailing"): Lowering =>
  ([value, characters], context) =>
    characters === undefined
      ? `${name}(${value}, ' ')`
      : searched("collated_trim")([value!, characters, quoted(sides)], context);

/** The context of a call with another constant in the place of a known pattern. */
const patternKnown = (context: LoweringContext, change: (pattern: string) => string): LoweringContext => ({
  ...context,
  constant: (index) => {
    const known = context.constant(index);
    return index === 1 && typeof known === "string" ? change(known) : known;
  },
});

const ignoresCases = ({ types: [type] }: LoweringContext): boolean =>
  type?.kind === "string" && type.collation === "UTF8_LCASE";

/** Patterns that ignore cases, as Spark has Java's match where the text is under `UTF8_LCASE`. */
const withoutCases =
  (lowering: Lowering): Lowering =>
  (args, context) => {
    const [value, pattern, ...rest] = args as [string, string, ...string[]];
    if (!ignoresCases(context)) return lowering(args, context);
    const known = patternKnown(context, (written) => `(?ui)${written}`);
    return lowering([value, `'(?ui)' || ${pattern}`, ...rest], known);
  };

const folded = (value: string, { kernel }: LoweringContext): string =>
  `CASE WHEN strlen(${value}) = length(${value}) THEN lower(${value}) ELSE ${kernel("folded_text", [value])} END`;

const alike =
  (prepare: (value: string, context: LoweringContext) => string): Lowering =>
  ([value, pattern, ...rest], context) => {
    const [left, right] = [value, pattern].map((one) => prepare(one!, context)) as [string, string];
    if (!ignoresCases(context)) return predicateLowerings.like([left, right, ...rest], context);
    const escape = context.constant(2);
    if (typeof escape === "string" && escape.toLowerCase() !== escape.toUpperCase()) throw letterAsEscape(escape);
    const known = patternKnown(context, foldedText);
    return predicateLowerings.like([folded(left, context), folded(right, context), ...rest], known);
  };

const letterAsEscape = (escape: string): UnsupportedError =>
  new UnsupportedError(
    `the embedded engine does not know the letter ${escape} as the escape of a pattern under UTF8_LCASE`,
    {
      hint: "Escape with a character that is no letter, such as '!'.",
    },
  );

// A struct is never null, so that nulls are found and compared as values are.
const keyed = (value: string, type: DataType): string => `{k: ${collationKey(value, type)}}`;
const elementOf = (type: DataType): DataType => (type.kind === "array" ? type.element : type);
const keysOf = (list: string, type: DataType): string =>
  `list_transform(${list}, lambda k: ${keyed("k", elementOf(type))})`;

/** The first of the elements that are equal. */
const distinct = (list: string, type: DataType): string =>
  reused([list, keysOf(list, type)], ([all, keys]) => {
    return `list_filter(${all}, lambda d, i: list_position(${keys}, ${keyed("d", elementOf(type))}) = i)`;
  });

const both =
  (write: (left: string, right: string, types: readonly DataType[]) => string): Lowering =>
  (args, { types }) =>
    strict(
      args,
      reused(args, ([left, right]) => write(left!, right!, types)),
    );

const among = (isFound: boolean): Lowering =>
  both((left, right, [type, other]) =>
    reused([keysOf(right, other!)], ([keys]) => {
      const found = `list_contains(${keys}, ${keyed("e", elementOf(type!))})`;
      return `list_filter(${distinct(left, type!)}, lambda e: ${isFound ? found : `NOT ${found}`})`;
    }),
  );

const removed: Lowering = both(
  (list, value, [type, one]) =>
    `list_filter(${list}, lambda r: ${collationKey("r", elementOf(type!))} IS DISTINCT FROM ${collationKey(value, one!)})`,
);

/** The elements in the order of their keys; those that are equal keep their places. */
function sorted(list: string, type: DataType, falls: boolean, nulls: "FIRST" | "LAST"): string {
  const step = falls ? "-i" : "i";
  const pairs = `list_transform(list_filter(${list}, lambda p: p IS NOT NULL), lambda s, i: {k: ${collationKey("s", elementOf(type))}, i: ${step}, v: s})`;
  const values = `list_transform(list_sort(${pairs}, ${falls ? "'DESC'" : "'ASC'"}), lambda s: s.v)`;
  const absent = `list_filter(${list}, lambda p: p IS NULL)`;
  return nulls === "FIRST" ? `list_concat(${absent}, ${values})` : `list_concat(${values}, ${absent})`;
}

const ordered: Lowering = ([list, ascending = "true"], { types }) =>
  reused(
    [list!],
    ([all]) =>
      `CASE WHEN ${ascending} THEN ${sorted(all!, types[0]!, false, "FIRST")} ELSE ${sorted(all!, types[0]!, true, "LAST")} END`,
  );

/** The first of the greatest or least elements; nulls are passed over. */
const extreme = (list: string, type: DataType, falls: boolean): string =>
  reused([list], ([all]) => `(${sorted(all!, type, falls, "LAST")})[1]`);

const extremeOf =
  (falls: boolean): Lowering =>
  (args, { types }) =>
    types[0]!.kind === "array"
      ? extreme(args[0]!, types[0]!, falls)
      : extreme(`[${args.join(", ")}]`, types.find(holdsCollation)!, falls);

/** By Spark's SQL names: instead of the usual lowering, where an argument holds a text under a collation. */
export const collatedLowerings: Readonly<Record<string, Lowering>> = {
  array_distinct: ([list], { types }) => reused([list!], ([all]) => distinct(all!, types[0]!)),
  array_except: among(false),
  array_intersect: among(true),
  array_max: extremeOf(true),
  array_min: extremeOf(false),
  array_remove: removed,
  array_sort: (args, context) =>
    args.length > 1
      ? higherOrderLowerings.array_sort(args, context)
      : reused([args[0]!], ([all]) => sorted(all!, context.types[0]!, false, "LAST")),
  array_union: both((left, right, [type]) => distinct(`list_concat(${left}, ${right})`, type!)),
  btrim: trimmed("trim", "both"),
  contains: searched("collated_contains"),
  endswith: searched("collated_endswith"),
  find_in_set: foundInSet,
  greatest: extremeOf(true),
  ilike: alike((value, context) => lowered([value], context)),
  initcap: searched("collated_initcap"),
  instr: ([value, part], context) => located([part!, value!], context),
  least: extremeOf(false),
  like: alike((value) => value),
  locate: located,
  ltrim: trimmed("ltrim", "leading"),
  regexp_count: withoutCases(countMatches),
  regexp_extract: withoutCases(extractFirst),
  regexp_extract_all: withoutCases(extractAll),
  regexp_instr: withoutCases(([value, pattern], { kernel }) => kernel("regexp_instr", [value!, pattern!])),
  regexp_replace: withoutCases(replaceMatches),
  regexp_substr: withoutCases(firstMatch),
  replace: searched("collated_replace", (args) => (args.length === 2 ? [...args, "''"] : args)),
  rlike: withoutCases(matches),
  rtrim: trimmed("rtrim", "trailing"),
  sort_array: ordered,
  split: withoutCases(split),
  split_part: splitPart,
  startswith: searched("collated_startswith"),
  substring_index: searched("collated_substring_index"),
  translate: searched("collated_translate"),
  trim: trimmed("trim", "both"),
};
