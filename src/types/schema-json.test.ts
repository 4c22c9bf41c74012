import { describe, expect, test } from "vitest";
import { ParseError, UnsupportedError } from "../errors.ts";
import { arrayType, bigintType, doubleType, intType, structField, structType, tinyintType } from "./data-type.ts";
import { parseDdl } from "./ddl.ts";
import { schemaFromJson, schemaToJson, typeFromJson, typeToJson } from "./schema-json.ts";
import { sqlName } from "./type-name.ts";

const field = (type: string, metadata = "{}"): string =>
  `{"type":"struct","fields":[{"name":"a","type":${type},"nullable":true,"metadata":${metadata}}]}`;

// What Spark 4.2's StructType.json gives for the schema of a DDL string.
test.each([
  [
    "user STRING NOT NULL COMMENT 'x', amount DECIMAL(10, 2), tags ARRAY<STRING>, s STRUCT<a: INT>, m MAP<STRING,INT>, i INTERVAL DAY TO SECOND",
    '{"type":"struct","fields":[{"name":"user","type":"string","nullable":false,"metadata":{"comment":"x"}},{"name":"amount","type":"decimal(10,2)","nullable":true,"metadata":{}},{"name":"tags","type":{"type":"array","elementType":"string","containsNull":true},"nullable":true,"metadata":{}},{"name":"s","type":{"type":"struct","fields":[{"name":"a","type":"integer","nullable":true,"metadata":{}}]},"nullable":true,"metadata":{}},{"name":"m","type":{"type":"map","keyType":"string","valueType":"integer","valueContainsNull":true},"nullable":true,"metadata":{}},{"name":"i","type":"interval day to second","nullable":true,"metadata":{}}]}',
  ],
  [
    "a STRUCT<b: STRING COLLATE UTF8_LCASE, c: ARRAY<STRING COLLATE UNICODE>>",
    '{"type":"struct","fields":[{"name":"a","type":{"type":"struct","fields":[{"name":"b","type":"string","nullable":true,"metadata":{"__COLLATIONS":{"b":"spark.UTF8_LCASE"}}},{"name":"c","type":{"type":"array","elementType":"string","containsNull":true},"nullable":true,"metadata":{"__COLLATIONS":{"c.element":"icu.UNICODE"}}}]},"nullable":true,"metadata":{}}]}',
  ],
  [
    "m MAP<STRING COLLATE UTF8_LCASE, ARRAY<STRING COLLATE de_CI>>",
    '{"type":"struct","fields":[{"name":"m","type":{"type":"map","keyType":"string","valueType":{"type":"array","elementType":"string","containsNull":true},"valueContainsNull":true},"nullable":true,"metadata":{"__COLLATIONS":{"m.key":"spark.UTF8_LCASE","m.value.element":"icu.de_CI"}}}]}',
  ],
  [
    "c CHAR(3), v VARCHAR(4), t TIME, n VOID, x VARIANT, ts TIMESTAMP, tn TIMESTAMP_NTZ, b BYTE, ci INTERVAL",
    '{"type":"struct","fields":[{"name":"c","type":"char(3)","nullable":true,"metadata":{}},{"name":"v","type":"varchar(4)","nullable":true,"metadata":{}},{"name":"t","type":"time(6)","nullable":true,"metadata":{}},{"name":"n","type":"void","nullable":true,"metadata":{}},{"name":"x","type":"variant","nullable":true,"metadata":{}},{"name":"ts","type":"timestamp","nullable":true,"metadata":{}},{"name":"tn","type":"timestamp_ntz","nullable":true,"metadata":{}},{"name":"b","type":"byte","nullable":true,"metadata":{}},{"name":"ci","type":"interval","nullable":true,"metadata":{}}]}',
  ],
  [
    "a GEOMETRY(4326), b GEOMETRY(ANY), c GEOMETRY(0), d GEOMETRY(3857), e GEOGRAPHY(4326), f GEOGRAPHY(ANY), g GEOMETRY(4267)",
    '{"type":"struct","fields":[{"name":"a","type":"geometry(OGC:CRS84)","nullable":true,"metadata":{}},{"name":"b","type":"geometry(SRID:ANY)","nullable":true,"metadata":{}},{"name":"c","type":"geometry(SRID:0)","nullable":true,"metadata":{}},{"name":"d","type":"geometry(EPSG:3857)","nullable":true,"metadata":{}},{"name":"e","type":"geography(OGC:CRS84, SPHERICAL)","nullable":true,"metadata":{}},{"name":"f","type":"geography(SRID:ANY, SPHERICAL)","nullable":true,"metadata":{}},{"name":"g","type":"geometry(OGC:CRS27)","nullable":true,"metadata":{}}]}',
  ],
])("%s both ways", (ddl, json) => {
  expect(schemaToJson(parseDdl(ddl))).toBe(json);
  expect(schemaFromJson(json)).toEqual(parseDdl(ddl));
});

// The JSON of VectorUDT in Spark ML.
test("a vector keeps its classes", () => {
  const json =
    '{"type":"udt","class":"org.apache.spark.ml.linalg.VectorUDT","pyClass":"pyspark.ml.linalg.VectorUDT","sqlType":{"type":"struct","fields":[{"name":"type","type":"byte","nullable":false,"metadata":{}},{"name":"size","type":"integer","nullable":true,"metadata":{}},{"name":"indices","type":{"type":"array","elementType":"integer","containsNull":false},"nullable":true,"metadata":{}},{"name":"values","type":{"type":"array","elementType":"double","containsNull":false},"nullable":true,"metadata":{}}]}}';
  const storage = structType([
    structField("type", tinyintType, false),
    structField("size", intType),
    structField("indices", arrayType(intType, false)),
    structField("values", arrayType(doubleType, false)),
  ]);
  expect(typeFromJson(json)).toEqual({ kind: "udt", name: "vector", storage });
  expect(JSON.stringify(typeToJson({ kind: "udt", name: "vector", storage }))).toBe(json);
});

