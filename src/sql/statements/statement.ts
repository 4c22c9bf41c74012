/** Statements, by the word that they begin with. */
import { UnsupportedError } from "../../errors.ts";
import type { Statement } from "../../functions/parsers.ts";
import type { SqlCursor } from "../cursor.ts";
import { readAlter } from "./alter.ts";
import { readDescribe } from "./describe.ts";
import { readExecuteImmediate } from "./execute-immediate.ts";
import { readExplain } from "./explain.ts";
import { readCreateFunction, readDropFunction } from "./functions.ts";
import { readInsertDirectory } from "./insert-directory.ts";
import {
  readConvert,
  readFileCheck,
  readGenerate,
  readOptimize,
  readReorganize,
  readRestore,
  readVacuum,
} from "./maintenance.ts";
import { readMerge } from "./merge.ts";
import { readAlterNamespace, readCommentOn, readCreateNamespace, readDropNamespace, readUse } from "./namespaces.ts";
import { readCreateDataset, readCreateFlow } from "./pipelines.ts";
import { refusedStatements } from "./refused.ts";
import { readDelete, readInsert, readUpdate } from "./rows.ts";
import { readDeclare, readDropVariable, readReset, readSet } from "./session.ts";
import { readFromInsert, readWithChange } from "./shared-input.ts";
import { readShow } from "./show.ts";
import {
  readAnalyze,
  readCache,
  readCreateTable,
  readDropRelation,
  readRefresh,
  readRepair,
  readTruncate,
  readUncache,
} from "./tables.ts";
import { readCreatePersistentView, readCreateView } from "./views.ts";

/** Reads a statement from its first word on; undefined where the word begins another statement too, and that is meant. */
export type StatementReader = (cursor: SqlCursor) => Statement | undefined;

/** Every reader of statements that begin with a word; the first that knows the statement reads it. */
const readers: Readonly<Record<string, readonly StatementReader[]>> = {
  EXPLAIN: [readExplain(readStatement)],
  WITH: [readWithChange],
  FROM: [readFromInsert],
  MERGE: [readMerge],
  EXECUTE: [readExecuteImmediate],
  CREATE: [
    refuseRefresh,
    readCreateDataset,
    readCreateFlow,
    readCreateView,
    readCreatePersistentView,
    readCreateTable,
    readCreateNamespace,
    readCreateFunction,
  ],
  REPLACE: [readCreateTable],
  DROP: [readDropRelation, readDropNamespace, readDropFunction, readDropVariable],
  ALTER: [readAlter, readAlterNamespace],
  COMMENT: [readCommentOn],
  USE: [readUse],
  INSERT: [readInsertDirectory, readInsert],
  DELETE: [readDelete],
  UPDATE: [readUpdate],
  TRUNCATE: [readTruncate],
  REFRESH: [readRefresh],
  REPAIR: [readRepair],
  MSCK: [readRepair],
  ANALYZE: [readAnalyze],
  CACHE: [readCache],
  UNCACHE: [readUncache],
  CLEAR: [readUncache],
  SHOW: [readShow],
  DESCRIBE: [readDescribe],
  DESC: [readDescribe],
  SET: [readSet],
  RESET: [readReset],
  DECLARE: [readDeclare],
  OPTIMIZE: [readOptimize],
  REORG: [readReorganize],
  VACUUM: [readVacuum],
  RESTORE: [readRestore],
  CONVERT: [readConvert],
  FSCK: [readFileCheck],
  GENERATE: [readGenerate],
};

/** Words that begin a query. */
const queryWords: ReadonlySet<string> = new Set(["SELECT", "WITH", "VALUES", "FROM", "TABLE"]);

/**
 * Reads a statement.
 *
 * @throws ParseError where it is none
 * @throws UnsupportedError for a statement of Spark's that there is not
 */
export function readStatement(cursor: SqlCursor): Statement {
  const word = cursor.word();
  if (word === undefined) return cursor.query();
  const { position } = cursor;
  for (const reader of Object.hasOwn(readers, word) ? readers[word]! : []) {
    const statement = reader(cursor);
    if (statement !== undefined) return statement;
    cursor.rewind(position);
  }
  if (queryWords.has(word)) return cursor.query();
  throw refusedStatement(cursor) ?? cursor.unexpected("a statement");
}

/** Spark has no `CREATE OR REFRESH`, which pipelines elsewhere have. */
function refuseRefresh(cursor: SqlCursor): undefined {
  cursor.take();
  if (cursor.accept("OR") && cursor.sees("REFRESH")) throw cursor.unexpected("REPLACE");
}

function refusedStatement(cursor: SqlCursor): Error | undefined {
  const found = refusedStatements.find((words) => cursor.sees(...words.split(" ")));
  if (found === undefined) return undefined;
  return new UnsupportedError(`the statement ${found} is not supported`, { parameters: { statement: found } });
}
