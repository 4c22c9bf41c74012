/** Every command of the plan, and every command message: what is missing here does not compile. */
import { create } from "@bufbuild/protobuf";
import type { CommandKind } from "../../plan/command.ts";
import type { SqlCommand } from "../generated/spark/connect/commands_pb.ts";
import { SQLSchema, type SQL as SqlMessage } from "../generated/spark/connect/relations_pb.ts";
import { invalidMessage, noMessage, noPlan, noProgram, refusing } from "../refusal.ts";
import { decodeStatement, encodeStatement, readStatement } from "../sql-statement.ts";
import type { StatementKind } from "../statements/index.ts";
import type { catalogueEncoders } from "./catalogue.ts";
import {
  type CommandCase,
  type CommandDecoders,
  type CommandEncoders,
  writeDecoders,
  writeEncoders,
} from "./writing.ts";

const ofSql = (what: string) => refusing(() => noMessage(what, "Write it as SQL text: await spark.execute(text)."));
const theirs = (what: string, hint: string) => refusing(() => noPlan(what, hint));

/** The commands that are commands for Spark too; those of the catalogue are relations there, others are statements. */
export const commandEncoders = {
  ...writeEncoders,
  "sql command": ({ statement }, to) => {
    const choice = encodeStatement(statement, to);
    return { case: "sqlCommand", value: { input: { relType: choice } } };
  },
  "register function": ({ name }) => {
    throw noProgram(`the function ${name}`);
  },
  "insert all": ofSql("FROM … INSERT … INSERT"),
  "execute immediate": ofSql("EXECUTE IMMEDIATE"),
  script: ofSql("a script of BEGIN … END"),
  "create pipeline dataset": ofSql("a dataset of a pipeline"),
  "create flow": ofSql("a flow of a pipeline"),
} satisfies CommandEncoders<Exclude<CommandKind, keyof typeof catalogueEncoders | StatementKind>>;

const ofCode = "Use Spark's own functions or SQL text.";
const ofStreams = "Streams of other clients are not served.";
const ofClusters = "Rows are computed in one process here.";

export const commandDecoders = {
  ...writeDecoders,
  sqlCommand: (message, from) => readStatement(decodeStatement(...statementOf(message), from), from),
  registerFunction: ({ functionName }) => {
    throw noPlan(`The registration of the function ${functionName}`, ofCode);
  },
  registerTableFunction: ({ functionName }) => {
    throw noPlan(`The registration of the table function ${functionName}`, ofCode);
  },
  registerDataSource: ({ name }) => {
    throw noPlan(`The registration of the data source ${name}`, "Use one of the built-in formats.");
  },
  removeCachedRemoteRelationCommand: theirs("The end of a checkpoint", "End the session, which ends its checkpoints."),
  streamingQueryCommand: theirs("A question to a stream", ofStreams),
  streamingQueryManagerCommand: theirs("A question to all streams", ofStreams),
  streamingQueryListenerBusCommand: theirs("A listener of streams", ofStreams),
  getResourcesCommand: theirs("The list of resources", ofClusters),
  createResourceProfileCommand: theirs("A profile of resources", ofClusters),
  executeExternalCommand: theirs("A command for another system", "Run it there."),
  mlCommand: theirs("A command of machine learning", "Use the functions of statistics."),
  pipelineCommand: theirs("A command of a pipeline", "Run the statements one by one."),
  extension: ({ typeUrl }) => {
    throw noPlan(`The extension ${typeUrl} as a command`, "Leave it out.");
  },
} satisfies CommandDecoders<CommandCase>;

/** The text of a statement, and the relations that it names. */
function statementOf({ input, ...old }: SqlCommand): [SqlMessage, Parameters<typeof decodeStatement>[1]] {
  if (input === undefined) return [olderStatement(old), []];
  const { relType } = input;
  if (relType.case === "sql") return [relType.value, []];
  const root = relType.case === "withRelations" ? relType.value.root?.relType : undefined;
  if (relType.case === "withRelations" && root?.case === "sql") return [root.value, relType.value.references];
  throw invalidMessage(`a statement is a relation of kind ${relType.case ?? "nothing"}`);
}

// Clients before 4.0 have the text in the command itself.
const olderStatement = ({ sql, args, posArgs, namedArguments, posArguments }: Omit<SqlCommand, "input">): SqlMessage =>
  create(SQLSchema, { query: sql, args, posArgs, namedArguments, posArguments });
