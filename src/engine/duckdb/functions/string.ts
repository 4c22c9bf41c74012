/** Text as DuckDB SQL. Positions count from 1, and a character is a code point, in DuckDB as in Spark. */
import type { DataType } from "../../../types/data-type.ts";
import { sqlError, text as quoted } from "../sql-text.ts";
import { duck, type Lowering, type Lowerings, unsupported } from "./lowering.ts";

const isBinary = (type: DataType | undefined): boolean => type?.kind === "binary";

/** A kernel of the same name, which is given all arguments; absent ones as constants. */
const kernel = (name: string, ...defaults: readonly (string | undefined)[]): Lowering => (args, context) =>
  context.kernel(name, defaults.length === 0 ? args : defaults.map((fallback, index) => args[index] ?? fallback!));

/** Text by one function, bytes by another. */
const either = (forText: Lowering, forBytes: Lowering): Lowering => (args, context) => (isBinary(context.types[0]) ? forBytes : forText)(args, context);

const length: Lowering = either(([value]) => `length(${value})::INTEGER`, ([value]) => `octet_length(${value})::INTEGER`);
const bytes: Lowering = either(([value]) => `octet_length(encode(${value}))::INTEGER`, ([value]) => `octet_length(${value})::INTEGER`);

// Negative starts count from the end; a start before the text eats from the length.
const substring: Lowering = (args, context) => {
  const [value, start, count] = args as [string, string, string | undefined];
  if (isBinary(context.types[0])) return context.kernel("substring_bytes", [value, start, count ?? "2147483647"]);
  const known = context.constant(1);
  if (typeof known === "number" && known > 0) return count === undefined ? `substring(${value}, ${known})` : `substring(${value}, ${known}, greatest(${count}, 0))`;
  const size = `length(${value})`;
  const first = `CASE WHEN ${start} > 0 THEN ${start} - 1 WHEN ${start} < 0 THEN ${size} + ${start} ELSE 0 END`;
  const last = count === undefined ? size : `least(${size}, (${first})::BIGINT + ${count})`;
  return `CASE WHEN ${value} IS NULL OR ${start} IS NULL${count === undefined ? "" : ` OR ${count} IS NULL`} THEN NULL ELSE substring(${value}, greatest(0, ${first}) + 1, greatest(0, (${last})::BIGINT - greatest(0, ${first}))) END`;
};

const locate: Lowering = ([part, value, start]) => {
  if (start === undefined) return `instr(${value}, ${part})::INTEGER`;
  const found = `instr(substring(${value}, ${start}), ${part})`;
  return `CASE WHEN ${start} IS NULL THEN 0 WHEN ${part} IS NULL OR ${value} IS NULL THEN NULL WHEN ${start} < 1 THEN 0 WHEN ${found} = 0 THEN 0 ELSE ${found} + ${start} - 1 END::INTEGER`;
};

const pad = (name: "lpad" | "rpad"): Lowering => (args, context) => {
  const [value, size, filler] = args as [string, string, string | undefined];
  if (isBinary(context.types[0])) return context.kernel(`${name}_bytes`, [value, size, filler ?? "'\\x00'::BLOB"]);
  const fill = filler ?? "' '";
  const cut = `left(${value}, greatest(0, ${size}))`;
  return `CASE WHEN ${size} <= length(${value}) THEN ${cut} WHEN ${fill} = '' THEN ${value} ELSE ${name}(${value}, ${size}, ${fill}) END`;
};

const strip = (name: "trim" | "ltrim" | "rtrim"): Lowering => ([value, characters]) =>
  characters === undefined ? `${name}(${value}, ' ')` : `${name}(${value}, ${characters})`;

