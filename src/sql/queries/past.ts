/** `VERSION AS OF 3`, `TIMESTAMP AS OF '2025-02-01'`: a table as it was. */
import type { Expression } from "../../plan/expression.ts";
import type { Moments, Options, Relation } from "../../plan/relation.ts";
import { someNode } from "../../plan/rewrite.ts";
import { parseTimestamp } from "../../types/temporal-text.ts";
import type { SqlCursor } from "../cursor.ts";

/** What a clause says by constants, and by expressions that are computed when the table is looked up. */
export interface PastClause {
  readonly options: Options;
  readonly moments?: Moments;
}

const versionWords: ReadonlySet<string> = new Set(["VERSION", "SYSTEM_VERSION"]);
const timeWords: ReadonlySet<string> = new Set(["TIMESTAMP", "SYSTEM_TIME"]);

/** Reads which version of a table is meant; nothing where none is named. */
export function readPast(cursor: SqlCursor): PastClause {
  const ahead = cursor.word() === "FOR" ? 1 : 0;
  const word = cursor.word(ahead) ?? "";
  const isVersion = versionWords.has(word);
  if (!isVersion && !timeWords.has(word)) return { options: {} };
  if (cursor.word(ahead + 1) !== "AS" || cursor.word(ahead + 2) !== "OF") return { options: {} };
  for (let taken = 0; taken < ahead + 3; taken++) cursor.take();
  return isVersion ? { options: { versionAsOf: readVersion(cursor) } } : readMoment(cursor, "timestampAsOf");
}

/** Reads a version: a whole number, or a text. */
export function readVersion(cursor: SqlCursor): string {
  const value = cursor.value();
  if (value.kind === "literal" && /^[^-]/.test(String(value.value ?? ""))) return String(value.value);
  throw cursor.unexpected("a version: a whole number or a text");
}

/** Reads a moment: a text, or an expression that is computed when the table is looked up. */
export function readMoment(cursor: SqlCursor, option: string): PastClause {
  const value = cursor.value();
  if (someNode(value, isColumn, isNoSubquery)) throw noColumns(cursor);
  const text = textOf(value);
  if (text === undefined) return { options: {}, moments: { [option]: value } };
  if (parseTimestamp(text, "UTC") === undefined) throw noMoment(cursor, text);
  return { options: { [option]: text } };
}

const isColumn = ({ kind }: Relation | Expression): boolean => kind === "attribute";
const isNoSubquery = ({ kind }: Relation | Expression): boolean => kind !== "subquery";

const textOf = (value: Expression): string | undefined =>
  value.kind === "literal" && typeof value.value === "string" && value.type.kind === "string" ? value.value : undefined;

const noColumns = (cursor: SqlCursor): Error =>
  cursor.fault(cursor.peek(-1), "Invalid time travel spec: timestamp expression cannot refer to any columns", {
    condition: "_LEGACY_ERROR_TEMP_0056",
    hint: "Compute it of constants and of the present time: TIMESTAMP AS OF current_timestamp() - INTERVAL 1 DAY.",
  });

const noMoment = (cursor: SqlCursor, text: string): Error =>
  cursor.fault(cursor.peek(-1), `The time travel timestamp expression "${text}" is invalid`, {
    condition: "INVALID_TIME_TRAVEL_TIMESTAMP_EXPR.INPUT",
    sqlState: "42K0E",
    parameters: { expr: `"${text}"` },
    hint: "Give a date such as '2025-02-01', or a date and a time.",
  });
