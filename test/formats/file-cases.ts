/** Files read with options: what real Spark gives for each is recorded, and asked again where one runs. */

export interface FileCase {
  readonly name: string;
  readonly format: string;
  /** The content of each file; of one file where it is a text. */
  readonly files?: string | Readonly<Record<string, string | Uint8Array>>;
  /** A query whose rows Spark writes to be read. */
  readonly written?: { readonly sql: string; readonly options?: Readonly<Record<string, string>> };
  readonly options?: Readonly<Record<string, string>>;
  readonly schema?: string;
}

type Options = Readonly<Record<string, string>>;

const reader =
  (format: string, usual: Options = {}) =>
  (name: string, files: FileCase["files"] & {}, options: Options = {}, schema?: string): FileCase => ({
    name: `${format}: ${name}`,
    format,
    files,
    options: { ...usual, ...options },
    ...(schema === undefined ? {} : { schema }),
  });

const xml = reader("xml", { rowTag: "r" });
const json = reader("json");
const csv = reader("csv");
const text = reader("text");

const rows = (content: string): string => `<ROWS>${content}</ROWS>`;

const xmlCases: readonly FileCase[] = [
  xml("elements", rows('<r id="1"><a>1</a><b>x</b></r><r id="2"><a>2.5</a><c><d>1</d></c></r>')),
  xml("attributes of elements", rows('<r><a k="1">text</a></r><r><a>t2</a></r>')),
  xml("elements that come again", rows("<r><a>1</a><a>2</a></r><r><a>3</a></r>")),
  xml("arrays of structs", rows("<r><a><x>1</x></a><a><x>2</x><y>z</y></a></r>")),
  xml("text between elements", rows("<r>hello <b>w</b> tail</r>")),
  xml("text between elements within", rows("<r><a>hello <b>w</b> tail</a></r>")),
  xml("empty elements", rows('<r><a/><b></b><c> </c></r><r/><r a="1"/>')),
  xml("rows of attributes only", rows('<r a="1" b="x"/><r a="2"/>')),
  xml("CDATA and entities", rows("<r><a><![CDATA[<x> & y]]></a><b>&lt;&amp;&#65;</b></r>")),
  xml("comments cut texts", `<?xml version="1.0"?>${rows("<!-- c <r> --><r><a>1<!-- in -->2</a></r>")}`),
  xml("prefixes", '<ROWS xmlns:q="u"><r><q:a q:k="1">1</q:a></r></ROWS>'),
  xml("prefixes left out", '<ROWS xmlns:q="u"><r><q:a q:k="1">1</q:a></r></ROWS>', { ignoreNamespace: "true" }),
  xml(
    "types",
    rows(
      "<r><a>1</a><b>true</b><c>2024-01-02</c><d>2024-01-02T03:04:05</d><e>1e3</e><f>99999999999999999999</f><g> 12 </g><h>0012</h><i>1.0</i><j>NaN</j><k>1f</k><l>1,000</l><m>+5</m><n>2024-01-02T03:04:05Z</n><o>Infinity</o></r>",
    ),
  ),
  xml("tags that do not match", rows("<r><a>1</a></r><r><a>2</b></r><r><a>3</a></r>")),
  xml("an end too early", "<ROWS><r><a>1</a></r><r><a>2</a>"),
  xml(
    "corrupt records with a schema",
    rows("<r><a>1</a><b>x</b></r><r><a>zz</a></r>"),
    {},
    "a INT, b STRING, _corrupt_record STRING",
  ),
  xml("wrong values with a schema", rows("<r><a>1</a><b>x</b></r><r><a>zz</a></r>"), {}, "a INT, b STRING"),
  xml(
    "wrong values dropped",
    rows("<r><a>1</a><b>x</b></r><r><a>zz</a></r>"),
    { mode: "DROPMALFORMED" },
    "a INT, b STRING",
  ),
  xml("maps", rows("<r><m><k1>1</k1><k2>2</k2></m></r>"), {}, "m MAP<STRING,INT>"),
  xml("a wildcard of several", rows('<r><a>1</a><z q="1">x<y/></z><w>2</w></r>'), {}, "a INT, xs_any ARRAY<STRING>"),
  xml("a wildcard of one", rows('<r><a>1</a><z q="1">x<y/></z></r>'), {}, "a INT, xs_any STRING"),
  xml("a text for null", rows("<r><a>null</a><b>-</b></r>"), { nullValue: "-" }),
  xml("no inference", rows("<r><a>1</a><b>2</b></r>"), { inferSchema: "false" }),
  xml("no attributes", rows('<r i="1"><a k="2">1</a></r>'), { excludeAttribute: "true" }),
  xml("other names", rows('<r i="1"><a k="2">1</a></r>'), { attributePrefix: "@", valueTag: "#v" }),
  xml("rows within rows", rows("<r><r><a>1</a></r></r>")),
  xml("text and elements", rows("<r><a>1</a></r><r><a><b>2</b></a></r>")),
  xml("several types", rows("<r><a>1</a></r><r><a>x</a></r><r><a>2.5</a></r>")),
  xml("white space", rows("<r><a> x </a><b> </b></r>"), { ignoreSurroundingSpaces: "false" }),
  xml("names in two cases", rows("<r><a>1</a><A>2</A></r>")),
  xml("text of rows", rows('<r i="1">5</r>')),
  xml("rows of text only", rows("<r>5</r><r>6</r>")),
  xml("decimals", rows("<r><a>1.25</a><b>123456789012345678901234567890.5</b></r>"), { prefersDecimal: "true" }),
  xml("no row", rows("<q>1</q>")),
  xml("the order of columns", rows("<r><z>1</z><b>2</b><a>3</a></r>")),
  xml("columns that there are not", rows("<r><z>1</z></r>"), {}, "a INT, b STRING"),
  xml(
    "structs of a schema",
    rows("<r><z><a>1</a></z></r><r><z>x</z></r><r><z/></r>"),
    {},
    "z STRUCT<a: INT, b: STRING>",
  ),
  xml("an array of one", rows("<r><z>1</z></r><r/>"), {}, "z ARRAY<INT>"),
  xml("elements as text", rows('<r><z q="1"><a>1</a> t</z></r>'), {}, "z STRING"),
];