const joinedWords: Lowering = ([separator, ...values], { types }) => {
  const lists = values.map((value, index) =>
    types[index + 1]?.kind === "array" ? `list_filter(coalesce(${value}, []), lambda e: e IS NOT NULL)` : `CASE WHEN ${value} IS NULL THEN [] ELSE [${value}] END`,
  );
  const all = lists.length === 0 ? "[]::VARCHAR[]" : lists.reduce((left, right) => `list_concat(${left}, ${right})`);
  return `CASE WHEN ${separator} IS NOT NULL THEN coalesce(array_to_string(${all}, ${separator}), '') END`;
};

// Letters outside ASCII follow Java's rules, which differ from DuckDB's for a few of them.
const cased = (name: "upper" | "lower"): Lowering => ([value], { kernel: call }) =>
  `CASE WHEN octet_length(encode(${value})) = length(${value}) THEN ${name}(${value}) ELSE ${call(name, [value!])} END`;

const element: Lowering = ([position, ...values]) =>
  `CASE ${values.map((value, index) => `WHEN ${position} = ${index + 1} THEN ${value}`).join(" ")} WHEN ${position} IS NOT NULL THEN ${sqlError("INVALID_ARRAY_INDEX", { index: position!, size: `${values.length}` })} END`;

const codePoint: Lowering = ([value]) => `CASE WHEN ${value} = '' THEN 0 ELSE ascii(${value})::INTEGER END`;

const character: Lowering = ([code]) => `CASE WHEN ${code} < 0 THEN '' ELSE chr(((${code}) & 255)::INTEGER) END`;

const replaced: Lowering = ([value, search, replacement]) =>
  `CASE WHEN ${search} = '' THEN ${value} ELSE replace(${value}, ${search}, ${replacement ?? "''"}) END`;

const match = (test: string): Lowering => either((args) => `${test}(${args.join(", ")})`, (args) => `${test}(hex(${args[0]}), hex(${args[1]}))`);

const binarySearch: Lowering = either(duck("contains"), (args, context) => context.kernel("contains_bytes", args));

const pattern = (name: string, ...defaults: readonly (string | undefined)[]): Lowering => kernel(name, ...defaults);

