/** What writes rows: files, tables, views, merges, checkpoints, streams. */
import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Command, SaveMode, StartStream, Write, WriteTo } from "../../plan/command.ts";
import type { MergeAction } from "../../plan/expression.ts";
import type { Relation } from "../../plan/relation.ts";
import { quotedIfNeeded } from "../../types/identifier.ts";
import { viewName } from "../../types/view-name.ts";
import { type Decoder, type Encoder, given, keyOf, type Meaning } from "../codec.ts";
import {
  type Command as CommandMessage,
  type CommandSchema,
  WriteOperation_SaveMode as Mode,
  WriteOperationV2_Mode as ModeV2,
  WriteOperation_SaveTable_TableSaveMethod as SaveMethod,
  type WriteStreamOperationStart,
} from "../generated/spark/connect/commands_pb.ts";
import type { Expression as ExpressionMessage } from "../generated/spark/connect/expressions_pb.ts";
import { decodeName, encodeName } from "../names.ts";
import { invalidMessage, noMessage, noPlan } from "../refusal.ts";

export type CommandChoice = NonNullable<MessageInitShape<typeof CommandSchema>["commandType"]>;
export type CommandCase = NonNullable<CommandMessage["commandType"]["case"]>;
export type CommandEncoders<Kinds extends Command["kind"]> = {
  readonly [Kind in Kinds]: (command: Extract<Command, { readonly kind: Kind }>, to: Encoder) => CommandChoice;
};
export type CommandDecoders<Cases extends CommandCase> = {
  readonly [Case in Cases]: (
    message: Extract<CommandMessage["commandType"], { readonly case: Case }>["value"],
    from: Decoder,
  ) => Meaning<Command> | Meaning<Relation>;
};

const saveModes = {
  append: Mode.APPEND,
  overwrite: Mode.OVERWRITE,
  error: Mode.ERROR_IF_EXISTS,
  ignore: Mode.IGNORE,
} as const satisfies Record<SaveMode, number>;

const saveMethods = { save: SaveMethod.SAVE_AS_TABLE, insert: SaveMethod.INSERT_INTO } as const;

const writeToModes = {
  create: ModeV2.CREATE,
  replace: ModeV2.REPLACE,
  "create or replace": ModeV2.CREATE_OR_REPLACE,
  append: ModeV2.APPEND,
  overwrite: ModeV2.OVERWRITE,
  "overwrite partitions": ModeV2.OVERWRITE_PARTITIONS,
} as const satisfies Record<WriteTo["mode"], number>;

type Kind = "write" | "write to" | "create view" | "merge into" | "checkpoint" | "start stream";

export const writeEncoders: CommandEncoders<Kind> = {
  write: ({ input, format, target, mode, options, partitionBy, sortBy, clusterBy, bucketBy }, to) => ({
    case: "writeOperation",
    value: {
      input: to.relation(input),
      ...given("source", format ?? undefined),
      saveType: encodeTarget(target),
      mode: saveModes[mode],
      options,
      partitioningColumns: [...partitionBy],
      sortColumnNames: [...sortBy],
      clusteringColumns: [...clusterBy],
      ...given("bucketBy", bucketBy && { bucketColumnNames: [...bucketBy.columns], numBuckets: bucketBy.count }),
    },
  }),
  "write to": (command, to) => ({
    case: "writeOperationV2",
    value: {
      input: to.relation(command.input),
      tableName: encodeName(command.table),
      ...given("provider", command.provider),
      mode: writeToModes[command.mode],
      options: command.options,
      tableProperties: command.tableProperties,
      partitioningColumns: to.expressions(command.partitionBy),
      clusteringColumns: [...command.clusterBy],
      ...given("overwriteCondition", command.overwriteCondition && to.expression(command.overwriteCondition)),
    },
  }),
  "create view": ({ input, name, global, replace }, to) => ({
    case: "createDataframeView",
    value: { input: to.relation(input), name: quotedIfNeeded(name), isGlobal: global, replace },
  }),
  "merge into": (merge, to) => ({
    case: "mergeIntoTableCommand",
    value: {
      targetTableName: encodeName(merge.target),
      sourceTablePlan: to.relation(merge.source),
      mergeCondition: to.expression(merge.condition),
      matchActions: to.expressions(merge.matched),
      notMatchedActions: to.expressions(merge.notMatched),
      notMatchedBySourceActions: to.expressions(merge.notMatchedBySource),
      withSchemaEvolution: merge.schemaEvolution,
    },
  }),
  checkpoint: ({ input, local, eager }, to) => ({
    case: "checkpointCommand",
    value: { relation: to.relation(input), local, eager },
  }),
  "start stream": encodeStream,
};

type Case =
  | "writeOperation"
  | "writeOperationV2"
  | "createDataframeView"
  | "mergeIntoTableCommand"
  | "checkpointCommand"
  | "writeStreamOperationStart";

