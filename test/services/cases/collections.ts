import { col, lit } from "lakewright";
import {
  aggregate,
  array,
  arrayAppend,
  arrayCompact,
  arrayContains,
  arrayDistinct,
  arrayExcept,
  arrayInsert,
  arrayIntersect,
  arrayJoin,
  arrayMax,
  arrayMin,
  arrayPosition,
  arrayRemove,
  arrayRepeat,
  arraySort,
  arraysOverlap,
  arraysZip,
  arrayUnion,
  concat,
  createMap,
  elementAt,
  exists,
  explode,
  explodeOuter,
  filter,
  flatten,
  forall,
  get,
  inline,
  inlineOuter,
  mapConcat,
  mapContainsKey,
  mapEntries,
  mapFilter,
  mapFromArrays,
  mapFromEntries,
  mapKeys,
  mapValues,
  mapZipWith,
  namedStruct,
  posexplode,
  posexplodeOuter,
  reverse,
  sequence,
  size,
  slice,
  sortArray,
  split,
  stack,
  struct,
  transform,
  transformKeys,
  transformValues,
  zipWith,
} from "lakewright/functions";
import { program, type Theme } from "../program.ts";

export const generators: Theme = {
  name: "generators",
  programs: [
    program(
      "explode an array",
      ({ nested }) => nested.select("id", explode("items")),
      `nested.select("id", F.explode("items"))`,
    ),
    program(
      "explode a map",
      ({ nested }) => nested.select("id", explode("tags")),
      `nested.select("id", F.explode("tags"))`,
    ),
    program(
      "explode_outer with a name",
      ({ nested }) => nested.select("id", explodeOuter("words").as("word")),
      `nested.select("id", F.explode_outer("words").alias("word"))`,
    ),
    program(
      "posexplode",
      ({ nested }) => nested.select("id", posexplode("items").as("at", "item")),
      `nested.select("id", F.posexplode("items").alias("at", "item"))`,
    ),
    program(
      "posexplode_outer of a map",
      ({ nested }) => nested.select("id", posexplodeOuter("tags")),
      `nested.select("id", F.posexplode_outer("tags"))`,
    ),
    program("inline", ({ nested }) => nested.select("id", inline("orders")), `nested.select("id", F.inline("orders"))`),
    program(
      "inline_outer",
      ({ nested }) => nested.select("id", inlineOuter("orders")),
      `nested.select("id", F.inline_outer("orders"))`,
    ),
    program(
      "stack",
      ({ users }) =>
        users.select(
          "user",
          stack(lit(2), lit("age"), col("age"), lit("twice"), col("age").multiply(2)).as("what", "value"),
        ),
      `users.select("user", F.stack(F.lit(2), F.lit("age"), F.col("age"), F.lit("twice"), F.col("age") * 2).alias("what", "value"))`,
    ),
    program(
      "explode of what split makes",
      ({ texts }) => texts.withColumn("word", explode(split("text", "[ ,]"))).select("id", "word"),
      `texts.withColumn("word", F.explode(F.split("text", "[ ,]"))).select("id", "word")`,
    ),
    program("explode of a number", ({ users }) => users.select(explode("age")), `users.select(F.explode("age"))`),
    program(
      "two generators",
      ({ nested }) => nested.select(explode("items"), explode("words")),
      `nested.select(F.explode("items"), F.explode("words"))`,
    ),
    program(
      "a generator inside",
      ({ nested }) => nested.select(explode("items").plus(1)),
      `nested.select(F.explode("items") + 1)`,
    ),
  ],
};

