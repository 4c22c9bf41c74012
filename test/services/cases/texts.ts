import { col, lit } from "lakewright";
import {
  ascii,
  base64,
  bitLength,
  btrim,
  char,
  charLength,
  concatWs,
  contains,
  crc32,
  decode,
  elt,
  encode,
  endswith,
  findInSet,
  formatNumber,
  formatString,
  hash,
  hex,
  initcap,
  instr,
  left,
  length,
  levenshtein,
  locate,
  lower,
  lpad,
  ltrim,
  mask,
  md5,
  octetLength,
  overlay,
  regexpCount,
  regexpExtract,
  regexpExtractAll,
  regexpInstr,
  regexpReplace,
  repeat,
  reverse,
  right,
  rpad,
  rtrim,
  sentences,
  sha1,
  sha2,
  soundex,
  split,
  splitPart,
  substring,
  substringIndex,
  translate,
  trim,
  unbase64,
  unhex,
  upper,
  urlDecode,
  urlEncode,
  xxhash64,
} from "lakewright/functions";
import { program, type Theme } from "../program.ts";

export const texts: Theme = {
  name: "text",
  programs: [
    program(
      "case",
      ({ texts }) => texts.select("id", upper("text"), lower("text"), initcap("text")),
      `texts.select("id", F.upper("text"), F.lower("text"), F.initcap("text"))`,
    ),
    program(
      "lengths",
      ({ texts }) =>
        texts.select("id", length("text"), charLength("text"), octetLength("text"), bitLength("text"), ascii("text")),
      `texts.select("id", F.length("text"), F.char_length(F.col("text")), F.octet_length("text"), F.bit_length("text"), F.ascii("text"))`,
    ),
    program(
      "parts by position",
      ({ texts }) =>
        texts.select(
          "id",
          substring("text", 2, 3),
          substring("text", -3, 2),
          substring("text", 0, 2),
          left("text", lit(2)),
          right("text", lit(2)),
          col("text").substr(1, 1),
        ),
      `texts.select("id", F.substring("text", 2, 3), F.substring("text", -3, 2), F.substring("text", 0, 2), F.left("text", F.lit(2)), F.right("text", F.lit(2)), F.col("text").substr(1, 1))`,
    ),
    program(
      "padding and trimming",
      ({ texts }) =>
        texts.select(
          "id",
          lpad("text", 8, "*"),
          rpad("text", 3, "ab"),
          trim("text"),
          ltrim("text"),
          rtrim("text"),
          btrim("text", lit("Sk")),
          repeat("text", 2),
        ),
      `texts.select("id", F.lpad("text", 8, "*"), F.rpad("text", 3, "ab"), F.trim("text"), F.ltrim("text"), F.rtrim("text"), F.btrim("text", F.lit("Sk")), F.repeat("text", 2))`,
    ),
    program(
      "searching",
      ({ texts }) =>
        texts.select(
          "id",
          instr("text", "a"),
          locate("o", "text"),
          locate("o", "text", 6),
          contains("text", lit("京")),
          endswith("text", lit("w")),
          findInSet(lit("b"), "text"),
        ),
      `texts.select("id", F.instr("text", "a"), F.locate("o", "text"), F.locate("o", "text", 6), F.contains("text", F.lit("京")), F.endswith("text", F.lit("w")), F.find_in_set(F.lit("b"), "text"))`,
    ),
    program(
      "splitting",
      ({ texts }) =>
        texts.select(
          "id",
          split("text", ","),
          split("text", "", 3),
          split("text", "[ _]", 2),
          splitPart("text", lit(","), lit(2)),
          substringIndex("text", ",", 2),
          substringIndex("text", ",", -1),
        ),
      `texts.select("id", F.split("text", ","), F.split("text", "", 3), F.split("text", "[ _]", 2), F.split_part("text", F.lit(","), F.lit(2)), F.substring_index("text", ",", 2), F.substring_index("text", ",", -1))`,
    ),
    program(
      "regular expressions",
      ({ texts }) =>
        texts.select(
          "id",
          regexpReplace("text", "[aeiou]+", "<$0>"),
          regexpExtract("text", "(\\w+) (\\w+)", 2),
          regexpExtractAll("text", lit("(\\w)o"), lit(1)),
          regexpCount("text", lit("[a-z]")),
          regexpInstr("text", lit("o")),
        ),
      String.raw`texts.select("id", F.regexp_replace("text", "[aeiou]+", "<$0>"), F.regexp_extract("text", r"(\w+) (\w+)", 2), F.regexp_extract_all("text", F.lit(r"(\w)o"), F.lit(1)), F.regexp_count("text", F.lit("[a-z]")), F.regexp_instr("text", F.lit("o")))`,
    ),
    program(
      "Java's regular expressions",
      ({ texts }) =>
        texts.select(
          "id",
          regexpReplace("text", "\\p{Lu}(?=\\p{Ll})", "#").as("a"),
          regexpReplace("text", "(?<first>\\S)\\s+", "$1_").as("b"),
          col("text").rlike("(?i)straSSE|café").as("c"),
          regexpExtract("text", "([^,]*+),", 1).as("d"),
        ),
      String.raw`texts.select("id", F.regexp_replace("text", r"\p{Lu}(?=\p{Ll})", "#").alias("a"), F.regexp_replace("text", r"(?<first>\S)\s+", "$1_").alias("b"), F.col("text").rlike("(?i)straSSE|café").alias("c"), F.regexp_extract("text", "([^,]*+),", 1).alias("d"))`,
    ),
    program(
      "a pattern that is none",
      ({ texts }) => texts.select(regexpReplace("text", "(", "x")),
      `texts.select(F.regexp_replace("text", "(", "x"))`,
    ),
    program(
      "joining and formatting",
      ({ sales }) =>
        sales.select(
          concatWs("-", "user", "country"),
          formatString("%s has %5d|%-6s|", "user", "day", "country"),
          formatNumber("amount", 2),
          elt(lit(2), "user", "country"),
        ),
      `sales.select(F.concat_ws("-", "user", "country"), F.format_string("%s has %5d|%-6s|", "user", "day", "country"), F.format_number("amount", 2), F.elt(F.lit(2), F.col("user"), F.col("country")))`,
    ),
    program(
      "changing",
      ({ texts }) =>
        texts.select(
          "id",
          translate("text", "aeo", "AE"),
          overlay("text", lit("##"), lit(2)),
          overlay("text", lit("#"), lit(1), lit(3)),
          reverse("text"),
          mask("text"),
          char(lit(233)),
        ),
      `texts.select("id", F.translate("text", "aeo", "AE"), F.overlay("text", F.lit("##"), F.lit(2)), F.overlay("text", F.lit("#"), F.lit(1), F.lit(3)), F.reverse("text"), F.mask("text"), F.char(F.lit(233)))`,
    ),
    program(
      "codes",
      ({ texts }) =>
        texts.select(
          "id",
          base64("text"),
          hex("text"),
          unhex(lit("4a4B")),
          unbase64(lit("5p2x")),
          encode("text", "UTF-16"),
          decode(encode("text", "UTF-8"), "UTF-8"),
          urlEncode("text"),
          urlDecode(lit("a%20b")),
        ),
      `texts.select("id", F.base64("text"), F.hex("text"), F.unhex(F.lit("4a4B")), F.unbase64(F.lit("5p2x")), F.encode("text", "UTF-16"), F.decode(F.encode("text", "UTF-8"), "UTF-8"), F.url_encode("text"), F.url_decode(F.lit("a%20b")))`,
    ),
    program(
      "sounds and distances",
      ({ texts }) => texts.select("id", soundex("text"), levenshtein("text", lit("Spork")), sentences("text")),
      `texts.select("id", F.soundex("text"), F.levenshtein("text", F.lit("Spork")), F.sentences("text"))`,
    ),
    program(
      "comparison beyond the basic plane",
      ({ texts }) => texts.select("id", col("text").gt("\uffff"), col("text").lt("é")),
      `texts.select("id", F.col("text") > "\uffff", F.col("text") < "é")`,
    ),
  ],
};

