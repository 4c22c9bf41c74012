/** Text as DuckDB SQL. Positions count from 1, and a character is a code point, in DuckDB as in Spark. */

import { UnsupportedError } from "../../../errors.ts";
import type { DataType } from "../../../types/data-type.ts";
import { plainDecimal } from "../casts/decimal-text.ts";
import { duckType } from "../duck-type.ts";
import { plainError, text as quoted, sqlError } from "../sql-text.ts";
import { textsJoined } from "./collection/arrays.ts";
import { duck, type Lowering, type Lowerings, strict } from "./lowering.ts";
import { countMatches, extractAll, extractFirst, firstMatch, replaceMatches, split } from "./patterns.ts";
import { reused } from "./reuse.ts";

const isBinary = (type: DataType | undefined): boolean => type?.kind === "binary";

/** A kernel that is given all arguments. */
const kernel =
  (name: string): Lowering =>
  (args, context) =>
    context.kernel(name, args);

/** Text by one function, bytes by another. */
const either =
  (forText: Lowering, forBytes: Lowering): Lowering =>
  (args, context) =>
    (isBinary(context.types[0]) ? forBytes : forText)(args, context);

const length: Lowering = either(
  ([value]) => `length(${value})::INTEGER`,
  ([value]) => `octet_length(${value})::INTEGER`,
);
const bytes: Lowering = either(
  ([value]) => `strlen(${value})::INTEGER`,
  ([value]) => `octet_length(${value})::INTEGER`,
);

/** Some characters or bytes, from 0; bytes are cut in hexadecimal digits. */
function slice(value: string, type: DataType | undefined, from: string, count: string): string {
  if (isBinary(type)) return `from_hex(substring(hex(${value}), 2 * (${from}) + 1, 2 * (${count})))`;
  return `substring(${value}, (${from}) + 1, ${count})`;
}

const sizeOf = (value: string, type: DataType | undefined): string =>
  isBinary(type) ? `octet_length(${value})` : `length(${value})`;

/** `substring`: negative starts count from the end; a start before the text eats from the length. */
function part(value: string, type: DataType | undefined, start: string, count = "2147483647"): string {
  const size = sizeOf(value, type);
  const first = `(CASE WHEN ${start} > 0 THEN (${start})::BIGINT - 1 WHEN ${start} < 0 THEN ${size} + ${start} ELSE 0 END)`;
  const last = `least(${size}, ${first} + ${count})`;
  return slice(value, type, `greatest(0, ${first})`, `greatest(0, ${last} - greatest(0, ${first}))`);
}

const substring: Lowering = (args, { types, constant }) => {
  const [value, start, count] = args as [string, string, string | undefined];
  const known = constant(1);
  if (isBinary(types[0]) || typeof known !== "number" || known <= 0)
    return strict(args, part(value, types[0], start, count));
  if (count === undefined) return `substring(${value}, ${known})`;
  const cut = `substring(${value}, ${known}, greatest(${count}, 0))`;
  // DuckDB's `greatest` passes nulls over.
  return typeof constant(2) === "number" ? cut : strict([count], cut);
};

/** A sum of integers that overflows as in Java. */
const wrapped = (sum: string): string => `(((${sum}) + 2147483648) & 4294967295) - 2147483648`;

// The replacement takes the place of as many characters as it has, or of as many as are stated.
const overlay: Lowering = (args, { types, call }) => {
  const [value, replacement, position, length] = args as [string, string, string, string | undefined];
  const [type] = types;
  const own = sizeOf(replacement, type);
  const taken = length === undefined ? own : `CASE WHEN ${length} >= 0 THEN ${length} ELSE ${own} END`;
  const before = part(value, type, "1", wrapped(`(${position})::BIGINT - 1`));
  const after = part(value, type, `(${wrapped(`(${position})::BIGINT + ${taken}`)})`);
  return `(${strict(args, `${before} || ${replacement} || ${after}`)})::${duckType(call.type)}`;
};

const locate: Lowering = ([wanted, value, start]) => {
  if (start === undefined) return `instr(${value}, ${wanted})::INTEGER`;
  const found = `instr(substring(${value}, ${start}), ${wanted})`;
  const branches = [
    `${start} IS NULL THEN 0`,
    `${wanted} IS NULL OR ${value} IS NULL THEN NULL`,
    `${start} < 1 THEN 0`,
    `${wanted} = '' THEN 1`,
    `${found} = 0 THEN 0`,
  ];
  return `(CASE ${branches.map((branch) => `WHEN ${branch}`).join(" ")} ELSE ${found} + ${start} - 1 END)::INTEGER`;
};