/** Values at the limits of the parser and beyond, asked for and passed over. */
const atLimits = [
  '{"a":{"b":{"c":{"d":1}}}}',
  `{"a":"${"x".repeat(21)}"}`,
  `{"q":"${"x".repeat(21)}"}`,
  `{"a":"${"\u00e9".repeat(20)}"}`,
  `{"a":"${"\\n".repeat(21)}"}`,
  `{"q":${"1".repeat(21)}}`,
  `{"a":1.${"1".repeat(20)}}`,
  `{"${"k".repeat(21)}":1}`,
  '{"a":[[[1]]]}',
  '{"q":[[[1]]]}',
].join("\n");

const limited = (option: string, value: number): FileCase =>
  json(`${option} of ${value}`, atLimits, { [option]: String(value) }, "a STRING, _corrupt_record STRING");

const jsonCases: readonly FileCase[] = [
  limited("maxNestingDepth", 0),
  limited("maxNestingDepth", 3),
  limited("maxNumLen", 20),
  limited("maxStringLen", 0),
  limited("maxStringLen", 20),
  json("multiLine", '[{"a":1,\n"b":{"c":[1,2.5]}},\n{"a":2}]', { multiLine: "true" }),
  json("multiLine of several files", { "1.json": '{"a":\n1}', "2.json": '{"b":\n"x"}' }, { multiLine: "true" }),
  json("primitivesAsString", '{"a":1,"b":true,"c":1.50,"d":null}', { primitivesAsString: "true" }),
  json("prefersDecimal", '{"a":1.25,"b":1e3,"c":123456789012345678901234567890.5}', { prefersDecimal: "true" }),
  json("dropFieldIfAllNull", '{"a":null,"b":[],"c":{},"d":1,"e":[null]}', { dropFieldIfAllNull: "true" }),
  json("allowComments", '{"a":1 /* c */}\n{"a":2}// x', { allowComments: "true" }),
  json("allowUnquotedFieldNames", "{a:1}\n{b_1:'x'}", { allowUnquotedFieldNames: "true" }),
  json("allowSingleQuotes off", "{'a':1}\n{\"a\":2}", { allowSingleQuotes: "false" }),
  json("allowNumericLeadingZeros", '{"a":007}\n{"a":-01.5}', { allowNumericLeadingZeros: "true" }),
  json("allowBackslashEscapingAnyCharacter", '{"a":"\\q\\$"}', { allowBackslashEscapingAnyCharacter: "true" }),
  json("allowUnquotedControlChars", '{"a":"x\ty"}', { allowUnquotedControlChars: "true" }),
  json("allowNonNumericNumbers off", '{"a":NaN}\n{"a":1.5}', { allowNonNumericNumbers: "false" }, "a DOUBLE"),
  json("lineSep", '{"a":1}|{"a":2}', { lineSep: "|" }),
  json("inferTimestamp", '{"a":"2024-01-02T03:04:05","b":"x"}', { inferTimestamp: "true" }),
  json(
    "patterns",
    '{"d":"02/01/2024","t":"02/01/2024 03.04","n":"2024|01"}',
    { dateFormat: "dd/MM/yyyy", timestampFormat: "dd/MM/yyyy HH.mm", timestampNTZFormat: "yyyy|MM" },
    "d DATE, t TIMESTAMP, n TIMESTAMP_NTZ",
  ),
  json("timeZone", '{"t":"2024-07-01T12:00:00"}', { timeZone: "Europe/Paris" }, "t TIMESTAMP"),
  json("columnNameOfCorruptRecord", '{"a":1}\n{"a":', { columnNameOfCorruptRecord: "bad" }),
  json("ISO-8859-1", { "a.json": Buffer.from('{"a":"\u00e9\u00a0"}\n', "latin1") }, { encoding: "ISO-8859-1" }),
  json(
    "UTF-16LE with lineSep",
    { "a.json": Buffer.from('{"a":"\u00e9\u{1f600}"}\n{"a":"b"}', "utf16le") },
    { encoding: "UTF-16LE", lineSep: "\n" },
  ),
  json(
    "UTF-16 of several lines",
    { "a.json": Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from('{"a":\n"\u00e9"}', "utf16le").swap16()]) },
    { encoding: "UTF-16", multiLine: "true" },
  ),
  json("a BOM", '\ufeff{"a":1}\n{"a":2}'),
  json("names with dots, blanks and smileys", '{"a.b":1,"c d":2,"\u{1f600}":3,"`":4,"n\\nl":5}'),
];

