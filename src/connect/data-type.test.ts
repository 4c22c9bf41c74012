import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { intType, type StructType, stringType, structField, structType } from "../types/data-type.ts";
import { parseType } from "../types/ddl.ts";
import { decodeSchemaText, decodeType, encodeSchemaText, encodeType } from "./data-type.ts";
import { DataTypeSchema } from "./generated/spark/connect/types_pb.ts";

test.each([
  ..."VOID BOOLEAN TINYINT SMALLINT INT BIGINT FLOAT DOUBLE STRING BINARY DATE TIMESTAMP TIMESTAMP_NTZ".split(" "),
  ...[
    "INTERVAL",
    "VARIANT",
    "TIME(0)",
    "TIME(6)",
    "DECIMAL(38,18)",
    "CHAR(5)",
    "VARCHAR(9)",
    "STRING COLLATE UNICODE_CI",
  ],
  ...["INTERVAL DAY", "INTERVAL HOUR TO SECOND", "INTERVAL YEAR", "INTERVAL YEAR TO MONTH"],
  ...["GEOMETRY(0)", "GEOMETRY(ANY)", "GEOGRAPHY(4326)", "GEOGRAPHY(ANY)"],
  ...["ARRAY<MAP<STRING, ARRAY<INT>>>", "STRUCT<a: INT NOT NULL COMMENT 'x', `b c`: STRUCT<d: DATE>>"],
])("%s", (ddl) => {
  const type = parseType(ddl);
  const message = create(DataTypeSchema, encodeType(type));
  expect(decodeType(fromBinary(DataTypeSchema, toBinary(DataTypeSchema, message)))).toEqual(type);
});

test("a vector is a type of Spark's library", () => {
  const type = { kind: "udt", name: "vector", storage: structType([structField("size", intType)]) } as const;
  const message = create(DataTypeSchema, encodeType(type));
  expect(message.kind).toMatchObject({ case: "udt", value: { jvmClass: "org.apache.spark.ml.linalg.VectorUDT" } });
  expect(decodeType(message)).toEqual(type);
});

test("a type as text is read", () => {
  const message = create(DataTypeSchema, { kind: { case: "unparsed", value: { dataTypeString: "array<int>" } } });
  expect(decodeType(message)).toEqual(parseType("ARRAY<INT>"));
});

test("a coordinate system that there is not is refused, and so is no type", () => {
  const shape = create(DataTypeSchema, { kind: { case: "geography", value: { srid: 3857 } } });
  expect(() => decodeType(shape)).toThrow("ST_INVALID_SRID_VALUE");
  expect(() => decodeType(create(DataTypeSchema))).toThrow("a data type is missing");
});

test("a schema as text is JSON or DDL", () => {
  const schema: StructType = structType([
    structField("a", intType, false, { comment: "x" }),
    structField("b", stringType),
  ]);
  expect(decodeSchemaText(encodeSchemaText(schema))).toEqual(schema);
  expect(decodeSchemaText("a INT NOT NULL COMMENT 'x', b STRING")).toEqual(schema);
  expect(decodeSchemaText("struct<a: int, b: string>").fields.map(({ name }) => name)).toEqual(["a", "b"]);
});
