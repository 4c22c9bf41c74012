import { expect, test } from "vitest";
import {
  arrayType,
  bigintType,
  type DataType,
  dayTimeIntervalType,
  decimalType,
  geographyType,
  geometryType,
  intervalType,
  intType,
  mapType,
  smallintType,
  stringType,
  structField,
  structType,
  timestampNtzType,
  tinyintType,
  variantType,
  voidType,
  yearMonthIntervalType,
} from "./data-type.ts";
import { simpleString, sqlName, treeString, typeName } from "./type-name.ts";

const point: DataType = { kind: "udt", name: "org.example.PointUDT", storage: arrayType(bigintType) };
const comment = structType([
  structField("a", intType, false, { comment: "it's" }),
  structField("b c", stringType),
  structField("1a", bigintType),
]);

// Each row is what Spark 4.2 answers to simpleString, sql and typeName of the type.
test.each<[DataType, simple: string, sql: string, json: string]>([
  [tinyintType, "tinyint", "TINYINT", "byte"],
  [smallintType, "smallint", "SMALLINT", "short"],
  [intType, "int", "INT", "integer"],
  [bigintType, "bigint", "BIGINT", "long"],
  [decimalType(10, 2), "decimal(10,2)", "DECIMAL(10,2)", "decimal(10,2)"],
  [stringType, "string", "STRING", "string"],
  [{ kind: "string", collation: "de_CI" }, "string collate de_CI", "STRING COLLATE DE_CI", "string collate de_CI"],
  [{ kind: "char", length: 5 }, "char(5)", "CHAR(5)", "char(5)"],
  [{ kind: "varchar", length: 10 }, "varchar(10)", "VARCHAR(10)", "varchar(10)"],
  [timestampNtzType, "timestamp_ntz", "TIMESTAMP_NTZ", "timestamp_ntz"],
  [{ kind: "time", precision: 3 }, "time(3)", "TIME(3)", "time(3)"],
  [dayTimeIntervalType(), "interval day to second", "INTERVAL DAY TO SECOND", "interval day to second"],
  [dayTimeIntervalType("hour", "hour"), "interval hour", "INTERVAL HOUR", "interval hour"],
  [yearMonthIntervalType(), "interval year to month", "INTERVAL YEAR TO MONTH", "interval year to month"],
  [intervalType, "interval", "INTERVAL", "interval"],
  [variantType, "variant", "VARIANT", "variant"],
  [geometryType(3857), "geometry(3857)", "GEOMETRY(3857)", "geometry"],
  [geographyType("any"), "geography(any)", "GEOGRAPHY(ANY)", "geography"],
  [voidType, "void", "VOID", "void"],
  [arrayType(arrayType(intType)), "array<array<int>>", "ARRAY<ARRAY<INT>>", "array"],
  [mapType(stringType, intType), "map<string,int>", "MAP<STRING, INT>", "map"],
  [structType([]), "struct<>", "STRUCT<>", "struct"],
  [
    comment,
    "struct<a:int,b c:string,1a:bigint>",
    "STRUCT<a: INT NOT NULL COMMENT 'it\\'s', `b c`: STRING, `1a`: BIGINT>",
    "struct",
  ],
  [point, "point", "ARRAY<BIGINT>", "point"],
])("%j is %s, %s and %s", (type, simple, sql, json) => {
  expect([simpleString(type), sqlName(type), typeName(type)]).toEqual([simple, sql, json]);
});

test("treeString is what Spark's printSchema prints", () => {
  const schema = structType([
    structField("a", intType, false),
    structField("b", arrayType(structType([structField("y z", arrayType(arrayType(stringType)))]))),
    structField("m", mapType(stringType, structType([structField("q", decimalType(10, 2), false)]))),
    structField("n\n\tl", tinyintType),
    structField("e", structType([])),
  ]);
  expect(treeString(schema)).toBe(
    [
      "root",
      " |-- a: integer (nullable = false)",
      " |-- b: array (nullable = true)",
      " |    |-- element: struct (containsNull = true)",
      " |    |    |-- y z: array (nullable = true)",
      " |    |    |    |-- element: array (containsNull = true)",
      " |    |    |    |    |-- element: string (containsNull = true)",
      " |-- m: map (nullable = true)",
      " |    |-- key: string",
      " |    |-- value: struct (valueContainsNull = true)",
      " |    |    |-- q: decimal(10,2) (nullable = false)",
      " |-- n\\n\\tl: byte (nullable = true)",
      " |-- e: struct (nullable = true)",
      "",
    ].join("\n"),
  );
});

test("treeString stops at a level", () => {
  const nested = structType([structField("a", structType([structField("b", arrayType(intType))]))]);
  expect(treeString(nested, 1)).toBe("root\n |-- a: struct (nullable = true)\n");
  expect(treeString(nested, 2)).toBe("root\n |-- a: struct (nullable = true)\n |    |-- b: array (nullable = true)\n");
});
