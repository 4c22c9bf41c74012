/** What is known of one option of a file format. */

/** What an option's text stands for. */
export type OptionKind =
  | "flag"
  | "whole number"
  | "number"
  | "character"
  | "text"
  | "charset"
  | "time zone"
  | "pattern";

/** In which direction an option means something. */
export type Direction = "read" | "write";

export interface FileOption {
  readonly kind: OptionKind;
  readonly on: Direction | "both";
  /** Its other name. */
  readonly alias?: string;
  /** What holds where it is not given, as users read it. */
  readonly default?: string;
  /** The only values it may have, in any case. */
  readonly choices?: readonly string[];
  /** The largest number it may be. */
  readonly most?: number;
  /** What it does, as a phrase. */
  readonly says: string;
  /** Why it is accepted and changes nothing. */
  readonly noEffect?: string;
  /** Why another value than its default is refused, and what to do instead. */
  readonly refused?: string;
}

export type FileOptions = Readonly<Record<string, FileOption>>;
