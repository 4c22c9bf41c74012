/** Values at the edges of each kind of type, as SQL writes them. */

export type EdgeKind =
  | "boolean"
  | "tinyint"
  | "smallint"
  | "int"
  | "bigint"
  | "decimal"
  | "float"
  | "double"
  | "string"
  | "binary"
  | "date"
  | "timestamp"
  | "interval"
  | "array"
  | "map"
  | "struct"
  | "null";

// Digits, signs and spellings, texts of one character and of several code points, combining marks, lone surrogates.
const texts = [
  ...["''", "' '", "'  a '", "'0'", "'-0'", "'+7'", "'1e400'", "'NaN'", "'null'", "'true'", "'99999999999999999999'"],
  ...["'0.000'", "'%'", "'_'", "'a\\nb'", "'\\t'", "'\\\\'", "'$'", "'['", "'(a'", "'a|b'", "'.'", "'\\0'"],
  ...["'é'", "'e\\u0301'", "'ß'", "'İ'", "'ŉ'", "'Σας'", "'\\u00A0a'", "'\\uD83D\\uDE00'", "'\\uD800'", "'中文'"],
  ...[
    "'\\u200D'",
    "'👩‍👩‍👧'",
    "'2024-02-29'",
    "'2024-02-30'",
    "'9999-12-31 23:59:59.999999'",
    "'0001-01-01'",
    "'1969'",
  ],
  ...["'24:00'", "'UTC'", "'+25:00'", "'Europe/Berlin'", "'{\"a\":1}'", "'[1,'", "'yyyy'", "'YYYY'", "'$.a'", "'AbC'"],
  "CAST(NULL AS STRING)",
];

/** The values by kind. */
export const edgeValues: Readonly<Record<EdgeKind, readonly string[]>> = {
  boolean: ["true", "false", "CAST(NULL AS BOOLEAN)"],
  tinyint: ["0Y", "127Y", "-128Y", "CAST(NULL AS TINYINT)"],
  smallint: ["0S", "32767S", "-32768S", "CAST(NULL AS SMALLINT)"],
  int: ["0", "1", "-1", "2", "-7", "64", "1000", "2147483647", "-2147483648", "CAST(NULL AS INT)"],
  bigint: ["0L", "-1L", "9223372036854775807L", "-9223372036854775808L", "253402300800L", "CAST(NULL AS BIGINT)"],
  decimal: [
    ...["0.0", "-0.01", "0.5", "2.5", "-2.5", "99999999.99", "0.00BD", "CAST(NULL AS DECIMAL(10,2))"],
    ...["99999999999999999999999999999999999999BD", "-99999999999999999999999999999999999999BD"],
    ...["0.00000000000000000000000000000000000001BD", "9999999999999999999.999999999999999999BD"],
  ],
  float: ["float('NaN')", "float('Infinity')", "-0.0F", "1.4E-45F", "3.4028235E38F", "0.1F", "CAST(NULL AS FLOAT)"],
  double: [
    ...["double('NaN')", "double('Infinity')", "double('-Infinity')", "0.0D", "-0.0D", "4.9E-324D", "0.5D", "-2.5D"],
    ...["1.7976931348623157E308D", "9007199254740993D", "1E10D", "CAST(NULL AS DOUBLE)"],
  ],
  string: texts,
  binary: ["X''", "X'00'", "X'FF'", "X'C3A9'", "X'EDA080'", "X'616263'", "CAST(NULL AS BINARY)"],
  date: [
    ...["DATE'0001-01-01'", "DATE'1582-10-04'", "DATE'1582-10-15'", "DATE'1969-12-31'", "DATE'2024-02-29'"],
    ...["DATE'2024-12-30'", "DATE'9999-12-31'", "DATE'-0044-03-15'", "DATE'+10000-01-01'", "CAST(NULL AS DATE)"],
  ],
  timestamp: [
    ...["TIMESTAMP'0001-01-01 00:00:00'", "TIMESTAMP'1582-10-04 23:59:59'", "TIMESTAMP'1969-12-31 23:59:59.999999'"],
    ...["TIMESTAMP'2024-02-29 12:34:56.789'", "TIMESTAMP'9999-12-31 23:59:59.999999'", "CAST(NULL AS TIMESTAMP)"],
    ...["TIMESTAMP_NTZ'2024-03-31 02:30:00'", "TIMESTAMP_NTZ'1883-11-18 12:00:00.000001'"],
  ],
  interval: [
    ...["INTERVAL '0' DAY", "INTERVAL '-1' SECOND", "INTERVAL '106751991 04:00:54.775807' DAY TO SECOND"],
    ...["INTERVAL '178956970-7' YEAR TO MONTH", "INTERVAL '-1' MONTH", "INTERVAL '1 month 2 days 3 seconds'"],
    ...["CAST(NULL AS INTERVAL DAY TO SECOND)", "CAST(NULL AS INTERVAL YEAR TO MONTH)", "CAST(NULL AS INTERVAL)"],
  ],
  array: [
    ...["array()", "array(NULL)", "array(1, NULL, 3)", "array('', 'b', NULL)", "array(double('NaN'), -0.0D, 0.0D)"],
    ...["array(array(1), NULL, array(NULL))", "array(2147483647, -2147483648)", "array(named_struct('a', 1), NULL)"],
    ...["CAST(NULL AS ARRAY<INT>)", "CAST(NULL AS ARRAY<STRING>)", "array(map('k', 1))", "array(1, 1, 2)"],
  ],
  map: [
    ...["map()", "map('a', NULL)", "map('', 1)", "map(1, 2, 3, NULL)", "map('a', array(NULL))", "map(-0.0D, 'zero')"],
    "CAST(NULL AS MAP<STRING, INT>)",
  ],
  struct: [
    ...["named_struct('a', NULL)", "named_struct('a', 1, 'b', '')", "struct(NULL, array())"],
    ...["named_struct('a', double('NaN'), 'b', DATE'0001-01-01')", "CAST(NULL AS STRUCT<a: INT, b: STRING>)"],
  ],
  null: ["NULL"],
};

/** A plain value of each type that the recorded calls name. */
export const plainValues: Readonly<Record<string, string>> = {
  boolean: "true",
  int: "2",
  bigint: "65L",
  float: "1.5F",
  double: "0.25D",
  "decimal(10,2)": "12.35",
  string: "'Abc'",
  binary: "X'616263'",
  date: "DATE'2024-02-29'",
  timestamp: "TIMESTAMP'2024-02-29 12:34:56'",
  timestamp_ntz: "TIMESTAMP_NTZ'2024-02-29 12:34:56'",
  "interval day to second": "INTERVAL '1 02:03:04' DAY TO SECOND",
  "interval year to month": "INTERVAL '1-2' YEAR TO MONTH",
  "array<int>": "array(1, 2, 3)",
  "array<string>": "array('a', 'b')",
  "array<float>": "array(1.0F, 2.0F)",
  "array<array<int>>": "array(array(1, 2), array(3))",
  "array<struct<a:string,b:int>>": "array(named_struct('a', 'x', 'b', 1))",
  "map<string,int>": "map('a', 1, 'b', 2)",
  "struct<a:int,b:string>": "named_struct('a', 1, 'b', 'x')",
  variant: "parse_json('{\"a\": [1, null]}')",
};
