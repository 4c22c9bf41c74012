/** Casts to text. */
import { type DataType, type DecimalType, stringType, type TypeKind } from "../../../types/data-type.ts";
import { toLocal } from "../compile/zone.ts";
import { structFieldName } from "../duck-type.ts";
import { reused } from "../functions/reuse.ts";
import { checkLevels, isDeep, joinedTexts } from "../joined-texts.ts";
import { hasDeepText } from "../kernels/deep-texts.ts";
import { text } from "../sql-text.ts";
import { bySource, type CastRequest, type CastStyle, type CastWriter } from "./cast-writer.ts";
import { plainDecimal } from "./decimal-text.ts";
import { unitsText } from "./intervals.ts";
import { shapeText } from "./spatial.ts";
import { clockText, dateText } from "./temporal-text.ts";

const plain: CastWriter = ({ value }) => `(${value})::VARCHAR`;

// DuckDB and Java write numbers of this size alike; others have exponents, which only Java's rules know. It takes
// three comparisons: two of one value have one hash in DuckDB for every value, which makes many columns long to plan.
const fraction =
  (kernel: string): CastWriter =>
  (request) =>
    `CASE WHEN abs(${request.value}) >= 0.001 AND ${request.value} < 10000000 AND ${request.value} > -10000000 THEN (${request.value})::VARCHAR ELSE ${request.kernel(kernel, [request.value])} END`;

/** The text of a value that holds others, written by SQL unless it is deep. */
const nested =
  (shallow: CastWriter): CastWriter =>
  (request) => {
    const { value, from, style, timeZone, kernel } = request;
    if (isDeep(from) && hasDeepText(from))
      return kernel("deep_text", [value, text(style), text(timeZone)], [from, stringType, stringType]);
    checkLevels(from);
    return shallow(request);
  };

const list: CastWriter = (request) => {
  const { value, from } = request;
  if (from.kind !== "array") return plain(request);
  const elements = `list_transform(${value}, lambda e: ${element("e", from.element, request)})`;
  return `CASE WHEN ${value} IS NULL THEN NULL ELSE '[' || ${joinedTexts(elements, "', '")} || ']' END`;
};

const map: CastWriter = (request) => {
  const { value, from } = request;
  if (from.kind !== "map") return plain(request);
  const entry = `${element("e.key", from.key, request)} || ' -> ' || ${element("e.value", from.value, request)}`;
  const entries = `list_transform(map_entries(${value}), lambda e: ${entry})`;
  return `CASE WHEN ${value} IS NULL THEN NULL ELSE '{' || ${joinedTexts(entries, "', '")} || '}' END`;
};

const struct: CastWriter = (request) => {
  const { value, from } = request;
  if (from.kind !== "struct") return plain(request);
  const fields = from.fields.map((field, index) =>
    element(`(${value}).${structFieldName(index)}`, field.type, request),
  );
  return `CASE WHEN ${value} IS NULL THEN NULL ELSE '{' || ${fields.join(" || ', ' || ") || "''"} || '}' END`;
};

function element(value: string, type: DataType, { cast, to, style }: CastRequest): string {
  const absent = text(style === "cast" ? "null" : "NULL");
  return type.kind === "void" ? absent : `coalesce(${cast(value, type, to)}, ${absent})`;
}

const decoded = (value: string): string => `decode(${value})`;

const bytesStyles: { readonly [Style in CastStyle]: (value: string, request: CastRequest) => string } = {
  cast: decoded,
  "UTF-8": (value, { kernel }) => kernel("repaired_utf8", [value]),
  BASIC: (value, { kernel }) => kernel("byte_numbers", [value]),
  BASE64: (value) => `rtrim(to_base64(${value}), '=')`,
  HEX: (value) => `hex(${value})`,
  HEX_DISCRETE: (value) => `'[' || trim(regexp_replace(hex(${value}), '(..)', '\\1 ', 'g')) || ']'`,
};

const bytes: CastWriter = (request) => bytesStyles[request.style](request.value, request);

const toText = bySource({
  boolean: plain,
  tinyint: plain,
  smallint: plain,
  int: plain,
  bigint: plain,
  decimal: ({ value, from }) => plainDecimal(value, from as DecimalType),
  float: fraction("float_text"),
  double: fraction("double_text"),
  string: ({ value }) => value,
  char: ({ value }) => value,
  varchar: ({ value }) => value,
  binary: bytes,
  date: ({ value }) => dateText(value),
  time: plain,
  timestamp: ({ value, timeZone }) => reused([toLocal(value, timeZone)], ([local]) => clockText(local!)),
  timestamp_ntz: ({ value }) => clockText(value),
  "day-time interval": (request) => request.kernel("day_time_text", [request.value, unitsText(request.from)]),
  "year-month interval": (request) => request.kernel("year_month_text", [request.value, unitsText(request.from)]),
  interval: (request) => request.kernel("interval_text", [request.value]),
  geometry: shapeText,
  geography: shapeText,
  array: nested(list),
  map: nested(map),
  struct: nested(struct),
});

export const textCasts: Partial<Record<TypeKind, CastWriter>> = { string: toText, char: toText, varchar: toText };

export const binaryCast: CastWriter = bySource({
  string: ({ value }) => `encode(${value})`,
  char: ({ value }) => `encode(${value})`,
  varchar: ({ value }) => `encode(${value})`,
  binary: ({ value }) => value,
  tinyint: ({ value, from }) => bigEndian(value, from),
  smallint: ({ value, from }) => bigEndian(value, from),
  int: ({ value, from }) => bigEndian(value, from),
  bigint: ({ value, from }) => bigEndian(value, from),
});

const digits: Partial<Record<TypeKind, number>> = { tinyint: 2, smallint: 4, int: 8, bigint: 16 };

const bigEndian = (value: string, from: DataType): string =>
  `from_hex(right(lpad(to_hex((${value})::BIGINT), 16, '0'), ${digits[from.kind] ?? 16}))`;
