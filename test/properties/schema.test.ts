import fc from "fast-check";
import { expect, test } from "vitest";
import {
  arrayType,
  bigintType,
  binaryType,
  booleanType,
  type DataType,
  type DayTimeUnit,
  dateType,
  dayTimeIntervalType,
  decimalType,
  doubleType,
  floatType,
  intervalType,
  intType,
  mapType,
  type StructField,
  type StructType,
  smallintType,
  stringType,
  structField,
  structType,
  timestampNtzType,
  timestampType,
  tinyintType,
  variantType,
  voidType,
  yearMonthIntervalType,
} from "../../src/types/data-type.ts";
import { parseDdl, parseType, toDdl } from "../../src/types/ddl.ts";
import type { Metadata } from "../../src/types/metadata.ts";
import { schemaFromJson, schemaToJson } from "../../src/types/schema-json.ts";
import { simpleString, sqlName } from "../../src/types/type-name.ts";

const dayTimeUnits: readonly DayTimeUnit[] = ["day", "hour", "minute", "second"];
const units = fc.tuple(fc.nat(3), fc.nat(3)).map((pair) => pair.toSorted().map((index) => dayTimeUnits[index]!));
const collation = fc.constantFrom("UTF8_LCASE", "UNICODE_CI_AI", "de_AI", "zh_Hant_TWN_RTRIM");

const leaf: fc.Arbitrary<DataType> = fc.oneof(
  fc.constantFrom(booleanType, tinyintType, smallintType, intType, bigintType, floatType, doubleType, stringType),
  fc.constantFrom(binaryType, dateType, timestampType, timestampNtzType, intervalType, variantType, voidType),
  fc.constantFrom(yearMonthIntervalType(), yearMonthIntervalType("month", "month")),
  units.map(([start, end]) => dayTimeIntervalType(start, end)),
  collation.map((collation) => ({ kind: "string", collation }) as const),
  fc.record({ kind: fc.constantFrom("char" as const, "varchar" as const), length: fc.nat() }),
  fc.nat(6).map((precision) => ({ kind: "time", precision }) as const),
  fc.tuple(fc.nat(38), fc.nat(38)).map((pair) => decimalType(Math.max(...pair), Math.min(...pair))),
);

// DDL has no place for what elements may be and for metadata other than comments; JSON has.
const comment: fc.Arbitrary<Metadata> = fc.record({ comment: fc.string({ unit: "binary" }) });
const anyMetadata = fc
  .dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<Metadata[string]>, { minKeys: 1 })
  .map((metadata) => JSON.parse(JSON.stringify(metadata)) as Metadata);

function schemas(metadata: fc.Arbitrary<Metadata>, elements: fc.Arbitrary<boolean>): fc.Arbitrary<StructType> {
  const { struct } = fc.letrec<{ type: DataType; field: StructField; struct: StructType }>((tie) => ({
    type: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      leaf,
      fc.tuple(tie("type"), elements).map((parts) => arrayType(...parts)),
      fc.tuple(tie("type"), tie("type"), elements).map((parts) => mapType(...parts)),
      tie("struct"),
    ),
    field: fc
      .tuple(fc.string({ unit: "binary" }), tie("type"), fc.boolean(), fc.option(metadata, { nil: undefined }))
      .map((parts) => structField(...parts)),
    struct: fc.array(tie("field"), { maxLength: 4 }).map(structType),
  }));
  return struct;
}

const ddlSchemas = schemas(comment, fc.constant(true)).filter((schema) => schema.fields.length > 0);

test("what toDdl writes is parsed back", () => {
  fc.assert(
    fc.property(ddlSchemas, (schema) => {
      expect(parseDdl(toDdl(schema))).toEqual(schema);
    }),
  );
});

test("what sqlName writes is parsed back", () => {
  fc.assert(
    fc.property(ddlSchemas, (schema) => {
      expect(parseType(sqlName(schema))).toEqual(schema);
    }),
  );
});

test("what schemaToJson writes is read back", () => {
  fc.assert(
    fc.property(schemas(anyMetadata, fc.boolean()), (schema) => {
      expect(schemaFromJson(schemaToJson(schema))).toEqual(schema);
    }),
  );
});

test("simpleString is parsed back where names are plain", () => {
  fc.assert(
    fc.property(leaf, (type) => {
      expect(parseType(simpleString(type))).toEqual(type);
    }),
  );
});