const pad =
  (name: "lpad" | "rpad"): Lowering =>
  (args, { types }) => {
    const [value, size, filler] = args as [string, string, string | undefined];
    const bytes = isBinary(types[0]);
    const fill = filler ?? (bytes ? "'\\x00'::BLOB" : "' '");
    const cut = slice(value, types[0], "0", `greatest(0, ${size})`);
    const padded = bytes
      ? `from_hex(${name}(hex(${value}), 2 * (${size}), hex(${fill})))`
      : `${name}(${value}, ${size}, ${fill})`;
    const wrong = bytes
      ? `WHEN ${size} < 0 THEN ${plainError("Bytes cannot be padded to a negative length")}::BLOB `
      : "";
    return `CASE WHEN ${fill} IS NULL THEN NULL ${wrong}WHEN ${size} <= ${sizeOf(value, types[0])} THEN ${cut} WHEN ${sizeOf(fill, types[0])} = 0 THEN ${value} ELSE ${padded} END`;
  };

const strip =
  (name: "trim" | "ltrim" | "rtrim"): Lowering =>
  ([value, characters]) =>
    characters === undefined ? `${name}(${value}, ' ')` : `${name}(${value}, ${characters})`;

const joinedWords: Lowering = ([separator, ...values], { types, constant }) => {
  if (values.length === 0) return `CASE WHEN ${separator} IS NOT NULL THEN '' END`;
  const lists = values.map((value, index) =>
    types[index + 1]?.kind === "array"
      ? `list_filter(coalesce(${value}, []), lambda e: e IS NOT NULL)`
      : `CASE WHEN ${value} IS NULL THEN [] ELSE [${value}] END`,
  );
  const all = lists.reduce((left, right) => `list_concat(${left}, ${right})`);
  return `CASE WHEN ${separator} IS NOT NULL THEN ${textsJoined(all, separator!, typeof constant(0) === "string")} END`;
};

// Letters outside ASCII follow Java's rules, which differ from DuckDB's for a few of them.
const cased =
  (name: "upper" | "lower"): Lowering =>
  ([value], { kernel: call }) =>
    `CASE WHEN strlen(${value}) = length(${value}) THEN ${name}(${value}) ELSE ${call(name, [value!])} END`;

/** Text in lower case. */
export const lowered: Lowering = cased("lower");

/** One of several values, by its position; `outside` is the SQL of what there is for a position that has none. */
export const chosenElement =
  (outside: (position: string, size: number) => string): Lowering =>
  ([position, ...values]) =>
    `CASE ${values.map((value, index) => `WHEN ${position} = ${index + 1} THEN ${value}`).join(" ")} WHEN ${position} IS NOT NULL THEN ${outside(position!, values.length)} END`;

const element = chosenElement((index, size) => sqlError("INVALID_ARRAY_INDEX", { index, size: `${size}` }));

const codePoint: Lowering = ([value]) => `CASE WHEN ${value} = '' THEN 0 ELSE ascii(${value})::INTEGER END`;

const character: Lowering = ([code]) => `CASE WHEN ${code} < 0 THEN '' ELSE chr(((${code}) & 255)::INTEGER) END`;

const replaced: Lowering = ([value, search, replacement]) =>
  `CASE WHEN ${search} = '' THEN ${value} ELSE replace(${value}, ${search}, ${replacement ?? "''"}) END`;

const match = (test: string): Lowering =>
  either(
    (args) => `${test}(${args.join(", ")})`,
    (args) => `${test}(hex(${args[0]}), hex(${args[1]}))`,
  );

const binarySearch: Lowering = either(duck("contains"), (args, context) => context.kernel("contains_bytes", args));

const numberFormat: Lowering = ([value, format], { types, kernel: call }) => {
  const suffix = types[1]?.kind === "int" ? "" : "_by";
  const fraction = types[0]?.kind === "double" || types[0]?.kind === "float";
  return fraction
    ? call(`format_double${suffix}`, [`(${value})::DOUBLE`, format!])
    : call(`format_decimal${suffix}`, [`(${value})::VARCHAR`, format!]);
};

const refusedFormats: readonly string[] = [
  "binary",
  "array",
  "map",
  "struct",
  "interval",
  "variant",
  "geometry",
  "geography",
  "time",
  "year-month interval",
  "day-time interval",
];

/** What Java's formatter is given of a value: Spark's internal one. */
function formatArgument(value: string, type: DataType): string {
  const { kind } = type;
  if (refusedFormats.includes(kind))
    throw new UnsupportedError(`format_string cannot write a value of type ${kind} on the embedded engine`, {
      hint: "Cast it to a string first.",
    });
  const internal =
    kind === "date" ? `${value} - DATE '1970-01-01'` : kind.startsWith("timestamp") ? `epoch_us(${value})` : value;
  const written = type.kind === "decimal" ? plainDecimal(value, type) : `(${internal})::VARCHAR`;
  return `{f0: ${quoted(kind)}, f1: ${written}}`;
}

const formatted: Lowering = ([format, ...values], { types, kernel: call }) =>
  call("format_string", [
    format!,
    `[${values.map((value, index) => formatArgument(value, types[index + 1]!)).join(", ")}]::STRUCT(f0 VARCHAR, f1 VARCHAR)[]`,
  ]);

