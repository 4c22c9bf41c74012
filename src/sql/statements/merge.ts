/** `MERGE INTO`: rows of a source merged into a table, clause by clause. */
import type { MergeInto } from "../../plan/command.ts";
import type { Expression, MergeAction, MergeAssignment } from "../../plan/expression.ts";
import type { Relation } from "../../plan/relation.ts";
import type { SqlCursor } from "../cursor.ts";
import { readIdentifier, readQualifiedName } from "../names.ts";
import { readListOf } from "../queries/lists.ts";
import { readPrimaryRelation } from "../queries/relations.ts";
import { readAssignments, seesNameBut } from "./clauses.ts";

type ClauseList = "matched" | "notMatched" | "notMatchedBySource";

interface ClauseForm {
  /** The words between WHEN and the condition. */
  readonly words: readonly string[];
  readonly list: ClauseList;
  readonly actions: readonly ActionReader[];
}

type ActionReader = (cursor: SqlCursor) => Omit<MergeAction, "kind" | "condition"> | undefined;

const readDelete: ActionReader = (cursor) =>
  cursor.accept("DELETE") ? { action: "delete", assignments: [] } : undefined;

const readUpdateAll: ActionReader = (cursor) =>
  cursor.accept("UPDATE", "SET", "*") ? { action: "update all", assignments: [] } : undefined;

const readUpdate: ActionReader = (cursor) =>
  cursor.accept("UPDATE", "SET")
    ? { action: "update", assignments: readAssignments(cursor).map(({ column, value }) => assignment(column, value)) }
    : undefined;

const readInsertAll: ActionReader = (cursor) =>
  cursor.accept("INSERT", "*") ? { action: "insert all", assignments: [] } : undefined;

const readInsert: ActionReader = (cursor) => {
  const at = cursor.peek();
  if (!cursor.accept("INSERT", "(")) return undefined;
  const columns = readListOf(cursor, (inner) => readQualifiedName(inner, "a column"));
  cursor.expectAll(")", "VALUES", "(");
  const values = readListOf(cursor, (inner) => inner.expression());
  cursor.expect(")");
  if (columns.length !== values.length) throw otherCount(cursor, at, values.length, columns.length);
  const assignments = columns.map((name, index) => assignment({ kind: "attribute", name }, values[index]!));
  return { action: "insert", assignments };
};

const assignment = (column: Expression, value: Expression): MergeAssignment => ({
  kind: "merge assignment",
  column,
  value,
});

/** The clauses in the order in which they stand in a statement; the longest words first where two begin alike. */
const forms: readonly ClauseForm[] = [
  { words: ["MATCHED"], list: "matched", actions: [readDelete, readUpdateAll, readUpdate] },
  {
    words: ["NOT", "MATCHED", "BY", "SOURCE"],
    list: "notMatchedBySource",
    actions: [readDelete, readUpdate],
  },
  { words: ["NOT", "MATCHED", "BY", "TARGET"], list: "notMatched", actions: [readInsertAll, readInsert] },
  { words: ["NOT", "MATCHED"], list: "notMatched", actions: [readInsertAll, readInsert] },
];

/** What only the last clause of each list may be without: its condition. */
const clauseNames = {
  matched: ["NON_LAST_MATCHED_CLAUSE_OMIT_CONDITION", "MATCHED"],
  notMatched: ["NON_LAST_NOT_MATCHED_BY_TARGET_CLAUSE_OMIT_CONDITION", "NOT MATCHED [BY TARGET]"],
  notMatchedBySource: ["NON_LAST_NOT_MATCHED_BY_SOURCE_CLAUSE_OMIT_CONDITION", "NOT MATCHED BY SOURCE"],
} as const satisfies Record<ClauseList, readonly [condition: string, words: string]>;

/**
 * Reads `MERGE [WITH SCHEMA EVOLUTION] INTO target [AS alias] USING source ON condition WHEN …`.
 *
 * @throws ParseError `MERGE_WITHOUT_WHEN`, `MERGE_INSERT_VALUE_COUNT_MISMATCH`, `NON_LAST_…`
 */
