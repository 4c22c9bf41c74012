/** Relations of two inputs: joins and set operations. */
import { AnalysisError } from "../../errors.ts";
import type { AsOfJoin, JoinType, SetOperation } from "../../plan/relation.ts";
import { given, keyOf, type RelationDecoders, type RelationEncoders } from "../codec.ts";
import {
  Join_JoinType as JoinMessageType,
  SetOperation_SetOpType as SetType,
} from "../generated/spark/connect/relations_pb.ts";
import { invalidMessage, noMessage } from "../refusal.ts";

const joinTypes = {
  inner: JoinMessageType.INNER,
  full: JoinMessageType.FULL_OUTER,
  left: JoinMessageType.LEFT_OUTER,
  right: JoinMessageType.RIGHT_OUTER,
  "left anti": JoinMessageType.LEFT_ANTI,
  "left semi": JoinMessageType.LEFT_SEMI,
  cross: JoinMessageType.CROSS,
} as const satisfies Record<JoinType, number>;

const setTypes = {
  union: SetType.UNION,
  intersect: SetType.INTERSECT,
  except: SetType.EXCEPT,
} as const satisfies Record<SetOperation["operation"], number>;

type Kind = "join" | "lateral join" | "as-of join" | "nearest-by join" | "set operation";

export const joinEncoders: RelationEncoders<Kind> = {
  join: ({ left, right, type, condition, using, natural }, to) => {
    if (natural === true) throw noMessage("a NATURAL join", "Name the columns, or write the query as SQL text.");
    return {
      case: "join",
      value: {
        left: to.relation(left),
        right: to.relation(right),
        ...given("joinCondition", condition && to.expression(condition)),
        joinType: joinTypes[type],
        usingColumns: [...using],
      },
    };
  },
  "lateral join": ({ left, right, type, condition }, to) => ({
    case: "lateralJoin",
    value: {
      left: to.relation(left),
      right: to.relation(right),
      ...given("joinCondition", condition && to.expression(condition)),
      joinType: joinTypes[type],
    },
  }),
  "as-of join": (join, to) => ({
    case: "asOfJoin",
    value: {
      left: to.relation(join.left),
      right: to.relation(join.right),
      leftAsOf: to.expression(join.leftTime),
      rightAsOf: to.expression(join.rightTime),
      ...given("joinExpr", join.condition && to.expression(join.condition)),
      usingColumns: [...join.using],
      joinType: join.type.replace(" ", ""),
      ...given("tolerance", join.tolerance && to.expression(join.tolerance)),
      allowExactMatches: join.allowExactMatches,
      direction: join.direction,
    },
  }),
  "nearest-by join": ({ left, right, ranking, count, type, mode, direction }, to) => ({
    case: "nearestByJoin",
    value: {
      left: to.relation(left),
      right: to.relation(right),
      rankingExpression: to.expression(ranking),
      numResults: count,
      joinType: type,
      mode: modes[mode],
      direction,
    },
  }),
  "set operation": ({ left, right, operation, all, byName, allowMissingColumns }, to) => ({
    case: "setOp",
    value: {
      leftInput: to.relation(left),
      rightInput: to.relation(right),
      setOpType: setTypes[operation],
      isAll: all,
      byName,
      allowMissingColumns,
    },
  }),
};

export const joinDecoders: RelationDecoders<"join" | "lateralJoin" | "asOfJoin" | "nearestByJoin" | "setOp"> = {
  join: ({ left, right, joinCondition, joinType, usingColumns }, from) => ({
    kind: "join",
    left: from.relation(left),
    right: from.relation(right),
    type: decodedType(joinType),
    using: usingColumns,
    ...given("condition", joinCondition && from.expression(joinCondition)),
  }),
  lateralJoin: ({ left, right, joinCondition, joinType }, from) => ({
    kind: "lateral join",
    left: from.relation(left),
    right: from.relation(right),
    type: decodedType(joinType),
    ...given("condition", joinCondition && from.expression(joinCondition)),
  }),
  asOfJoin: (join, from) => ({
    kind: "as-of join",
    left: from.relation(join.left),
    right: from.relation(join.right),
    leftTime: from.expression(join.leftAsOf),
    rightTime: from.expression(join.rightAsOf),
    type: typeByName(join.joinType),
    ...given("condition", join.joinExpr && from.expression(join.joinExpr)),
    using: join.usingColumns,
    ...given("tolerance", join.tolerance && from.expression(join.tolerance)),
    allowExactMatches: join.allowExactMatches,
    direction: directionByName(join.direction),
  }),
  nearestByJoin: ({ left, right, rankingExpression, numResults, joinType, mode, direction }, from) => ({
    kind: "nearest-by join",
    left: from.relation(left),
    right: from.relation(right),
    ranking: from.expression(rankingExpression),
    count: numResults,
    type: typeByName(joinType) === "left" ? "left" : "inner",
    mode: keyOf(modes, mode.toLowerCase()) ?? among(mode, ["approximate", "exact"]),
    direction: among(direction, ["distance", "similarity"]),
  }),
  setOp: ({ leftInput, rightInput, setOpType, isAll = false, byName = false, allowMissingColumns = false }, from) => {
    const operation = keyOf(setTypes, setOpType);
    if (operation === undefined) throw invalidMessage("a set operation has no type");
    return {
      kind: "set operation",
      left: from.relation(leftInput),
      right: from.relation(rightInput),
      operation,
      all: isAll,
      byName,
      allowMissingColumns,
    };
  },
};

const modes = { approximate: "approx", exact: "exact" } as const;

function decodedType(type: number): JoinType {
  const known = keyOf(joinTypes, type);
  if (known === undefined) throw invalidMessage("a join has no type");
  return known;
}

const byName: Readonly<Record<string, JoinType>> = {
  "": "inner",
  inner: "inner",
  left: "left",
  leftouter: "left",
  semi: "left semi",
  leftsemi: "left semi",
  anti: "left anti",
  leftanti: "left anti",
};

function typeByName(name: string): JoinType {
  const known = byName[name.toLowerCase().replaceAll("_", "")];
  if (known !== undefined) return known;
  throw new AnalysisError(`Unsupported join type '${name}'`, {
    condition: "UNSUPPORTED_JOIN_TYPE",
    sqlState: "0A000",
    parameters: { typ: name },
    hint: `The join types are: ${Object.keys(byName).filter(Boolean).join(", ")}.`,
  });
}

function directionByName(name: string): AsOfJoin["direction"] {
  const known = directions.find((direction) => direction === name.toLowerCase());
  if (known !== undefined) return known;
  throw new AnalysisError(`Unsupported as-of join direction '${name}'`, {
    condition: "AS_OF_JOIN.UNSUPPORTED_DIRECTION",
    sqlState: "42604",
    parameters: { direction: name },
    hint: `The directions are: ${directions.join(", ")}.`,
  });
}

const directions = ["backward", "forward", "nearest"] as const;

function among<Word extends string>(word: string, words: readonly Word[]): Word {
  const found = words.find((each) => each === word.toLowerCase());
  if (found === undefined) throw invalidMessage(`${word} where one of ${words.join(", ")} was expected`);
  return found;
}
