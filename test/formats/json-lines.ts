/** Odd lines for a JSON reader: what producers, editors and broken disks make of records. */
import { type Random, random } from "./random.ts";

/** The schema that the lines are read with: a column of every type that JSON is read into. */
export const wideSchema = [
  "i INT",
  "l BIGINT",
  "y TINYINT",
  "h SMALLINT",
  "f FLOAT",
  "d DOUBLE",
  "m DECIMAL(10,2)",
  "w DECIMAL(38,18)",
  "s STRING",
  "b BOOLEAN",
  "x BINARY",
  "t DATE",
  "p TIMESTAMP",
  "n TIMESTAMP_NTZ",
  "a ARRAY<INT>",
  "as ARRAY<STRING>",
  "o STRUCT<k: INT, v: STRING, q: STRUCT<z: BIGINT>>",
  "ao ARRAY<STRUCT<k: INT, v: STRING>>",
  "g MAP<STRING, INT>",
  "gs MAP<STRING, STRING>",
] as const;

const names = ["i", "l", "y", "h", "f", "d", "m", "w", "s", "b", "x", "t", "p", "n", "a", "as", "o", "ao", "g", "gs"];
const otherNames = ["zz", "I", "", "é", "k", "_corrupt_record", "a b", "__m2"];

const integers = [
  "0",
  "1",
  "-1",
  "7",
  "127",
  "128",
  "-128",
  "-129",
  "255",
  "256",
  "32767",
  "32768",
  "2147483647",
  "2147483648",
  "-2147483648",
  "9223372036854775807",
  "9223372036854775808",
  "-9223372036854775808",
  "-9223372036854775809",
  "18446744073709551616",
  "-0",
  "123456789012345678901234567890",
  "99999999999999999999999999999999999999",
];
const fractions = [
  "1.5",
  "1.7",
  "0.1",
  "-0.0",
  "0.0",
  "100.0",
  "12.50",
  "1e3",
  "1E3",
  "1e+3",
  "1e-3",
  "1.0e0",
  "1.005",
  "2.675",
  "0.00001",
  "0.0001",
  "123456789.123456789",
  "1e400",
  "-1e400",
  "1e-400",
  "3.4028236e38",
  "1.7976931348623157e308",
  "16777217.0000000001",
  "0.1000000000000000055511151231257827",
  "12345678.905",
  "99999999.995",
  "1e10",
  "123456789012345.6",
  "4.35",
];
const oddNumbers = [
  "01",
  "-01",
  "+1",
  ".5",
  "5.",
  "-",
  "--1",
  "1e",
  "1e+",
  "0x1F",
  "1_000",
  "1d",
  "NaN",
  "nan",
  "-NaN",
  "Infinity",
  "-Infinity",
  "+Infinity",
  "INF",
  "-INF",
  "+INF",
  "inf",
  "1 2",
  "1,2",
  "00",
  "1.2.3",
  "Inf",
];
const words = [
  "true",
  "false",
  "null",
  "True",
  "FALSE",
  "NULL",
  "tru",
  "nulll",
  "truefalse",
  "undefined",
  "None",
  "yes",
];
const plainTexts = [
  "",
  "x",
  "abc",
  "hello world",
  "1",
  "1.5",
  "true",
  "null",
  "NaN",
  "Infinity",
  "-INF",
  "+INF",
  " 1",
  "1 ",
  "é",
  "日本",
  "😀",
  "{}",
  "[1]",
  "a,b",
  "it's",
  "line",
  "\u007f",
  "\u2028",
];
const dates = [
  "2024-01-02",
  "2024-1-2",
  "2024",
  "2024-05",
  "2024-02-30",
  "0000-01-01",
  "0001-01-01",
  "9999-12-31",
  "10000-01-01",
  "+2024-01-02",
  "-0001-01-01",
  "2024-01-02T03",
  "2024-01-02 junk",
  " 2024-01-02 ",
  "2024/01/02",
  "19000",
  "100",
  "-5",
  "20240102",
  "2024-13-01",
  "1582-10-10",
  "2024-01-02Z",
];
const stamps = [
  "2024-01-02T03:04:05Z",
  "2024-01-02T03:04:05",
  "2024-01-02 03:04:05.123456",
  "2024-01-02T03:04:05.123456789Z",
  "2024-01-02T03:04:05+02:00",
  "2024-01-02T03:04:05-18:00",
  "2024-01-02T03:04:05+18:01",
  "2024-01-02T03:04:05+2:00",
  "2024-01-02T03:04:05+02",
  "2024-01-02T03:04:05+0200",
  "2024-01-02T03:04",
  "2024-01-02T03",
  "2024-01-02T",
  "2024-01-02T24:00:00",
  "2024-01-02T23:59:60",
  "2024-01-02T3:4:5.6",
  "2024-01-02T03:04:05 UTC",
  "2024-01-02T03:04:05 Europe/Paris",
  "2024-01-02T03:04:05America/New_York",
  "2024-03-31T02:30:00 Europe/Paris",
  "2024-10-27T02:30:00 Europe/Paris",
  "2024-01-02T03:04:05 PST",
  "2024-01-02T03:04:05 EST",
  "2024-01-02T03:04:05GMT+01:00",
  "2024-01-02T03:04:05 GMT+1",
  "2024-01-02T03:04:05 utc",
  "2024-01-02T03:04:05Zulu",
  "2024-01-02T03:04:05.Z",
  "2024-01-02T03:04:05,123Z",
  "0001-01-01T00:00:00Z",
  "9999-12-31T23:59:59.999999Z",
  "294247-01-10T04:00:54.775806Z",
  "294248-01-01T00:00:00Z",
  "-000001-01-01T00:00:00Z",
  "1900-01-01T00:00:00 Europe/Amsterdam",
  "2024-01-02t03:04:05z",
  "1704164645",
  " 2024-01-02T03:04:05Z ",
];
const binaries = ["AQID", "AQI=", "AQ==", "AQ", "AQI", "A", "!!!!", "AQID AQID", "AQ=D", "AQID====", "_-_-"];
const escapes = [
  "\\n",
  "\\t",
  "\\\\",
  '\\"',
  "\\/",
  "\\b\\f\\r",
  "\\u0041",
  "\\u00e9",
  "\\ud83d\\ude00",
  "\\ud83d",
  "\\ude00\\ud83d",
  "\\u0000",
  "\\u12",
  "\\uZZZZ",
  "\\q",
  "\\'",
  "\\",
  "\\x41",
];
const rawBytes = ["\t", "\u0001", "\u0000", "\r", "\u000b", "\u000c", "\u001e", "\u007f", "\ufeff", "\u00a0"];

