/** Columns, constants, and what is made of one value: names, casts, orders, parts. */
import { namedExpression } from "../../functions/column-name.ts";
import { literalText } from "../../plan/literal-text.ts";
import { parseType } from "../../types/ddl.ts";
import { type ExpressionDecoders, type ExpressionEncoders, given } from "../codec.ts";
import { decodeType, encodeType } from "../data-type.ts";
import { Expression_Cast_EvalMode as Mode } from "../generated/spark/connect/expressions_pb.ts";
import { decodeLiteral, encodeLiteral } from "../literal.ts";
import { decodeName, encodeName } from "../names.ts";
import { invalidMessage, noMessage, noPlan } from "../refusal.ts";
import { decodeAlias, decodeSortOrder, encodeAlias, encodeSortOrder } from "./parts.ts";

/** A plan id as messages have it. */
const encodedId = (planId: number | undefined) => given("planId", planId === undefined ? undefined : BigInt(planId));
const decodedId = (planId: bigint | undefined) => given("planId", planId === undefined ? undefined : Number(planId));

type Kind =
  | "literal"
  | "attribute"
  | "metadata attribute"
  | "star"
  | "regular expression star"
  | "alias"
  | "cast"
  | "sort order"
  | "extract value"
  | "update field"
  | "named argument";

export const columnEncoders: ExpressionEncoders<Kind> = {
  // Only the server knows the zone of its clocks.
  literal: (node) =>
    node.onClock === true
      ? { case: "expressionString", value: { expression: literalText(node, "sql") } }
      : { case: "literal", value: encodeLiteral(node) },
  attribute: ({ name, planId }) => ({
    case: "unresolvedAttribute",
    value: { unparsedIdentifier: encodeName(name), ...encodedId(planId) },
  }),
  "metadata attribute": ({ name, planId }) => ({
    case: "unresolvedAttribute",
    value: { unparsedIdentifier: encodeName([name]), isMetadataColumn: true, ...encodedId(planId) },
  }),
  star: ({ target, planId, except }) => {
    if (except !== undefined) throw noMessage("a star with EXCEPT", "Write it as SQL text, or use drop.");
    const unparsedTarget = target === undefined ? undefined : `${encodeName(target)}.*`;
    return { case: "unresolvedStar", value: { ...given("unparsedTarget", unparsedTarget), ...encodedId(planId) } };
  },
  "regular expression star": ({ pattern, target, planId }) => ({
    case: "unresolvedRegex",
    value: { colName: `${target === undefined ? "" : `${encodeName(target)}.`}\`${pattern}\``, ...encodedId(planId) },
  }),
  alias: (node, to) => ({ case: "alias", value: encodeAlias(node, to) }),
  cast: ({ input, type, mode, storedIn }, to) => {
    if (storedIn !== undefined) throw noMessage("the assignment to a column", "Write the rows by a command.");
    // Without a mode the session's own holds, as for a cast of Spark's clients.
    const evalMode = mode === "try" ? Mode.TRY : Mode.UNSPECIFIED;
    return {
      case: "cast",
      value: { expr: to.expression(input), castToType: { case: "type", value: encodeType(type) }, evalMode },
    };
  },
  "sort order": (node, to) => ({ case: "sortOrder", value: encodeSortOrder(node, to) }),
  "extract value": ({ input, extraction }, to) => ({
    case: "unresolvedExtractValue",
    value: { child: to.expression(input), extraction: to.expression(extraction) },
  }),
  "update field": ({ input, field, value }, to) => ({
    case: "updateFields",
    value: {
      structExpression: to.expression(input),
      fieldName: encodeName(field),
      ...given("valueExpression", value && to.expression(value)),
    },
  }),
  "named argument": ({ name, value }, to) => ({
    case: "namedArgumentExpression",
    value: { key: name, value: to.expression(value) },
  }),
};

type Case =
  | "literal"
  | "unresolvedAttribute"
  | "unresolvedStar"
  | "unresolvedRegex"
  | "alias"
  | "cast"
  | "sortOrder"
  | "unresolvedExtractValue"
  | "updateFields"
  | "namedArgumentExpression";

export const columnDecoders: ExpressionDecoders<Case> = {
  literal: decodeLiteral,
  unresolvedAttribute: ({ unparsedIdentifier, planId, isMetadataColumn }) => {
    const name = decodeName(unparsedIdentifier);
    if (isMetadataColumn === true) return { kind: "metadata attribute", name: name.join("."), ...decodedId(planId) };
    return { kind: "attribute", name, ...decodedId(planId) };
  },
  unresolvedStar: ({ unparsedTarget = "*", planId }) => {
    const star = namedExpression(unparsedTarget, planId === undefined ? undefined : Number(planId));
    if (star.kind === "star") return star;
    throw invalidMessage(`the target of a star must end in .*, unlike ${unparsedTarget}`);
  },
  unresolvedRegex: ({ colName, planId }) => {
    const [, target, pattern] = /^(?:([\w.]+)\.)?`(.*)`$/s.exec(colName) ?? [];
    if (pattern !== undefined) {
      const of = target === undefined ? {} : { target: decodeName(target) };
      return { kind: "regular expression star", ...of, pattern, ...decodedId(planId) };
    }
    return namedExpression(colName, planId === undefined ? undefined : Number(planId));
  },
  alias: decodeAlias,
  cast: ({ expr, castToType, evalMode }, from) => {
    if (castToType.case === undefined) throw invalidMessage("a cast has no type");
    if (evalMode === Mode.LEGACY) throw noPlan("A cast of mode LEGACY", "Use tryCast, which gives null.");
    const type = castToType.case === "type" ? decodeType(castToType.value) : parseType(castToType.value);
    return { kind: "cast", input: from.expression(expr), type, mode: evalMode === Mode.TRY ? "try" : "ansi" };
  },
  sortOrder: decodeSortOrder,
  unresolvedExtractValue: ({ child, extraction }, from) => ({
    kind: "extract value",
    input: from.expression(child),
    extraction: from.expression(extraction),
  }),
  updateFields: ({ structExpression, fieldName, valueExpression }, from) => ({
    kind: "update field",
    input: from.expression(structExpression),
    field: decodeName(fieldName),
    ...given("value", valueExpression && from.expression(valueExpression)),
  }),
  namedArgumentExpression: ({ key, value }, from) => ({
    kind: "named argument",
    name: key,
    value: from.expression(value),
  }),
};