// RE2 and Java agree on patterns of letters, digits, simple classes and repetition.
const plainPattern = /^(?:[\w ,:;=@#%&~<>/"'!-]|\\[.^$*+?()[\]{}|\\/-]|\[[\w ,:;.@-]+\]|\\d|[+*?](?![+*?])|[()|](?!\?))*$/;

const split: Lowering = (args, context) => {
  const [value, separator, limit] = args as [string, string, string | undefined];
  const known = context.constant(1);
  const isPlain = typeof known === "string" && known !== "" && /^(?:[^\\^$.|?*+()[\]{}]|\\[.^$*+?()[\]{}|\\])+$/.test(known);
  if (isPlain && limit === undefined) return `string_split(${value}, ${quoted(known.replace(/\\(.)/g, "$1"))})`;
  return context.kernel("split", [value, separator, limit ?? "-1"]);
};

const extract: Lowering = (args, context) => {
  const known = context.constant(1);
  const group = context.constant(2) ?? 1;
  const groups = typeof known === "string" ? (known.match(/\((?!\?)/g)?.length ?? 0) : 0;
  if (typeof known === "string" && plainPattern.test(known) && typeof group === "number" && group >= 0 && group <= groups) {
    return `regexp_extract(${args[0]}, ${quoted(known)}, ${group})`;
  }
  return context.kernel("regexp_extract", [args[0]!, args[1]!, args[2] ?? "1"]);
};

const numberFormat: Lowering = (args, context) => {
  const byPattern = context.types[1]?.kind === "string";
  if (byPattern) return unsupported("format_number", "a pattern of Java's DecimalFormat is not understood")(args, context);
  return context.kernel("format_number", [`(${args[0]})::VARCHAR`, args[1]!]);
};

const formatted: Lowering = (args, context) => {
  const values = args.slice(1).map((value, index) => `{k: ${quoted(context.types[index + 1]!.kind)}, v: (${value})::VARCHAR}`);
  return context.kernel("format_string", [args[0]!, values.length === 0 ? "[]::STRUCT(f0 VARCHAR, f1 VARCHAR)[]" : `[${values.join(", ").replaceAll("{k:", "{f0:").replaceAll(", v:", ", f1:")}]`]);
};

export const stringLowerings = {
  ascii: codePoint,
  base64: ([value]) => `to_base64(${value})`,
  bit_length: (args, context) => `(8 * ${bytes(args, context)})`,
  btrim: strip("trim"),
  char: character,
  concat_ws: joinedWords,
  contains: binarySearch,
  decode: kernel("decode_text"),
  elt: element,
  encode: kernel("encode_text"),
  endswith: match("ends_with"),
  find_in_set: ([value, list]) =>
    `CASE WHEN contains(${value}, ',') THEN 0 ELSE coalesce(list_position(string_split(${list}, ','), ${value}), CASE WHEN ${value} IS NOT NULL AND ${list} IS NOT NULL THEN 0 END) END::INTEGER`,
  format_number: numberFormat,
  format_string: formatted,
  printf: formatted,
  initcap: kernel("initcap"),
  instr: ([value, part]) => `instr(${value}, ${part})::INTEGER`,
  left: either(([value, count]) => `left(${value}, greatest(0, ${count}))`, ([value, count], { kernel: call }) => call("substring_bytes", [value!, "1", count!])),
  length,
  char_length: length,
  character_length: length,
  levenshtein: ([left, right, most]) => {
    const distance = `levenshtein(${left}, ${right})::INTEGER`;
    return most === undefined ? distance : `CASE WHEN ${distance} > ${most} THEN -1 ELSE ${distance} END`;
  },
  locate,
  position: locate,
  lower: cased("lower"),
  lcase: cased("lower"),
  lpad: pad("lpad"),
  ltrim: strip("ltrim"),
  mask: kernel("mask", undefined, "'X'", "'x'", "'n'", "NULL::VARCHAR"),
  octet_length: bytes,
  overlay: (args, context) => (isBinary(context.types[0]) ? unsupported("overlay", "binary values are not understood")(args, context) : context.kernel("overlay", [args[0]!, args[1]!, args[2]!, args[3] ?? "-1"])),
  regexp_count: pattern("regexp_count"),
  regexp_extract: extract,
  regexp_extract_all: pattern("regexp_extract_all", undefined, undefined, "1"),
  regexp_instr: pattern("regexp_instr", undefined, undefined, "0"),
  regexp_replace: pattern("regexp_replace", undefined, undefined, undefined, "1"),
  regexp_substr: pattern("regexp_substr"),
  repeat: ([value, count]) => `repeat(${value}, greatest(0, ${count}))`,
  replace: replaced,
  right: ([value, count]) => `right(${value}, greatest(0, ${count}))`,
  rpad: pad("rpad"),
  rtrim: strip("rtrim"),
  sentences: unsupported("sentences", "it needs Java's rules of where sentences end"),
  soundex: kernel("soundex"),
  split,
  split_part: ([value, delimiter, part]) =>
    `CASE WHEN ${part} = 0 THEN ${sqlError("INVALID_INDEX_OF_ZERO")} WHEN ${delimiter} = '' THEN CASE WHEN abs(${part}) = 1 THEN ${value} ELSE '' END ELSE split_part(${value}, ${delimiter}, ${part}) END`,
  startswith: match("starts_with"),
  substring,
  substr: substring,
  substring_index: kernel("substring_index"),
  translate: kernel("translate"),
  trim: strip("trim"),
  unbase64: kernel("unbase64"),
  upper: cased("upper"),
  ucase: cased("upper"),
  parse_url: kernel("parse_url", undefined, undefined, "NULL::VARCHAR"),
  url_encode: kernel("url_encode"),
  url_decode: kernel("url_decode"),
  try_url_decode: kernel("try_url_decode"),
} satisfies Lowerings<typeof import("../../../functions/string.ts")>;