/** Texts as bytes; most are UTF-8, some are broken. */
export type Line = Uint8Array;

const encoder = new TextEncoder();

/** `count` lines without line feeds, most of them nearly right records. */
export function oddJsonLines(seed: number, count: number): Line[] {
  const choose = random(seed);
  return Array.from({ length: count }, () => line(choose));
}

/** Lines that each show one rule. */
export const handPicked = (): Line[] => [...ruleLines, ...wholeLines].map((text) => encoder.encode(text));

const ruleLines = [
  '{"i":1.7}',
  '{"i":"1"}',
  '{"i":1e3,"s":-0}',
  '{"i":1,"s":1.50}',
  '{"s":{"b" : 1.50, "c":[1,2 ] }}',
  '{"i":1,"s":"x",}',
  '{"i":1,"s":tru,"b":true}',
  '{"i":1,"i":2,"s":[1, 2]}',
  '{"i":1} garbage',
  "{'i':1,'s':'it'}",
  '{"i":01,"s":"z"}',
  '{"i":1,"s":NaN}',
  '{"d":"NaN","f":"-INF","l":NaN}',
  '{"s":"a\\qb","i":1,"b":true}',
  '{"s":"tab\there","i":1}',
  '{"l":9223372036854775808,"s":1}',
  '{"y":200,"h":40000}',
  '{"i":1,"s":"x"',
  '{"i":1,"s":"x',
  '{"a":[1,x],"s":"y","b":true}',
  '{"o":{"k":1 "q":2},"s":"lost"}',
  '{"i":6,"o":{"k":1 q},"s":"kept"}',
  '{"a":[1,"x",3],"s":"y"}',
  '{"o":{"k":"x","v":"kept"},"s":"y"}',
  '{"g":{"a":1,"b":"x"},"s":"y"}',
  '{"I":1,"S":"y"}',
  '{"p":1704164645}',
  '{"zz":nan,"i":1}',
  '{"zz":[1,],"i":1}',
  '{"zz":1.,"i":1}',
  '{"i":1}\r{"i":2}',
  '{"i":1}\r\r',
  '{"_corrupt_record":"own","i":5}',
  '{"m":1.005,"w":0.1}',
  '{"m":"1,234.5"}',
  '{"i":"","s":"","x":""}',
  '{"x":"AQI"}',
  '{"s":"\\ud83d"}',
];

