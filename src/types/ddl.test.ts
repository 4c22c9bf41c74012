import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ParseError } from "../errors.ts";
import { arrayType, geographyType, geometryType } from "./data-type.ts";
import { parseDdl, parseType, toDdl } from "./ddl.ts";
import { schemaFromJson } from "./schema-json.ts";
import { simpleString } from "./type-name.ts";

const failure = (parse: (text: string) => unknown, text: string): ParseError => {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof ParseError) return error;
    throw error;
  }
  throw new Error(`${text} was parsed`);
};

// What Spark 4.2's parseDataType gives, as simpleString.
test.each([
  ["boolean", "boolean"],
  ["byte", "tinyint"],
  ["short", "smallint"],
  ["integer", "int"],
  ["long", "bigint"],
  ["real", "float"],
  ["decimal", "decimal(10,0)"],
  ["dec(5)", "decimal(5,0)"],
  ["numeric( 10 , 2 )", "decimal(10,2)"],
  ["string collate utf8_lcase", "string collate UTF8_LCASE"],
  ["string collate EN_usa_ai_ci", "string collate en_USA_CI_AI"],
  ["string collate en_USA_RTRIM_CI", "string collate en_USA_CI_RTRIM"],
  ["string collate unicode_cs_as", "string collate UNICODE"],
  ["string collate system.builtin.unicode", "string collate UNICODE"],
  ["string collate UTF8_BINARY", "string"],
  ["character(5)", "char(5)"],
  ["varchar(10)", "varchar(10)"],
  ["timestamp_ltz", "timestamp"],
  ["timestamp without time zone", "timestamp_ntz"],
  ["timestamp with local time zone", "timestamp"],
  ["time", "time(6)"],
  ["time(3) without time zone", "time(3)"],
  ["interval", "interval"],
  ["interval hour to second", "interval hour to second"],
  ["interval year to month", "interval year to month"],
  ["interval month", "interval month"],
  ["void", "void"],
  ["VARIANT", "variant"],
  ["struct<>", "struct<>"],
  ["ARRAY<STRUCT<x: INT, Y MAP<STRING, DOUBLE>>>", "array<struct<x:int,Y:map<string,double>>>"],
  ["array < array<int>> -- comment", "array<array<int>>"],
  ["int /* a /* nested */ comment */", "int"],
])("the type %s is %s", (text, name) => {
  expect(simpleString(parseType(text))).toBe(name);
});

// What Spark 4.2's parseTableSchema gives, as JSON and as DDL.
test.each([
  [
    "a INT NOT NULL, b STRING COMMENT 'x' , c struct<x int comment 'y',y:int NOT NULL>",
    '[{"name":"a","type":"integer","nullable":false,"metadata":{}},{"name":"b","type":"string","nullable":true,"metadata":{"comment":"x"}},{"name":"c","type":{"type":"struct","fields":[{"name":"x","type":"integer","nullable":true,"metadata":{"comment":"y"}},{"name":"y","type":"integer","nullable":false,"metadata":{}}]},"nullable":true,"metadata":{}}]',
    "a INT NOT NULL,b STRING COMMENT 'x',c STRUCT<x: INT COMMENT 'y', y: INT NOT NULL>",
  ],
  ["`a``b` int, `c.d` long, 1a date, select int, `` byte, é int", undefined, "INVALID_IDENTIFIER"],
  [
    "`a``b` int, `c.d` long, 1a date, select int, `` byte",
    '[{"name":"a`b","type":"integer","nullable":true,"metadata":{}},{"name":"c.d","type":"long","nullable":true,"metadata":{}},{"name":"1a","type":"date","nullable":true,"metadata":{}},{"name":"select","type":"integer","nullable":true,"metadata":{}},{"name":"","type":"byte","nullable":true,"metadata":{}}]',
    "`a``b` INT,`c.d` BIGINT,`1a` DATE,select INT,`` TINYINT",
  ],
  [
    "a int !null,b map<int,int>comment'x', time time, a\u00a0decimal(10,2)\u3000not null",
    '[{"name":"a","type":"integer","nullable":false,"metadata":{}},{"name":"b","type":{"type":"map","keyType":"integer","valueType":"integer","valueContainsNull":true},"nullable":true,"metadata":{"comment":"x"}},{"name":"time","type":"time(6)","nullable":true,"metadata":{}},{"name":"a","type":"decimal(10,2)","nullable":false,"metadata":{}}]',
    "a INT NOT NULL,b MAP<INT, INT> COMMENT 'x',time TIME(6),a DECIMAL(10,2) NOT NULL",
  ],
])("the schema %s", (text, fields, ddl) => {
  if (fields === undefined) return expect(failure(parseDdl, text).condition).toBe(ddl);
  expect(parseDdl(text)).toEqual(schemaFromJson(`{"type":"struct","fields":${fields}}`));
  expect(toDdl(parseDdl(text))).toBe(ddl);
});

