/** What may follow a primary expression: `[index]`, `.field`, `::type`, `COLLATE name`, `:path`. */
import type { Expression } from "../../plan/expression.ts";
import { readType } from "../../types/ddl-type.ts";
import { variantSteps } from "../../types/variant-path.ts";
import type { SqlCursor } from "../cursor.ts";
import { isName, readIdentifier, readQualifiedName } from "../names.ts";
import { call, text } from "./nodes.ts";
import { readPrimary } from "./primary.ts";
import { readVariantPath } from "./variant-path.ts";

/** Reads a primary expression and what follows it. */
export function readPostfix(cursor: SqlCursor, base?: Expression): Expression {
  const { start } = base === undefined ? cursor.peek() : cursor.peek(-1);
  let expression = base ?? readPrimary(cursor);
  for (let next = readNext(cursor, expression); next !== undefined; next = readNext(cursor, expression)) {
    expression = cursor.placed(base?.origin?.from === "sql" ? base.origin.start : start, next);
  }
  return expression;
}

function readNext(cursor: SqlCursor, input: Expression): Expression | undefined {
  const { kind, value } = cursor.peek();
  if (kind === "sign") return Object.hasOwn(signs, value) ? signs[value]!(cursor, input) : undefined;
  if (kind !== "word" || value !== "COLLATE") return undefined;
  cursor.take();
  return { ...call("collate", input, text(readQualifiedName(cursor, "the name of a collation").join("."))) };
}

/** The part of a variant, called by the last field of the path wherever Spark names it. */
function variantPart(input: Expression, path: string): Expression {
  const part: Expression = { ...call("variant_get", input, text(path), text("variant")) };
  const name = variantSteps(path).findLast((step) => typeof step === "string");
  return name === undefined ? part : { kind: "alias", input: part, names: [name] };
}

type Postfix = (cursor: SqlCursor, input: Expression) => Expression | undefined;

const signs: Readonly<Record<string, Postfix>> = {
  "[": (cursor, input) => {
    cursor.take();
    const extraction = cursor.expression();
    cursor.expect("]");
    return { kind: "extract value", input, extraction };
  },
  ".": (cursor, input) => {
    if (!isName(cursor, 1)) return undefined;
    cursor.take();
    return { kind: "extract value", input, extraction: text(readIdentifier(cursor)) };
  },
  "::": (cursor, input) => {
    cursor.take();
    return { kind: "cast", input, type: readType(cursor), mode: "ansi" };
  },
  ":": (cursor, input) => {
    if (!isName(cursor, 1) && !cursor.seesSign("[", 1)) return undefined;
    cursor.take();
    return variantPart(input, readVariantPath(cursor));
  },
};