function line(choose: Random): Line {
  if (choose.oneIn(25)) return encoder.encode(choose.pick(wholeLines));
  let text = choose.oneIn(30) ? topLevelArray(choose) : object(choose, 1 + choose.int(5));
  if (choose.oneIn(3)) text = damaged(choose, text);
  const bytes = encoder.encode(text.replaceAll("\n", " "));
  return choose.oneIn(40) ? brokenBytes(choose, bytes) : bytes;
}

const wholeLines = [
  "",
  " ",
  "\t",
  "null",
  "1",
  "true",
  '"text"',
  "[]",
  "[null]",
  "[1]",
  "[[]]",
  "{}",
  "{ }",
  "{}{}",
  "{} x",
  "x",
  "{",
  "}",
  "[",
  "]",
  "[{}]",
  "[{},]",
  ",",
  ":",
  '{"i":1}{"i":2}',
  '{"i":1},{"i":2}',
  '[{"i":1},{"l":2}] [{"i":3}]',
  "// comment",
  '{"i":1} // comment',
  '/* c */{"i":1}',
  '\ufeff{"i":1}',
  "\ufeff",
  "\u0000",
  "--",
  "<xml/>",
  "a,b,c",
];

function topLevelArray(choose: Random): string {
  const count = choose.int(4);
  const items = Array.from({ length: count }, () =>
    choose.oneIn(8) ? value(choose, choose.pick(names), 2) : object(choose, 2),
  );
  return `[${items.join(",")}]`;
}

function object(choose: Random, fields: number): string {
  const members = Array.from({ length: fields }, () => {
    const name = choose.oneIn(12) ? choose.pick(otherNames) : choose.pick(names);
    return `${key(choose, name)}${space(choose)}:${space(choose)}${value(choose, name, 0)}`;
  });
  return `{${space(choose)}${members.join(`${space(choose)},${space(choose)}`)}${space(choose)}}`;
}

const space = (choose: Random): string => (choose.oneIn(6) ? choose.pick([" ", "  ", "\t"]) : "");

function key(choose: Random, name: string): string {
  if (choose.oneIn(40)) return `'${name}'`;
  if (choose.oneIn(60)) return name;
  if (choose.oneIn(60)) return `"\\u00${name.charCodeAt(0).toString(16).padStart(2, "0")}${name.slice(1)}"`;
  return `"${name}"`;
}

function value(choose: Random, name: string, depth: number): string {
  if (choose.oneIn(4)) return anyValue(choose, depth);
  return (fitting[name] ?? anyValue)(choose, depth);
}

function anyValue(choose: Random, depth: number): string {
  const kinds = [integer, number, odd, word, quoted, textOf(dates), textOf(stamps), array, nested];
  return choose.pick(depth > 3 ? kinds.slice(0, 7) : kinds)(choose, depth + 1);
}

type Make = (choose: Random, depth: number) => string;
const integer: Make = (choose) => choose.pick(integers);
const number: Make = (choose) => (choose.oneIn(2) ? choose.pick(fractions) : randomNumber(choose));
const odd: Make = (choose) => choose.pick(oddNumbers);
const word: Make = (choose) => choose.pick(words);
const textOf =
  (texts: readonly string[]): Make =>
  (choose) =>
    JSON.stringify(choose.pick(texts));

const randomNumber = (choose: Random): string => {
  const digits = (most: number) => Array.from({ length: 1 + choose.int(most) }, () => choose.int(10)).join("");
  const whole = digits(choose.pick([1, 3, 9, 18])).replace(/^0+(?=\d)/, "");
  return `${choose.oneIn(4) ? "-" : ""}${whole}${choose.oneIn(3) ? "" : `.${digits(choose.pick([1, 2, 6, 18]))}`}${choose.oneIn(6) ? `e${choose.int(20) - 10}` : ""}`;
};

const quoted: Make = (choose) => {
  let body = choose.pick(plainTexts);
  if (choose.oneIn(3)) body += choose.pick(escapes);
  if (choose.oneIn(15)) body += choose.pick(rawBytes);
  if (choose.oneIn(25)) return `'${body}'`;
  return `"${body.replaceAll(/"(?<!\\")/g, '\\"')}"`;
};

