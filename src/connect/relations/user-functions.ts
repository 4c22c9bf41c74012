/** Functions and sources of users, and models: code does not travel. */
import type { RelationDecoders, RelationEncoders } from "../codec.ts";
import { noPlan, noProgram, refusing } from "../refusal.ts";

const ours = (what: string) => refusing(() => noProgram(what));

type Kind =
  | "user table function relation"
  | "map batches"
  | "apply to groups"
  | "apply to cogroups"
  | "apply with state";

export const userFunctionEncoders: RelationEncoders<Kind> = {
  "user table function relation": ours("a table function"),
  "map batches": ours("a function of batches"),
  "apply to groups": ours("a function of groups"),
  "apply to cogroups": ours("a function of pairs of groups"),
  "apply with state": ours("a function with state"),
};

const theirs = (what: string, instead = "Use Spark's own functions or SQL text.") =>
  refusing(() => noPlan(what, instead));

type Case =
  | "mapPartitions"
  | "groupMap"
  | "coGroupMap"
  | "applyInPandasWithState"
  | "commonInlineUserDefinedTableFunction"
  | "commonInlineUserDefinedDataSource"
  | "mlRelation"
  | "htmlString"
  | "extension"
  | "unknown";

export const userFunctionDecoders: RelationDecoders<Case> = {
  mapPartitions: theirs("A function of partitions (mapInPandas, mapInArrow, mapPartitions)"),
  groupMap: theirs("A function of groups (applyInPandas, applyInArrow, transformWithState)"),
  coGroupMap: theirs("A function of pairs of groups (cogroup)"),
  applyInPandasWithState: theirs("applyInPandasWithState"),
  commonInlineUserDefinedTableFunction: theirs("A table function of Python"),
  commonInlineUserDefinedDataSource: theirs("A data source of Python", "Use one of the built-in formats."),
  mlRelation: theirs("A model of machine learning", "Use the functions of statistics."),
  htmlString: theirs("A table as HTML", "Ask for showString, or draw the rows yourself."),
  extension: ({ typeUrl }) => {
    throw noPlan(`The extension ${typeUrl}`, "Leave it out.");
  },
  unknown: theirs("A relation of kind unknown", "Send a relation that says what it is."),
};
