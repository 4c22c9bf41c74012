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
  if (cursor.accept("BUCKET")) return readBucket(cursor, input);
  const isNegative = cursor.accept("-");
  const amount = cursor.value();
  if (cursor.accept("ROWS")) return { kind: "limit", input, count: amount };
  const share = amount.kind === "literal" ? numberOf(amount.value, amount.type) : Number.NaN;
  if (!cursor.accept("PERCENT")) throw cursor.unexpected("PERCENT or ROWS");
  return sample(input, 0, (isNegative ? -share : share) / 100);
}

function numberOf(value: unknown, type: { readonly kind: string; readonly scale?: number }): number {
  return type.kind === "decimal" ? Number(value) / 10 ** (type.scale ?? 0) : Number(value);
}

function readBucket(cursor: SqlCursor, input: Relation): Relation {
  const bucket = Number(cursor.take().value);
  cursor.expectAll("OUT", "OF");
  const count = Number(cursor.take().value);
  if (cursor.accept("ON")) throw new UnsupportedError("TABLESAMPLE (BUCKET x OUT OF y ON column) is not supported");
  return sample(input, 0, bucket / count);
}

const sample = (input: Relation, lower: number, upper: number): Relation => ({
  kind: "sample",
  input,
  lower,
  upper,
  withReplacement: false,
});

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
