/** The roots of printing, which hold each other: expressions have queries in them. */
import { UnsupportedError } from "../../errors.ts";
import type { Expression } from "../../plan/expression.ts";
import type { Relation } from "../../plan/relation.ts";

export interface Printer {
  /** The text of an expression. */
  readonly expression: (expression: Expression) => string;
  /** The text of an expression beside an operator: in parentheses where it needs them. */
  readonly operand: (expression: Expression) => string;
  /** The text of a query. */
  readonly query: (relation: Relation) => string;
}

/** What SQL text has no words for. */
export const unprintable = (what: string, hint: string): UnsupportedError =>
  new UnsupportedError(`${what} cannot be written as SQL text`, { hint });

/** Texts with commas between. */
export const list = <Item>(items: readonly Item[], write: (item: Item) => string): string =>
  items.map(write).join(", ");
