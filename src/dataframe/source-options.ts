/** Options of readers and writers: Spark's names, real types in programs, text in the plan. */
import type { Problem } from "../functions/kinds.ts";
import type { DidYouMean, Near } from "../functions/sentences.ts";
import type { OptionName, OptionsOn } from "../plan/file-options/kinds.ts";
import type { Direction } from "../plan/file-options/option.ts";
import type { CancelOptions } from "./session-state.ts";

/** A value of an option; the plan holds its text. */
export type OptionValue = string | number | boolean | null | undefined;

/** Options by name. */
export type SourceOptions = { readonly [name: string]: OptionValue };

/**
 * Options as the plan holds them: text by lower-case name, without those that are null or undefined.
 *
 * @param options - in the order in which they were given; later ones win, in any case
 */
export function optionTexts(...options: readonly SourceOptions[]): Readonly<Record<string, string>> {
  const entries = options.flatMap((some) => Object.entries(some));
  const given = entries.filter(([, value]) => value !== null && value !== undefined);
  return Object.freeze(Object.fromEntries(given.map(([name, value]) => [name.toLowerCase(), String(value)])));
}

/** Options of any format, for `option`, `options`, `load` and `save`. */
export type AnyOptions<D extends Direction> = { readonly [N in OptionName<D>]?: OptionValue };

/**
 * A name in any case that some format has, or a property of Delta tables; a text that the compiler does not know is checked
 * when the program runs.
 */
export type KnownOption<N extends string, D extends Direction> = string extends N
  ? N
  : Lowercase<N> extends Lowercase<OptionName<D>> | `delta.${string}`
    ? N
    : Problem<`no file format has the option '${N}' to ${D}${DidYouMean<Near<N, OptionName<D>>>}`>;

/** Options of `read.json`. */
export interface JsonReadOptions extends OptionsOn<"json", "read"> {}

/** Options of `read.csv`. */
export interface CsvReadOptions extends OptionsOn<"csv", "read"> {}

/** Options of `read.parquet`. */
export interface ParquetReadOptions extends OptionsOn<"parquet", "read"> {}

/** Options of `read.text`. */
export interface TextReadOptions extends OptionsOn<"text", "read"> {}

/** Options of `read.xml`. */
export interface XmlReadOptions extends OptionsOn<"xml", "read"> {}

/** What every method that writes takes, besides the options of the format. */
export interface WriteSettings extends CancelOptions {
  readonly mode?: "append" | "overwrite" | "error" | "errorifexists" | "ignore";
  readonly partitionBy?: string | readonly string[];
}

/** Options of `write.save` and `write.to`. */
export interface WriteOptions extends WriteSettings, AnyOptions<"write"> {}

/** Options of `write.json`. */
export interface JsonWriteOptions extends WriteSettings, OptionsOn<"json", "write"> {}

/** Options of `write.csv`. */
export interface CsvWriteOptions extends WriteSettings, OptionsOn<"csv", "write"> {}

/** Options of `write.parquet`. */
export interface ParquetWriteOptions extends WriteSettings, OptionsOn<"parquet", "write"> {}

/** Options of `write.text`. */
export interface TextWriteOptions extends WriteSettings, OptionsOn<"text", "write"> {}

/** Options of `write.xml`. */
export interface XmlWriteOptions extends WriteSettings, OptionsOn<"xml", "write"> {}
