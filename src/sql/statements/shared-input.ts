/** Statements whose rows are read before the words that tell what is done: `WITH … INSERT`, `FROM … INSERT … INSERT`. */
import { UnsupportedError } from "../../errors.ts";
import type { Statement } from "../../functions/parsers.ts";
import type { Insert } from "../../plan/catalogue-command.ts";
import type { MergeInto, Write } from "../../plan/command.ts";
import type { Relation } from "../../plan/relation.ts";
import type { SqlCursor } from "../cursor.ts";
import { readCommonTables } from "../queries/common-tables.ts";
import { readFrom, readLateralViews } from "../queries/from.ts";
import { acceptOrganization } from "../queries/organization.ts";
import { readSelect } from "../queries/select.ts";
import { readInsertDirectory } from "./insert-directory.ts";
import { readMerge } from "./merge.ts";
import { readInsert, readInsertTarget } from "./rows.ts";

/** Reads `WITH … INSERT | MERGE | FROM … INSERT`; undefined for a query. */
export function readWithChange(cursor: SqlCursor): Statement | undefined {
  if (!hasChange(cursor)) return undefined;
  const { recursive, tables, names } = readCommonTables(cursor);
  const change = cursor.withCommonTables(names, () => readChange(cursor));
  const within = (input: Relation): Relation => ({ kind: "with", input, tables, recursive });
  if (change === undefined) return undefined;
  if (change.kind === "merge into") return { ...change, source: within(change.source) };
  if (change.kind !== "insert all") return { ...change, input: within(change.input) };
  return { ...change, inserts: change.inserts.map((insert) => ({ ...insert, input: within(insert.input) })) };
}

function readChange(cursor: SqlCursor): Insert | InsertAll | MergeInto | Write | undefined {
  if (cursor.word() === "INSERT") return readInsertDirectory(cursor) ?? readInsert(cursor);
  if (cursor.word() === "MERGE") return readMerge(cursor);
  return cursor.word() === "FROM" ? readFromInsert(cursor) : undefined;
}

type InsertAll = Extract<Statement, { kind: "insert all" }>;

/** Reads `FROM relation INSERT … SELECT … [INSERT … SELECT …]`; undefined for a query. */
export function readFromInsert(cursor: SqlCursor): Insert | InsertAll | undefined {
  if (!hasChange(cursor)) return undefined;
  cursor.take();
  const from = readLateralViews(cursor, readFrom(cursor));
  const inserts: Insert[] = [];
  while (cursor.word() === "INSERT") {
    const target = readInsertTarget(cursor);
    if (target === undefined) throw folderAmongTables();
    inserts.push({ ...target, input: acceptOrganization(cursor, readSelect(cursor, from)) });
  }
  if (inserts.length < 2) return inserts[0];
  return { kind: "insert all", inserts };
}

const folderAmongTables = (): UnsupportedError =>
  new UnsupportedError("INSERT OVERWRITE DIRECTORY behind FROM is not supported", {
    hint: "Write INSERT OVERWRITE DIRECTORY 'path' USING format SELECT … FROM ….",
  });

// A query is read once: only text with such a word can be anything else.
const hasChange = (cursor: SqlCursor): boolean =>
  cursor.tokens.some(({ kind, value }) => kind === "word" && (value === "INSERT" || value === "MERGE"));
