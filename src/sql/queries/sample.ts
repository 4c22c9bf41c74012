/** TABLESAMPLE. */

import { UnsupportedError } from "../../errors.ts";
import type { Relation } from "../../plan/relation.ts";
import type { SqlCursor } from "../cursor.ts";

/** Reads `TABLESAMPLE (10 PERCENT) REPEATABLE (7)`, if it stands here. */
export function acceptSample(cursor: SqlCursor, input: Relation): Relation | undefined {
  const { start } = cursor.peek();
  if (!cursor.accept("TABLESAMPLE")) return undefined;
  cursor.accept("SYSTEM");
  cursor.expect("(");
  const sampled = readMethod(cursor, input);
  cursor.expect(")");
  const seed = cursor.accept("REPEATABLE") ? readSeed(cursor) : undefined;
  return cursor.placed(start, sampled.kind === "sample" && seed !== undefined ? { ...sampled, seed } : sampled);
}

function readMethod(cursor: SqlCursor, input: Relation): Relation {
  if (cursor.seesSign(")"))
    throw fault(cursor, "0014", "TABLESAMPLE does not accept empty inputs", "Write PERCENT or ROWS.");
  if (cursor.accept("BUCKET")) return readBucket(cursor, input);
  const isNegative = cursor.sees("-") && cursor.word(2) !== "ROWS" && cursor.accept("-");
  const amount = cursor.value();
  if (cursor.accept("ROWS")) return { kind: "limit", input, count: amount };
  const share = amount.kind === "literal" ? numberOf(amount.value, amount.type) : Number.NaN;
  if (cursor.accept("PERCENT")) return sample(cursor, input, (isNegative ? -share : share) / 100);
  if (cursor.seesSign(")")) throw bytes(cursor);
  throw cursor.unexpected("PERCENT or ROWS");
}

/** Sizes in bytes, which Hive had and Spark has not. */
function bytes(cursor: SqlCursor): Error {
  const { text } = cursor.peek(-1);
  const hint = "Write PERCENT or ROWS.";
  return /^\d+[bkmg]$/i.test(text)
    ? fault(cursor, "0015", "TABLESAMPLE(byteLengthLiteral) is not supported", hint)
    : fault(
        cursor,
        "0016",
        `${text} is not a valid byte length literal, expected syntax: DIGIT+ ('B' | 'K' | 'M' | 'G')`,
        hint,
      );
}

const fault = (cursor: SqlCursor, number: string, sentence: string, hint: string): Error =>
  cursor.fault(cursor.peek(-1), sentence, { condition: `_LEGACY_ERROR_TEMP_${number}`, hint });

function numberOf(value: unknown, type: { readonly kind: string; readonly scale?: number }): number {
  return type.kind === "decimal" ? Number(value) / 10 ** (type.scale ?? 0) : Number(value);
}

function readBucket(cursor: SqlCursor, input: Relation): Relation {
  const bucket = Number(cursor.take().value);
  cursor.expectAll("OUT", "OF");
  const count = Number(cursor.take().value);
  if (cursor.accept("ON")) throw new UnsupportedError("TABLESAMPLE (BUCKET x OUT OF y ON column) is not supported");
  return sample(cursor, input, bucket / count);
}

function sample(cursor: SqlCursor, input: Relation, fraction: number): Relation {
  if (fraction < 0 || fraction > 1)
    throw fault(
      cursor,
      "0064",
      `Sampling fraction (${fraction}) must be on interval [0, 1]`,
      "Take from 0 to 100 PERCENT, and no bucket beyond the last one.",
    );
  return { kind: "sample", input, lower: 0, upper: fraction, withReplacement: false };
}

function readSeed(cursor: SqlCursor): bigint {
  cursor.expect("(");
  const token = cursor.take();
  if (!/^\d+$/.test(token.text))
    throw cursor.fault(token, `Syntax error at or near '${token.text}'`, {
      condition: "PARSE_SYNTAX_ERROR",
      sqlState: "42601",
    });
  cursor.expect(")");
  return BigInt(token.text);
}