export const writeDecoders: CommandDecoders<Case> = {
  writeOperation: (message, from) => {
    if (message.withSchemaEvolution) throw noPlan("A write with schema evolution", "Use mergeInto.");
    const { source, saveType, mode, options, bucketBy } = message;
    return {
      kind: "write",
      input: from.relation(message.input),
      format: source ?? null,
      target: decodeTarget(saveType),
      mode: keyOf(saveModes, mode) ?? "error",
      options,
      partitionBy: message.partitioningColumns,
      sortBy: message.sortColumnNames,
      clusterBy: message.clusteringColumns,
      ...given("bucketBy", bucketBy && { columns: bucketBy.bucketColumnNames, count: bucketBy.numBuckets }),
    };
  },
  writeOperationV2: (message, from) => {
    if (message.withSchemaEvolution) throw noPlan("A write with schema evolution", "Use mergeInto.");
    const mode = keyOf(writeToModes, message.mode);
    if (mode === undefined) throw invalidMessage("a write to a table has no mode");
    const { overwriteCondition } = message;
    return {
      kind: "write to",
      input: from.relation(message.input),
      table: decodeName(message.tableName),
      ...given("provider", message.provider),
      mode,
      options: message.options,
      tableProperties: message.tableProperties,
      partitionBy: from.expressions(message.partitioningColumns),
      clusterBy: message.clusteringColumns,
      ...given("overwriteCondition", overwriteCondition && from.expression(overwriteCondition)),
    };
  },
  createDataframeView: ({ input, name, isGlobal, replace }, from) => ({
    kind: "create view",
    input: from.relation(input),
    name: viewName(name),
    global: isGlobal,
    replace,
  }),
  mergeIntoTableCommand: (message, from) => ({
    kind: "merge into",
    target: decodeName(message.targetTableName),
    source: from.relation(message.sourceTablePlan),
    condition: from.expression(message.mergeCondition),
    matched: actions(message.matchActions, from),
    notMatched: actions(message.notMatchedActions, from),
    notMatchedBySource: actions(message.notMatchedBySourceActions, from),
    schemaEvolution: message.withSchemaEvolution,
  }),
  checkpointCommand: ({ relation, local, eager }, from) => ({
    kind: "checkpoint",
    input: from.relation(relation),
    local,
    eager,
  }),
  writeStreamOperationStart: decodeStream,
};

function encodeTarget(target: Write["target"]) {
  if (target.to === "path") return { case: "path", value: target.path } as const;
  const value = { tableName: encodeName(target.name), saveMethod: saveMethods[target.method] };
  return { case: "table", value } as const;
}

function decodeTarget(
  target: Extract<CommandMessage["commandType"], { case: "writeOperation" }>["value"]["saveType"],
): Write["target"] {
  if (target.case === undefined) throw invalidMessage("a write has neither a path nor a table");
  if (target.case === "path") return { to: "path", path: target.value };
  const { tableName, saveMethod } = target.value;
  return { to: "table", name: decodeName(tableName), method: keyOf(saveMethods, saveMethod) ?? "save" };
}

const actions = (messages: readonly ExpressionMessage[], from: Decoder): readonly MergeAction[] =>
  from.expressions(messages).map((clause) => {
    if (clause.kind === "merge action") return clause;
    throw invalidMessage(`a clause of a merge is an expression of kind ${clause.kind}`);
  });

function encodeStream(stream: StartStream, to: Encoder): CommandChoice {
  const { input, format, target, options, partitionBy, clusterBy, trigger, outputMode, queryName } = stream;
  if (stream.batchFunction !== undefined)
    throw noMessage("a function of TypeScript (foreachBatch)", "Write to a table.");
  return {
    case: "writeStreamOperationStart",
    value: {
      input: to.relation(input),
      format: format ?? "",
      options,
      partitioningColumnNames: [...partitionBy],
      clusteringColumnNames: [...clusterBy],
      trigger: encodeTrigger(trigger),
      outputMode: outputMode ?? "",
      queryName: queryName ?? "",
      ...given("sinkDestination", target && encodeSink(target)),
    },
  };
}

const encodeSink = (target: NonNullable<StartStream["target"]>) =>
  target.to === "path"
    ? ({ case: "path", value: target.path } as const)
    : ({ case: "tableName", value: encodeName(target.name) } as const);

function encodeTrigger(trigger: StartStream["trigger"]) {
  if ("continuous" in trigger) return { case: "continuousCheckpointInterval", value: trigger.continuous } as const;
  if (trigger.every === "available now") return { case: "availableNow", value: true } as const;
  if (trigger.every === "once") return { case: "once", value: true } as const;
  return { case: "processingTimeInterval", value: trigger.every } as const;
}

function decodeStream(message: WriteStreamOperationStart, from: Decoder): Meaning<StartStream> {
  if ((message.foreachBatch ?? message.foreachWriter) !== undefined)
    throw noPlan("A function of a stream (foreachBatch, foreach)", "Write to a table.");
  const { format, sinkDestination: sink, outputMode, queryName } = message;
  const target =
    sink.case === undefined
      ? undefined
      : sink.case === "path"
        ? ({ to: "path", path: sink.value } as const)
        : ({ to: "table", name: decodeName(sink.value) } as const);
  return {
    kind: "start stream",
    input: from.relation(message.input),
    format: format === "" ? null : format,
    ...given("target", target),
    options: message.options,
    partitionBy: message.partitioningColumnNames,
    clusterBy: message.clusteringColumnNames,
    trigger: decodeTrigger(message.trigger),
    outputMode: outputMode === "" ? null : (outputMode.toLowerCase() as NonNullable<StartStream["outputMode"]>),
    ...given("queryName", queryName === "" ? undefined : queryName),
  };
}

function decodeTrigger(trigger: WriteStreamOperationStart["trigger"]): StartStream["trigger"] {
  if (trigger.case === "continuousCheckpointInterval") return { continuous: trigger.value };
  if (trigger.case === "realTimeBatchDuration") throw noPlan("A trigger of real-time mode", "Use processingTime.");
  if (trigger.case === "availableNow") return { every: "available now" };
  if (trigger.case === "once") return { every: "once" };
  return { every: trigger.case === undefined ? "0 seconds" : trigger.value };
}
