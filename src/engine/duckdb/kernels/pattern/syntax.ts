/** The parts of a regular expression of Java, before it is written for another engine. */

/** A set of characters. */
export type CharacterSet =
  | { readonly kind: "range"; readonly first: number; readonly last: number }
  /** A property of Unicode, as JavaScript names it: `L`, `Script=Greek`. */
  | { readonly kind: "property"; readonly name: string }
  | { readonly kind: "union"; readonly sets: readonly CharacterSet[] }
  | { readonly kind: "intersection"; readonly sets: readonly CharacterSet[] }
  | { readonly kind: "complement"; readonly set: CharacterSet };

/** Places between characters. */
export type Anchor =
  | "start of input"
  | "end of input"
  | "end before the last line terminator"
  | "start of line"
  | "end of line"
  | "word boundary"
  | "no word boundary";

export type Look = "ahead" | "not ahead" | "behind" | "not behind";

/** A part of a pattern. */
export type Node =
  | { readonly kind: "set"; readonly set: CharacterSet }
  | { readonly kind: "anchor"; readonly anchor: Anchor }
  | { readonly kind: "sequence"; readonly parts: readonly Node[] }
  | { readonly kind: "alternatives"; readonly branches: readonly Node[] }
  | { readonly kind: "group"; readonly number: number; readonly body: Node }
  | { readonly kind: "look"; readonly look: Look; readonly body: Node }
  | { readonly kind: "atomic"; readonly body: Node }
  | {
      readonly kind: "repeat";
      readonly body: Node;
      readonly least: number;
      readonly most: number;
      readonly lazy: boolean;
    }
  | { readonly kind: "reference"; readonly group: number };

/** A parsed pattern. */
export interface Pattern {
  readonly source: string;
  readonly root: Node;
  readonly groups: number;
  /** The numbers of named groups. */
  readonly names: ReadonlyMap<string, number>;
}