// What Spark 4.2 takes a literal to mean.
test.each([
  [String.raw`'\t\n\r\b\0\Z\\\'\"\%\_\a\x'`, "\t\n\r\b\0\u001A\\'\"\\%\\_ax"],
  [String.raw`'\u0041\U00000042\101\u00'`, "ABAu00"],
  [String.raw`'\60\400\8'`, "604008"],
  [String.raw`'\141\377'`, "a377"],
  [String.raw`R'\n'`, "\\n"],
  ["r'it''s'", "its"],
  ["'it''s'", "it's"],
  [`'a' "b" 'c'`, "abc"],
  [`"a""b"`, 'a"b'],
  [String.raw`'\ud83d\ude00 \U0001F600'`, "😀 😀"],
])("the literal %s", (literal, comment) => {
  expect(parseDdl(`x INT COMMENT ${literal}`).fields[0]?.metadata).toEqual({ comment });
});

test("a colon after a name and an outer STRUCT are accepted as in PySpark", () => {
  const schema = parseDdl("a INT, b STRING");
  expect(parseDdl("a: INT, b: STRING")).toEqual(schema);
  expect(parseDdl("struct<a: INT, b STRING>")).toEqual(schema);
});

describe("errors", () => {
  // Spark 4.2's conditions and SQLSTATEs.
  test.each([
    ["", "PARSE_EMPTY_STATEMENT", "42617"],
    ["-- only a comment", "PARSE_SYNTAX_ERROR", "42601"],
    ["a", "PARSE_SYNTAX_ERROR", "42601"],
    ["a int,", "PARSE_SYNTAX_ERROR", "42601"],
    ["a int b string", "PARSE_SYNTAX_ERROR", "42601"],
    ["a nope b", "PARSE_SYNTAX_ERROR", "42601"],
    ["a int null", "PARSE_SYNTAX_ERROR", "42601"],
    ["a int comment 'x' not null", "PARSE_SYNTAX_ERROR", "42601"],
    ["a int default 5", "PARSE_SYNTAX_ERROR", "42601"],
    ["1 int", "PARSE_SYNTAX_ERROR", "42601"],
    ["1e5 int", "PARSE_SYNTAX_ERROR", "42601"],
    ["a.b int", "PARSE_SYNTAX_ERROR", "42601"],
    ["`a int", "PARSE_SYNTAX_ERROR", "42601"],
    ["a int comment 'x", "PARSE_SYNTAX_ERROR", "42601"],
    ["a array<int", "PARSE_SYNTAX_ERROR", "42601"],
    ["a array<int>>", "PARSE_SYNTAX_ERROR", "42601"],
    ["a array<>", "PARSE_SYNTAX_ERROR", "42601"],
    ["a map<string>", "PARSE_SYNTAX_ERROR", "42601"],
    ["a array<int not null>", "PARSE_SYNTAX_ERROR", "42601"],
    ["a decimal(10,-2)", "PARSE_SYNTAX_ERROR", "42601"],
    ["a decimal()", "PARSE_SYNTAX_ERROR", "42601"],
    ["a interval second to day", "PARSE_SYNTAX_ERROR", "42601"],
    ["a interval week", "PARSE_SYNTAX_ERROR", "42601"],
    ["a timestamp with time zone", "PARSE_SYNTAX_ERROR", "42601"],
    ["a int /* b", "UNCLOSED_BRACKETED_COMMENT", "42601"],
    ["a-b int", "INVALID_IDENTIFIER", "42602"],
    ["http://x int", "INVALID_IDENTIFIER", "42602"],
    ["a bool", "UNSUPPORTED_DATATYPE", "0A000"],
    ["a `int`", "UNSUPPORTED_DATATYPE", "0A000"],
    ["a int(5)", "UNSUPPORTED_DATATYPE", "0A000"],
    ["a decimal(10,2,3)", "UNSUPPORTED_DATATYPE", "0A000"],
    ["a time(3,4)", "UNSUPPORTED_DATATYPE", "0A000"],
    ["a geometry", "UNSUPPORTED_DATATYPE", "0A000"],
    ["a decimal(39,2)", "DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION", "22003"],
    ["a decimal(10,12)", "_LEGACY_ERROR_TEMP_1228", undefined],
    ["a char", "DATATYPE_MISSING_SIZE", "42K01"],
    ["a array", "INCOMPLETE_TYPE_DEFINITION.ARRAY", "42K01"],
    ["a map", "INCOMPLETE_TYPE_DEFINITION.MAP", "42K01"],
    ["a struct", "INCOMPLETE_TYPE_DEFINITION.STRUCT", "42K01"],
    ["a time(7)", "UNSUPPORTED_TIME_PRECISION", "0A001"],
    ["a string collate nope", "COLLATION_INVALID_NAME", "42704"],
    ["a string collate en_ci_ci", "COLLATION_INVALID_NAME", "42704"],
    ["a string collate UTF8_LCASE_CI", "COLLATION_INVALID_NAME", "42704"],
    ["a interval minute to hour", "INVALID_INTERVAL_FORMAT.UNSUPPORTED_FROM_TO_EXPRESSION", "22006"],
  ])("%s is %s", (text, condition, sqlState) => {
    const { condition: thrown, sqlState: state } = failure(parseDdl, text);
    expect([thrown, state]).toEqual([condition, sqlState]);
  });

  test("an error shows the line, the column, a caret and what to do", () => {
    const error = failure(parseDdl, "a int\n, b bool\n, c int");
    expect(error.context).toMatchObject({ line: 2, column: 5, fragment: ", b bool" });
    expect(error.message).toBe(
      '[UNSUPPORTED_DATATYPE] Unsupported data type "BOOL". SQLSTATE: 0A000\n  at line 2, column 5:\n  , b bool\n  ----^^^\n  Did you mean BOOLEAN?',
    );
  });

  test("a misspelt type brings up similar ones", () => {
    expect(failure(parseType, "STRIN(5)").message).toContain('"STRIN(5)"');
    expect(failure(parseType, "bigin").hint).toBe("Did you mean BIGINT?");
    expect(failure(parseType, "zzzzzzzzz").hint).toContain("The types are BOOLEAN, TINYINT");
  });

  test("shapes say a coordinate system that is known, or any", () => {
    expect(parseType("geometry(0)")).toEqual(geometryType(0));
    expect(parseType("array<GEOGRAPHY( any )>")).toEqual(arrayType(geographyType("any")));
    expect(failure(parseType, "geometry").condition).toBe("UNSUPPORTED_DATATYPE");
    expect(failure(parseType, "geometry(4326, 0)").condition).toBe("UNSUPPORTED_DATATYPE");
    expect(failure(parseType, "geometry(-1)").condition).toBe("PARSE_SYNTAX_ERROR");
    expect(failure(parseType, "geometry(all)").condition).toBe("PARSE_SYNTAX_ERROR");
    expect(failure(parseType, "geometry(1)").message).toMatch(/ST_INVALID_SRID_VALUE.* value: 1/);
    expect(failure(parseType, "geography(3857)").message).toMatch(/ST_INVALID_SRID_VALUE.* value: 3857/);
  });

  test("what Spark has and we do not is refused by name", () => {
    expect(() => parseType("varchar(3) collate UNICODE")).toThrow(/VARCHAR\(3\) COLLATE UNICODE/);
  });
});

test("any text is parsed or refused with a place in it", () => {
  const words = fc.constantFrom(
    "a",
    "INT",
    "array",
    "<",
    ">",
    ",",
    "(",
    "3",
    ")",
    "NOT",
    "NULL",
    "COMMENT",
    "'x'",
    "`b`",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(words, fc.string({ unit: "binary", maxLength: 3 }))), (parts) => {
      try {
        parseDdl(parts.join(" "));
      } catch (error) {
        expect(error).toBeInstanceOf(ParseError);
      }
    }),
  );
});
