/** What the families of the codec share: the two contexts, and the names of the choices that messages have. */
import type { MessageInitShape } from "@bufbuild/protobuf";
import type { SqlParser } from "../functions/parsers.ts";
import type { Expression, ExpressionKind, SortOrder } from "../plan/expression.ts";
import type { NodeOrigin, Placed } from "../plan/node.ts";
import type { Relation, RelationKind } from "../plan/relation.ts";
import type {
  Expression as ExpressionMessage,
  ExpressionSchema,
  Expression_SortOrder as SortOrderMessage,
  Expression_SortOrderSchema as SortOrderSchema,
} from "./generated/spark/connect/expressions_pb.ts";
import type { Relation as RelationMessage, RelationSchema } from "./generated/spark/connect/relations_pb.ts";

/** A choice of a message, by its name. */
type Chosen<Choice, Case> = Extract<Choice, { readonly case: Case }>;
/** The names of the choices that a message has. */
type CaseOf<Choice> = Choice extends { readonly case: infer Case extends string } ? Case : never;

export type RelationChoice = NonNullable<MessageInitShape<typeof RelationSchema>["relType"]>;
export type RelationCase = CaseOf<RelationMessage["relType"]>;
export type ExpressionChoice = NonNullable<MessageInitShape<typeof ExpressionSchema>["exprType"]>;
export type ExpressionCase = CaseOf<ExpressionMessage["exprType"]>;

/** What a plan means to those who write messages. */
export interface Encoder {
  /** The zone of the session. */
  readonly timeZone: string;
  relation(relation: Relation): RelationMessage;
  expression(expression: Expression): ExpressionMessage;
  expressions(expressions: readonly Expression[]): ExpressionMessage[];
  order(order: readonly SortOrder[]): MessageInitShape<typeof SortOrderSchema>[];
  /** Sends a relation along that an expression refers to; gives the plan id to refer to it by. */
  refer(relation: Relation): bigint;
}

/** What messages mean to those who make plans. */
export interface Decoder {
  /** The zone of the session, in which SQL text is read. */
  readonly timeZone: string;
  readonly sql: SqlParser;
  relation(message: RelationMessage | undefined): Relation;
  expression(message: ExpressionMessage | undefined): Expression;
  expressions(messages: readonly ExpressionMessage[]): readonly Expression[];
  order(messages: readonly SortOrderMessage[]): readonly SortOrder[];
  /** The relation that an expression refers to by its plan id. */
  referred(planId: bigint): Relation;
  /** Reads a relation with others that its expressions refer to. */
  withReferences(references: readonly RelationMessage[], root: RelationMessage | undefined): Relation;
}

export type EncodeRelation<Kind extends RelationKind> = (
  relation: Extract<Relation, { readonly kind: Kind }>,
  to: Encoder,
) => RelationChoice;
export type RelationEncoders<Kinds extends RelationKind> = { readonly [Kind in Kinds]: EncodeRelation<Kind> };

/** A relation without what all relations carry, which the decoder adds. */
export type Meaning<Node extends Placed> = Node extends unknown ? Omit<Node, keyof NodeOrigin> : never;
export type DecodeRelation<Case extends RelationCase> = (
  message: Chosen<RelationMessage["relType"], Case>["value"],
  from: Decoder,
) => Meaning<Relation>;
export type RelationDecoders<Cases extends RelationCase> = { readonly [Case in Cases]: DecodeRelation<Case> };

export type ExpressionEncoders<Kinds extends ExpressionKind> = {
  readonly [Kind in Kinds]: (expression: Extract<Expression, { readonly kind: Kind }>, to: Encoder) => ExpressionChoice;
};
export type ExpressionDecoders<Cases extends ExpressionCase> = {
  readonly [Case in Cases]: (
    message: Chosen<ExpressionMessage["exprType"], Case>["value"],
    from: Decoder,
  ) => Meaning<Expression>;
};

/** The entry of a table with `value`, for the way back. */
export function keyOf<Key extends string>(table: Readonly<Record<Key, unknown>>, value: unknown): Key | undefined {
  return (Object.keys(table) as Key[]).find((key) => table[key] === value);
}

/** A field where it has a value, and nothing where it has none. */
export const given = <Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [N in Name]?: Value } => (value === undefined ? {} : ({ [name]: value } as { [N in Name]: Value }));
