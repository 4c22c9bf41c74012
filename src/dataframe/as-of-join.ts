/** Joins with the nearest row as programs write them. */
import { AnalysisError, listed } from "../errors.ts";
import { columnExpression, valueExpression } from "../functions/column.ts";
import { namedExpression } from "../functions/column-name.ts";
import type { ColumnLike, LiteralValue } from "../functions/phantom.ts";
import type { Expression } from "../plan/expression.ts";
import type { AsOfJoin, Relation } from "../plan/relation.ts";
import type { Unidentified } from "./derive.ts";
import { joinedOn, typeNamed, unsupportedType } from "./join.ts";
import type { AsOfJoinName } from "./join-kinds.ts";

/** How rows are joined with the nearest one. */
export interface AsOfJoinOptions<How extends AsOfJoinName = AsOfJoinName> {
  /** What must be equal besides: shared names, or a boolean column over both sides. */
  readonly on?: string | ColumnLike | readonly (string | ColumnLike)[];
  /** `"inner"`, or `"left"` to keep rows without any near. */
  readonly how?: How;
  /** How far off the other time may be: a number or an interval, in the measure of the times. */
  readonly tolerance?: ColumnLike | LiteralValue;
  /** Whether equal times are near, true when left out; if not, neither are those just as far off as `tolerance`. */
  readonly allowExactMatches?: boolean;
  /** Whether the other time is the last before (`"backward"`, the default), the first after, or the nearest of both. */
  readonly direction?: AsOfJoin["direction"];
}

/**
 * The relation of an as-of join.
 *
 * @throws AnalysisError `UNSUPPORTED_JOIN_TYPE`, `AS_OF_JOIN.UNSUPPORTED_DIRECTION`
 */
export function asOfJoinRelation(
  left: Relation,
  right: Relation,
  leftAsOf: unknown,
  rightAsOf: unknown,
  { on, how = "inner", tolerance, allowExactMatches = true, direction = "backward" }: AsOfJoinOptions,
): Unidentified {
  const type = typeNamed(how);
  if (type !== "inner" && type !== "left") throw unsupportedType(how, asOfNames);
  return {
    kind: "as-of join",
    left,
    right,
    leftTime: columnOf(left, leftAsOf),
    rightTime: columnOf(right, rightAsOf),
    type,
    ...joinedOn(on),
    ...(tolerance === undefined ? {} : { tolerance: valueExpression(tolerance) }),
    allowExactMatches,
    direction: directionNamed(direction),
  };
}

const asOfNames: readonly AsOfJoinName[] = ["inner", "leftouter", "left", "left_outer"];

/** A name means a column of its own side. */
const columnOf = ({ planId }: Relation, column: unknown): Expression =>
  typeof column === "string" ? namedExpression(column, planId) : columnExpression(column);

const directions: readonly AsOfJoin["direction"][] = ["forward", "backward", "nearest"];

function directionNamed(name: string): AsOfJoin["direction"] {
  const found = directions.find((direction) => direction === name.toLowerCase());
  if (found !== undefined) return found;
  throw new AnalysisError(
    `Invalid as-of join. Unsupported as-of join direction '${name}'. Supported as-of join direction include: ${listed(directions)}`,
    {
      condition: "AS_OF_JOIN.UNSUPPORTED_DIRECTION",
      sqlState: "42604",
      parameters: { direction: name, supported: listed(directions) },
    },
  );
}