export const hashes: Theme = {
  name: "hashes",
  programs: [
    program(
      "digests",
      ({ texts }) => texts.select("id", md5("text"), sha1("text"), sha2("text", 256), sha2("text", 512), crc32("text")),
      `texts.select("id", F.md5("text"), F.sha1("text"), F.sha2("text", 256), F.sha2("text", 512), F.crc32("text"))`,
    ),
    program(
      "hash of text",
      ({ texts }) => texts.select("id", hash("text"), xxhash64("text"), hash("id", "text")),
      `texts.select("id", F.hash("text"), F.xxhash64("text"), F.hash("id", "text"))`,
    ),
    program(
      "hash of numbers",
      ({ numbers }) =>
        numbers.select(
          "id",
          hash("t"),
          hash("s"),
          hash("i"),
          hash("l"),
          hash("f"),
          hash("d"),
          hash("m"),
          hash("w"),
          xxhash64("t"),
          xxhash64("l"),
          xxhash64("d"),
          xxhash64("m"),
          xxhash64("w"),
        ),
      `numbers.select("id", F.hash("t"), F.hash("s"), F.hash("i"), F.hash("l"), F.hash("f"), F.hash("d"), F.hash("m"), F.hash("w"), F.xxhash64("t"), F.xxhash64("l"), F.xxhash64("d"), F.xxhash64("m"), F.xxhash64("w"))`,
    ),
    program(
      "hash of moments",
      ({ moments }) => moments.select("id", hash("at"), hash("day"), xxhash64("at"), xxhash64("day"), hash("wall")),
      `moments.select("id", F.hash("at"), F.hash("day"), F.xxhash64("at"), F.xxhash64("day"), F.hash("wall"))`,
    ),
    program(
      "hash of nested values",
      ({ nested }) => nested.select("id", hash("items"), hash("place"), hash("orders"), xxhash64("items", "words")),
      `nested.select("id", F.hash("items"), F.hash("place"), F.hash("orders"), F.xxhash64("items", "words"))`,
    ),
  ],
};
