/** The names that Spark generates for columns without an alias; `string` where the compiler does not know the name. */
import type { Aliased, Call, CastTo, Known, Ref, TriedCast } from "./phantom.ts";
import type { NameIn } from "./signature.ts";
import type { SqlKind } from "./sql-kinds.ts";

/** Functions that Spark writes in capitals. */
export const capitalNames = [
  "acos",
  "acosh",
  "asin",
  "asinh",
  "atan",
  "atan2",
  "atanh",
  "cbrt",
  "cos",
  "cosh",
  "cot",
  "csc",
  "degrees",
  "dense_rank",
  "e",
  "exp",
  "expm1",
  "hypot",
  "log",
  "log10",
  "log1p",
  "log2",
  "percent_rank",
  "pi",
  "power",
  "radians",
  "rank",
  "regexp",
  "regexp_like",
  "rlike",
  "sec",
  "signum",
  "sin",
  "sinh",
  "spark_partition_id",
  "sqrt",
  "tan",
  "tanh",
] as const;

/** Calls, by number of arguments, whose name is not `name(arguments)`: Spark adds defaults or writes something else. */
export const irregularNames = [
  "aes_decrypt/2",
  "aes_decrypt/3",
  "aes_decrypt/4",
  "aes_encrypt/2",
  "aes_encrypt/3",
  "aes_encrypt/4",
  "aes_encrypt/5",
  "aggregate/3",
  "aggregate/4",
  "any_value/2",
  "approx_count_distinct/2",
  "approx_percentile/2",
  "approx_top_k/1",
  "approx_top_k_accumulate/1",
  "approx_top_k_combine/1",
  "approx_top_k_estimate/1",
  "approx_top_k/2",
  "array_agg/1",
  "array_sort/1",
  "array_sort/2",
  "assert_true/1",
  "bround/1",
  "ceil/1",
  "convert_timezone/2",
  "curdate/0",
  "current_database/0",
  "dateadd/2",
  "datepart/2",
  "exists/2",
  "explode/1",
  "explode_outer/1",
  "extract/2",
  "filter/2",
  "first/2",
  "first_value/2",
  "floor/1",
  "forall/2",
  "from_csv/2",
  "from_csv/3",
  "from_json/2",
  "from_json/3",
  "from_unixtime/1",
  "from_xml/2",
  "from_xml/3",
  "hll_sketch_agg/1",
  "hll_union/2",
  "hll_union_agg/1",
  "ilike/3",
  "inline/1",
  "inline_outer/1",
  "json_tuple/3",
  "lag/1",
  "lag/2",
  "last/2",
  "last_value/2",
  "lead/1",
  "lead/2",
  "like/2",
  "like/3",
  "listagg/1",
  "locate/2",
  "log/1",
  "lpad/2",
  "ltrim/2",
  "make_dt_interval/0",
  "make_dt_interval/1",
  "make_dt_interval/2",
  "make_dt_interval/3",
  "make_interval/0",
  "make_interval/1",
  "make_interval/2",
  "make_interval/3",
  "make_interval/4",
  "make_interval/5",
  "make_interval/6",
  "make_ym_interval/0",
  "make_ym_interval/1",
  "map_filter/2",
  "map_zip_with/3",
  "mean/1",
  "nth_value/3",
  "mask/1",
  "mask/2",
  "mask/3",
  "mask/4",
  "mode/2",
  "months_between/2",
  "overlay/3",
  "percentile/2",
  "percentile_approx/2",
  "posexplode/1",
  "posexplode_outer/1",
  "position/2",
  "positive/1",
  "raise_error/1",
  "random/0",
  "random/1",
  "reduce/3",
  "regexp_extract/2",
  "regexp_extract_all/2",
  "regexp_instr/2",
  "regexp_replace/3",
  "replace/2",
  "round/1",
  "rpad/2",
  "rtrim/2",
  "schema_of_csv/2",
  "schema_of_json/2",
  "schema_of_xml/2",
  "sentences/1",
  "sentences/2",
  "session_window/2",
  "sort_array/1",
  "split/2",
  "stack/3",
  "str_to_map/1",
  "str_to_map/2",
  "string_agg/1",
  "substr/2",
  "substring/2",
  "theta_sketch_agg/1",
  "theta_union_agg/1",
  "theta_union/2",
  "tuple_sketch_agg_double/2",
  "tuple_sketch_agg_double/3",
  "tuple_union_agg_double/1",
  "tuple_union_agg_double/2",
  "tuple_intersection_agg_double/1",
  "tuple_sketch_summary_double/1",
  "tuple_union_double/2",
  "tuple_union_double/3",
  "tuple_union_theta_double/2",
  "tuple_union_theta_double/3",
  "tuple_intersection_double/2",
  "tuple_intersection_theta_double/2",
  "tuple_sketch_agg_integer/2",
  "tuple_sketch_agg_integer/3",
  "tuple_union_agg_integer/1",
  "tuple_union_agg_integer/2",
  "tuple_intersection_agg_integer/1",
  "tuple_sketch_summary_integer/1",
  "tuple_union_integer/2",
  "tuple_union_integer/3",
  "tuple_union_theta_integer/2",
  "tuple_union_theta_integer/3",
  "tuple_intersection_integer/2",
  "tuple_intersection_theta_integer/2",
  "to_char/2",
  "to_csv/2",
  "st_asbinary/1",
  "st_geomfromwkb/1",
  "to_json/2",
  "to_unix_timestamp/1",
  "to_varchar/2",
  "to_xml/2",
  "transform/2",
  "transform_keys/2",
  "transform_values/2",
  "trim/2",
  "try_aes_decrypt/2",
  "try_aes_decrypt/3",
  "try_aes_decrypt/4",
  "try_make_interval/1",
  "shuffle/2",
  "try_make_interval/2",
  "try_make_interval/3",
  "try_make_interval/4",
  "try_make_interval/5",
  "try_make_interval/6",
  "try_make_timestamp/7",
  "try_variant_get/3",
  "unix_timestamp/0",
  "unix_timestamp/1",
  "uuid/1",
  "variant_get/3",
  "vector_norm/1",
  "vector_normalize/1",
  "window/2",
  "window/3",
  "window/4",
  "zip_with/3",
  "~/1",
] as const;

