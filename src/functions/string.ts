/** Text: parts, search, patterns, padding, encodings. Positions count from 1; a character is a Unicode code point. */
import { scalar, synonym } from "./define.ts";

/**
 * The code point of the first character; 0 for empty text.
 *
 * @example ascii(lit("Spark")) // 83
 */
export const ascii = scalar("ascii(text: string): int");

/**
 * Bytes as base 64 text.
 *
 * @param value - a binary value or text
 * @example base64(lit("Spark SQL")) // U3BhcmsgU1FM
 */
export const base64 = scalar("base64(value: binary): string");

/**
 * The number of bits of a text in UTF-8 or of a binary value.
 *
 * @example bitLength(lit("Spark SQL")) // 72
 */
export const bitLength = scalar("bit_length(value: text): int");

/**
 * The text without some characters at both ends, spaces when nothing else is said.
 *
 * @param text - the text
 * @param characters - which characters to remove
 * @example btrim(lit("  Spark ")) // Spark
 */
export const btrim = scalar("btrim(text: string, characters?: string): string");

/**
 * The character with a code; only its lowest eight bits count.
 *
 * @example char(lit(65)) // A
 */
export const char = scalar("char(code: bigint): string", { aliases: ["chr"] });

/**
 * The strings, and the strings of arrays, that are not null with a separator between them.
 *
 * @param separator - what to put between them
 * @param values - strings or arrays of strings
 * @example concatWs("-", lit("2024"), lit(null), lit("07")) // 2024-07
 */
export const concatWs = scalar("concat_ws(separator: value string, ...values: stringOrStrings): string null if first");

/**
 * Whether a text lies within another.
 *
 * @example contains(lit("Spark SQL"), lit("park")) // true
 */
export const contains = scalar("contains(text: bothText, part: bothText): boolean null if bytes");

/**
 * The text that bytes stand for.
 *
 * @param value - a binary value
 * @param charset - `US-ASCII`, `ISO-8859-1`, `UTF-8`, `UTF-16BE`, `UTF-16LE`, `UTF-16` or `UTF-32`
 * @example decode(encode(lit("abc"), "UTF-8"), "UTF-8") // abc
 */
export const decode = scalar("decode(value: binary, charset: value string): string nullable");

/**
 * One of several values, by its position; null outside.
 *
 * @param position - which one, from 1 on
 * @param values - the values
 * @example elt(lit(1), lit("scala"), lit("java")) // scala
 */
export const elt = scalar("elt(position: int, value: bothText, ...more: bothText): second nullable");

/**
 * The bytes of a text.
 *
 * @param text - the text
 * @param charset - `US-ASCII`, `ISO-8859-1`, `UTF-8`, `UTF-16BE`, `UTF-16LE`, `UTF-16` or `UTF-32`
 * @example hex(encode(lit("abc"), "UTF-8")) // 616263
 */
export const encode = scalar("encode(text: string, charset: value string): binary nullable");

/**
 * Whether a text ends with another.
 *
 * @example endswith(lit("Spark SQL"), lit("SQL")) // true
 */
export const endswith = scalar("endswith(text: bothText, suffix: bothText): boolean null if bytes");

/**
 * The position of a text in a list with commas between its entries; 0 when it is not there.
 *
 * @param text - what to look for
 * @param list - the list
 * @example findInSet(lit("ab"), lit("abc,b,ab,c,def")) // 3
 */
export const findInSet = scalar("find_in_set(text: string, list: string): int");

/**
 * A number with commas between thousands and some digits behind the point.
 *
 * @param value - a number
 * @param format - how many digits behind the point, or a pattern such as `###,###.00`
 * @example formatNumber(lit(12332.123456), 4) // 12,332.1235
 */
export const formatNumber = scalar("format_number(value: onlyNumeric, format: value onlyIntOrString): string nullable");

/**
 * Values written by a `printf` pattern of Java.
 *
 * @param format - the pattern
 * @param values - what to fill in
 * @example formatString("Hello World %d %s", lit(100), lit("days")) // Hello World 100 days
 */
export const formatString = scalar("format_string(format: value string, ...values: any): string null if first");

/**
 * Values written by a `printf` pattern, which is a column; another name of `formatString`.
 *
 * @example printf(lit("%s!"), lit("Hello")) // Hello!
 */
export const printf = synonym("printf(format: string, ...values: any): string null if first", formatString);

/**
 * Each word with its first letter in upper case and the rest in lower case.
 *
 * @example initcap(lit("sPark sql")) // Spark Sql
 */
