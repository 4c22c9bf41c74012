/** The types of arguments that are asked about, each with a letter: small for a constant, capital for a column that may be null. */

export interface ProbedType {
  readonly letter: string;
  /** As SQL writes it. */
  readonly name: string;
  readonly constant: string;
}

/** By the letter. */
export const probedTypes: Readonly<Record<string, Omit<ProbedType, "letter">>> = {
  a: { name: "void", constant: "NULL" },
  b: { name: "boolean", constant: "true" },
  c: { name: "tinyint", constant: "1Y" },
  d: { name: "smallint", constant: "1S" },
  e: { name: "int", constant: "1" },
  f: { name: "bigint", constant: "1L" },
  g: { name: "float", constant: "1.5F" },
  h: { name: "double", constant: "1.5D" },
  i: { name: "decimal(10,2)", constant: "12345678.25BD" },
  j: { name: "decimal(38,18)", constant: "12345678901234567890.123456789012345678BD" },
  k: { name: "string", constant: "'Abc'" },
  l: { name: "string collate UTF8_LCASE", constant: "'Abc' COLLATE UTF8_LCASE" },
  m: { name: "binary", constant: "X'616263'" },
  n: { name: "date", constant: "DATE'2024-02-29'" },
  o: { name: "timestamp", constant: "TIMESTAMP'2024-02-29 12:34:56'" },
  p: { name: "timestamp_ntz", constant: "TIMESTAMP_NTZ'2024-02-29 12:34:56'" },
  q: { name: "interval year to month", constant: "INTERVAL '1-2' YEAR TO MONTH" },
  r: { name: "interval day to second", constant: "INTERVAL '1 02:03:04' DAY TO SECOND" },
  s: { name: "array<int>", constant: "array(1, 2)" },
  t: { name: "array<string>", constant: "array('a', 'b')" },
  u: { name: "map<string,int>", constant: "map('a', 1)" },
  v: { name: "struct<a:int>", constant: "named_struct('a', 1)" },
  w: { name: "variant", constant: "parse_json('1')" },
};

/** The letters of all arguments that are tried: constants, then columns. */
export const letters: readonly string[] = Object.keys(probedTypes).flatMap((letter) => [letter, letter.toUpperCase()]);

/** What the letter's argument is called in a page: `int`, `int column`. */
export const describedLetter = (letter: string): string => {
  const { name } = probedTypes[letter.toLowerCase()]!;
  return isColumn(letter) ? `${name} column` : name;
};

export const isColumn = (letter: string): boolean => letter !== letter.toLowerCase();