test("an unknown user-defined type is read by its class and refused when it is written", () => {
  const json = '{"type":"udt","pyClass":"shop.Point","serializedClass":"abc","sqlType":"long"}';
  const type = typeFromJson(json);
  expect(type).toEqual({ kind: "udt", name: "shop.Point", storage: bigintType });
  expect(() => typeToJson(type)).toThrow(UnsupportedError);
});

// What Spark 4.2's DataType.fromJson reads them as.
test.each([
  ['"decimal"', "DECIMAL(10,0)"],
  ['"decimal( 10,2 )"', "DECIMAL(10,2)"],
  ['"null"', "VOID"],
  ['"timestamp_ltz"', "TIMESTAMP"],
  ['"char( 3 )"', "CHAR(3)"],
  ['"time(6)"', "TIME(6)"],
  ['"interval minute to second"', "INTERVAL MINUTE TO SECOND"],
  ['"string  collate  unicode_ci"', "STRING COLLATE UNICODE_CI"],
  ['{"type":"struct","fields":[{"name":"a","type":"long"}]}', "STRUCT<a: BIGINT>"],
  ['"geometry"', "GEOMETRY(4326)"],
  ['"geometry( EPSG:4326 )"', "GEOMETRY(4326)"],
  ['"geometry(ESRI:102100)"', "GEOMETRY(102100)"],
  ['"geometry(srid:any)"', "GEOMETRY(ANY)"],
  ['"geography(EPSG:4267)"', "GEOGRAPHY(4267)"],
  ['"geography(spherical)"', "GEOGRAPHY(4326)"],
  [field('"string"', '{"__COLLATIONS":{"a":"spark.UNICODE"}}'), "STRUCT<a: STRING COLLATE UNICODE>"],
  [field('"string"', '{"__COLLATIONS":{"b":"icu.UNICODE"}}'), "STRUCT<a: STRING>"],
])("%s is %s", (json, sql) => {
  expect(sqlName(typeFromJson(json))).toBe(sql);
});

test("metadata is kept", () => {
  const metadata = { comment: "c", n: 1, d: 1.5, l: [1, 2], s: ["x"], o: { p: null }, b: true };
  const schema = schemaFromJson(field('"string"', JSON.stringify(metadata)));
  expect(schema.fields[0]?.metadata).toEqual(metadata);
  expect(schemaToJson(schema)).toBe(field('"string"', JSON.stringify(metadata)));
});

describe("errors", () => {
  const condition = (json: string): string | undefined => {
    try {
      schemaFromJson(json);
    } catch (error) {
      if (error instanceof ParseError) return error.condition;
      throw error;
    }
    throw new Error(`${json} was read`);
  };

  // What Spark 4.2 refuses them with.
  test.each([
    "1",
    '{"type":"struct","fields":{}}',
    '{"type":"struct","fields":[{"type":"long"}]}',
    '{"type":"struct","fields":[{"name":"a","type":"long","metadata":{}}]}',
    ...[
      '"int"',
      '"Integer"',
      '"time"',
      '"time(7)"',
      '"interval  day"',
      '"interval second to day"',
      '"geometry()"',
      '"geometry(4326)"',
      '"geometry(any)"',
      '"Geometry(SRID:0)"',
      '"geometry(OGC:CRS84, SPHERICAL)"',
      "[]",
    ].map((type) => field(type)),
    field('{"type":"array","elementType":"integer"}'),
    field('{"type":"map","keyType":"long","valueType":"long","valueContainsNull":true,"x":1}'),
    field('"long"', "null"),
    field('{"type":"constructor"}'),
  ])("%s is INVALID_JSON_DATA_TYPE", (json) => {
    expect(condition(json)).toBe("INVALID_JSON_DATA_TYPE");
  });

  test.each([
    [field('"long"', '{"__COLLATIONS":{"a":"icu.UNICODE"}}'), "INVALID_JSON_DATA_TYPE_FOR_COLLATIONS"],
    [field('"string"', '{"__COLLATIONS":{"a":"icu.nope"}}'), "COLLATION_INVALID_NAME"],
    [field('"geometry(EPSG:1)"'), "ST_INVALID_CRS_VALUE"],
    [field('"geography(EPSG:3857)"'), "ST_INVALID_CRS_VALUE"],
    [field('"geography(OGC:CRS84, VINCENTY)"'), "ST_INVALID_ALGORITHM_VALUE"],
    [field('"decimal(39,0)"'), "DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION"],
  ])("%s is %s", (json, expected) => {
    expect(condition(json)).toBe(expected);
  });

  test("text that is no JSON, a type that is no struct and numbers that would change are refused", () => {
    expect(() => schemaFromJson("{")).toThrow(/not JSON/);
    expect(() => schemaFromJson('"long"')).toThrow(/a struct, but the JSON is that of long/);
    expect(() => schemaFromJson(field('"long"', '{"n":9007199254740993}'))).toThrow(/9007199254740993/);
  });
});
