/** The kinds of types and schemas that a program writes as SQL text, such as `"user STRING NOT NULL, n DECIMAL(10, 2)"`. */
import type { ArrayOf, Decimals, Dynamic, Kind, MapOf, StructOf, Untyped } from "./kinds.ts";

type Trim<T extends string> = T extends ` ${infer R}` | `${infer R} ` | `\n${infer R}` | `${infer R}\n` | `\t${infer R}`
  ? Trim<R>
  : T;
type Opens<T extends string, N extends readonly 0[] = []> = T extends `${string}${"(" | "<"}${infer R}`
  ? Opens<R, [...N, 0]>
  : N["length"];
type Closes<T extends string, N extends readonly 0[] = []> = T extends `${string}${")" | ">"}${infer R}`
  ? Closes<R, [...N, 0]>
  : N["length"];
/** The parts of a list between commas that no bracket encloses. */
type Split<
  T extends string,
  Found extends readonly string[] = [],
  Head extends string = "",
> = T extends `${infer A},${infer B}`
  ? Opens<`${Head}${A}`> extends Closes<`${Head}${A}`>
    ? Split<B, [...Found, Trim<`${Head}${A}`>]>
    : Split<B, Found, `${Head}${A},`>
  : [...Found, Trim<`${Head}${T}`>];

interface Synonyms {
  integer: "int";
  long: "bigint";
  short: "smallint";
  byte: "tinyint";
  real: "float";
  bool: "boolean";
  text: "string";
  dec: "decimal(10,0)";
  decimal: "decimal(10,0)";
  numeric: "decimal(10,0)";
  timestamp_ltz: "timestamp";
}
type Named = Extract<Exclude<Kind, Dynamic>, string>;

/** The kind of a type as SQL writes it; `Dynamic` where the compiler cannot read it. */
export type SqlKind<T extends string> =
  Lowercase<T> extends infer L extends string
    ? L extends keyof Synonyms
      ? Synonyms[L]
      : L extends `${"decimal" | "dec" | "numeric"}(${infer Digits}`
        ? DecimalKind<Digits>
        : L extends Named
          ? L
          : T extends `${infer Head}<${infer Inner}>`
            ? NestedKind<Lowercase<Trim<Head>>, Trim<Inner>>
            : L extends `${"char" | "varchar" | "character"}${" " | ""}(${string})`
              ? "string"
              : Dynamic
    : never;
type DecimalKind<Digits extends string> = Digits extends `${infer Precision},${infer Scale})`
  ? Extract<`decimal(${Trim<Precision>},${Trim<Scale>})`, Decimals>
  : Digits extends `${infer Precision})`
    ? Extract<`decimal(${Trim<Precision>},0)`, Decimals>
    : Dynamic;
type NestedKind<Head extends string, Inner extends string> = Head extends "array"
  ? ArrayOf<SqlKind<Inner> | null>
  : Head extends "struct"
    ? StructOf<Ddl<Inner>>
    : Head extends "map"
      ? Split<Inner> extends [infer K extends string, infer V extends string]
        ? MapOf<SqlKind<K>, SqlKind<V> | null>
        : Dynamic
      : Dynamic;

type WithoutComment<F extends string> = F extends `${infer Bare} ${"COMMENT" | "comment"} ${string}` ? Trim<Bare> : F;
type FieldName<F> = F extends `\`${infer Quoted}\`${string}`
  ? Quoted
  : F extends `${infer N}:${string}`
    ? N extends `${string} ${string}`
      ? Before<F>
      : N
    : Before<F>;
type Before<F> = F extends `${infer N} ${string}` ? N : never;
type FieldType<F> = F extends `\`${string}\`${infer T}`
  ? Trim<T extends `${":" | " :"}${infer R}` ? R : T>
  : F extends `${infer N}:${infer T}`
    ? N extends `${string} ${string}`
      ? After<F>
      : Trim<T>
    : After<F>;
type After<F> = F extends `${string} ${infer T}` ? Trim<T> : never;
type FieldKind<T extends string> = T extends `${infer Bare} ${"NOT" | "not" | "Not"} ${"NULL" | "null" | "Null"}`
  ? SqlKind<Trim<Bare>>
  : SqlKind<T> | null;

/** The kind of a type that a program states: text, with `not null` where null is impossible; unknown for a data type. */
export type StatedKind<T> = T extends string ? FieldKind<T> : Dynamic;

/** The schema of a DDL string that is written out in the program; any other string is `Untyped`. */
export type Ddl<T extends string> = string extends T ? Untyped : Settled<Fields<Split<T>[number]>>;
type Settled<T> = [T[keyof T]] extends [Kind] ? { [K in keyof T]: T[K] } : T;
type Fields<Parts extends string> = {
  [F in Parts as FieldName<WithoutComment<F>>]: FieldKind<FieldType<WithoutComment<F>>>;
};
