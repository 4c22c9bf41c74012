/** Pipe syntax: `FROM t |> WHERE a > 1 |> AGGREGATE sum(b) GROUP BY c`. */
import type { Expression } from "../../plan/expression.ts";
import type { Relation, SetOperation } from "../../plan/relation.ts";
import type { SqlCursor } from "../cursor.ts";
import { readIdentifier, readQualifiedName } from "../names.ts";
import { readLateralViews } from "./from.ts";
import { acceptHints, hinted } from "./hints.ts";
import { acceptJoin } from "./joins.ts";
import { readListOf } from "./lists.ts";
import { readNamedWindows, withNamedWindows } from "./named-windows.ts";
import { acceptLimits, acceptOrder } from "./organization.ts";
import { readAggregateStep } from "./pipe-aggregate.ts";
import { acceptPivot } from "./pivot.ts";
import { acceptSample } from "./sample.ts";
import { readNamedExpressions } from "./select-list.ts";
import { acceptUnpivot } from "./unpivot.ts";

type ReadPrimary = (cursor: SqlCursor) => Relation;
type Pipe = (cursor: SqlCursor, input: Relation, readPrimary: ReadPrimary) => Relation;

/** Reads the steps behind a query. */
export function acceptPipes(cursor: SqlCursor, query: Relation, readPrimary: ReadPrimary): Relation {
  let input = query;
  while (cursor.accept("|>")) input = readPipe(cursor, input, readPrimary);
  return input;
}

function readPipe(cursor: SqlCursor, input: Relation, readPrimary: ReadPrimary): Relation {
  const { start } = cursor.peek();
  const word = cursor.word() ?? "";
  if (Object.hasOwn(pipes, word)) return cursor.placed(start, { ...pipes[word]!(cursor, input, readPrimary) });
  const joined = acceptJoin(cursor, input);
  if (joined === undefined) throw cursor.unexpected(`one of ${Object.keys(pipes).join(", ")} or a join`);
  return cursor.placed(start, { ...joined });
}

const setOperation =
  (operation: SetOperation["operation"]): Pipe =>
  (cursor, left, readPrimary) => {
    cursor.take();
    const all = cursor.acceptAny("ALL", "DISTINCT") === "ALL";
    const right = readPrimary(cursor);
    return { kind: "set operation", left, right, operation, all, byName: false, allowMissingColumns: false };
  };

type Accept = (cursor: SqlCursor, input: Relation) => Relation | undefined;

const needed =
  (accept: Accept): Pipe =>
  (cursor, input) => {
    const output = accept(cursor, input);
    if (output === undefined || output === input) throw cursor.unexpected("the rest of the step");
    return output;
  };

/** One of PIVOT and UNPIVOT, which do not stand in one step. */
const turned =
  (accept: Accept, other: "PIVOT" | "UNPIVOT"): Pipe =>
  (cursor, input, readPrimary) => {
    const output = needed(accept)(cursor, input, readPrimary);
    if (!cursor.sees(other, "(")) return output;
    throw cursor.fault(cursor.peek(), "Not allowed in the FROM clause: UNPIVOT together with PIVOT", {
      condition: "NOT_ALLOWED_IN_FROM.UNPIVOT_WITH_PIVOT",
      sqlState: "42601",
      hint: "Write a step for each: |> PIVOT … |> UNPIVOT ….",
    });
  };

/** ORDER BY and its like: no more than one, and no LIMIT in the same step. */
const ordered: Pipe = (cursor, input) => {
  const clause = `${cursor.word()} BY`;
  const sorted = acceptOrder(cursor, input);
  if (sorted === input) throw cursor.unexpected("the rest of the step");
  const next = cursor.word();
  if (next === "LIMIT" || next === "OFFSET") throw severalClauses(cursor, clause, next);
  const step = sorted.kind === "sort" ? { ...sorted, isStep: true } : sorted;
  if (clause !== "ORDER BY" || next === undefined || !spreading.has(next) || cursor.word(1) !== "BY") return step;
  throw cursor.fault(
    cursor.peek(),
    "The feature is not supported: Combination of ORDER BY/SORT BY/DISTRIBUTE BY/CLUSTER BY",
    {
      condition: "UNSUPPORTED_FEATURE.COMBINATION_QUERY_RESULT_CLAUSES",
      sqlState: "0A000",
      hint: "Keep one of the clauses.",
    },
  );
};

const spreading: ReadonlySet<string> = new Set(["SORT", "DISTRIBUTE", "CLUSTER"]);

