/** Calls that have words between their arguments: `CAST(a AS INT)`, `TRIM(BOTH 'x' FROM a)`, `EXTRACT(DAY FROM a)`. */

import { ParseError } from "../../errors.ts";
import type { Call, Expression } from "../../plan/expression.ts";
import { type Origin, originContext } from "../../plan/node.ts";
import { readType } from "../../types/ddl-type.ts";
import type { SqlCursor } from "../cursor.ts";
import { readIdentifier } from "../names.ts";
import { readCallEnd } from "./calls.ts";
import { call, text } from "./nodes.ts";

/** Reads what stands behind the opening parenthesis; undefined where it is a call like any other. */
type Reader = (cursor: SqlCursor, word: string) => Expression | undefined;

const readers: Readonly<Record<string, Reader>> = {
  CAST: readCast("ansi"),
  TRY_CAST: readCast("try"),
  EXTRACT: readExtract,
  TRIM: readTrim,
  SUBSTRING: readSubstring,
  SUBSTR: readSubstring,
  POSITION: readPosition,
  OVERLAY: readOverlay,
  TIMESTAMPADD: readUnitCall("timestampadd"),
  DATEADD: readUnitCall("timestampadd"),
  DATE_ADD: readUnitCall("timestampadd"),
  TIMESTAMPDIFF: readUnitCall("timestampdiff"),
  DATEDIFF: readUnitCall("timestampdiff"),
  DATE_DIFF: readUnitCall("timestampdiff"),
  TIMEDIFF: readUnitCall("timestampdiff"),
  STRUCT: readStruct,
};

/** Reads a call with a syntax of its own, if one stands here. */
export function readSyntaxCall(cursor: SqlCursor): Expression | undefined {
  const { start, value } = cursor.peek();
  const reader = Object.hasOwn(readers, value) ? readers[value]! : undefined;
  if (reader === undefined) return undefined;
  const { position } = cursor;
  cursor.take();
  cursor.take();
  const expression = reader(cursor, value);
  if (expression === undefined) {
    cursor.rewind(position);
    return undefined;
  }
  cursor.expect(")");
  return expression.kind === "call" ? readCallEnd(cursor, start, expression) : cursor.placed(start, expression);
}

function readCast(mode: "ansi" | "try"): Reader {
  return (cursor) => {
    const input = cursor.expression();
    cursor.expect("AS");
    return { kind: "cast", input, type: readType(cursor), mode };
  };
}

function readExtract(cursor: SqlCursor): Expression | undefined {
  if (cursor.word(1) !== "FROM") return undefined;
  const field = cursor.peek().kind === "string" ? cursor.take().value : readIdentifier(cursor);
  cursor.expect("FROM");
  return call("extract", text(field), cursor.expression());
}

const trims: Readonly<Record<string, string>> = { BOTH: "trim", LEADING: "ltrim", TRAILING: "rtrim" };

function readTrim(cursor: SqlCursor): Expression | undefined {
  const side =
    cursor.seesSign(")", 1) || cursor.seesSign(",", 1) ? undefined : cursor.acceptAny("BOTH", "LEADING", "TRAILING");
  const name = trims[side ?? "BOTH"]!;
  if (side !== undefined && cursor.accept("FROM")) return call(name, cursor.expression());
  const characters = cursor.expression();
  if (!cursor.accept("FROM")) return side === undefined ? undefined : missing(cursor, "FROM");
  return call(name, cursor.expression(), characters);
}

function missing(cursor: SqlCursor, word: string): never {
  throw cursor.unexpected(word);
}

function readSubstring(cursor: SqlCursor): Expression | undefined {
  const value = cursor.expression();
  if (!cursor.accept("FROM")) return undefined;
  const from = cursor.expression();
  return call("substring", value, from, ...(cursor.accept("FOR") ? [cursor.expression()] : []));
}

function readPosition(cursor: SqlCursor): Expression | undefined {
  const part = cursor.value();
  return cursor.accept("IN") ? call("locate", part, cursor.value()) : undefined;
}

function readOverlay(cursor: SqlCursor): Expression | undefined {
  const input = cursor.expression();
  if (!cursor.accept("PLACING")) return undefined;
  const replacement = cursor.expression();
  cursor.expect("FROM");
  const from = cursor.expression();
  return call("overlay", input, replacement, from, ...(cursor.accept("FOR") ? [cursor.expression()] : []));
}

const timeUnits: ReadonlySet<string> = new Set([
  ...["YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "DAYOFYEAR", "HOUR", "MINUTE", "SECOND", "MILLISECOND", "MICROSECOND"],
]);

/** `DATEADD(MONTH, 1, a)`: the first of three arguments is a unit. */
function readUnitCall(name: string): Reader {
  return (cursor) => {
    const isQuoted = cursor.peek().kind === "string";
    if (!cursor.seesSign(",", 1) || !(isQuoted || cursor.seesAny(timeUnits))) return undefined;
    const written = cursor.peek(-2);
    const unit = cursor.take();
    const args: Expression[] = [text(unit.value)];
    while (cursor.accept(",")) args.push(cursor.expression());
    if (args.length !== 3) return undefined;
    if (isQuoted) throw quotedUnit(written.text, unit.text, cursor.origin(written.start));
    return call(name, ...args);
  };
}

const quotedUnit = (functionName: string, unit: string, origin: Origin): ParseError =>
  new ParseError(
    `The value of parameter(s) \`unit\` in \`${functionName}\` is invalid: expects one of the units without quotes ${[...timeUnits].join(", ")}, but got the string literal ${unit}`,
    {
      condition: "INVALID_PARAMETER_VALUE.DATETIME_UNIT",
      sqlState: "22023",
      parameters: { parameter: "`unit`", functionName: `\`${functionName}\``, invalidValue: unit },
      hint: "Write the unit as a word, without quotes.",
      context: originContext(origin),
    },
  );

function readStruct(cursor: SqlCursor): Call {
  const fields: Expression[] = [];
  while (!cursor.seesSign(")")) {
    fields.push(readField(cursor));
    if (!cursor.accept(",")) break;
  }
  return call("struct", ...fields);
}

function readField(cursor: SqlCursor): Expression {
  const { start } = cursor.peek();
  const input = cursor.expression();
  const isNamed = cursor.accept("AS");
  if (!isNamed && (cursor.seesSign(",") || cursor.seesSign(")"))) return input;
  return cursor.placed(start, { kind: "alias", input, names: [readIdentifier(cursor)] });
}
