/** Types as programs state them: `"double"`, `"double not null"`, or a data type. */
import type { DataType } from "../types/data-type.ts";
import { parseType } from "../types/ddl.ts";

/** A type as SQL writes it, with `not null` where null is impossible; or a data type. */
export type Stated = string | DataType;

/**
 * The type that a program states.
 *
 * @param stated - `"double"`, `"double not null"` or a data type
 * @throws ParseError when the text is no type
 */
export function statedType(stated: Stated): { readonly type: DataType; readonly nullable: boolean } {
  if (typeof stated !== "string") return { type: stated, nullable: true };
  const bare = stated.replace(/\s+not\s+null\s*$/i, "");
  return { type: parseType(bare), nullable: bare === stated };
}
