/** What the names of Spark's collations say of a language and of what counts in it. */

/** The countries of Spark's locales, as language tags have them. */
const countries: Readonly<Record<string, string>> = {
  ...{ AFG: "AF", AUT: "AT", BIH: "BA", CAN: "CA", CHN: "CN", HKG: "HK", IDN: "ID", IND: "IN", ISR: "IL" },
  ...{ MAC: "MO", MNE: "ME", NOR: "NO", SAU: "SA", SGP: "SG", SRB: "RS", TWN: "TW", USA: "US" },
};

/** A collation in parts. */
export interface CollationLocale {
  /** The language with its script and country, as a tag; `und` for none. */
  readonly tag: string;
  /** What does not count: `CI` cases, `AI` accents, `CI_AI` both, empty nothing. */
  readonly ignored: "" | "CI" | "AI" | "CI_AI";
}

/**
 * The language of a collation and what does not count in it.
 *
 * @param name - a canonical name of an ICU collation without `_RTRIM`
 * @example
 * ```ts
 * collationLocale("de_AUT_CI"); // { tag: "de-AT", ignored: "CI" }
 * ```
 */
export function collationLocale(name: string): CollationLocale {
  const words = name.split("_");
  const ignored = words.filter((word) => word === "CI" || word === "AI").join("_") as CollationLocale["ignored"];
  const locale = words.filter((word) => word !== "CI" && word !== "AI");
  const tag = locale[0] === "UNICODE" ? "und" : locale.map((word) => countries[word] ?? word).join("-");
  return { tag, ignored };
}