const array: Make = (choose, depth) => {
  const items = Array.from({ length: choose.int(4) }, () => anyValue(choose, depth + 1));
  return `[${items.join(`${space(choose)},`)}${choose.oneIn(12) ? "," : ""}]`;
};

const nested: Make = (choose, depth) => {
  const members = Array.from(
    { length: choose.int(3) },
    () => `"${choose.pick(["k", "v", "q", "z", "zz"])}":${anyValue(choose, depth + 1)}`,
  );
  return `{${members.join(",")}${choose.oneIn(12) ? "," : ""}}`;
};

const record = (choose: Random, members: Readonly<Record<string, Make>>, depth: number): string =>
  `{${Object.entries(members)
    .flatMap(([name, make]) =>
      choose.oneIn(4) ? [] : [`"${name}":${(choose.oneIn(8) ? anyValue : make)(choose, depth + 1)}`],
    )
    .join(",")}}`;

const listOf =
  (make: Make): Make =>
  (choose, depth) =>
    `[${Array.from({ length: choose.int(4) }, () => (choose.oneIn(10) ? anyValue : make)(choose, depth + 1)).join(",")}]`;

const mapOf =
  (make: Make): Make =>
  (choose, depth) =>
    `{${Array.from({ length: choose.int(3) }, () => `"${choose.pick(["k", "", "é", "k2"])}":${(choose.oneIn(10) ? anyValue : make)(choose, depth + 1)}`).join(",")}}`;

const pair: Make = (choose, depth) => record(choose, { k: integer, v: quoted }, depth);

const fitting: Readonly<Record<string, Make>> = {
  i: integer,
  l: integer,
  y: integer,
  h: integer,
  f: number,
  d: number,
  m: (choose) => (choose.oneIn(3) ? JSON.stringify(choose.pick(fractions)) : number(choose, 0)),
  w: (choose) => (choose.oneIn(3) ? JSON.stringify(number(choose, 0)) : choose.pick([integer, number])(choose, 0)),
  s: quoted,
  b: word,
  x: textOf(binaries),
  t: textOf(dates),
  p: textOf(stamps),
  n: textOf(stamps),
  a: listOf(integer),
  as: listOf(quoted),
  o: (choose, depth) =>
    record(choose, { k: integer, v: quoted, q: (pick, deep) => record(pick, { z: integer }, deep) }, depth),
  ao: listOf(pair),
  g: mapOf(integer),
  gs: mapOf(quoted),
};

/** `count` records as programs write them, of values on both sides of what the fast path vouches for. */
export function tidyJsonLines(seed: number, count: number): Line[] {
  const choose = random(seed);
  return Array.from({ length: count }, () => {
    const spaced = choose.oneIn(3) ? " " : "";
    const members = names.flatMap((name) =>
      choose.oneIn(3) ? [`"${name}":${spaced}${choose.oneIn(20) ? "null" : tidy[name]!(choose, 0)}`] : [],
    );
    return encoder.encode(`{${members.join(`,${spaced}`)}}`);
  });
}

const digitsOf = (choose: Random, most: number): string => {
  const text = Array.from({ length: 1 + choose.int(most) }, () => choose.int(10)).join("");
  return text.replace(/^0+(?=\d)/, "");
};
const signOf = (choose: Random): string => (choose.oneIn(3) ? "-" : "");
const whole =
  (most: number): Make =>
  (choose) =>
    signOf(choose) + digitsOf(choose, most);
const fractionOf =
  (wholes: number, fractionDigits: number): Make =>
  (choose) =>
    `${signOf(choose)}${digitsOf(choose, wholes)}.${Array.from({ length: 1 + choose.int(fractionDigits) }, () => choose.int(10)).join("")}`;
const exponent: Make = (choose) => `${fractionOf(2, 8)(choose, 0)}e${choose.pick(["", "-", "+"])}${choose.int(99)}`;
const tidyNumber: Make = (choose, depth) =>
  choose.pick([whole(18), fractionOf(3, 3), fractionOf(10, 8), exponent])(choose, depth);
const two = (choose: Random, below: number, from = 0): string => String(from + choose.int(below)).padStart(2, "0");
const tidyDate = (choose: Random): string =>
  `${String(1 + choose.int(9999)).padStart(4, "0")}-${two(choose, 12, 1)}-${two(choose, 31, 1)}`;
const tidyTime = (choose: Random): string =>
  `${two(choose, 24)}:${two(choose, 60)}:${two(choose, 60)}${choose.oneIn(2) ? `.${digitsOf(choose, 7)}` : ""}`;