export const initcap = scalar("initcap(text: string): string");

/**
 * The position of the first occurrence of a text in another; 0 when it is not there.
 *
 * @param text - where to look
 * @param part - what to look for
 * @example instr(lit("SparkSQL"), "SQL") // 6
 */
export const instr = scalar("instr(text: string, part: value string): int");

/**
 * The first characters of a text, or bytes of a binary value.
 *
 * @param text - the text
 * @param count - how many
 * @example left(lit("Spark SQL"), lit(3)) // Spa
 */
export const left = scalar("left(text: text, count: int): first");

/**
 * The number of characters of a text, or of bytes of a binary value.
 *
 * @example length(lit("Spark SQL ")) // 10
 */
export const length = scalar("length(value: text): int", { aliases: ["len"] });

/**
 * The number of characters of a text, or of bytes of a binary value; another name of `length`.
 *
 * @example charLength(lit("Spark SQL ")) // 10
 */
export const charLength = synonym("char_length(value: text): int", length);

/**
 * The number of characters; another name of `length`.
 *
 * @example characterLength(lit("abc")) // 3
 */
export const characterLength = synonym("character_length(value: text): int", length);

/**
 * How many characters must change to turn one text into another.
 *
 * @param left - one text
 * @param right - the other
 * @param most - give -1 when it takes more changes
 * @example levenshtein(lit("kitten"), lit("sitting")) // 3
 */
export const levenshtein = scalar("levenshtein(left: string, right: string, most?: int): int");

/**
 * The position of the first occurrence of a text in another, from some position on; 0 when it is not there.
 *
 * @param part - what to look for
 * @param text - where to look
 * @param start - where to begin, 1 when left out
 * @example locate("bar", lit("foobarbar"), 5) // 7
 */
export const locate = scalar("locate(part: value string, text: string, start?: int): int null if first two");

/**
 * The position of the first occurrence of a text in another; `locate` with columns.
 *
 * @param part - what to look for
 * @param text - where to look
 * @param start - where to begin, 1 when left out
 * @example position(lit("bar"), lit("foobarbar")) // 4
 */
export const position = synonym("position(part: string, text: string, start?: int): int null if first two", locate);

/**
 * The text in lower case.
 *
 * @example lower(lit("SparkSql")) // sparksql
 */
export const lower = scalar("lower(text: string): string");

/**
 * The text in lower case; another name of `lower`.
 *
 * @example lcase(lit("SparkSql")) // sparksql
 */
export const lcase = synonym("lcase(text: string): string", lower);

/**
 * The text padded on the left, or cut, to a length.
 *
 * @param text - the text
 * @param length - how long
 * @param pad - with what, spaces when left out
 * @example lpad(lit("hi"), 5, "??") // ???hi
 */
export const lpad = scalar("lpad(text: bothText, length: int, pad?: value bothText): first");

/**
 * The text without some characters at its beginning, spaces when nothing else is said.
 *
 * @param text - the text
 * @param characters - which characters to remove
 * @example ltrim(lit("  Spark")) // Spark
 */
export const ltrim = scalar("ltrim(text: string, characters?: string): string");

/**
 * The text with letters and digits hidden.
 *
 * @param str - the text
 * @param upperChar - what stands for an upper case letter, `X` when left out; null keeps them
 * @param lowerChar - what stands for a lower case letter, `x` when left out
 * @param digitChar - what stands for a digit, `n` when left out
 * @param otherChar - what stands for any other character; they are kept when left out
 * @example mask(lit("AbCD123-@$#")) // XxXXnnn-@$#
 */
export const mask = scalar(
  "mask(str: onlyString, upperChar?: character, lowerChar?: character, digitChar?: character, otherChar?: character): string nullable",
);

/**
 * The number of bytes of a text in UTF-8 or of a binary value.
 *
 * @example octetLength(lit("Spark SQL")) // 9
 */
export const octetLength = scalar("octet_length(value: text): int");

/**
 * The text with a part of it replaced by another text.
 *
 * @param text - the text
 * @param replacement - what to put in
 * @param position - where the part begins
 * @param length - how long the part is; as long as the replacement when left out
 * @example overlay(lit("Spark SQL"), lit("_"), lit(6)) // Spark_SQL
 */
export const overlay = scalar("overlay(text: sameText, replacement: sameText, position: int, length?: int): first");

/**
 * The number of matches of a Java regular expression.
 *
 * @example regexpCount(lit("Steven Jones and Stephen Smith"), lit("Ste(v|ph)en")) // 2
 */
