/** What `collations()` tells of each collation. */
import { collationNames } from "../../types/collation.ts";

/** The languages of the names, as Spark 4.2 names them. */
const languages = named(`
  af Afrikaans|am Amharic|ar Arabic|as Assamese|az Azerbaijani|be Belarusian|bg Bulgarian|blo Anii|bn Bangla|bo Tibetan|br Breton|bs Bosnian|
  ca Catalan|ceb Cebuano|chr Cherokee|cs Czech|cy Welsh|da Danish|de German|dsb Lower Sorbian|dz Dzongkha|ee Ewe|el Greek|en English|
  eo Esperanto|es Spanish|et Estonian|fa Persian|ff Fula|fi Finnish|fil Filipino|fo Faroese|fr French|fy Western Frisian|ga Irish|gl Galician|
  gu Gujarati|ha Hausa|haw Hawaiian|he Hebrew|hi Hindi|hr Croatian|hsb Upper Sorbian|hu Hungarian|hy Armenian|id Indonesian|ig Igbo|is Icelandic|
  it Italian|ja Japanese|ka Georgian|kk Kazakh|kl Kalaallisut|km Khmer|kn Kannada|ko Korean|kok Konkani|ku Kurdish|ky Kyrgyz|lb Luxembourgish|
  lij Ligurian|lkt Lakota|ln Lingala|lo Lao|lt Lithuanian|lv Latvian|mk Macedonian|ml Malayalam|mn Mongolian|mr Marathi|ms Malay|mt Maltese|
  my Burmese|nb Norwegian Bokmål|ne Nepali|nl Dutch|nn Norwegian Nynorsk|no Norwegian|nso Northern Sotho|om Oromo|or Odia|pa Punjabi|pl Polish|
  ps Pashto|pt Portuguese|ro Romanian|ru Russian|sa Sanskrit|se Northern Sami|si Sinhala|sk Slovak|sl Slovenian|smn Inari Sami|sq Albanian|
  sr Serbian|st Southern Sotho|sv Swedish|sw Swahili|ta Tamil|te Telugu|th Thai|tk Turkmen|tn Tswana|to Tongan|tr Turkish|ug Uyghur|uk Ukrainian|
  ur Urdu|uz Uzbek|vi Vietnamese|wae Walser|wo Wolof|xh Xhosa|yi Yiddish|yo Yoruba|zh Chinese|zu Zulu
`);

/** The countries at the ends of names. */
const countries = named(`
  SAU Saudi Arabia|AUT Austria|USA United States|AFG Afghanistan|CAN Canada|ISR Israel|IDN Indonesia|NOR Norway|IND India|
  BIH Bosnia & Herzegovina|MNE Montenegro|SRB Serbia|CHN China|SGP Singapore|HKG Hong Kong SAR China|MAC Macao SAR China|TWN Taiwan
`);

/** The version of the ICU library that compares texts here, with four parts as Spark writes it. */
const icuVersion = [...(process.versions.icu ?? "").split("."), "0", "0", "0"].slice(0, 4).join(".");

function named(text: string): ReadonlyMap<string, string> {
  const entries = text.replaceAll("\n", "").split("|");
  return new Map(
    entries
      .map((entry) => entry.trim())
      .map((entry) => [entry.slice(0, entry.indexOf(" ")), entry.slice(entry.indexOf(" ") + 1)]),
  );
}

/** The columns of `collations()`, and whether they may be null. */
export const collationColumns = {
  CATALOG: false,
  SCHEMA: false,
  NAME: false,
  LANGUAGE: true,
  COUNTRY: true,
  ACCENT_SENSITIVITY: false,
  CASE_SENSITIVITY: false,
  PAD_ATTRIBUTE: false,
  ICU_VERSION: true,
} as const;

/**
 * The rows of `collations()`, with a text for each column.
 *
 * Spark: `CollationFactory.listCollations`.
 */
export const collationRows = (): readonly (readonly (string | null)[])[] => collationNames().map(rowOf);

function rowOf(name: string): readonly (string | null)[] {
  const parts = name.split("_");
  const isOfBytes = name.startsWith("UTF8");
  return [
    "SYSTEM",
    "BUILTIN",
    name,
    languages.get(parts[0]!) ?? null,
    parts.map((part) => countries.get(part)).find((country) => country !== undefined) ?? null,
    parts.includes("AI") ? "ACCENT_INSENSITIVE" : "ACCENT_SENSITIVE",
    parts.includes("CI") || parts.includes("LCASE") ? "CASE_INSENSITIVE" : "CASE_SENSITIVE",
    parts.includes("RTRIM") ? "RTRIM" : "NO_PAD",
    isOfBytes ? null : icuVersion,
  ];
}
