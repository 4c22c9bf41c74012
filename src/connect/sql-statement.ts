/** Statements of SQL as messages: the text, what its markers stand for, and the relations that it names. */
import { readStatement as readWithNames } from "../functions/later-statement.ts";
import type { Statement } from "../functions/parsers.ts";
import type { Command } from "../plan/command.ts";
import type { Expression } from "../plan/expression.ts";
import type { SqlStatement } from "../plan/node.ts";
import type { Relation } from "../plan/relation.ts";
import { isRelation, rewriteRelations } from "../plan/rewrite.ts";
import type { Decoder, Encoder, Meaning, RelationChoice } from "./codec.ts";
import type { Relation as RelationMessage, SQL as SqlMessage } from "./generated/spark/connect/relations_pb.ts";
import { decodeLiteral } from "./literal.ts";
import { invalidMessage } from "./refusal.ts";

/** A statement as the choice of a relation. */
export function encodeStatement({ text, named, positional, views }: SqlStatement, to: Encoder): RelationChoice {
  const namedArguments = Object.fromEntries(
    Object.entries(named).map(([name, value]) => [name, to.expression(value)] as const),
  );
  const sql = {
    case: "sql",
    value: { query: text, namedArguments, posArguments: to.expressions(positional) },
  } as const;
  if (views.length === 0) return sql;
  const references = views.map(
    ({ name, plan }) =>
      ({ relType: { case: "subqueryAlias", value: { input: to.relation(plan), alias: name } } }) as const,
  );
  return { case: "withRelations", value: { root: { relType: sql }, references } };
}

/** The statement of a message. */
export function decodeStatement(
  { query, args, posArgs, namedArguments, posArguments }: SqlMessage,
  references: readonly RelationMessage[],
  from: Decoder,
): SqlStatement {
  const constants = Object.entries(args).map(([name, value]) => [name, decodeLiteral(value)] as const);
  const values = Object.entries(namedArguments).map(([name, value]) => [name, from.expression(value)] as const);
  const positional: readonly Expression[] = [...posArgs.map(decodeLiteral), ...from.expressions(posArguments)];
  return {
    text: query,
    named: Object.fromEntries([...constants, ...values]),
    positional,
    views: references.map(viewOf(from)),
  };
}

const viewOf =
  (from: Decoder) =>
  ({ relType }: RelationMessage): { readonly name: string; readonly plan: Relation } => {
    if (relType.case !== "subqueryAlias") throw invalidMessage("a relation that SQL text names has no name");
    return { name: relType.value.alias, plan: from.relation(relType.value.input) };
  };

/** What a statement means, with the text that it was read of. */
export function readStatement(statement: SqlStatement, { sql, timeZone }: Decoder): Statement {
  const { text, named, positional, views } = statement;
  const parameters = {
    ...(Object.keys(named).length > 0 ? { named } : {}),
    ...(positional.length > 0 ? { positional } : {}),
  };
  const read = readWithNames(sql, text, { timeZone, parameters });
  return Object.freeze({ ...(isRelation(read) ? withViews(read, views) : inCommand(read, views)), written: statement });
}

/** The query of a message. */
export function decodeQuery(
  message: SqlMessage,
  references: readonly RelationMessage[],
  from: Decoder,
): Meaning<Relation> {
  const read = readStatement(decodeStatement(message, references, from), from);
  if (isRelation(read)) return read;
  throw invalidMessage(`the statement (${read.kind}) is no query`);
}

function withViews(query: Relation, views: SqlStatement["views"]): Relation {
  if (views.length === 0) return query;
  const plans = new Map(views.map(({ name, plan }) => [name.toLowerCase(), { name, plan }] as const));
  return rewriteRelations(query, (relation) => {
    const view =
      relation.kind === "read table" && relation.name.length === 1
        ? plans.get(relation.name[0]!.toLowerCase())
        : undefined;
    if (view === undefined) return relation;
    return isHole(view.name) ? view.plan : Object.freeze({ kind: "subquery alias", input: view.plan, name: view.name });
  });
}

/** A command whose relations name others. */
const inCommand = (command: Command, views: SqlStatement["views"]): Command =>
  Object.fromEntries(
    Object.entries(command).map(([name, field]) => [name, isPart(field) ? withViews(field, views) : field]),
  ) as unknown as Command;

const isPart = (field: unknown): field is Relation =>
  typeof field === "object" && field !== null && "kind" in field && isRelation(field as Relation);

const isHole = (name: string): boolean => name.startsWith("lakewright_");
