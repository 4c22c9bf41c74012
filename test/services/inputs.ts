/** The rows that programs start from, given to both sides: text beyond ASCII, nulls, edge values, clock changes. */
import { type DataFrame, type DataType, Decimal, parseDdl, type SparkSession, Timestamp } from "lakewright";
import type { SparkPeer, SparkValue } from "../../services/client.ts";
import { sparkValue } from "./spark-value.ts";

interface Input {
  readonly schema: string;
  readonly rows: readonly (readonly unknown[])[];
}

const moment = (text: string): Timestamp => Timestamp.of(text);
const decimal = (text: string): Decimal => Decimal.of(text);

const inputs = {
  sales: {
    schema: "user STRING, country STRING, day INT, amount DOUBLE",
    rows: [
      ["ann", "IN", 1, 10],
      ["ann", "US", 2, 20.5],
      ["ann", null, 3, null],
      ["bob", "IN", 3, -5.25],
      ["bob", "IN", 4, 0],
      ["cid", null, 4, Number.NaN],
      ["Émile", "CH", 5, 1e10],
      [null, "CH", 6, 7],
    ],
  },
  users: {
    schema: "user STRING, age INT, city STRING",
    rows: [
      ["ann", 30, "Zürich"],
      ["bob", null, "東京"],
      ["dan", 50, "Genève"],
      [null, 20, null],
      ["Émile", 41, "🚣 Thun"],
    ],
  },
  flags: {
    schema: "id INT, a BOOLEAN, b BOOLEAN",
    rows: [true, false, null].flatMap((a, row) => [true, false, null].map((b, column) => [row * 3 + column, a, b])),
  },
  numbers: {
    schema: "id INT, t TINYINT, s SMALLINT, i INT, l BIGINT, f FLOAT, d DOUBLE, m DECIMAL(10,2), w DECIMAL(38,18)",
    rows: [
      [1, 1, 1, 1, 1n, 1, 1, decimal("1.00"), decimal("1")],
      [2, -7, -7, -7, -7n, -7.5, -7.5, decimal("-7.55"), decimal("-7.000000000000000001")],
      [3, 0, 0, 0, 0n, 0, 0, decimal("0"), decimal("0")],
      [
        4,
        127,
        32767,
        2147483647,
        9223372036854775807n,
        3.4028234663852886e38,
        1.7976931348623157e308,
        decimal("99999999.99"),
        decimal("99999999999999999999.999999999999999999"),
      ],
      [
        5,
        -128,
        -32768,
        -2147483648,
        -9223372036854775808n,
        1.401298464324817e-45,
        5e-324,
        decimal("-99999999.99"),
        decimal("-0.000000000000000001"),
      ],
      [6, null, null, null, null, Number.NaN, Number.NaN, null, null],
      [7, 3, 12, 365, 86_400n, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, decimal("2.50"), decimal("0.5")],
      [8, 10, 100, 1000, 10_000n, -0, -0, decimal("0.05"), decimal("1234567.891")],
    ],
  },
  texts: {
    schema: "id INT, text STRING",
    rows: [
      [1, "Spark"],
      [2, ""],
      [3, "  padded\t"],
      [4, "Straße"],
      [5, "İstanbul"],
      [6, "cafe\u0301 Café"],
      [7, "東京 大阪"],
      [8, "🚣🏽 row"],
      [9, null],
      [10, "a,b,,c"],
      [11, "hello World foo_bar"],
      [12, "100%_\\x"],
    ],
  },
  moments: {
    schema: "id INT, at TIMESTAMP, day DATE, wall TIMESTAMP_NTZ",
    rows: [
      [1, moment("2025-03-30T00:59:59.999999Z"), "2025-03-30", "2025-03-30T02:30:00"],
      [2, moment("2025-03-30T01:00:00Z"), "2025-03-31", "2025-03-30T03:00:00"],
      [3, moment("2025-10-26T00:30:00Z"), "2025-10-26", "2025-10-26T02:30:00"],
      [4, moment("2025-10-26T01:30:00Z"), "2024-02-29", "2025-10-26T03:00:00"],
      [5, moment("2025-03-09T06:59:59Z"), "2025-03-09", "2025-03-09T02:30:00"],
      [6, moment("2025-11-02T05:30:00Z"), "2025-11-02", "2025-11-02T01:30:00"],
      [7, moment("2025-11-02T06:30:00.5Z"), "2025-12-31", "2025-12-31T23:59:59.999999"],
      [8, moment("1969-12-31T23:59:59.000001Z"), "1969-12-31", "1970-01-01T00:00:00"],
      [9, moment("1900-01-01T00:00:00Z"), "1900-03-01", "1900-01-01T00:00:00"],
      [10, null, null, null],
    ],
  },
  events: {
    schema: "user STRING, at TIMESTAMP, day DATE, n INT, x DOUBLE",
    rows: [
      ["ann", moment("2025-01-01T00:00:00Z"), "2025-01-01", 1, 1.5],
      ["ann", moment("2025-01-01T06:00:00Z"), "2025-01-01", 2, null],
      ["ann", moment("2025-01-03T00:00:00Z"), "2025-01-03", 2, 2.5],
      ["ann", moment("2025-01-10T00:00:00Z"), "2025-01-10", 5, 4],
      ["bob", moment("2025-01-31T12:00:00Z"), "2025-01-31", 1, null],
      ["bob", moment("2025-02-28T12:00:00Z"), "2025-02-28", null, 8],
      ["bob", moment("2025-03-31T12:00:00Z"), "2025-03-31", 9, 16],
      [null, null, null, 3, 32],
    ],
  },
  nested: {
    schema:
      "id INT, items ARRAY<INT>, words ARRAY<STRING>, tags MAP<STRING, INT>, place STRUCT<city: STRING, zip: INT>, orders ARRAY<STRUCT<sku: STRING, qty: INT>>",
    rows: [
      [
        1,
        [3, 1, 2, 1],
        ["b", "a"],
        new Map([
          ["x", 1],
          ["y", 2],
        ]),
        { city: "Zürich", zip: 8001 },
        [
          { sku: "p", qty: 2 },
          { sku: "q", qty: 1 },
        ],
      ],
      [2, [null, 5], ["é", null, ""], new Map([["y", null]]), { city: null, zip: 1200 }, [null, { sku: null, qty: 3 }]],
      [3, [], [], new Map(), { city: "東京", zip: null }, []],
      [4, null, null, null, null, null],
    ],
  },
  numerals: {
    schema: "id INT, text STRING",
    rows: [
      "1",
      " 1\t",
      "+7",
      "-0",
      "1.5",
      "-1.999",
      ".5",
      "5.",
      "1e3",
      "1E-2",
      "1_000",
      "0x1A",
      "NaN",
      "inf",
      "-Infinity",
      "1d",
      "2.5f",
      "127",
      "128",
      "2147483648",
      "9223372036854775807",
      "9223372036854775808",
      "1e400",
      "99999999999999999999999999999999999999",
      "0.0000000000000000005",
      "１",
      "",
      "true",
      "T",
      "yes",
      "n",
      "off",
      "0",
      "2025-02-03",
      " 2025-2-3 ",
      "2025-02",
      "2025",
      "2025-02-30",
      "2025-02-03T",
      "2025-02-03 junk",
      "-0044-03-15",
      "12345-01-01",
      "20250203",
      "2025-02-03T10:20:30.123456789Z",
      "2025-02-03 10:20",
      "2025-02-03 1:2:3",
      "2025-02-03 10:20:30 Europe/Zurich",
      "2025-02-03 10:20:30+05:30",
      "2025-03-30 02:30:00",
      "10:20:30",
      "T10",
      "now",
      "INTERVAL '1' DAY",
      "1 02:03:04.5",
      "1-2",
      null,
    ].map((text, id) => [id, text]),
  },
  prices: {
    schema: "id INT, a DECIMAL(10,2), b DECIMAL(6,3), c DECIMAL(38,0), d DECIMAL(38,38)",
    rows: [
      [1, decimal("12345678.91"), decimal("3.007"), decimal("99999999999999999999999999999999999999"), decimal("0.5")],
      [2, decimal("-0.05"), decimal("-999.999"), decimal("-3"), decimal("-0.00000000000000000000000000000000000001")],
      [3, decimal("10.00"), decimal("0.250"), decimal("7"), decimal("0.99999999999999999999999999999999999999")],
      [4, null, decimal("1"), null, null],
    ],
  },
  documents: {
    schema: "id INT, text STRING",
    rows: [
      [1, '{"a": 1, "b": "x", "c": [1, 2.5], "d": {"e": true}}'],
      [2, '{"a": "1", "b": null, "c": [], "d": {}}'],
      [3, '{"a": 1.7, "b": "Zürich", "a ": 3}'],
      [4, "[1, 2, 3]"],
      [5, "{broken"],
      [6, ""],
      [7, null],
      [8, '{"b": {"f": 1}, "c": "no list", "a": 9223372036854775807}'],
    ],
  },
} as const satisfies Record<string, Input>;

