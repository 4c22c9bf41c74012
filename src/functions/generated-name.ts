/** The names that Spark generates for columns without an alias; `string` where the compiler does not know the name. */
import type { Aliased, Call, CastTo, Known, Ref, TriedCast } from "./phantom.ts";
import type { NameIn } from "./signature.ts";

type Infix = "+" | "-" | "*" | "/" | "%" | ">" | ">=" | "<" | "<=" | "=" | "<=>" | "AND" | "OR" | "&" | "|" | "^";
/** Functions whose generated name is not `name(arguments)`. */
type Irregular =
  | "when"
  | "in"
  | "like"
  | "ilike"
  | "rlike"
  | "negative"
  | "!="
  | "substr"
  | "explode"
  | "explode_outer"
  | "posexplode"
  | "posexplode_outer"
  | "inline"
  | "inline_outer"
  | "stack"
  | "json_tuple";

/** The name of an expression in the output of a `select`. */
export type NameOf<E> = unknown extends E
  ? string
  : E extends Aliased<infer N, unknown>
    ? N
    : E extends Ref<infer N>
      ? LastPart<N>
      : E extends Known<unknown, infer N>
        ? N
        : E extends CastTo<string, Ref<infer N>> | TriedCast<string, Ref<infer N>>
          ? LastPart<N>
          : E extends CastTo<infer T, infer I>
            ? `CAST(${NameOf<I>} AS ${Uppercase<T>})`
            : E extends Call<infer F, infer A>
              ? NameOfCall<NameIn<F>, A>
              : string;

type NameOfCall<F, A> = F extends Irregular
  ? string
  : A extends readonly [infer Left, infer Right]
    ? F extends Infix
      ? `(${NameOf<Left>} ${F} ${NameOf<Right>})`
      : Named<F, A>
    : A extends readonly [infer Only]
      ? F extends "NOT"
        ? `(NOT ${NameOf<Only>})`
        : F extends "isnull"
          ? `(${NameOf<Only>} IS NULL)`
          : F extends "isnotnull"
            ? `(${NameOf<Only>} IS NOT NULL)`
            : Named<F, A>
      : Named<F, A>;

type Named<F, A> = F extends `DISTINCT ${infer Name}` ? `${Name}(DISTINCT ${Names<A>})` : `${F & string}(${Names<A>})`;
type Names<A, Text extends string = ""> = A extends readonly [infer H, ...infer R]
  ? Names<R, Text extends "" ? NameOf<H> : `${Text}, ${NameOf<H>}`>
  : A extends readonly []
    ? Text
    : string;

/** `city` of `address.city`; the name of a column in back-ticks; `string` for stars, which are several columns. */
type LastPart<N extends string> = N extends `*` | `${string}.*`
  ? string
  : N extends `\`${infer Quoted}\``
    ? Quoted extends `${string}\`${string}`
      ? string
      : Quoted
    : N extends `${string}.${infer Rest}`
      ? LastPart<Rest>
      : N;
