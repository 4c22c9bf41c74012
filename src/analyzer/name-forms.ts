/** Calls that Spark does not show as `name(arguments)`: defaults that it fills in, other names, other forms. */
import type { IrregularName } from "../functions/generated-name.ts";

/** The text of a call, of the texts of its arguments. */
export type NameForm = (args: readonly string[], name: string) => string;

const plain: NameForm = (args, name) => `${name}(${args.join(", ")})`;
/** With arguments that are not given. */
const filled =
  (...defaults: readonly string[]): NameForm =>
  (args, name) =>
    plain([...args, ...defaults], name);
/** Under another name. */
const named =
  (name: string): NameForm =>
  (args) =>
    plain(args, name);
/** Without the arguments after the first. */
const onlyFirst: NameForm = (args, name) => plain(args.slice(0, 1), name);

/** How a call over a window says that it passes over nulls. */
export const passingNulls = " ignore nulls";

/** A map that is read of text is called by what it has, wherever its call is named. */
const readJson: NameForm = (args, name) =>
  /^\s*(?:map\s*<|\{"type":"map")/i.test(args[1] ?? "") ? "entries" : onlyFirst(args, name);

const onlyFirstTwo: NameForm = (args, name) => plain(args.slice(0, 2), name);

const parameter = "namedlambdavariable()";
const identity = `lambdafunction(${parameter}, ${parameter})`;
const ascending = (() => {
  const isNull = `(${parameter} IS NULL)`;
  const unequal = `(IF((${parameter} < ${parameter}), -1, (IF((${parameter} > ${parameter}), 1, 0))))`;
  const nullsLast = `(IF(${isNull}, 1, (IF(${isNull}, -1, ${unequal}))))`;
  return `lambdafunction((IF((${isNull} AND ${isNull}), 0, ${nullsLast})), ${parameter}, ${parameter})`;
})();
const noSeconds = "0.000000";
const instant = "yyyy-MM-dd HH:mm:ss";
const trimmed =
  (side: string): NameForm =>
  ([text, characters]) =>
    `TRIM(${side} ${characters} FROM ${text})`;

/** The form of each call that the typed API does not claim to name either. */
export const irregularForms: Readonly<Record<IrregularName, NameForm>> = {
  "to_json/2": onlyFirst,
  "mean/1": plain,
  "nth_value/3": ([value, position, ignores], name) =>
    `${name}(${value}, ${position})${ignores === "true" ? passingNulls : ""}`,
  "schema_of_json/2": onlyFirst,
  // The column that a window of time becomes has the name of the function; messages show the call.
  "session_window/2": plain,
  "window/2": plain,
  "window/3": plain,
  "window/4": plain,
  "shuffle/2": onlyFirst,
  "uuid/1": () => "uuid()",
  "st_asbinary/1": filled("NDR"),
  "st_geomfromwkb/1": filled("0"),
  "hll_sketch_agg/1": filled("12"),
  "hll_union/2": filled("false"),
  "hll_union_agg/1": filled("false"),
  "theta_sketch_agg/1": filled("12"),
  "theta_union_agg/1": filled("12"),
  "theta_union/2": filled("12"),
  "tuple_sketch_agg_double/2": filled("12", "sum"),
  "tuple_sketch_agg_double/3": filled("sum"),
  "tuple_union_agg_double/1": filled("12", "sum"),
  "tuple_union_agg_double/2": filled("sum"),
  "tuple_intersection_agg_double/1": filled("sum"),
  "tuple_sketch_summary_double/1": filled("sum"),
  "tuple_union_double/2": filled("12", "sum"),
  "tuple_union_double/3": filled("sum"),
  "tuple_union_theta_double/2": filled("12", "sum"),
  "tuple_union_theta_double/3": filled("sum"),
  "tuple_intersection_double/2": filled("sum"),
  "tuple_intersection_theta_double/2": filled("sum"),
  "tuple_sketch_agg_integer/2": filled("12", "sum"),
  "tuple_sketch_agg_integer/3": filled("sum"),
  "tuple_union_agg_integer/1": filled("12", "sum"),
  "tuple_union_agg_integer/2": filled("sum"),
  "tuple_intersection_agg_integer/1": filled("sum"),
  "tuple_sketch_summary_integer/1": filled("sum"),
  "tuple_union_integer/2": filled("12", "sum"),
  "tuple_union_integer/3": filled("sum"),
  "tuple_union_theta_integer/2": filled("12", "sum"),
  "tuple_union_theta_integer/3": filled("sum"),
  "tuple_intersection_integer/2": filled("sum"),
  "tuple_intersection_theta_integer/2": filled("sum"),
  "approx_top_k_accumulate/1": filled("10000"),
  "approx_top_k_combine/1": filled("-1"),
  "approx_top_k_estimate/1": filled("5"),
  "approx_top_k/1": filled("5", "10000"),
  "approx_top_k/2": filled("10000"),
  "to_csv/2": onlyFirst,
  "to_xml/2": onlyFirst,
  "schema_of_xml/2": onlyFirst,
  "from_xml/2": onlyFirst,
  "from_xml/3": onlyFirst,
  "schema_of_csv/2": onlyFirst,
  "from_csv/3": onlyFirst,
  "ilike/3": ([text, pattern]) => `ilike(${text}, ${pattern})`,
  "like/3": ([text, pattern, escape]) => `${text} LIKE ${pattern} ESCAPE '${escape}'`,
  "random/0": named("rand"),
  "random/1": named("rand"),
  "make_dt_interval/3": filled(noSeconds),
  "make_dt_interval/2": filled("0", noSeconds),
  "make_dt_interval/1": filled("0", "0", noSeconds),
  "make_dt_interval/0": filled("0", "0", "0", noSeconds),
  "vector_normalize/1": filled("2.0"),
  "vector_norm/1": filled("2.0"),
  "mask/4": filled("NULL"),
  "mask/3": filled("n", "NULL"),
  "mask/2": filled("x", "n", "NULL"),
  "variant_get/3": onlyFirstTwo,
  "try_variant_get/3": onlyFirstTwo,
  "aes_decrypt/2": filled("GCM", "DEFAULT", ""),
  "aes_decrypt/3": filled("DEFAULT", ""),
  "aes_decrypt/4": filled(""),
  "aes_encrypt/2": filled("GCM", "DEFAULT", "", ""),
  "aes_encrypt/3": filled("DEFAULT", "", ""),
  "aes_encrypt/4": filled("", ""),
  "aes_encrypt/5": filled(""),
  "try_aes_decrypt/2": filled("GCM", "DEFAULT", ""),
  "try_aes_decrypt/3": filled("DEFAULT", ""),
  "try_aes_decrypt/4": filled(""),
  "to_varchar/2": named("to_char"),
  "aggregate/3": filled(identity),
  "aggregate/4": plain,
  "any_value/2": onlyFirst,
  "approx_count_distinct/2": onlyFirst,
  "approx_percentile/2": filled("10000"),
  "array_agg/1": named("collect_list"),
  "array_sort/1": filled(ascending),
  "array_sort/2": plain,
  "assert_true/1": ([condition]) => `assert_true(${condition}, '${condition}' is not true!)`,
  "bround/1": filled("0"),
  "ceil/1": named("CEIL"),
  "convert_timezone/2": (args) => plain(["current_timezone()", ...args], "convert_timezone"),
  "curdate/0": named("current_date"),
  "current_database/0": named("current_schema"),
  "dateadd/2": named("date_add"),
  "datepart/2": ([part, source]) => `datepart(${part} FROM ${source})`,
  "exists/2": plain,
  "explode/1": plain,
  "explode_outer/1": plain,
  "extract/2": ([part, source]) => `extract(${part} FROM ${source})`,
  "filter/2": plain,
  "first/2": onlyFirst,
  "first_value/2": onlyFirst,
  "floor/1": named("FLOOR"),
  "forall/2": plain,
  "from_csv/2": onlyFirst,
  "from_json/2": readJson,
  "from_json/3": readJson,
  "from_unixtime/1": filled(instant),
  "inline/1": plain,
  "inline_outer/1": plain,
  "json_tuple/3": plain,
  "lag/1": filled("1", "NULL"),
  "lag/2": filled("NULL"),
  "last/2": onlyFirst,
  "last_value/2": onlyFirst,
  "lead/1": filled("1", "NULL"),
  "lead/2": filled("NULL"),
  "like/2": ([text, pattern]) => `${text} LIKE ${pattern}`,
  "listagg/1": filled("NULL"),
  "locate/2": filled("1"),
  "log/1": ([value]) => `LOG(E(), ${value})`,
  "lpad/2": filled(" "),
  "ltrim/2": trimmed("LEADING"),
  "make_interval/0": filled("0", "0", "0", "0", "0", "0", noSeconds),
  "make_interval/1": filled("0", "0", "0", "0", "0", noSeconds),
  "make_interval/2": filled("0", "0", "0", "0", noSeconds),
  "make_interval/3": filled("0", "0", "0", noSeconds),
  "make_interval/4": filled("0", "0", noSeconds),
  "make_interval/5": filled("0", noSeconds),
  "make_interval/6": filled(noSeconds),
  "make_ym_interval/0": filled("0", "0"),
  "make_ym_interval/1": filled("0"),
  "map_filter/2": plain,
  "map_zip_with/3": plain,
  "mask/1": filled("X", "x", "n", "NULL"),
  "mode/2": ([value]) => `mode() WITHIN GROUP (ORDER BY ${value} DESC)`,
  "months_between/2": filled("true"),
  "overlay/3": filled("-1"),
  "percentile/2": filled("1"),
  "percentile_approx/2": filled("10000"),
  "posexplode/1": plain,
  "posexplode_outer/1": plain,
  "position/2": filled("1"),
  "positive/1": ([value]) => `(+ ${value})`,
  "raise_error/1": ([message]) => `raise_error(USER_RAISED_EXCEPTION, map(errorMessage, ${message}))`,
  "reduce/3": filled(identity),
  "regexp_extract/2": filled("1"),
  "regexp_extract_all/2": filled("1"),
  "regexp_instr/2": filled("0"),
  "regexp_replace/3": filled("1"),
  "replace/2": filled(""),
  "round/1": filled("0"),
  "rpad/2": filled(" "),
  "rtrim/2": trimmed("TRAILING"),
  "sentences/1": filled("", ""),
  "sentences/2": filled(""),
  "sort_array/1": filled("true"),
  "split/2": filled("-1"),
  "stack/3": plain,
  "str_to_map/1": filled(",", ":"),
  "str_to_map/2": filled(":"),
  "string_agg/1": filled("NULL"),
  "substr/2": filled("2147483647"),
  "substring/2": filled("2147483647"),
  "to_char/2": plain,
  "to_unix_timestamp/1": filled(instant),
  "transform/2": plain,
  "transform_keys/2": plain,
  "transform_values/2": plain,
  "trim/2": trimmed("BOTH"),
  "try_make_interval/1": filled("0", "0", "0", "0", "0", noSeconds),
  "try_make_interval/2": filled("0", "0", "0", "0", noSeconds),
  "try_make_interval/3": filled("0", "0", "0", noSeconds),
  "try_make_interval/4": filled("0", "0", noSeconds),
  "try_make_interval/5": filled("0", noSeconds),
  "try_make_interval/6": filled(noSeconds),
  "try_make_timestamp/7": (args, name) => plain(args.slice(0, 6), name),
  "unix_timestamp/0": filled("current_timestamp()", instant),
  "unix_timestamp/1": filled(instant),
  "zip_with/3": plain,
  "~/1": ([value]) => `~${value}`,
};

const ranked: NameForm = (_, name) => `${name.toUpperCase()}()`;
const infix: NameForm = ([left, right], name) => `(${left} ${name} ${right})`;
const unequal: NameForm = ([left, right]) => `(NOT (${left} = ${right}))`;

function cases(args: readonly string[]): string {
  const parts: string[] = [];
  for (let at = 0; at + 1 < args.length; at += 2) parts.push(`WHEN ${args[at]} THEN ${args[at + 1]}`);
  if (args.length % 2 === 1) parts.push(`ELSE ${args.at(-1)}`);
  return `CASE ${parts.join(" ")} END`;
}

/** Operators and conditions, whatever their number of arguments. */
export const operatorForms: Readonly<Record<string, NameForm>> = {
  ...Object.fromEntries(
    [
      "+",
      "-",
      "*",
      "/",
      "%",
      "div",
      "=",
      "<=>",
      "<",
      ">",
      "<=",
      ">=",
      "AND",
      "OR",
      "&",
      "|",
      "^",
      "<<",
      ">>",
      ">>>",
    ].map((name) => [name, infix]),
  ),
  ...Object.fromEntries(["rank", "dense_rank", "percent_rank"].map((name) => [name, ranked])),
  "[]": ([collection, key]) => `${collection}[${key}]`,
  "-/1": ([value]) => `(- ${value})`,
  "+/1": ([value]) => `(+ ${value})`,
  "!=": unequal,
  "<>": unequal,
  NOT: ([value]) => `(NOT ${value})`,
  if: (args) => `(${plain(args, "IF")})`,
  ...Object.fromEntries(["likeall", "likeany", "notlikeall", "notlikeany"].map((name) => [name, onlyFirst])),
  ...Object.fromEntries(
    [
      "boolean",
      "tinyint",
      "smallint",
      "int",
      "bigint",
      "float",
      "double",
      "decimal",
      "date",
      "timestamp",
      "binary",
      "string",
    ].map((name): [string, NameForm] => [`${name}/1`, ([value]) => value!]),
  ),
  "like/3": ([text, pattern, escape]) => `${text} LIKE ${pattern} ESCAPE '${escape}'`,
  "ilike/3": ([text, pattern]) => `ilike(${text}, ${pattern})`,
  "make_dt_interval/1": filled("0", "0", noSeconds),
  "make_dt_interval/2": filled("0", noSeconds),
  "make_dt_interval/3": filled(noSeconds),
  "random/1": named("rand"),
  "make_timestamp_ltz/2": named("make_timestamp"),
  "make_timestamp_ltz/3": named("make_timestamp"),
  "try_make_timestamp_ltz/2": named("make_timestamp"),
  "try_make_timestamp_ltz/3": named("make_timestamp"),
  try_to_time: (args, name) => `${name}(${plain(args, "to_time")})`,
  "try_make_timestamp_ntz/2": (args, name) => `${name}(${plain(args, "make_timestamp_ntz")})`,
  in: ([value, ...members]) => `(${value} IN (${members.join(", ")}))`,
  isnotnull: ([value]) => `(${value} IS NOT NULL)`,
  isnull: ([value]) => `(${value} IS NULL)`,
  when: cases,
};
