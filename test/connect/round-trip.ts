/** Plans on the wire and back. */
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { decodePlan } from "../../src/connect/decode.ts";
import { type CodecOptions, encodePlan } from "../../src/connect/encode.ts";
import { PlanSchema } from "../../src/connect/generated/spark/connect/base_pb.ts";
import { isLakewrightError } from "../../src/errors.ts";
import type { SqlOptions } from "../../src/functions/parsers.ts";
import type { Command } from "../../src/plan/command.ts";
import { equalPlans } from "../../src/plan/equal.ts";
import type { Relation } from "../../src/plan/relation.ts";
import { sparkSql } from "../../src/sql/parse.ts";
import { normalForm } from "./normal-form.ts";

/** What both ends know, which read texts by the same settings. */
export const codecOptions = ({ timeZone = "UTC", ...settings }: SqlOptions = {}): CodecOptions => ({
  timeZone,
  sql: {
    ...sparkSql,
    expression: (text, options) => sparkSql.expression(text, { ...settings, ...options }),
    query: (text, options) => sparkSql.query(text, { ...settings, ...options }),
    statement: (text, options) => sparkSql.statement(text, { ...settings, ...options }),
  },
});

/** The plan that comes out of the bytes of a plan. */
export function throughTheWire(plan: Relation | Command, options: CodecOptions = codecOptions()): Relation | Command {
  return decodePlan(fromBinary(PlanSchema, toBinary(PlanSchema, encodePlan(plan, options))), options);
}

/** Why a plan does not travel, where the codec refuses it by name. */
export function refusalOf(plan: Relation | Command, options: CodecOptions = codecOptions()): string | undefined {
  try {
    encodePlan(plan, options);
    return undefined;
  } catch (error) {
    if (isLakewrightError(error) && error.message.includes("Spark Connect has no message for")) return error.message;
    throw error;
  }
}

/** Whether two plans mean the same. */
export const sameMeaning = (left: Relation | Command, right: Relation | Command): boolean =>
  equalPlans(normalForm(left), normalForm(right));
