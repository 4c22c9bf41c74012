/** The sentences that the compiler says of a wrong column. They are evaluated only when there is something to say. */
import type { ArrayOf, MapOf, Problem, StructOf } from "./kinds.ts";
import type { ColumnLike } from "./phantom.ts";

/**
 * What a wrong argument is told, in one line: a column sees the bare sentence, a name an object that holds it, since
 * editors would offer a string as a completion.
 */
export type Told<C, Sentence extends string> = C extends ColumnLike ? Sentence : Problem<Sentence>;

type LastOf<U> = (U extends unknown ? (f: (u: U) => void) => void : never) extends (f: infer I) => void
  ? I extends (u: infer L) => void
    ? L
    : never
  : never;

/** The names of a union in one sentence, at most twenty of them. */
export type List<U, Text extends string = "", Count extends readonly 0[] = []> = [U] extends [never]
  ? Text
  : Count["length"] extends 20
    ? `…, ${Text}`
    : LastOf<U> extends infer L extends string
      ? List<Exclude<U, L>, Text extends "" ? L : `${L}, ${Text}`, [...Count, 0]>
      : Text;

/** Names that a misspelt one may stand for: the same in another case, or beginning with the same two letters. */
export type Near<N extends string, U extends string> = { [K in U as Lowercase<K>]: K } extends infer Lower
  ? Lowercase<N> extends keyof Lower
    ? Lower[Lowercase<N>]
    : N extends `${infer A}${infer B}${string}`
      ? Extract<U, `${A}${B}${string}`>
      : never
  : never;
export type DidYouMean<U> = [U] extends [never] ? "" : ` (did you mean ${List<U>}?)`;

export type NoColumn<S, N extends string> = Problem<`column '${N}' does not exist${DidYouMean<
  Near<N, keyof S & string>
>}; the columns are: ${List<keyof S & string>}`>;

/** A kind as a sentence writes it. */
export type Show<K> = K extends string
  ? K
  : K extends ArrayOf<infer E>
    ? `array<${Show<Exclude<E, null>>}>`
    : K extends MapOf<infer A, infer B>
      ? `map<${Show<A>},${Show<Exclude<B, null>>}>`
      : K extends StructOf<infer S>
        ? `struct<${List<keyof S & string>}>`
        : "another type";

type Ordinal = ["first", "second", "third", "fourth", "fifth"];
export type WrongArgument<Name extends string, Wanted extends string, K, I> = Problem<`the ${I extends keyof Ordinal
  ? Ordinal[I] & string
  : "next"} argument of ${Name} must be ${Wanted}, not ${Show<Exclude<K, null>>}`>;
