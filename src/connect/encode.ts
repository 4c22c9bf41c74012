/** Plans as messages of Spark Connect. */
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import type { SqlParser } from "../functions/parsers.ts";
import type { Command } from "../plan/command.ts";
import { equalPlans } from "../plan/equal.ts";
import type { Expression, SortOrder } from "../plan/expression.ts";
import type { NodeOrigin } from "../plan/node.ts";
import { originText } from "../plan/node.ts";
import type { CachedLocalRelation, LocalRelation, Relation } from "../plan/relation.ts";
import { isRelation } from "../plan/rewrite.ts";
import type { CatalogueChoice } from "./catalogue-questions.ts";
import type { Encoder, ExpressionChoice, RelationChoice } from "./codec.ts";
import { catalogueEncoders } from "./commands/catalogue.ts";
import { commandEncoders } from "./commands/index.ts";
import type { CommandChoice } from "./commands/writing.ts";
import { expressionEncoders } from "./expressions/index.ts";
import { encodeSortOrder } from "./expressions/parts.ts";
import { type Plan, PlanSchema } from "./generated/spark/connect/base_pb.ts";
import {
  type Expression_SortOrderSchema,
  type Expression as ExpressionMessage,
  ExpressionSchema,
} from "./generated/spark/connect/expressions_pb.ts";
import {
  RelationCommonSchema,
  type Relation as RelationMessage,
  RelationSchema,
} from "./generated/spark/connect/relations_pb.ts";
import { encodeOrigin } from "./origin.ts";
import { isTooDeep, noMessage } from "./refusal.ts";
import { relationEncoders } from "./relations/index.ts";
import { encodeStatement } from "./sql-statement.ts";
import { withStatement } from "./statements/index.ts";

export interface CodecOptions {
  /** The zone of the session: of timestamps that SQL text writes without one, and of rows. */
  readonly timeZone: string;
  /** Reads SQL text. */
  readonly sql: SqlParser;
  /** Under which hashes the server has rows already; undefined for those that go with the plan, as all do without it. */
  readonly hashesOf?: (rows: LocalRelation) => CachedLocalRelation["hashes"] | undefined;
}

/**
 * A query or a command as the plan of a request. What was read of SQL text travels as that text.
 *
 * @param plan - an unresolved plan
 * @param options - the session's zone and parser
 * @throws UnsupportedError for what Spark Connect has no message for, such as functions of TypeScript
 */
export function encodePlan(plan: Relation | Command, options: CodecOptions): Plan {
  try {
    return encoded(plan, options);
  } catch (error) {
    throw isTooDeep(error) ? noMessage("a plan nested so deeply", "Cut it by a checkpoint.") : error;
  }
}

function encoded(given: Relation | Command, options: CodecOptions): Plan {
  const plan = isRelation(given) ? given : withStatement(given, options.sql.printExpression);
  const encoder = new PlanEncoder(options);
  if (isRelation(plan)) return create(PlanSchema, { opType: { case: "root", value: encoder.relation(plan) } });
  if (plan.written === undefined && plan.kind in catalogueEncoders) {
    const encode = catalogueEncoders[plan.kind as keyof typeof catalogueEncoders] as (
      command: Command,
    ) => CatalogueChoice;
    const root: MessageInitShape<typeof RelationSchema> = {
      relType: { case: "catalog", value: { catType: encode(plan) } },
    };
    return create(PlanSchema, { opType: { case: "root", value: root } });
  }
  return create(PlanSchema, { opType: { case: "command", value: { commandType: encoder.command(plan) } } });
}

/** A relation as a message, as `encodePlan` does it. */
export const encodeRelation = (relation: Relation, options: CodecOptions): RelationMessage =>
  new PlanEncoder(options).relation(relation);

// Ids that no DataFrame has, for relations that are referred to and come from SQL text.
let lastId = 2n ** 48n;
function freshId(): bigint {
  lastId += 1n;
  return lastId;
}

class PlanEncoder implements Encoder {
  readonly timeZone: string;
  readonly #sql: SqlParser;
  readonly #hashesOf: CodecOptions["hashesOf"];
  readonly #known = new Map<Relation, RelationMessage>();
  /** What the expressions of the relation at hand refer to. */
  #references = new Map<bigint, RelationMessage>();

  constructor({ timeZone, sql, hashesOf }: CodecOptions) {
    this.timeZone = timeZone;
    this.#sql = sql;
    this.#hashesOf = hashesOf;
  }

  command(command: Command): CommandChoice {
    if (command.written !== undefined) {
      const relType = encodeStatement(command.written, this);
      return { case: "sqlCommand", value: { input: { relType } } };
    }
    const encode = commandEncoders[command.kind as keyof typeof commandEncoders];
    return (encode as (command: Command, to: Encoder) => CommandChoice)(command, this);
  }

  relation(relation: Relation): RelationMessage {
    const known = this.#known.get(relation);
    if (known !== undefined) return known;
    const outer = this.#references;
    this.#references = new Map();
    const message = create(RelationSchema, { common: commonOf(relation), relType: this.#choice(relation) });
    const references = [...this.#references.values()];
    this.#references = outer;
    const sent = references.length === 0 ? message : withReferences(message, references);
    this.#known.set(relation, sent);
    return sent;
  }

  expression(expression: Expression): ExpressionMessage {
    const text = this.#text(expression);
    const exprType: ExpressionChoice =
      text === undefined
        ? (expressionEncoders[expression.kind] as (expression: Expression, to: Encoder) => ExpressionChoice)(
            expression,
            this,
          )
        : { case: "expressionString", value: { expression: text } };
    const origin = encodeOrigin(expression.origin);
    return create(ExpressionSchema, origin === undefined ? { exprType } : { exprType, common: { origin } });
  }

  expressions(expressions: readonly Expression[]): ExpressionMessage[] {
    return expressions.map((expression) => this.expression(expression));
  }

  order(order: readonly SortOrder[]): MessageInitShape<typeof Expression_SortOrderSchema>[] {
    return order.map((one) => encodeSortOrder(one, this));
  }

  // A rewritten expression keeps its place, although the text there says something else by now.
  #text(expression: Expression): string | undefined {
    if (expression.origin?.from !== "sql") return undefined;
    const text = originText(expression.origin);
    try {
      return equalPlans(this.#sql.expression(text, { timeZone: this.timeZone }), expression) ? text : undefined;
    } catch {
      return undefined;
    }
  }

  refer(relation: Relation): bigint {
    const message = this.relation(relation);
    message.common ??= create(RelationCommonSchema, {});
    message.common.planId ??= freshId();
    const { planId } = message.common;
    this.#references.set(planId, message);
    return planId;
  }

  #choice(relation: Relation): RelationChoice {
    if (relation.written !== undefined) return encodeStatement(relation.written, this);
    const hashes = relation.kind === "local relation" ? this.#hashesOf?.(relation) : undefined;
    if (hashes !== undefined)
      return relationEncoders["cached local relation"]({ kind: "cached local relation", hashes }, this);
    return (relationEncoders[relation.kind] as (relation: Relation, to: Encoder) => RelationChoice)(relation, this);
  }
}

function commonOf({ planId, origin: place }: NodeOrigin): MessageInitShape<typeof RelationCommonSchema> {
  const origin = encodeOrigin(place);
  return {
    ...(planId === undefined ? {} : { planId: BigInt(planId) }),
    ...(origin === undefined ? {} : { origin }),
  };
}

const withReferences = (root: RelationMessage, references: RelationMessage[]): RelationMessage =>
  create(RelationSchema, {
    common: { planId: freshId() },
    relType: { case: "withRelations", value: { root, references } },
  });