export const regexpCount = scalar("regexp_count(text: string, pattern: string): int");

/**
 * A group of the first match of a Java regular expression; empty text where nothing matches.
 *
 * @param text - the text
 * @param pattern - the regular expression
 * @param group - which group, 0 for the whole match, 1 when left out
 * @example regexpExtract(lit("100-200"), "(\\d+)-(\\d+)", 1) // 100
 */
export const regexpExtract = scalar("regexp_extract(text: string, pattern: value string, group?: int): string");

/**
 * A group of all matches of a Java regular expression.
 *
 * @param text - the text
 * @param pattern - the regular expression
 * @param group - which group, 0 for the whole match, 1 when left out
 * @example regexpExtractAll(lit("100-200, 300-400"), lit("(\\d+)-(\\d+)"), 1) // [100, 300]
 */
export const regexpExtractAll = scalar("regexp_extract_all(text: string, pattern: string, group?: int): array<string>");

/**
 * The position of the first match of a Java regular expression; 0 where nothing matches.
 *
 * @param text - the text
 * @param pattern - the regular expression
 * @param group - which group, 0 when left out
 * @example regexpInstr(lit("user@spark.apache.org"), lit("@[^.]*")) // 5
 */
export const regexpInstr = scalar("regexp_instr(text: string, pattern: string, group?: int): int");

/**
 * The text with every match of a Java regular expression replaced; `$1` in the replacement is the first group.
 *
 * @param text - the text
 * @param pattern - the regular expression
 * @param replacement - what to put in
 * @param position - where to begin, 1 when left out
 * @example regexpReplace(lit("100-200"), "(\\d+)", "num") // num-num
 */
export const regexpReplace = scalar(
  "regexp_replace(text: string, pattern: value string, replacement: value string, position?: int): string",
);

/**
 * The first match of a Java regular expression; null where nothing matches.
 *
 * @example regexpSubstr(lit("Steven Jones"), lit("Ste(v|ph)en")) // Steven
 */
export const regexpSubstr = scalar("regexp_substr(text: string, pattern: string): string nullable");

/**
 * The text so many times.
 *
 * @param text - the text
 * @param count - how many times
 * @example repeat(lit("123"), 2) // 123123
 */
export const repeat = scalar("repeat(text: string, count: int): string");

/**
 * The text with every occurrence of another replaced, or removed.
 *
 * @param text - the text
 * @param search - what to look for
 * @param replacement - what to put in; nothing when left out
 * @example replace(lit("ABCabc"), lit("abc"), lit("DEF")) // ABCDEF
 */
export const replace = scalar("replace(text: string, search: string, replacement?: string): string");

/**
 * The last characters of a text.
 *
 * @param text - the text
 * @param count - how many
 * @example right(lit("Spark SQL"), lit(3)) // SQL
 */
export const right = scalar("right(text: string, count: int): string nullable");

/**
 * The text padded on the right, or cut, to a length.
 *
 * @param text - the text
 * @param length - how long
 * @param pad - with what, spaces when left out
 * @example rpad(lit("hi"), 5, "??") // hi???
 */
export const rpad = scalar("rpad(text: bothText, length: int, pad?: value bothText): first");

/**
 * The text without some characters at its end, spaces when nothing else is said.
 *
 * @param text - the text
 * @param characters - which characters to remove
 * @example rtrim(lit("Spark  ")) // Spark
 */
export const rtrim = scalar("rtrim(text: string, characters?: string): string");

/**
 * The sentences of a text, each as its words, as Java's `BreakIterator` finds them; null for null.
 *
 * The embedded engine refuses Thai in its own language, letters that are newer than Unicode 13, and marks that stand alone.
 *
 * @param text - the text
 * @param language - such as `en`
 * @param country - such as `US`
 * @example sentences(lit("Hi there! Good morning.")) // [[Hi, there], [Good, morning]]
 */
export const sentences = scalar(
  "sentences(text: string, language?: string, country?: string): array<array<string>> nullable",
);

/**
 * The Soundex code of a text, equal for names that sound alike in English.
 *
 * @example soundex(lit("Miller")) // M460
 */
export const soundex = scalar("soundex(text: onlyString): string");

/**
 * The text split at the matches of a Java regular expression.
 *
 * @param text - the text
 * @param pattern - the regular expression
 * @param limit - at most so many parts; all of them when left out
 * @example split(lit("oneAtwoBthreeC"), "[ABC]") // [one, two, three, ]
 */
