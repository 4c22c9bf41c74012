import { col, lit } from "lakewright";
import {
  createMap,
  fromJson,
  getJsonObject,
  jsonArrayLength,
  jsonObjectKeys,
  jsonTuple,
  namedStruct,
  schemaOfJson,
  struct,
  toJson,
} from "lakewright/functions";
import { program, type Theme } from "../program.ts";

export const json: Theme = {
  name: "JSON text",
  programs: [
    program(
      "paths",
      ({ documents }) =>
        documents.select(
          "id",
          getJsonObject("text", "$.a"),
          getJsonObject("text", "$.c[1]"),
          getJsonObject("text", "$.d.e"),
          getJsonObject("text", "$.c[*]"),
          getJsonObject("text", "$"),
          getJsonObject("text", "$['b']"),
        ),
      `documents.select("id", F.get_json_object("text", "$.a"), F.get_json_object("text", "$.c[1]"), F.get_json_object("text", "$.d.e"), F.get_json_object("text", "$.c[*]"), F.get_json_object("text", "$"), F.get_json_object("text", "$['b']"))`,
    ),
    program(
      "structs",
      ({ documents }) =>
        documents.select("id", fromJson("text", "a INT, b STRING, c ARRAY<DOUBLE>, d STRUCT<e: BOOLEAN>").as("j")),
      `documents.select("id", F.from_json("text", "a INT, b STRING, c ARRAY<DOUBLE>, d STRUCT<e: BOOLEAN>").alias("j"))`,
    ),
    program(
      "other types",
      ({ documents }) =>
        documents.select(
          "id",
          fromJson("text", "MAP<STRING, STRING>").as("m"),
          fromJson("text", "ARRAY<INT>").as("a"),
          fromJson("text", "a BIGINT, _corrupt_record STRING").as("c"),
        ),
      `documents.select("id", F.from_json("text", "MAP<STRING, STRING>").alias("m"), F.from_json("text", "ARRAY<INT>").alias("a"), F.from_json("text", "a BIGINT, _corrupt_record STRING").alias("c"))`,
    ),
    program(
      "failing fast",
      ({ documents }) => documents.select(fromJson("text", "a INT", createMap(lit("mode"), lit("FAILFAST")))),
      `documents.select(F.from_json("text", "a INT", {"mode": "FAILFAST"}))`,
    ),
    program(
      "lengths and keys",
      ({ documents }) => documents.select("id", jsonArrayLength("text"), jsonObjectKeys("text")),
      `documents.select("id", F.json_array_length("text"), F.json_object_keys("text"))`,
    ),
    program(
      "tuples",
      ({ documents }) => documents.select("id", jsonTuple("text", "a", "b")),
      `documents.select("id", F.json_tuple("text", "a", "b"))`,
    ),
    program(
      "writing",
      ({ nested }) =>
        nested.select("id", toJson("place"), toJson("tags"), toJson("orders"), toJson(struct("id", "words"))),
      `nested.select("id", F.to_json("place"), F.to_json("tags"), F.to_json("orders"), F.to_json(F.struct("id", "words")))`,
    ),
    program(
      "writing numbers and moments",
      ({ numbers, moments }) =>
        numbers.join(moments, "id").select(toJson(struct("t", "l", "f", "d", "m", "w", "at", "day", "wall"))),
      `numbers.join(moments, "id").select(F.to_json(F.struct("t", "l", "f", "d", "m", "w", "at", "day", "wall")))`,
    ),
    program(
      "inferring",
      ({ spark }) => spark.range(1).select(schemaOfJson(lit('{"a": 1, "b": [1.5, null], "c": {"d": "x"}}'))),
      `spark.range(1).select(F.schema_of_json(F.lit('{"a": 1, "b": [1.5, null], "c": {"d": "x"}}')))`,
    ),
    program(
      "there and back",
      ({ nested }) =>
        nested.select(
          fromJson(
            toJson(namedStruct(lit("p"), col("place"), lit("i"), col("items"))),
            "p STRUCT<city: STRING, zip: INT>, i ARRAY<INT>",
          ).as("back"),
        ),
      `nested.select(F.from_json(F.to_json(F.named_struct(F.lit("p"), F.col("place"), F.lit("i"), F.col("items"))), "p STRUCT<city: STRING, zip: INT>, i ARRAY<INT>").alias("back"))`,
    ),
  ],
};