const csvCases: readonly FileCase[] = [
  csv("header and inference", "id,name\n1,a\n2,b\n", { header: "true", inferSchema: "true" }),
  csv("a separator of several characters", "id||name\n1||a|b\n", { header: "true", sep: "||" }),
  csv("tabs", "1\ta\n2\tb\n", { sep: "\\t" }),
  csv("other quotes and escapes", "'a,b',1\n'c^'d',2\n", { quote: "'", escape: "^" }),
  csv("no quotes", '"a,b"\n', { quote: "" }),
  csv("charToEscapeQuoteEscaping", '"a\\\\"b",1\n', { charToEscapeQuoteEscaping: "\\" }),
  csv("comments", "#x\n1,2\n#y\n3,4\n", { comment: "#" }),
  csv("nullValue and emptyValue", '-,"",\n1,"-",x\n', { nullValue: "-", emptyValue: "E" }),
  csv(
    "numbers that are none",
    "nix,inf,-inf,1\n",
    { nanValue: "nix", positiveInf: "inf", negativeInf: "-inf" },
    "a DOUBLE, b DOUBLE, c FLOAT, d FLOAT",
  ),
  csv("white space", " a , b \n", { ignoreLeadingWhiteSpace: "true", ignoreTrailingWhiteSpace: "true" }),
  csv("multiLine", 'a,"b\nc"\nd,e\n', { multiLine: "true" }),
  csv("lineSep", "1,2;3,4", { lineSep: ";" }),
  csv("maxColumns", "1,2,3\n", { maxColumns: "2" }),
  csv("maxCharsPerColumn", "abc,abcdef\n", { maxCharsPerColumn: "4" }),
  ...["STOP_AT_DELIMITER", "STOP_AT_CLOSING_QUOTE", "BACK_TO_DELIMITER", "SKIP_VALUE", "RAISE_ERROR"].map((handling) =>
    csv(
      `unescaped quotes, ${handling}`,
      'a,"b"c,d",e\nf,g\n',
      { unescapedQuoteHandling: handling },
      "a STRING, b STRING, c STRING, d STRING",
    ),
  ),
  csv("enforceSchema off", "a,b\n1,2\n", { header: "true", enforceSchema: "false" }, "x INT, y INT"),
  csv("preferDate off", "2024-01-02\n", { inferSchema: "true", preferDate: "false" }),
  csv(
    "patterns",
    "02/01/2024,02/01/2024 03.04\n",
    { dateFormat: "dd/MM/yyyy", timestampFormat: "dd/MM/yyyy HH.mm" },
    "d DATE, t TIMESTAMP",
  ),
  csv("columnPruning off", "1,x\n2,3\n", { columnPruning: "false" }, "a INT, b INT, _corrupt_record STRING"),
  csv("ISO-8859-1", { "a.csv": Buffer.from("\u00e9,\u00a0b\n", "latin1") }, { encoding: "ISO-8859-1" }),
  csv(
    "UTF-16LE with lineSep",
    { "a.csv": Buffer.from("\u00e9,b\n\u{1f600},d\n", "utf16le") },
    { encoding: "UTF-16LE", lineSep: "\n" },
  ),
  csv(
    "UTF-16BE of several lines",
    { "a.csv": Buffer.from('\u00e9,"b\nc"\n', "utf16le").swap16() },
    { encoding: "UTF-16BE", multiLine: "true" },
  ),
  csv("US-ASCII", { "a.csv": Buffer.from([0x61, 0xe9, 0x2c, 0x62, 0x0a]) }, { encoding: "US-ASCII" }),
  csv("names that come twice", "a,A,a\n1,2,3\n", { header: "true" }),
  ...["\u0001\n1,2\n", " \u0001 \n\n1\n", "\t\n1\n", "\u0001\u0001", " \n1,2\n", "1\n\u0001\n2\n"].flatMap(
    (content) => [
      csv(`control characters in ${JSON.stringify(content)}`, content, { inferSchema: "true" }),
      csv(`control characters in the header of ${JSON.stringify(content)}`, content, { header: "true" }),
    ],
  ),
  csv("mixed numbers of columns", "a,b\n1\n1,2,3\n", { header: "true" }),
];