/** A call of `irregularNames`. */
export type IrregularName = (typeof irregularNames)[number];

type Infix = "+" | "-" | "*" | "/" | "%" | ">" | ">=" | "<" | "<=" | "=" | "<=>" | "AND" | "OR" | "&" | "|" | "^";
/** Operators and conditions whose names the compiler does not work out. */
type Unwritten = "when" | "in" | "negative";

/** The name of an expression in the output of a `select`. */
export type NameOf<E> = unknown extends E
  ? string
  : E extends Aliased<infer N, unknown>
    ? N
    : E extends Ref<infer N>
      ? LastPart<N>
      : E extends Known<unknown, infer N>
        ? N
        : E extends CastTo<infer T, infer I>
          ? NameOfCast<"CAST", T, I>
          : E extends TriedCast<infer T, infer I>
            ? NameOfCast<"TRY_CAST", T, I>
            : E extends Call<infer F, infer A>
              ? NameOfCall<NameIn<F>, A>
              : string;

type NameOfCast<Word extends string, T extends string, I> =
  I extends Ref<infer N>
    ? LastPart<N>
    : SqlKind<T> extends infer K extends string
      ? K extends "dynamic"
        ? string
        : Around<`${Word}(`, NameOf<I>, ` AS ${Uppercase<K>})`>
      : string;

type NameOfCall<F, A> = A extends readonly [infer Left, infer Right]
  ? F extends Infix
    ? Around<"(", Joined<NameOf<Left>, ` ${F} `, NameOf<Right>>, ")">
    : F extends "!="
      ? Around<"(NOT (", Joined<NameOf<Left>, " = ", NameOf<Right>>, "))">
      : NameOfFunction<F, A>
  : A extends readonly [infer Only]
    ? F extends "NOT"
      ? Around<"(NOT ", NameOf<Only>, ")">
      : F extends "isnull"
        ? Around<"(", NameOf<Only>, " IS NULL)">
        : F extends "isnotnull"
          ? Around<"(", NameOf<Only>, " IS NOT NULL)">
          : NameOfFunction<F, A>
    : NameOfFunction<F, A>;

type NameOfFunction<F, A> = A extends readonly unknown[]
  ? `${F & string}/${A["length"]}` extends `${Unwritten}/${number}` | IrregularName
    ? string
    : F extends `DISTINCT ${infer Name}`
      ? Around<`${Name}(DISTINCT `, Names<A>, ")">
      : F extends (typeof capitalNames)[number]
        ? Around<`${Uppercase<F>}(`, Names<A>, ")">
        : Around<`${F & string}(`, Names<A>, ")">
  : string;

type Names<A, Text extends string = ""> = A extends readonly [infer H, ...infer R]
  ? Names<R, Text extends "" ? NameOf<H> : Joined<Text, ", ", NameOf<H>>>
  : A extends readonly []
    ? Text
    : string;

// Around and beside a name that is not known, nothing is known: `sum(${string})` would pass for a name.
type Around<Before extends string, Text extends string, After extends string> = string extends Text
  ? string
  : `${Before}${Text}${After}`;
type Joined<Left extends string, Between extends string, Right extends string> = string extends Left | Right
  ? string
  : `${Left}${Between}${Right}`;

/** `city` of `address.city`; the name of a column in back-ticks; `string` for stars, which are several columns. */
export type LastPart<N extends string> = N extends "*" | `${string}.*`
  ? string
  : N extends `\`${infer Quoted}\``
    ? Quoted extends `${string}\`${string}`
      ? string
      : Quoted
    : N extends `${string}.${infer Rest}`
      ? LastPart<Rest>
      : N;