const tidyZone = (choose: Random): string =>
  choose.pick(["", "Z", "+00:00", `+${two(choose, 19)}:${two(choose, 60)}`, `-${two(choose, 19)}:30`]);
const tidyText: Make = (choose) =>
  JSON.stringify(choose.pick(plainTexts) + choose.pick(["", "\n", "\\", '"', "/", "\u0001", "ü", "😀"]));
const anyTidy: Make = (choose, depth) =>
  choose.pick([tidyText, tidyNumber, () => choose.pick(["true", "false"])])(choose, depth);
const inQuotes =
  (make: Make): Make =>
  (choose, depth) =>
    `"${make(choose, depth)}"`;
const tidyList =
  (make: Make): Make =>
  (choose, depth) =>
    `[${Array.from({ length: choose.int(3) }, () => make(choose, depth)).join(",")}]`;
const tidyPair: Make = (choose, depth) =>
  `{"k":${whole(9)(choose, depth)},"v":${anyTidy(choose, depth)},"other":${tidyList(anyTidy)(choose, depth)}}`;

const tidy: Readonly<Record<string, Make>> = {
  i: whole(10),
  l: whole(19),
  y: whole(3),
  h: whole(5),
  f: (choose, depth) => choose.pick([whole(8), fractionOf(3, 5), exponent])(choose, depth),
  d: tidyNumber,
  m: (choose, depth) =>
    choose.pick([whole(8), fractionOf(8, 2), fractionOf(9, 3), inQuotes(fractionOf(8, 2))])(choose, depth),
  w: (choose, depth) => choose.pick([whole(20), fractionOf(18, 18), inQuotes(fractionOf(20, 18))])(choose, depth),
  s: anyTidy,
  b: (choose) => choose.pick(["true", "false"]),
  x: (choose) => JSON.stringify(choose.pick(binaries)),
  t: (choose) => `"${tidyDate(choose)}"`,
  p: (choose) => `"${tidyDate(choose)}${choose.pick(["T", " "])}${tidyTime(choose)}${tidyZone(choose)}"`,
  n: (choose) => `"${tidyDate(choose)}T${tidyTime(choose)}${choose.oneIn(8) ? "Z" : ""}"`,
  a: tidyList(whole(9)),
  as: tidyList(anyTidy),
  o: (choose, depth) =>
    `{"k":${whole(9)(choose, depth)},"v":${anyTidy(choose, depth)},"q":{"z":${whole(18)(choose, depth)}}}`,
  ao: tidyList(tidyPair),
  g: (choose, depth) => `{"k":${whole(9)(choose, depth)},"é":${whole(9)(choose, depth)}}`,
  gs: (choose, depth) => `{"k":${anyTidy(choose, depth)},"k2":${anyTidy(choose, depth)}}`,
};

/** One slip of a hand, a tool or a network. */
function damaged(choose: Random, text: string): string {
  const at = choose.int(text.length + 1);
  const slips: readonly (() => string)[] = [
    () => text.slice(0, at),
    () => text.slice(0, at) + text.slice(at + 1),
    () =>
      text.slice(0, at) +
      choose.pick(["}", "]", ",", ":", '"', "{", "[", "'", "\\", "x", " ", "\r", "/", "#", "\u0000"]) +
      text.slice(at),
    () => text.replace(/}$/, ",}"),
    () => `${text} ${choose.pick(["x", "}", "]", "{}", ",", "garbage"])}`,
    () => text.replace(/"/, ""),
    () => text.replace(/:/, choose.pick(["", "=", "::"])),
    () => text.replace(/,/, choose.pick([";", ",,", ""])),
  ];
  return choose.pick(slips)();
}

function brokenBytes(choose: Random, bytes: Uint8Array): Line {
  const at = choose.int(bytes.length + 1);
  // Not 0xff: Jackson takes a name that begins with it for another one that it has seen before.
  const wrong = choose.pick([
    [0xfe],
    [0xc3],
    [0x80],
    [0xed, 0xa0, 0x80],
    [0xc0, 0xaf],
    [0xf5, 0x80, 0x80, 0x80],
    [0xe2, 0x82],
    [0xf0, 0x9f, 0x98],
  ]);
  return Uint8Array.from([...bytes.subarray(0, at), ...wrong, ...bytes.subarray(at)].filter((byte) => byte !== 10));
}