const textCases: readonly FileCase[] = [
  text("lines", "a\r\nb\rc\n\n"),
  text("wholetext", { "1.txt": "a\nb", "2.txt": "" }, { wholetext: "true" }),
  text("lineSep", "a;b;;c", { lineSep: ";" }),
];

const one = { singleVariantColumn: "v" };
const oddNumbers = ["1E-50", "1E38", "1E-38", "1.", ".5", "- 1", " 1", "1,2", "0.00", "1d", "NaN", "TRUE", "２", "+5"];
const oddTimes = [
  "2020",
  "2020-01",
  "2020-1-2",
  "2020-01-02 x",
  "2020-01-02T",
  " 2020-01-02",
  "2020-01-02T03:04:05.678Z",
];

/** What one value of CSV is by itself: types stay from record to record. */
const variantsOfCsv = [...oddNumbers, ...oddTimes].map((value) =>
  csv(`a variant of ${JSON.stringify(value)}`, `a|b\n${value}|x\n`, { ...one, header: "true", sep: "|" }),
);

const variantsOfXml = oddNumbers.map((value) =>
  xml(`a variant of ${JSON.stringify(value)}`, rows(`<r>${value}</r>`), one),
);

const elements =
  '<r a="1" b=""><c>1</c><c>1e5</c><C>2</C><d> true </d><f>9223372036854775808</f><g>null</g><h></h><i><![CDATA[ 1 ]]></i><j>1<k/>2<!--c-->3</j><l m="1">5</l><n m="1"/><o:p xmlns:o="u">1,000</o:p></r><r>5</r><r/><r a="1"/><r a="">x</r><r>&#160;</r>';

