/** The options as the compiler knows them: names and values of each format and direction. */

import type { FileFormatName, fileOptions } from "./index.ts";
import type { Direction } from "./option.ts";

type Table = typeof fileOptions;
type OnBoth<D extends Direction> = D | "both";
type Alias<O> = O extends { readonly alias: infer A extends string } ? A : never;

/** Texts as PySpark takes them stand beside real values. */
type ValueOf<O> = O extends { readonly choices: readonly (infer C extends string)[] }
  ? C | (string & {})
  : O extends { readonly kind: "flag" }
    ? boolean | "true" | "false"
    : O extends { readonly kind: "number" | "whole number" }
      ? number | `${number}`
      : string;

type Meant<T, D extends Direction> = {
  [N in keyof T as T[N] extends { readonly on: OnBoth<D> }
    ? T[N] extends { readonly refused: string }
      ? never
      : N
    : never]: T[N];
};

/** The options of one format in one direction; null and undefined leave one out. */
export type OptionsOn<F extends FileFormatName, D extends Direction> = {
  readonly [N in keyof Meant<Table[F], D>]?: ValueOf<Meant<Table[F], D>[N]> | null | undefined;
} & {
  readonly [N in keyof Meant<Table[F], D> as Alias<Meant<Table[F], D>[N]>]?:
    | ValueOf<Meant<Table[F], D>[N]>
    | null
    | undefined;
};

/** The names of options that some format has in a direction. */
export type OptionName<D extends Direction> = {
  [F in FileFormatName]: keyof OptionsOn<F, D> & string;
}[FileFormatName];