const severalClauses = (cursor: SqlCursor, clause1: string, clause2: string): Error =>
  cursor.fault(
    cursor.peek(),
    `${clause1} and ${clause2} cannot coexist in the same SQL pipe operator using '|>'. Please separate the multiple result clauses into separate pipe operators and then retry the query again`,
    {
      condition: "MULTIPLE_QUERY_RESULT_CLAUSES_WITH_PIPE_OPERATORS",
      sqlState: "42000",
      parameters: { clause1, clause2 },
      hint: `Write |> in front of ${clause2}.`,
    },
  );

const pipes: Readonly<Record<string, Pipe>> = {
  SELECT: readSelectStep,
  EXTEND: (cursor, input) => {
    cursor.take();
    const added = readNamedExpressions(cursor);
    if (added.some(({ kind }) => kind === "star")) throw starInExtend(cursor);
    return { kind: "project", input, expressions: [{ kind: "star" }, ...added], isStep: true };
  },
  SET: (cursor, input) => {
    cursor.take();
    return readListOf(cursor, readAssignment).reduce<Relation>(
      (inner, star) => ({ kind: "project", input: inner, expressions: [star], isStep: true }),
      input,
    );
  },
  DROP: (cursor, input) => {
    cursor.take();
    const except = readListOf(cursor, (inner) => readQualifiedName(inner, "a column"));
    return { kind: "project", input, expressions: [{ kind: "star", except }] };
  },
  AS: (cursor, input) => {
    cursor.take();
    return { kind: "subquery alias", input, name: readIdentifier(cursor) };
  },
  WHERE: (cursor, input) => {
    cursor.take();
    const condition = cursor.expression();
    if (cursor.word() === "WINDOW") throw windowInWhere(cursor);
    return { kind: "filter", input, condition, isStep: true };
  },
  AGGREGATE: readAggregateStep,
  PIVOT: turned(acceptPivot, "UNPIVOT"),
  UNPIVOT: turned(acceptUnpivot, "PIVOT"),
  TABLESAMPLE: needed(acceptSample),
  ORDER: ordered,
  SORT: ordered,
  CLUSTER: ordered,
  DISTRIBUTE: ordered,
  LIMIT: needed(acceptLimits),
  OFFSET: needed(acceptLimits),
  LATERAL: needed(readLateralViews),
  UNION: setOperation("union"),
  EXCEPT: setOperation("except"),
  MINUS: setOperation("except"),
  INTERSECT: setOperation("intersect"),
};

function readSelectStep(cursor: SqlCursor, input: Relation): Relation {
  const { start } = cursor.take();
  const hints = acceptHints(cursor);
  const isDistinct = cursor.acceptAny("DISTINCT", "ALL") === "DISTINCT";
  const projected: Relation = { kind: "project", input, expressions: readNamedExpressions(cursor) };
  const windows = cursor.accept("WINDOW") ? readNamedWindows(cursor) : new Map();
  const selected = withNamedWindows(projected, windows);
  const unique: Relation = isDistinct ? { kind: "deduplicate", input: selected, withinWatermark: false } : selected;
  return hinted(cursor, start, unique, hints);
}

/** Reads `a = a + 1`: every column, with the value in the place of the one named. */
function readAssignment(cursor: SqlCursor): Expression {
  const { start } = cursor.peek();
  const name = readQualifiedName(cursor, "a column");
  if (name.length > 1)
    throw cursor.fault(
      cursor.peek(-1),
      "Operation not allowed: SQL pipe syntax |> SET operator with multi-part assignment key (only single-part keys are allowed)",
      { condition: "_LEGACY_ERROR_TEMP_0035", hint: "Name the column alone." },
    );
  cursor.expect("=");
  const replacement = cursor.placed(start, { kind: "alias", input: cursor.expression(), names: name });
  return cursor.placed(start, { kind: "star", except: [name], replacement });
}

const starInExtend = (cursor: SqlCursor): Error =>
  cursor.fault(cursor.peek(-1), "Invalid usage of '*' in expression `pipeexpression`", {
    condition: "INVALID_USAGE_OF_STAR_OR_REGEX",
    sqlState: "42000",
    parameters: { elem: "'*'", prettyName: "expression `pipeexpression`" },
    hint: "EXTEND keeps all columns; name only those that it adds.",
  });

const windowInWhere = (cursor: SqlCursor): Error =>
  cursor.fault(cursor.peek(), "Not allowed in the pipe WHERE clause: WINDOW clause", {
    condition: "NOT_ALLOWED_IN_PIPE_OPERATOR_WHERE.WINDOW_CLAUSE",
    sqlState: "42601",
    hint: "Compute the window by a |> EXTEND before.",
  });