const variantCases: readonly FileCase[] = [
  json(
    "records as variants",
    '{"a":1,"b":[1,{"c":null}]}\n[1,2]\n"x"\n12.50\n{"a":\n\n true\nnull\n{"a":1,"a":2}\n{"a":1} {"b":2}\n"\\ud800"\n007\n\'a\'\n+INF\n',
    one,
  ),
  json("records as variants, dropped", '{"a":1}\n{"a":\n', { ...one, mode: "DROPMALFORMED" }),
  json("records as variants, refused", '{"a":1}\n{"a":\n', { ...one, mode: "FAILFAST" }),
  json("records as variants, with the corrupt", '{"a":1}\n{', one, "_corrupt_record STRING, v VARIANT"),
  json("records as variants under another name", '{"a":1}\n', one, "w VARIANT"),
  json("records as variants that are never null", '{"a":1}\n', one, "v VARIANT NOT NULL"),
  json("a file as a variant", '[{"a":1},{"b":2}]\n', { ...one, multiLine: "true" }),
  json(
    "numbers of variants",
    "[NaN,1e2,1.0,100000000000000000000,1e400,-0,-0.0,0.00000000000000000000000000000000000000001,123456789012345678901234567890123456789012]",
    one,
  ),
  json(
    "fields that are variants",
    '{"a":{"y":1,"y":2},"b":[1,"x",null]}\n{"b":null}\n{"b":1}\n{"a":"2020-01-01","b":{}}\n{"a":[',
    {},
    "a VARIANT, b VARIANT, _corrupt_record STRING",
  ),
  json(
    "variants within",
    '{"s":{"v":{"q":1}},"m":{"k":[1]},"l":[1,"a",{"b":2}]}\n',
    {},
    "s STRUCT<v: VARIANT>, m MAP<STRING, VARIANT>, l ARRAY<VARIANT>",
  ),
  csv("records as variants", "a,b\n1,2020-01-01\n1.5,2020-01-01 00:00\n1,x\n,true\n2,2020-01-01\n", {
    ...one,
    header: "true",
  }),
  csv("records as variants without a header", '1,2\n1\nx,y,z\n"2",3,4\n', one),
  csv("records as variants, ragged", "a,b\n1\n1,2,3\n1,2\n", one, "v VARIANT, _corrupt_record STRING"),
  csv("records as variants by names that come twice", "a,a,,A\n1,2,3,4\n5\n", { ...one, header: "true" }),
  csv("records as variants, of several lines", 'a,b\n"1\n2",3\n4,5\n', { ...one, header: "true", multiLine: "true" }),
  csv("records as variants by patterns", "a\n2020-01-01\n2020\n", { ...one, header: "true", dateFormat: "yyyy" }),
  csv("records as variants without dates", "a\n2020-01-01\n", { ...one, header: "true", preferDate: "false" }),
  csv("columns that are variants", "1,x\n,2\nx\n1,2,3\n", {}, "a VARIANT, b VARIANT, _corrupt_record STRING"),
  ...variantsOfCsv,
  ...variantsOfXml,
  xml("rows as variants", rows(elements), one),
  xml("rows as variants of texts", rows(elements), { ...one, inferSchema: "false" }),
  xml("rows as variants without attributes", rows(elements), { ...one, excludeAttribute: "true" }),
  xml("rows as variants with spaces", rows(elements), { ...one, ignoreSurroundingSpaces: "false" }),
  xml("rows as variants with nulls", rows(elements), { ...one, nullValue: "5" }),
  xml("rows as variants, broken", rows("<r><a>1</a></r><r><a>1</r>"), one, "v VARIANT, _corrupt_record STRING"),
  xml(
    "columns that are variants",
    rows('<r q="7"><a>1</a><b><c>1</c></b><z>1</z><z>2</z></r><r q=""><a/><b>x</b></r><r>text</r>'),
    {},
    "a VARIANT, b VARIANT, _q VARIANT, z ARRAY<VARIANT>, _VALUE VARIANT",
  ),
  xml("a text of a space that does not break", rows("<r><a>&#160;</a><b>\u00a0x </b></r>")),
  text("an option of other formats", "x\n", one),
];

/** Every codec of text, both ways round: Spark writes these. */
const compressed: readonly FileCase[] = ["none", "gzip", "deflate", "bzip2", "snappy", "lz4"].map((compression) => ({
  name: `csv: compressed by ${compression}`,
  format: "csv",
  written: { sql: "SELECT id, repeat('abc ', 9) AS text FROM range(0, 500, 1, 1)", options: { compression } },
}));

const avroCases: readonly FileCase[] = ["uncompressed", "deflate", "snappy", "zstandard", "bzip2"].map(
  (compression) => ({
    name: `avro: compressed by ${compression}`,
    format: "avro",
    written: {
      sql: "SELECT CAST(id AS INT) AS a, if(id % 2 = 0, null, 'x') AS b, DATE'2024-01-01' + CAST(id AS INT) AS d, TIMESTAMP'2024-01-01 01:02:03.004005' AS t, TIMESTAMP_NTZ'1960-01-01 01:02:03' AS n, CAST(id AS DECIMAL(30, 4)) / 3 AS m, array(id, null) AS l, map('k', id) AS e, named_struct('p', 1, 'q', CAST(null AS STRING)) AS s, X'0102' AS y, 1Y AS ty, 1.5F AS f, 2.5D AS g, true AS o FROM range(0, 5, 1, 1)",
      options: { compression },
    },
  }),
);

export const fileCases: readonly FileCase[] = [
  ...xmlCases,
  ...jsonCases,
  ...csvCases,
  ...textCases,
  ...variantCases,
  ...compressed,
  ...avroCases,
];