export type InputName = keyof typeof inputs;

export const inputNames = Object.keys(inputs) as InputName[];

/** The schema of an input as DDL. */
export const inputSchema = (name: InputName): string => inputs[name].schema;

/** All inputs as data frames of a session of ours. */
export function inputsOf(spark: SparkSession): Readonly<Record<InputName, DataFrame>> {
  const frames = Object.entries<Input>(inputs).map(([name, { schema, rows }]) => [
    name,
    spark.createDataFrame(rows, parseDdl(schema)),
  ]);
  return Object.fromEntries(frames);
}

/** Makes all inputs data frames in `spark.inputs` of the peer's session; a view would qualify their columns. */
export async function giveInputs(peer: SparkPeer): Promise<void> {
  const given = Object.entries<Input>(inputs).map(([name, { schema, rows }]) => {
    const { fields } = parseDdl(schema);
    return {
      name,
      schema,
      rows: rows.map((row) => row.map((value, index) => requestValue(value, fields[index]!.type))),
    };
  });
  await peer.python(makeInputs, { inputs: given });
}

/** JSON.stringify forgets the sign of zero. */
const requestValue = (value: unknown, type: DataType): SparkValue =>
  Object.is(value, -0) ? "-0.0" : sparkValue(value, type);

/** Reads the peer's own form of values back into Python's. */
const makeInputs = `
import datetime, decimal
def moment(text, **parts):
    return datetime.datetime.fromisoformat(text).replace(**parts)
readers = {
    T.LongType: int, T.FloatType: float, T.DoubleType: float, T.DecimalType: decimal.Decimal,
    T.DateType: datetime.date.fromisoformat, T.TimestampNTZType: moment,
    T.TimestampType: lambda text: moment(text, tzinfo=datetime.timezone.utc),
}
def read(value, type_):
    if value is None:
        return None
    if isinstance(type_, T.ArrayType):
        return [read(item, type_.elementType) for item in value]
    if isinstance(type_, T.MapType):
        return {read(key, type_.keyType): read(item, type_.valueType) for key, item in value["map"]}
    if isinstance(type_, T.StructType):
        return tuple(read(value[field.name], field.dataType) for field in type_.fields)
    return readers.get(type(type_), lambda plain: plain)(value)
spark.inputs = {}
for given in inputs:
    schema = T._parse_datatype_string(given["schema"])
    rows = [read(dict(zip(schema.names, row)), schema) for row in given["rows"]]
    frame = spark.createDataFrame(rows, schema, verifySchema=False).coalesce(1).cache()
    frame.count()
    spark.inputs[given["name"]] = frame
result = spark.range(0)
`;
