import { type Column, col, type DataFrame, Decimal, lit } from "lakewright";
import {
  abs,
  atan2,
  bin,
  bitCount,
  bround,
  cbrt,
  ceil,
  conv,
  cosh,
  cot,
  degrees,
  exp,
  expm1,
  factorial,
  floor,
  greatest,
  hex,
  hypot,
  isnan,
  least,
  log,
  log1p,
  log2,
  log10,
  nanvl,
  negative,
  pmod,
  positive,
  pow,
  radians,
  rint,
  round,
  shiftleft,
  shiftright,
  shiftrightunsigned,
  signum,
  sin,
  sqrt,
  tanh,
  tryAdd,
  tryDivide,
  tryMultiply,
  trySubtract,
  widthBucket,
} from "lakewright/functions";
import { type Given, type Program, program, type Theme } from "../program.ts";

/** Arithmetic that fails, on rows of `numbers`. */
const failing = (name: string, ours: (given: Given) => Column, python: string): Program =>
  program(name, (given): DataFrame => given.numbers.select(ours(given)), `numbers.select(${python})`);

const small = (given: Given): DataFrame => given.numbers.filter(col("id").lt(4));

export const numbers: Theme = {
  name: "numbers",
  programs: [
    program(
      "types of arithmetic",
      (given) =>
        small(given).select(
          "id",
          col("t").plus(col("s")),
          col("t").plus(col("t")),
          col("i").multiply(col("l")),
          col("l").plus(col("f")),
          col("f").multiply(col("f")),
          col("i").divide(col("id")),
          col("t").mod(col("id")),
          col("m").plus(col("i")),
          col("m").multiply(col("d")),
        ),
      `numbers.filter(F.col("id") < 4).select("id", F.col("t") + F.col("s"), F.col("t") + F.col("t"), F.col("i") * F.col("l"), F.col("l") + F.col("f"), F.col("f") * F.col("f"), F.col("i") / F.col("id"), F.col("t") % F.col("id"), F.col("m") + F.col("i"), F.col("m") * F.col("d"))`,
    ),
    failing("int overflow", () => col("i").plus(1), `F.col("i") + 1`),
    failing(
      "tinyint overflow",
      () => col("t").multiply(lit(2).cast("tinyint")),
      `F.col("t") * F.lit(2).cast("tinyint")`,
    ),
    failing("bigint overflow", () => col("l").multiply(2), `F.col("l") * 2`),
    failing("negation of the least", () => col("i").negate(), `-F.col("i")`),
    failing("absolute value of the least", () => abs("i"), `F.abs("i")`),
    failing(
      "division by zero",
      () => col("i").divide(col("t").minus(col("t"))),
      `F.col("i") / (F.col("t") - F.col("t"))`,
    ),
    failing("remainder of zero", () => col("i").mod(lit(0)), `F.col("i") % F.lit(0)`),
    failing(
      "decimal division by zero",
      () => col("m").divide(lit(0).cast("decimal(3,0)")),
      `F.col("m") / F.lit(0).cast("decimal(3,0)")`,
    ),
    program(
      "try_ variants",
      ({ numbers }) =>
        numbers.select(
          "id",
          tryAdd("i", lit(1)),
          trySubtract("i", lit(1)),
          tryMultiply("l", lit(2)),
          tryDivide("i", lit(0)),
          tryAdd("m", "m"),
        ),
      `numbers.select("id", F.try_add("i", F.lit(1)), F.try_subtract("i", F.lit(1)), F.try_multiply("l", F.lit(2)), F.try_divide("i", F.lit(0)), F.try_add("m", "m"))`,
    ),
    program(
      "doubles without errors",
      ({ numbers }) =>
        numbers
          .filter(col("id").ne(3).and(col("id").ne(8)))
          .select(
            "id",
            col("d").multiply(col("d")),
            col("d").divide(col("f")),
            col("d").minus(col("d")),
            col("f").mod(col("d")),
          ),
      `numbers.filter((F.col("id") != 3) & (F.col("id") != 8)).select("id", F.col("d") * F.col("d"), F.col("d") / F.col("f"), F.col("d") - F.col("d"), F.col("f") % F.col("d"))`,
    ),
    program(
      "rounding",
      (given) =>
        small(given).select(
          "id",
          round("d"),
          round(lit(2.5)),
          bround(lit(2.5)),
          round(lit(-1.005), 2),
          round("m", 1),
          round("i", -1),
          bround("m", 1),
          rint("d"),
          floor("d"),
          ceil("d"),
          floor("m"),
          ceil("m"),
        ),
      `numbers.filter(F.col("id") < 4).select("id", F.round("d"), F.round(F.lit(2.5)), F.bround(F.lit(2.5)), F.round(F.lit(-1.005), 2), F.round("m", 1), F.round("i", -1), F.bround("m", 1), F.rint("d"), F.floor("d"), F.ceil("d"), F.floor("m"), F.ceil("m"))`,
    ),
    program(
      "rounding of edges",
      ({ numbers }) => numbers.select("id", round("f", 1), round("d", -2), round("w", 3), signum("d"), floor("m")),
      `numbers.select("id", F.round("f", 1), F.round("d", -2), F.round("w", 3), F.signum("d"), F.floor("m"))`,
    ),
    program(
      "functions of doubles",
      ({ numbers }) =>
        numbers.select(
          "id",
          sqrt("d"),
          log("d"),
          log10("d"),
          log2("d"),
          log1p("d"),
          cbrt("d").isNotNull(),
          hypot("d", lit(1)).isNotNull(),
        ),
      `numbers.select("id", F.sqrt("d"), F.log("d"), F.log10("d"), F.log2("d"), F.log1p("d"), F.cbrt("d").isNotNull(), F.hypot("d", F.lit(1)).isNotNull())`,
    ),
    program(
      "trigonometry and powers, to ten digits",
      (given) =>
        small(given).select(
          "id",
          ...[
            sin("d"),
            atan2("d", lit(2)),
            cosh("d"),
            tanh("d"),
            degrees("d"),
            radians("d"),
            exp("d"),
            expm1("d"),
            pow("d", lit(3)),
          ].map((value, at) => round(value, 10).as(`v${at}`)),
        ),
      `numbers.filter(F.col("id") < 4).select("id", *[F.round(v, 10).alias(f"v{at}") for at, v in enumerate([F.sin("d"), F.atan2("d", F.lit(2)), F.cosh("d"), F.tanh("d"), F.degrees("d"), F.radians("d"), F.exp("d"), F.expm1("d"), F.pow("d", F.lit(3))])])`,
    ),
    program(
      "remainders",
      ({ spark }) =>
        spark
          .range(-3, 4)
          .select(
            "id",
            col("id").mod(2),
            pmod("id", lit(2)),
            pmod("id", lit(-2)),
            col("id").cast("double").mod(1.5),
            pmod(col("id").cast("decimal(5,2)"), lit(1.5)),
          ),
      `spark.range(-3, 4).select("id", F.col("id") % 2, F.pmod("id", F.lit(2)), F.pmod("id", F.lit(-2)), F.col("id").cast("double") % 1.5, F.pmod(F.col("id").cast("decimal(5,2)"), F.lit(1.5)))`,
      { sorted: true },
    ),
    program(
      "bits",
      ({ numbers }) =>
        numbers.select(
          "id",
          col("i").bitwiseAnd(255),
          col("l").bitwiseOr(1),
          col("s").bitwiseXor(col("t")),
          shiftleft("i", 3),
          shiftright("l", 2),
          shiftrightunsigned("i", 1),
          bitCount("l"),
          bin("l"),
          hex("l"),
        ),
      `numbers.select("id", F.col("i").bitwiseAND(255), F.col("l").bitwiseOR(1), F.col("s").bitwiseXOR(F.col("t")), F.shiftleft("i", 3), F.shiftright("l", 2), F.shiftrightunsigned("i", 1), F.bit_count("l"), F.bin("l"), F.hex("l"))`,
    ),
    program(
      "least and greatest with NaN and null",
      ({ numbers }) =>
        numbers.select("id", greatest("d", "f"), least("d", "f"), greatest("i", "l"), nanvl("d", lit(0)), isnan("d")),
      `numbers.select("id", F.greatest("d", "f"), F.least("d", "f"), F.greatest("i", "l"), F.nanvl("d", F.lit(0)), F.isnan("d"))`,
    ),
    program(
      "others",
      ({ sales }) =>
        sales.select(
          "day",
          factorial("day"),
          conv("day", 10, 2),
          widthBucket("day", lit(0), lit(10), lit(5)),
          negative("day"),
          positive("amount"),
          abs("amount"),
          cot("day").gt(0),
        ),
      `sales.select("day", F.factorial("day"), F.conv("day", 10, 2), F.width_bucket("day", F.lit(0), F.lit(10), F.lit(5)), F.negative("day"), F.positive("amount"), F.abs("amount"), F.cot("day") > 0)`,
    ),
    program(
      "literals",
      ({ spark }) =>
        spark
          .range(1)
          .select(
            lit(2147483647),
            lit(2147483648),
            lit(1.5),
            lit(1e20),
            lit(Decimal.of("1.50")),
            lit([1, 2]),
            lit(9007199254740993n),
          ),
      `spark.range(1).select(F.lit(2147483647), F.lit(2147483648), F.lit(1.5), F.lit(1e20), F.lit(Decimal("1.50")), F.lit([1, 2]), F.lit(9007199254740993))`,
    ),
  ],
};

