/** What texts under a collation are compared by: their keys are equal, and ordered byte by byte, as Spark has the texts. */
import { holdsCollation } from "../../../types/collation.ts";
import type { DataType } from "../../../types/data-type.ts";
import { type CollationLocale, collationLocale } from "../collation-locale.ts";
import { text as quoted } from "../sql-text.ts";

/** How far ICU looks: at accents and cases, at one of them, or at neither. */
const strengths: Readonly<Record<CollationLocale["ignored"], string>> = {
  "": "",
  CI: "-u-ks-level2",
  AI: "-u-kc-true-ks-level1",
  CI_AI: "-u-ks-level1",
};

/**
 * The SQL of the key of a text, or of an array or struct with the keys of its texts.
 *
 * @param value - SQL of a value
 * @param type - its type, with the collations
 */
export function collationKey(value: string, type: DataType, depth = 0): string {
  if (!holdsCollation(type)) return value;
  if (type.kind === "array")
    return `list_transform(${value}, lambda k${depth}: ${collationKey(`k${depth}`, type.element, depth + 1)})`;
  if (type.kind === "struct") {
    const fields = type.fields.map((field, at) => `f${at}: ${collationKey(`(${value}).f${at}`, field.type, depth)}`);
    return `CASE WHEN ${value} IS NOT NULL THEN {${fields.join(", ")}} END`;
  }
  return textKey(value, (type.kind === "string" ? type.collation : undefined) ?? "UTF8_BINARY");
}

function textKey(value: string, collation: string): string {
  const name = collation.replace(/_RTRIM$/, "");
  const trimmed = name === collation ? value : `rtrim(${value}, ' ')`;
  if (name === "UTF8_BINARY") return trimmed;
  return name === "UTF8_LCASE" ? lowered(trimmed) : `icu_sort_key(${trimmed}, ${quoted(languageTag(name))})`;
}

// A capital I with a dot is two characters in lower case, and both small sigmas are one.
const lowered = (value: string): string => `lower(replace(replace(${value}, 'İ', 'i̇'), 'ς', 'σ'))`;

function languageTag(name: string): string {
  const { tag, ignored } = collationLocale(name);
  return `${tag}${strengths[ignored]}`;
}
