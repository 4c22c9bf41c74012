/** Joins with the nearest rows: `JOIN prices EXACT NEAREST 2 BY DISTANCE abs(a - b)`. */
import { UnsupportedError } from "../../errors.ts";
import type { JoinType, Relation } from "../../plan/relation.ts";
import type { SqlCursor } from "../cursor.ts";

interface Sides {
  readonly left: Relation;
  readonly right: Relation;
  readonly type: JoinType;
  readonly isLateral: boolean;
  readonly at: ReturnType<SqlCursor["peek"]>;
}

const most = 100_000;

/**
 * Reads `APPROX | EXACT NEAREST [count] BY DISTANCE | SIMILARITY expression`.
 *
 * @throws ParseError `NEAREST_BY_JOIN`
 * @throws UnsupportedError for a lateral join, as Spark does
 */
export function readNearest(cursor: SqlCursor, { left, right, type, isLateral, at }: Sides): Relation {
  if (isLateral) {
    throw new UnsupportedError("LATERAL correlation with NEAREST BY clause is not supported", {
      condition: "UNSUPPORTED_FEATURE.LATERAL_JOIN_NEAREST_BY",
      hint: "Leave out LATERAL: the ranking sees the columns of both sides.",
    });
  }
  if (type !== "inner" && type !== "left") throw unsupportedType(cursor, at, type);
  const mode = cursor.acceptAny("APPROX", "EXACT") === "EXACT" ? "exact" : "approximate";
  cursor.expect("NEAREST");
  const count = readCount(cursor);
  cursor.expect("BY");
  const direction = cursor.acceptAny("DISTANCE", "SIMILARITY");
  if (direction === undefined) throw cursor.unexpected("DISTANCE or SIMILARITY");
  const ranking = cursor.expression();
  return {
    kind: "nearest-by join",
    left,
    right,
    ranking,
    count,
    type,
    mode,
    direction: direction === "DISTANCE" ? "distance" : "similarity",
  };
}

function readCount(cursor: SqlCursor): number {
  const at = cursor.peek();
  if (at.kind !== "number") return 1;
  cursor.take();
  const count = Number(at.text);
  if (Number.isInteger(count) && count >= 1 && count <= most) return count;
  throw cursor.fault(at, `Invalid nearest-by join. The number of results ${at.text} must be between 1 and ${most}`, {
    condition: "NEAREST_BY_JOIN.NUM_RESULTS_OUT_OF_RANGE",
    sqlState: "42604",
    parameters: { numResults: at.text, min: "1", max: String(most) },
    hint: "Give the number of rows that each row is joined with.",
  });
}

/** The joins as Spark's plans call them. */
const typeNames: Readonly<Record<JoinType, string>> = {
  inner: "INNER",
  cross: "CROSS",
  left: "LEFT OUTER",
  right: "RIGHT OUTER",
  full: "FULL OUTER",
  "left semi": "LEFT SEMI",
  "left anti": "LEFT ANTI",
};

const unsupportedType = (cursor: SqlCursor, at: Sides["at"], type: JoinType): Error =>
  cursor.fault(at, `Invalid nearest-by join. Unsupported nearest-by join type ${typeNames[type]}`, {
    condition: "NEAREST_BY_JOIN.UNSUPPORTED_JOIN_TYPE",
    sqlState: "42604",
    parameters: { joinType: typeNames[type], supported: "'INNER', 'LEFT OUTER'" },
    hint: "The joins that can be nearest-by are INNER and LEFT OUTER.",
  });
