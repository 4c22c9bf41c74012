/** The collations that Spark knows, by name. */
import { nearest } from "../errors.ts";
import { type DataType, stringType } from "./data-type.ts";
import { someType } from "./some-type.ts";

// The locales of the ICU version in Spark 4.2, as `SELECT name FROM collations()` lists them.
const locales =
  "UNICODE af am ar ar_SAU as az be bg blo bn bo br bs bs_Cyrl ca ceb chr cs cy da de de_AUT dsb dz ee el en en_USA eo " +
  "es et fa fa_AFG ff ff_Adlm fi fil fo fr fr_CAN fy ga gl gu ha haw he he_ISR hi hr hsb hu hy id id_IDN ig is it ja ka " +
  "kk kk_Arab kl km kn ko kok ku ky lb lij lkt ln lo lt lv mk ml mn mr ms mt my nb nb_NOR ne nl nn no nso om or pa " +
  "pa_Guru pa_Guru_IND pl ps pt ro ru sa se si sk sl smn sq sr sr_Cyrl sr_Cyrl_BIH sr_Cyrl_MNE sr_Cyrl_SRB sr_Latn " +
  "sr_Latn_BIH sr_Latn_SRB st sv sw ta te th tk tn to tr ug uk ur uz vi wae wo xh yi yo zh zh_Hans zh_Hans_CHN " +
  "zh_Hans_SGP zh_Hant zh_Hant_HKG zh_Hant_MAC zh_Hant_TWN zu";

const byteNames = ["UTF8_BINARY", "UTF8_LCASE"];

/** The names of all collations, in the order of Spark's `collations()`: those that compare bytes first. */
export const collationNames = (): readonly string[] => [
  ...["", "_RTRIM"].flatMap((end) => byteNames.map((name) => `${name}${end}`)),
  ...locales
    .split(" ")
    .flatMap((name) => ["", "_CI"].flatMap((cases) => ["", "_AI"].map((accents) => `${name}${cases}${accents}`)))
    .flatMap((name) => [name, `${name}_RTRIM`])
    .sort(),
];
const baseNames: ReadonlyMap<string, string> = new Map(
  [...byteNames, ...locales.split(" ")].map((name) => [name.toUpperCase(), name]),
);

/** What may follow a name, in the order of the canonical spelling; a default is left out of it. */
const specifiers = [
  { values: ["CS", "CI"], byte: false },
  { values: ["AS", "AI"], byte: false },
  { values: ["RTRIM"], byte: true },
];
const defaults: ReadonlySet<string> = new Set(["CS", "AS"]);

/**
 * The canonical spelling of a collation's name, or undefined when Spark has no such collation.
 *
 * @param name - in any case, its specifiers in any order, with or without `system.builtin.`
 * @example
 * ```ts
 * console.log(collationName("en_usa_ai_ci")); // en_USA_CI_AI
 * ```
 */
export function collationName(name: string): string | undefined {
  const words = name
    .replace(/^system\.builtin\./i, "")
    .toUpperCase()
    .split("_");
  const allowed = specifiers.flatMap(({ values }) => values);
  const first = words.findIndex((word, index) => index > 0 && allowed.includes(word));
  const length = first < 0 ? words.length : first;
  const base = baseNames.get(words.slice(0, length).join("_"));
  return base === undefined ? undefined : withSpecifiers(base, words.slice(length));
}

/**
 * The provider of a collation, which schema JSON states before the name: `spark` for the byte-wise ones, else `icu`.
 *
 * @param name - a canonical name
 */
export const collationProvider = (name: string): "spark" | "icu" => (name.startsWith("UTF8_") ? "spark" : "icu");

/**
 * Whether a text anywhere inside a type has a collation other than Spark's default.
 *
 * @example
 * ```ts
 * console.log(holdsCollation(parseType("array<string collate UNICODE>"))); // true
 * ```
 */
export const holdsCollation = (type: DataType): boolean =>
  someType(type, (inner) => inner.kind === "string" && inner.collation !== undefined);

function withSpecifiers(base: string, words: readonly string[]): string | undefined {
  const chosen = specifiers.map(({ values, byte }) =>
    words.filter((word) => values.includes(word) && (byte || !byteNames.includes(base))),
  );
  const known = chosen.every((of) => of.length <= 1) && chosen.flat().length === words.length;
  return known ? [base, ...chosen.flat().filter((word) => !defaults.has(word))].join("_") : undefined;
}

/** The type of texts of a collation, by its canonical name; Spark's default, which types do not name, when absent. */
export const textType = (collation: string | undefined): DataType =>
  collation === undefined || collation === "UTF8_BINARY" ? stringType : { kind: "string", collation };

/** What Spark tells of a name that no collation has: `COLLATION_INVALID_NAME`. */
export function unknownCollation(name: string) {
  const proposals = nearest(name, [...baseNames.values()]).join(", ");
  return {
    sentence: `The value ${name} does not represent a correct collation name`,
    details: {
      condition: "COLLATION_INVALID_NAME",
      sqlState: "42704",
      parameters: { collationName: name, proposals },
      hint: proposals === "" ? "For example UTF8_LCASE, UNICODE_CI or de_AI." : `Did you mean ${proposals}?`,
    },
  };
}
