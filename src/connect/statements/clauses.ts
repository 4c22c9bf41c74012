/** What the families of statements share. */
import type { Command } from "../../plan/command.ts";
import type { Expression } from "../../plan/expression.ts";
import type { SqlStatement } from "../../plan/node.ts";
import { encodeName } from "../names.ts";

/** Writes an expression as SQL text. */
export type Print = (expression: Expression) => string;
/** A statement's text, and the relations that it names. */
export type Written = string | { readonly text: string; readonly views: SqlStatement["views"] };
/** How commands are written; undefined for a form that has a message, or no text either. */
export type Statements<Kinds extends Command["kind"]> = {
  readonly [Kind in Kinds]: (command: Extract<Command, { readonly kind: Kind }>, print: Print) => Written | undefined;
};

/** A clause that is there or not. */
export const clause = (text: string, applies: boolean): string => (applies ? ` ${text}` : "");

/** A clause with a condition, where there is one. */
export const conditionClause = (keyword: string, condition: Expression | undefined, print: Print): string =>
  condition === undefined ? "" : ` ${keyword} ${print(condition)}`;

/** A name, and another one for it. */
export const named = (name: readonly string[], alias: string | undefined): string =>
  encodeName(name) + (alias === undefined ? "" : ` AS ${encodeName([alias])}`);