// An absent or null mask keeps characters as they are.
const masked: Lowering = ([value, ...masks], { kernel: call }) => {
  const defaults = ["'X'", "'x'", "'n'", "''"];
  return call("mask", [
    value!,
    ...defaults.map((fallback, index) => (masks[index] === undefined ? fallback : `coalesce(${masks[index]}, '')`)),
  ]);
};

// Lines of 76 characters, as MIME has them.
const base64: Lowering = ([value]) =>
  `CASE WHEN octet_length(${value}) <= 57 THEN to_base64(${value}) ELSE rtrim(regexp_replace(to_base64(${value}), '(.{76})', '\\1' || chr(13) || chr(10), 'g'), chr(13) || chr(10)) END`;

/** The text before or behind delimiters; of one character by lists, others may overlap. */
const substringIndex: Lowering = (args, { constant, kernel: call }) => {
  const [value, delimiter] = args as [string, string, string];
  const [known, times] = [constant(1), constant(2)];
  if (typeof known !== "string" || Array.from(known).length !== 1 || typeof times !== "number" || times === 0)
    return call("substring_index", args);
  return `array_to_string(string_split(${value}, ${delimiter})[${times > 0 ? `1:${times}` : `${times}:`}], ${delimiter})`;
};

const splitPart: Lowering = (args) => {
  const [value, delimiter, position] = args as [string, string, string];
  const branches = [
    `WHEN ${position} = 0 THEN ${sqlError("INVALID_INDEX_OF_ZERO")}`,
    `WHEN ${delimiter} = '' THEN CASE WHEN abs(${position}) = 1 THEN ${value} ELSE '' END`,
  ];
  return strict(args, `CASE ${branches.join(" ")} ELSE split_part(${value}, ${delimiter}, ${position}) END`);
};

// DuckDB counts bytes, Spark characters.
const levenshtein: Lowering = ([left, right, most], { kernel: call }) => {
  const ascii = [left, right].map((value) => `strlen(${value}) = length(${value})`).join(" AND ");
  const distance = `CASE WHEN ${ascii} THEN levenshtein(${left}, ${right})::INTEGER ELSE ${call("levenshtein", [left!, right!])} END`;
  return most === undefined
    ? distance
    : reused(
        [distance],
        ([found]) => `CASE WHEN ${found} > ${most} THEN -1 WHEN ${most} IS NOT NULL THEN ${found} END`,
      );
};

export const stringLowerings = {
  ascii: codePoint,
  base64,
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
    strict(
      [value!, list!],
      `CASE WHEN contains(${value}, ',') THEN 0 ELSE coalesce(list_position(string_split(${list}, ','), ${value}), 0)::INTEGER END`,
    ),
  format_number: numberFormat,
  format_string: formatted,
  initcap: kernel("initcap"),
  instr: ([value, part]) => `instr(${value}, ${part})::INTEGER`,
  left: (args, { types }) => strict(args, slice(args[0]!, types[0], "0", `greatest(0, ${args[1]})`)),
  length,
  levenshtein,
  locate,
  lower: lowered,
  lpad: pad("lpad"),
  ltrim: strip("ltrim"),
  mask: masked,
  octet_length: bytes,
  overlay,
  regexp_count: countMatches,
  regexp_extract: extractFirst,
  regexp_extract_all: extractAll,
  regexp_instr: ([value, pattern], { kernel: call }) => call("regexp_instr", [value!, pattern!]),
  regexp_replace: replaceMatches,
  regexp_substr: firstMatch,
  repeat: (args) => strict(args, `repeat(${args[0]}, greatest(0, ${args[1]}))`),
  replace: replaced,
  right: (args) => strict(args, `right(${args[0]}, greatest(0, ${args[1]}))`),
  rpad: pad("rpad"),
  rtrim: strip("rtrim"),
  sentences: ([value, language = "''"], { kernel: call }) => call("sentences", [value!, `coalesce(${language}, '')`]),
  soundex: kernel("soundex"),
  split,
  split_part: splitPart,
  startswith: match("starts_with"),
  substring,
  substring_index: substringIndex,
  translate: (args, { constant, kernel: call }) => {
    const [plain, known] = [`translate(${args.join(", ")})`, constant(2)];
    if (typeof known === "string" && !known.includes("\0")) return plain;
    return `CASE WHEN contains(${args[2]}, chr(0)) THEN ${call("translate_leaving_out", args)} ELSE ${plain} END`;
  },
  trim: strip("trim"),
  unbase64: kernel("unbase64"),
  upper: cased("upper"),
  parse_url: (args, { kernel: call }) => call(args.length === 3 ? "parse_url_key" : "parse_url", args),
  try_parse_url: (args, { kernel: call }) => call(args.length === 3 ? "try_parse_url_key" : "try_parse_url", args),
  url_encode: kernel("url_encode"),
  url_decode: kernel("url_decode"),
  try_url_decode: kernel("try_url_decode"),
} satisfies Lowerings<typeof import("../../../functions/string.ts")>;