const operators = [
  ["+", "plus"],
  ["-", "minus"],
  ["*", "multiply"],
  ["/", "divide"],
  ["%", "mod"],
] as const;

export const decimals: Theme = {
  name: "decimals",
  programs: [
    ...operators.map(([sign, method]) =>
      program(
        `${sign} of decimals`,
        ({ prices }) =>
          prices.select(
            "id",
            col("a")[method](col("b")),
            col("b")[method](col("a")),
            col("a")[method](lit(3)),
            col("b")[method](lit(7).cast("decimal(38,2)")),
            col("a")[method](lit(1.5)),
          ),
        `prices.select("id", F.col("a") ${sign} F.col("b"), F.col("b") ${sign} F.col("a"), F.col("a") ${sign} F.lit(3), F.col("b") ${sign} F.lit(7).cast("decimal(38,2)"), F.col("a") ${sign} F.lit(1.5))`,
      ),
    ),
    ...operators
      .slice(0, 3)
      .map(([sign, method]) =>
        program(
          `${sign} of the largest decimals`,
          ({ prices }) => prices.filter(col("id").eq(1)).select(col("c")[method](col("c"))),
          `prices.filter(F.col("id") == 1).select(F.col("c") ${sign} F.col("c"))`,
        ),
      ),
    program(
      "products of many digits",
      ({ prices }) =>
        prices.select(
          "id",
          col("d").multiply(col("d")),
          col("d").plus(col("a")),
          col("c").divide(3),
          col("d").mod(col("b")),
        ),
      `prices.select("id", F.col("d") * F.col("d"), F.col("d") + F.col("a"), F.col("c") / 3, F.col("d") % F.col("b"))`,
    ),
    program(
      "comparison across scales",
      ({ prices }) =>
        prices.select(
          "id",
          col("a").gt(col("b")),
          col("d").lt(col("a")),
          col("c").eq(col("a")),
          col("a").gt(10),
          col("b").eq(0.25),
          col("a").eq("10"),
        ),
      `prices.select("id", F.col("a") > F.col("b"), F.col("d") < F.col("a"), F.col("c") == F.col("a"), F.col("a") > 10, F.col("b") == 0.25, F.col("a") == "10")`,
    ),
    program(
      "rounding of decimals",
      ({ prices }) =>
        prices.select(
          "id",
          round("a"),
          round("a", 1),
          round("a", -2),
          bround("b", 2),
          floor("b"),
          ceil("a"),
          abs("b"),
          negative("a"),
          round("d", 5),
        ),
      `prices.select("id", F.round("a"), F.round("a", 1), F.round("a", -2), F.bround("b", 2), F.floor("b"), F.ceil("a"), F.abs("b"), F.negative("a"), F.round("d", 5))`,
    ),
    program(
      "casts of decimals",
      ({ prices }) =>
        prices.select(
          "id",
          col("a").cast("decimal(12,4)"),
          col("b").cast("decimal(4,1)"),
          col("a").cast("int"),
          col("b").cast("double"),
          col("d").cast("float"),
          col("a").cast("string"),
          col("d").cast("string"),
          col("b").cast("boolean"),
          col("c").cast("string"),
        ),
      `prices.select("id", F.col("a").cast("decimal(12,4)"), F.col("b").cast("decimal(4,1)"), F.col("a").cast("int"), F.col("b").cast("double"), F.col("d").cast("float"), F.col("a").cast("string"), F.col("d").cast("string"), F.col("b").cast("boolean"), F.col("c").cast("string"))`,
    ),
    program(
      "a cast that does not fit",
      ({ prices }) => prices.select(col("a").cast("decimal(5,2)")),
      `prices.select(F.col("a").cast("decimal(5,2)"))`,
    ),
    program(
      "a try_cast that does not fit",
      ({ prices }) => prices.select(col("a").tryCast("decimal(5,2)").as("x")),
      `prices.select(F.col("a").try_cast("decimal(5,2)").alias("x"))`,
    ),
  ],
};