export const split = scalar("split(text: string, pattern: value string, limit?: int): strings");

/**
 * One of the parts between occurrences of a delimiter; empty text when there is no such part.
 *
 * @param text - the text
 * @param delimiter - what stands between the parts
 * @param part - which part, from 1 on, or from the end with a minus
 * @example splitPart(lit("11.12.13"), lit("."), lit(3)) // 13
 */
export const splitPart = scalar("split_part(text: string, delimiter: string, part: int): string nullable");

/**
 * Whether a text begins with another.
 *
 * @example startswith(lit("Spark SQL"), lit("Spark")) // true
 */
export const startswith = scalar("startswith(text: bothText, prefix: bothText): boolean null if bytes");

/**
 * A part of a text, or of a binary value.
 *
 * @param text - the text
 * @param start - where it begins, from 1 on, or from the end with a minus
 * @param length - how long it is; up to the end when left out
 * @example substring(lit("Spark SQL"), 5, 1) // k
 */
export const substring = scalar("substring(text: text, start: int, length?: int): first");

/**
 * A part of a text, or of a binary value; `substring` with columns.
 *
 * @param text - the text
 * @param start - where it begins, from 1 on, or from the end with a minus
 * @param length - how long it is; up to the end when left out
 * @example substr(lit("Spark SQL"), lit(5), lit(1)) // k
 */
export const substr = synonym("substr(text: text, start: int, length?: int): first", substring);

/**
 * What stands before the n-th occurrence of a delimiter, counted from the end with a minus.
 *
 * @param text - the text
 * @param delimiter - what to look for
 * @param count - which occurrence
 * @example substringIndex(lit("www.apache.org"), ".", 2) // www.apache
 */
export const substringIndex = scalar("substring_index(text: string, delimiter: value string, count: int): string");

/**
 * The text with some characters replaced by others, one by one; what has no counterpart is removed.
 *
 * @param text - the text
 * @param matching - the characters to replace
 * @param replacement - the characters in their place
 * @example translate(lit("AaBbCc"), "abc", "123") // A1B2C3
 */
export const translate = scalar("translate(text: string, matching: value string, replacement: value string): string");

/**
 * The text without some characters at both ends, spaces when nothing else is said.
 *
 * @param text - the text
 * @param characters - which characters to remove
 * @example trim(lit("  Spark ")) // Spark
 */
export const trim = scalar("trim(text: string, characters?: string): string");

/**
 * The bytes of a base 64 text.
 *
 * @example unbase64(lit("U3BhcmsgU1FM")).cast("string") // Spark SQL
 */
export const unbase64 = scalar("unbase64(text: string): binary");

/**
 * The text in upper case.
 *
 * @example upper(lit("SparkSql")) // SPARKSQL
 */
export const upper = scalar("upper(text: string): string");

/**
 * The text in upper case; another name of `upper`.
 *
 * @example ucase(lit("SparkSql")) // SPARKSQL
 */
export const ucase = synonym("ucase(text: string): string", upper);

/**
 * A part of a URL: `HOST`, `PATH`, `QUERY`, `REF`, `PROTOCOL`, `FILE`, `AUTHORITY` or `USERINFO`; null when it has none.
 *
 * @param url - the URL
 * @param part - which part
 * @param key - which parameter of the query
 * @example parseUrl(lit("http://spark.apache.org/path?query=1"), lit("HOST")) // spark.apache.org
 */
export const parseUrl = scalar("parse_url(url: onlyString, part: onlyString, key?: onlyString): string nullable");

/**
 * A part of a URL; null when it has none and where the URL is malformed.
 *
 * @param url - the URL
 * @param part - which part, as in `parseUrl`
 * @param key - which parameter of the query
 * @example tryParseUrl(lit("http://a b"), lit("HOST")) // NULL
 */
export const tryParseUrl = scalar(
  "try_parse_url(url: onlyString, part: onlyString, key?: onlyString): string nullable",
);

/**
 * The text as it may stand in a URL.
 *
 * @example urlEncode(lit("a b&c")) // a+b%26c
 */
export const urlEncode = scalar("url_encode(text: string): string nullable");

/**
 * The text that part of a URL stands for.
 *
 * @example urlDecode(lit("a+b%26c")) // a b&c
 */
export const urlDecode = scalar("url_decode(text: string): string nullable");

/**
 * The text that part of a URL stands for; null where it is malformed.
 *
 * @example tryUrlDecode(lit("%")) // NULL
 */
export const tryUrlDecode = scalar("try_url_decode(text: string): string nullable");