export function readMerge(cursor: SqlCursor): MergeInto {
  const at = cursor.take();
  const schemaEvolution = cursor.accept("WITH", "SCHEMA", "EVOLUTION");
  cursor.expect("INTO");
  const target = readQualifiedName(cursor, "the name of a table");
  const isNamed = cursor.accept("AS") || seesNameBut(cursor, "USING");
  const alias = isNamed ? { alias: readIdentifier(cursor, "an alias") } : {};
  cursor.expect("USING");
  const source: Relation = readPrimaryRelation(cursor);
  cursor.expect("ON");
  const condition = cursor.expression();
  const clauses = readClauses(cursor);
  if (Object.values(clauses).every(({ length }) => length === 0)) throw withoutWhen(cursor, at);
  return { kind: "merge into", target, ...alias, source, condition, ...clauses, schemaEvolution, isCounted: true };
}

function readClauses(cursor: SqlCursor): Record<ClauseList, readonly MergeAction[]> {
  const lists = { matched: [], notMatched: [], notMatchedBySource: [] } as Record<ClauseList, MergeAction[]>;
  const order: readonly ClauseList[] = ["matched", "notMatched", "notMatchedBySource"];
  let last = 0;
  while (cursor.word() === "WHEN") {
    const form = forms.find(({ words }) => words.every((word, index) => cursor.word(index + 1) === word));
    const place = form === undefined ? -1 : order.indexOf(form.list);
    if (form === undefined || place < last) throw misplacedClause(cursor);
    last = place;
    const at = cursor.take();
    lists[form.list].push(readClause(cursor, form));
    const earlier = lists[form.list].at(-2);
    if (earlier !== undefined && earlier.condition === undefined) throw omitsCondition(cursor, at, form.list);
  }
  return lists;
}

function readClause(cursor: SqlCursor, { words, actions }: ClauseForm): MergeAction {
  cursor.expectAll(...words);
  const condition = cursor.accept("AND") ? { condition: cursor.expression() } : {};
  cursor.expect("THEN");
  for (const read of actions) {
    const action = read(cursor);
    if (action !== undefined) return { kind: "merge action", ...action, ...condition };
  }
  throw cursor.unexpected("what the clause does: INSERT, UPDATE SET or DELETE, as far as it can");
}

type At = ReturnType<SqlCursor["peek"]>;

function misplacedClause(cursor: SqlCursor): Error {
  cursor.take();
  return cursor.unexpected("first MATCHED clauses, then NOT MATCHED, then NOT MATCHED BY SOURCE");
}

const withoutWhen = (cursor: SqlCursor, at: At): Error =>
  cursor.fault(at, "There must be at least one WHEN clause in a MERGE statement", {
    condition: "MERGE_WITHOUT_WHEN",
    sqlState: "42601",
    hint: "Add WHEN MATCHED THEN … or WHEN NOT MATCHED THEN ….",
  });

const otherCount = (cursor: SqlCursor, at: At, values: number, columns: number): Error =>
  cursor.fault(
    at,
    `The number of provided values (${values}) must match the number of expected columns (${columns}) in the INSERT clause of MERGE`,
    {
      condition: "MERGE_INSERT_VALUE_COUNT_MISMATCH",
      sqlState: "21S01",
      parameters: { actualCount: String(values), expectedCount: String(columns) },
      hint: "Give a value for each column that is listed.",
    },
  );

function omitsCondition(cursor: SqlCursor, at: At, list: ClauseList): Error {
  const [condition, words] = clauseNames[list];
  return cursor.fault(
    at,
    `When there are more than one ${words} clauses in a MERGE statement, only the last ${words} clause can omit the condition`,
    {
      condition,
      sqlState: "42613",
      hint: "Put AND and a condition before THEN in the clauses before the last.",
    },
  );
}
