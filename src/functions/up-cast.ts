/** Which types become others without losing anything: what a bound view may do with columns that have changed. */
import { type DataType, isIntegral, isText } from "../types/data-type.ts";
import { sameType } from "../types/same-type.ts";
import { decimalFor } from "./decimal-precision.ts";

/** Numbers, each of which fits those behind it; to round to FLOAT and DOUBLE loses nothing by Spark's rule. */
const numbers = ["tinyint", "smallint", "int", "bigint", "float", "double"];

/** Whether values of a type become those of another without losing anything, by Spark's rule for up-casts. */
export function canUpCast(from: DataType, to: DataType): boolean {
  if (sameType(from, to) || from.kind === "void") return true;
  if (from.kind === "array") return to.kind === "array" && canUpCast(from.element, to.element);
  if (from.kind === "map") return to.kind === "map" && canUpCast(from.key, to.key) && canUpCast(from.value, to.value);
  if (from.kind === "struct") return to.kind === "struct" && eachField(from.fields, to.fields);
  if (isText(to)) return !nested.has(from.kind);
  if (from.kind === "decimal" || to.kind === "decimal") return fitsDecimal(from, to);
  if (numbers.includes(from.kind)) return numbers.indexOf(from.kind) < numbers.indexOf(to.kind);
  return (moments[from.kind] ?? []).includes(to.kind);
}

const nested: ReadonlySet<string> = new Set(["variant", "udt"]);

const moments: { readonly [Kind in DataType["kind"]]?: readonly string[] } = {
  date: ["timestamp", "timestamp_ntz"],
  timestamp: ["bigint", "timestamp_ntz"],
  timestamp_ntz: ["timestamp"],
  "day-time interval": ["day-time interval"],
  "year-month interval": ["year-month interval"],
};

const isExact = (type: DataType): boolean => isIntegral(type) || type.kind === "decimal";

const eachField = (from: readonly { type: DataType }[], to: readonly { type: DataType }[]): boolean =>
  from.length === to.length && from.every(({ type }, index) => canUpCast(type, to[index]!.type));

/** Among exact numbers one of which is a decimal, those with no more digits on either side of the point. */
function fitsDecimal(from: DataType, to: DataType): boolean {
  const [own, wanted] = [from, to].map((type) => (isExact(type) ? decimalFor(type) : undefined));
  if (own === undefined || wanted === undefined) return false;
  const [digits, room] = [own.precision - own.scale, wanted.precision - wanted.scale];
  return digits <= room && own.scale <= wanted.scale;
}
