/** Joins. */
import { AnalysisError } from "../../errors.ts";
import type { Expression } from "../../plan/expression.ts";
import type { JoinType, Relation } from "../../plan/relation.ts";
import type { SqlCursor } from "../cursor.ts";
import { seesNearest } from "../lookahead.ts";
import { readNames } from "../names.ts";
import { readNearest } from "./nearest.ts";
import { acceptPivot } from "./pivot.ts";
import { readPrimaryRelation } from "./relations.ts";
import { acceptUnpivot } from "./unpivot.ts";

/** Joins by the words before JOIN, the longest first. */
const joinWords: readonly (readonly [words: readonly string[], type: JoinType])[] = [
  [["INNER"], "inner"],
  [["CROSS"], "cross"],
  [["LEFT", "OUTER"], "left"],
  [["LEFT", "SEMI"], "left semi"],
  [["LEFT", "ANTI"], "left anti"],
  [["LEFT"], "left"],
  [["RIGHT", "OUTER"], "right"],
  [["RIGHT"], "right"],
  [["FULL", "OUTER"], "full"],
  [["FULL"], "full"],
  [["SEMI"], "left semi"],
  [["ANTI"], "left anti"],
  [[], "inner"],
];

/** Reads a join with the relation that stands before it, if there is one here. */
export function acceptJoin(cursor: SqlCursor, left: Relation): Relation | undefined {
  const { position } = cursor;
  const natural = cursor.accept("NATURAL");
  const found = joinWords.find(([words]) => cursor.sees(...words, "JOIN"));
  if (found === undefined) {
    cursor.rewind(position);
    return undefined;
  }
  for (let taken = 0; taken <= found[0].length; taken++) cursor.take();
  const isLateral = cursor.accept("LATERAL");
  const at = cursor.peek();
  const right = readSide(cursor);
  if (!natural && seesNearest(cursor)) return readNearest(cursor, { left, right, type: found[1], isLateral, at });
  const criteria = natural ? { natural } : readCriteria(cursor);
  if (isLateral) rejectColumnsInCommon(criteria);
  if (isLateral) rejectLateralType(found[1]);
  return isLateral ? lateral(left, right, found[1], criteria) : join(left, right, found[1], criteria);
}

// Joins in a row bind to the left; those in parentheses are a relation of their own.
function readSide(cursor: SqlCursor): Relation {
  const relation = readPrimaryRelation(cursor);
  return acceptPivot(cursor, relation) ?? acceptUnpivot(cursor, relation) ?? relation;
}

interface Criteria {
  readonly condition?: Expression;
  readonly using?: readonly string[];
  readonly natural?: true | boolean;
}

function readCriteria(cursor: SqlCursor): Criteria {
  if (cursor.accept("ON")) return { condition: cursor.expression() };
  return cursor.accept("USING") ? { using: readNames(cursor) } : {};
}

// What a lateral side gives may depend on the columns that it would be joined by.
function rejectColumnsInCommon({ natural, using }: Criteria): void {
  if (natural === true) {
    throw new AnalysisError("The join types LATERAL and NATURAL are incompatible", {
      condition: "INCOMPATIBLE_JOIN_TYPES",
      sqlState: "42613",
      parameters: { joinType1: "LATERAL", joinType2: "NATURAL" },
      hint: "Leave out NATURAL, and compare the columns behind ON.",
    });
  }
  if (using === undefined) return;
  throw new AnalysisError("The feature is not supported: JOIN USING with LATERAL correlation", {
    condition: "UNSUPPORTED_FEATURE.LATERAL_JOIN_USING",
    sqlState: "0A000",
    hint: "Compare the columns behind ON.",
  });
}

const lateralTypes: ReadonlySet<JoinType> = new Set(["inner", "cross", "left"]);

function rejectLateralType(type: JoinType): void {
  if (lateralTypes.has(type)) return;
  const joinType = type.toUpperCase().replace(/^(RIGHT|FULL)$/, "$1 OUTER");
  throw new AnalysisError(
    `The ${joinType} JOIN with LATERAL correlation is not allowed because an OUTER subquery cannot correlate to its join partner`,
    {
      condition: "INVALID_LATERAL_JOIN_TYPE",
      sqlState: "42613",
      parameters: { joinType },
      hint: "Remove LATERAL, or use an inner or a left join.",
    },
  );
}

function join(left: Relation, right: Relation, type: JoinType, { using = [], ...rest }: Criteria): Relation {
  return { kind: "join", left, right, type, using, ...rest };
}

function lateral(left: Relation, right: Relation, type: JoinType, { condition }: Criteria): Relation {
  return { kind: "lateral join", left, right, type, ...(condition === undefined ? {} : { condition }) };
}

/** The relations of a comma: all pairs. */
export const commaJoin = (left: Relation, right: Relation, isLateral: boolean): Relation =>
  isLateral ? lateral(left, right, "inner", {}) : join(left, right, "inner", {});
