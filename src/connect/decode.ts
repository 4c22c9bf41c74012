/** Messages of Spark Connect as plans: those of our own client, and those of PySpark and Scala. */
import { equals } from "@bufbuild/protobuf";
import type { SqlParser } from "../functions/parsers.ts";
import type { Command } from "../plan/command.ts";
import type { Expression, SortOrder } from "../plan/expression.ts";
import type { Relation } from "../plan/relation.ts";
import { type Decoder, given, type Meaning } from "./codec.ts";
import { decodeCatalogue } from "./commands/catalogue.ts";
import { commandDecoders } from "./commands/index.ts";
import type { CodecOptions } from "./encode.ts";
import { expressionDecoders } from "./expressions/index.ts";
import { decodeSortOrder } from "./expressions/parts.ts";
import type { Plan } from "./generated/spark/connect/base_pb.ts";
import type { Command as CommandMessage } from "./generated/spark/connect/commands_pb.ts";
import type {
  Expression as ExpressionMessage,
  Expression_SortOrder as SortOrderMessage,
} from "./generated/spark/connect/expressions_pb.ts";
import { type Relation as RelationMessage, RelationSchema } from "./generated/spark/connect/relations_pb.ts";
import { decodeOrigin } from "./origin.ts";
import { invalidMessage, isTooDeep, noPlan } from "./refusal.ts";
import { relationDecoders } from "./relations/index.ts";

/**
 * The query or the command of a request.
 *
 * Fields that are not known are ignored, as Spark does; choices that are not known are an error.
 *
 * @param plan - the plan of a request
 * @param options - the session's zone and parser
 * @throws UnsupportedError for what there is not here, by its name
 * @throws AnalysisError when a message does not say enough
 * @throws ParseError when SQL text in it cannot be read
 */
export function decodePlan(plan: Plan, options: CodecOptions): Relation | Command {
  try {
    return decoded(plan, options);
  } catch (error) {
    throw isTooDeep(error) ? invalidMessage("it is nested too deeply") : error;
  }
}

function decoded({ opType }: Plan, options: CodecOptions): Relation | Command {
  const decoder = new PlanDecoder(options);
  if (opType.case === "command") return decoder.command(opType.value);
  if (opType.case === "compressedOperation") throw noPlan("A compressed plan", "Send it without compression.");
  if (opType.case === undefined) throw invalidMessage("a plan is empty");
  const { relType } = opType.value;
  if (relType.case !== "catalog" || relType.value.catType.case === undefined) return decoder.relation(opType.value);
  const { case: choice, value } = relType.value.catType;
  return decoder.placed<Relation | Command>(decodeCatalogue(choice, value as never), opType.value);
}

/** The relation of a message, as `decodePlan` does it. */
export const decodeRelation = (message: RelationMessage, options: CodecOptions): Relation =>
  new PlanDecoder(options).relation(message);

class PlanDecoder implements Decoder {
  readonly timeZone: string;
  readonly sql: SqlParser;
  /** Relations by their plan ids: one that is sent twice is one relation, which is computed once. */
  readonly #known = new Map<bigint, { readonly message: RelationMessage; readonly relation: Relation }>();
  readonly #references = new Map<bigint, RelationMessage>();

  constructor({ timeZone, sql }: CodecOptions) {
    this.timeZone = timeZone;
    this.sql = sql;
  }

  command({ commandType }: CommandMessage): Relation | Command {
    if (commandType.case === undefined) throw invalidMessage("a command is missing or not known");
    const decode = commandDecoders[commandType.case] as (message: unknown, from: Decoder) => Relation | Command;
    return Object.freeze(decode(commandType.value, this));
  }

  relation(message: RelationMessage | undefined): Relation {
    if (message?.relType.case === undefined) throw invalidMessage("a relation is missing or not known");
    const planId = message.common?.planId;
    const known = planId === undefined ? undefined : this.#known.get(planId);
    if (known !== undefined && equals(RelationSchema, known.message, message)) return known.relation;
    const decode = relationDecoders[message.relType.case] as (message: unknown, from: Decoder) => Meaning<Relation>;
    const relation = this.placed(decode(message.relType.value, this), message);
    if (planId !== undefined) this.#known.set(planId, { message, relation });
    return relation;
  }

  expression(message: ExpressionMessage | undefined): Expression {
    if (message?.exprType.case === undefined) throw invalidMessage("an expression is missing or not known");
    const decode = expressionDecoders[message.exprType.case] as (
      message: unknown,
      from: Decoder,
    ) => Meaning<Expression>;
    const origin = given("origin", decodeOrigin(message.common?.origin));
    return Object.freeze({ ...decode(message.exprType.value, this), ...origin }) as Expression;
  }

  expressions(messages: readonly ExpressionMessage[]): readonly Expression[] {
    return messages.map((message) => this.expression(message));
  }

  order(messages: readonly SortOrderMessage[]): readonly SortOrder[] {
    return messages.map((message) => Object.freeze(decodeSortOrder(message, this)));
  }

  referred(planId: bigint): Relation {
    const message = this.#references.get(planId);
    if (message === undefined) throw invalidMessage(`a sub-query refers to a plan ${planId} that was not sent`);
    return this.relation(message);
  }

  withReferences(references: readonly RelationMessage[], root: RelationMessage | undefined): Relation {
    for (const reference of references)
      for (const { common } of rootsOf(reference)) {
        if (common?.planId !== undefined) this.#references.set(common.planId, reference);
      }
    return this.relation(root);
  }

  /** The node with what a message says of its place. */
  placed<Node extends Relation | Command>(node: Meaning<Node>, { common }: RelationMessage): Node {
    const planId = common?.planId === undefined ? undefined : Number(common.planId);
    const origin = decodeOrigin(common?.origin);
    return Object.freeze({ ...node, ...given("planId", planId), ...given("origin", origin) }) as unknown as Node;
  }
}

// A relation with references of its own answers to the plan id of what it stands for.
function rootsOf(message: RelationMessage): readonly RelationMessage[] {
  const root = message.relType.case === "withRelations" ? message.relType.value.root : undefined;
  return root === undefined ? [message] : [message, ...rootsOf(root)];
}