export const collections: Theme = {
  name: "arrays, maps and structs",
  programs: [
    program(
      "sizes and elements",
      ({ nested }) =>
        nested.select(
          "id",
          size("items"),
          size("tags"),
          get("items", lit(1)),
          elementAt("tags", "y"),
          arrayContains("items", 1),
          arrayPosition("items", 1),
        ),
      `nested.select("id", F.size("items"), F.size("tags"), F.get("items", F.lit(1)), F.element_at("tags", "y"), F.array_contains("items", 1), F.array_position("items", 1))`,
    ),
    program(
      "an element beyond the end",
      ({ nested }) => nested.select(elementAt("items", 9)),
      `nested.select(F.element_at("items", 9))`,
    ),
    program(
      "an item beyond the end",
      ({ nested }) => nested.select(col("items").getItem(9)),
      `nested.select(F.col("items").getItem(9))`,
    ),
    program(
      "sorting",
      ({ nested }) =>
        nested.select(
          "id",
          arraySort("items").as("a"),
          sortArray("items").as("b"),
          sortArray("words", false).as("c"),
          reverse("items").as("d"),
          arrayMin("items"),
          arrayMax("words"),
        ),
      `nested.select("id", F.array_sort("items").alias("a"), F.sort_array("items").alias("b"), F.sort_array("words", False).alias("c"), F.reverse("items").alias("d"), F.array_min("items"), F.array_max("words"))`,
    ),
    program(
      "sets",
      ({ nested }) =>
        nested.select(
          "id",
          arrayDistinct("items").as("a"),
          arrayUnion("items", array(lit(2), lit(7))).as("b"),
          arrayIntersect("items", array(lit(1), lit(5), lit(null).cast("int"))).as("c"),
          arrayExcept("items", array(lit(1))).as("d"),
          arraysOverlap("items", array(lit(9))).as("e"),
        ),
      `nested.select("id", F.array_distinct("items").alias("a"), F.array_union("items", F.array(F.lit(2), F.lit(7))).alias("b"), F.array_intersect("items", F.array(F.lit(1), F.lit(5), F.lit(None).cast("int"))).alias("c"), F.array_except("items", F.array(F.lit(1))).alias("d"), F.arrays_overlap("items", F.array(F.lit(9))).alias("e"))`,
    ),
    program(
      "changing",
      ({ nested }) =>
        nested.select(
          "id",
          arrayAppend("items", 9).as("a"),
          arrayRemove("items", 1).as("b"),
          arrayInsert("items", 2, 0).as("c"),
          arrayCompact("items").as("d"),
          slice("items", 2, 2).as("e"),
          arrayRepeat("id", 2).as("f"),
          concat("items", "items").as("g"),
          arrayJoin("words", "-", "?").as("h"),
        ),
      `nested.select("id", F.array_append("items", 9).alias("a"), F.array_remove("items", 1).alias("b"), F.array_insert("items", 2, 0).alias("c"), F.array_compact("items").alias("d"), F.slice("items", 2, 2).alias("e"), F.array_repeat("id", 2).alias("f"), F.concat("items", "items").alias("g"), F.array_join("words", "-", "?").alias("h"))`,
    ),
    program(
      "nesting",
      ({ nested }) =>
        nested.select(
          "id",
          flatten(array("items", "items")).as("a"),
          arraysZip("items", "words").as("b"),
          sequence(lit(1), col("id")).as("c"),
          sequence(col("id"), lit(1), lit(-1)).as("d"),
        ),
      `nested.select("id", F.flatten(F.array("items", "items")).alias("a"), F.arrays_zip("items", "words").alias("b"), F.sequence(F.lit(1), F.col("id")).alias("c"), F.sequence(F.col("id"), F.lit(1), F.lit(-1)).alias("d"))`,
    ),
    program(
      "transform and filter",
      ({ nested }) =>
        nested.select(
          "id",
          transform("items", (x) => x.plus(1)).as("a"),
          transform("items", (x, i) => x.multiply(i)).as("b"),
          filter("items", (x) => x.gt(1)).as("c"),
          exists("items", (x) => x.gt(2)).as("d"),
          forall("items", (x) => x.gt(0)).as("e"),
        ),
      `nested.select("id", F.transform("items", lambda x: x + 1).alias("a"), F.transform("items", lambda x, i: x * i).alias("b"), F.filter("items", lambda x: x > 1).alias("c"), F.exists("items", lambda x: x > 2).alias("d"), F.forall("items", lambda x: x > 0).alias("e"))`,
    ),
    program(
      "aggregate and zip",
      ({ nested }) =>
        nested.select(
          "id",
          aggregate("items", lit(0), (sum, x) => sum.plus(x)).as("a"),
          zipWith("items", "items", (x, y) => x.multiply(y)).as("b"),
          transform("orders", (o) => o.getField("qty")).as("c"),
        ),
      `nested.select("id", F.aggregate("items", F.lit(0), lambda sum, x: sum + x).alias("a"), F.zip_with("items", "items", lambda x, y: x * y).alias("b"), F.transform("orders", lambda o: o.getField("qty")).alias("c"))`,
    ),
    program(
      "lambdas inside lambdas and outer columns",
      ({ nested }) =>
        nested.select(
          "id",
          transform("items", (x) => aggregate("items", lit(0), (sum, y) => sum.plus(y.multiply(x)).plus(col("id")))).as(
            "a",
          ),
        ),
      `nested.select("id", F.transform("items", lambda x: F.aggregate("items", F.lit(0), lambda sum, y: sum + y * x + F.col("id"))).alias("a"))`,
    ),
    program(
      "array_sort with a comparator",
      ({ nested }) => nested.select("id", arraySort("items", (x, y) => y.minus(x)).as("a")).filter(col("id").ne(2)),
      `nested.select("id", F.array_sort("items", lambda x, y: y - x).alias("a")).filter(F.col("id") != 2)`,
    ),
    program(
      "maps",
      ({ nested }) =>
        nested.select(
          "id",
          mapKeys("tags"),
          mapValues("tags"),
          mapEntries("tags"),
          mapContainsKey("tags", "x"),
          col("tags").getItem("x"),
          col("tags").getItem("none"),
        ),
      `nested.select("id", F.map_keys("tags"), F.map_values("tags"), F.map_entries("tags"), F.map_contains_key("tags", "x"), F.col("tags").getItem("x"), F.col("tags").getItem("none"))`,
    ),
    program(
      "making maps",
      ({ nested }) =>
        nested.select(
          "id",
          createMap(lit("id"), "id").as("a"),
          mapFromArrays(array(lit("k"), lit("l")), array("id", lit(2))).as("b"),
          mapConcat("tags", createMap(lit("z"), lit(3))).as("c"),
          mapFromEntries(array(struct(lit("k"), col("id")))).as("d"),
        ),
      `nested.select("id", F.create_map(F.lit("id"), "id").alias("a"), F.map_from_arrays(F.array(F.lit("k"), F.lit("l")), F.array("id", F.lit(2))).alias("b"), F.map_concat("tags", F.create_map(F.lit("z"), F.lit(3))).alias("c"), F.map_from_entries(F.array(F.struct(F.lit("k"), F.col("id")))).alias("d"))`,
    ),
    program(
      "functions over maps",
      ({ nested }) =>
        nested.select(
          "id",
          mapFilter("tags", (_k, v) => v.gt(1)).as("a"),
          transformKeys("tags", (k, _v) => concat(k, lit("!"))).as("b"),
          transformValues("tags", (_k, v) => v.plus(1)).as("c"),
          mapZipWith("tags", "tags", (_k, v, w) => v.plus(w)).as("d"),
        ),
      `nested.select("id", F.map_filter("tags", lambda k, v: v > 1).alias("a"), F.transform_keys("tags", lambda k, v: F.concat(k, F.lit("!"))).alias("b"), F.transform_values("tags", lambda k, v: v + 1).alias("c"), F.map_zip_with("tags", "tags", lambda k, v, w: v + w).alias("d"))`,
    ),
    program(
      "a map key twice",
      ({ nested }) => nested.select(mapConcat("tags", "tags")),
      `nested.select(F.map_concat("tags", "tags"))`,
    ),
    program(
      "structs",
      ({ nested }) =>
        nested.select(
          "id",
          struct("id", "place.city", col("items").as("list")).as("a"),
          namedStruct(lit("x"), col("id"), lit("y"), lit(null)).as("b"),
          col("place.city"),
          col("orders.sku"),
        ),
      `nested.select("id", F.struct("id", "place.city", F.col("items").alias("list")).alias("a"), F.named_struct(F.lit("x"), F.col("id"), F.lit("y"), F.lit(None)).alias("b"), F.col("place.city"), F.col("orders.sku"))`,
    ),
    program(
      "equality of nested values",
      ({ nested }) =>
        nested.select(
          "id",
          col("place")
            .eq(struct(lit("Zürich").as("city"), lit(8001).as("zip")))
            .as("a"),
          col("items")
            .eqNullSafe(array(lit(null).cast("int"), lit(5)))
            .as("b"),
          col("items")
            .lt(array(lit(3), lit(2)))
            .as("c"),
        ),
      `nested.select("id", (F.col("place") == F.struct(F.lit("Zürich").alias("city"), F.lit(8001).alias("zip"))).alias("a"), F.col("items").eqNullSafe(F.array(F.lit(None).cast("int"), F.lit(5))).alias("b"), (F.col("items") < F.array(F.lit(3), F.lit(2))).alias("c"))`,
    ),
    program(
      "generated names",
      ({ nested }) =>
        nested
          .select(
            array("id", lit(1)),
            struct("id", "items"),
            transform("items", (x) => x.plus(1)),
            createMap(lit("a"), "id"),
            sequence(lit(1), lit(2)),
            elementAt("tags", "x"),
            size("items"),
          )
          .limit(1),
      `nested.select(F.array("id", F.lit(1)), F.struct("id", "items"), F.transform("items", lambda x: x + 1), F.create_map(F.lit("a"), "id"), F.sequence(F.lit(1), F.lit(2)), F.element_at("tags", "x"), F.size("items")).limit(1)`,
    ),
  ],
};
