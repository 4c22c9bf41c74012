/** Calls of functions, with everything that may stand in and behind their parentheses. */
import type { Call, Expression, SortOrder } from "../../plan/expression.ts";
import { sourceError } from "../../types/source-error.ts";
import type { SqlCursor } from "../cursor.ts";
import { opensQuery } from "../lookahead.ts";
import { isName, readIdentifier } from "../names.ts";
import { readSortOrders } from "./sort-orders.ts";
import { readOver } from "./windows.ts";

/** Reads a call behind its name. */
export function readCall(cursor: SqlCursor, start: number, name: readonly string[]): Expression {
  cursor.expect("(");
  const distinct = acceptQuantifier(cursor);
  const args = cursor.seesSign(")") ? [] : readArguments(cursor);
  const nulls = acceptNulls(cursor);
  cursor.expect(")");
  return readCallEnd(cursor, start, { kind: "call", name, arguments: inPlanOrder(name, args), ...distinct, ...nulls });
}

/** Calls of two arguments that SQL writes in the other order than the plan: `trim(characters, text)`. */
const turnedRound: ReadonlySet<string> = new Set(["trim", "ltrim", "rtrim"]);

const inPlanOrder = (name: readonly string[], args: readonly Expression[]): readonly Expression[] =>
  args.length === 2 && turnedRound.has(name.at(-1)!.toLowerCase()) ? args.toReversed() : args;

// A column may be called distinct or all.
function acceptQuantifier(cursor: SqlCursor): { distinct?: true } {
  const next = cursor.peek(1);
  if (next.kind === "sign" && (next.value === ")" || next.value === "," || next.value === ".")) return {};
  return cursor.acceptAny("DISTINCT", "ALL") === "DISTINCT" ? { distinct: true } : {};
}

/** Reads arguments with commas between. */
export function readArguments(cursor: SqlCursor): Expression[] {
  const args = [readArgument(cursor)];
  while (cursor.accept(",")) args.push(readArgument(cursor));
  return args;
}

function readArgument(cursor: SqlCursor): Expression {
  const { start } = cursor.peek();
  if (isName(cursor) && cursor.seesSign("=>", 1)) {
    const name = readIdentifier(cursor);
    cursor.take();
    return cursor.placed(start, { kind: "named argument", name, value: readTableOrValue(cursor) });
  }
  return readTableOrValue(cursor);
}

function readTableOrValue(cursor: SqlCursor): Expression {
  if (cursor.word() !== "TABLE" || !(cursor.seesSign("(", 1) || isName(cursor, 1))) return cursor.expression();
  const { start } = cursor.peek();
  if (isName(cursor, 1)) throw missingParentheses(cursor);
  cursor.take();
  if (!opensQuery(cursor)) {
    cursor.take();
    const name = [readIdentifier(cursor)];
    while (cursor.accept(".")) name.push(readIdentifier(cursor));
    cursor.expect(")");
    return readPartitioning(cursor, start, { kind: "read table", name, options: {}, isStreaming: false });
  }
  cursor.take();
  const plan = cursor.query();
  cursor.expect(")");
  return readPartitioning(cursor, start, plan);
}

function missingParentheses(cursor: SqlCursor): Error {
  const { start } = cursor.take();
  const name = readIdentifier(cursor);
  return sourceError(
    cursor.text,
    start,
    `Invalid SQL syntax: Syntax error: call to table-valued function is invalid because parentheses are missing around the provided TABLE argument \`${name}\`; please surround this with parentheses and try again`,
    {
      condition: "INVALID_SQL_SYNTAX.INVALID_TABLE_FUNCTION_IDENTIFIER_ARGUMENT_MISSING_PARENTHESES",
      sqlState: "42000",
      parameters: { argumentName: `\`${name}\`` },
    },
  );
}

function readPartitioning(
  cursor: SqlCursor,
  start: number,
  plan: Extract<Expression, { kind: "subquery" }>["plan"],
): Expression {
  const singlePartition = cursor.accept("WITH", "SINGLE", "PARTITION");
  const divides = !singlePartition && (cursor.accept("PARTITION", "BY") || cursor.accept("DISTRIBUTE", "BY"));
  const partitionBy = divides ? readPartitionColumns(cursor) : undefined;
  const sorts = (singlePartition || divides) && (cursor.accept("ORDER", "BY") || cursor.accept("SORT", "BY"));
  const orderBy = sorts ? readSortOrders(cursor) : undefined;
  return cursor.placed(start, {
    kind: "subquery",
    form: "table",
    plan,
    ...(singlePartition ? { singlePartition } : {}),
    ...(partitionBy === undefined ? {} : { partitionBy }),
    ...(orderBy === undefined ? {} : { orderBy }),
  });
}

function readPartitionColumns(cursor: SqlCursor): Expression[] {
  const columns = [cursor.expression()];
  while (cursor.accept(",")) columns.push(cursor.expression());
  return columns;
}

function acceptNulls(cursor: SqlCursor): { ignoreNulls?: true } {
  if (cursor.accept("RESPECT", "NULLS")) return {};
  return cursor.accept("IGNORE", "NULLS") ? { ignoreNulls: true } : {};
}

/** Reads what stands behind the parentheses of a call: its order, its filter, its nulls, its window. */
export function readCallEnd(cursor: SqlCursor, start: number, call: Call): Expression {
  const withinGroup = cursor.accept("WITHIN", "GROUP") ? { withinGroup: readGroupOrder(cursor) } : {};
  const filter = cursor.sees("FILTER", "(", "WHERE") ? { filter: readFilter(cursor) } : {};
  const whole = cursor.placed(start, { ...call, ...withinGroup, ...filter, ...acceptNulls(cursor) });
  return cursor.word() === "OVER" && (cursor.seesSign("(", 1) || isName(cursor, 1))
    ? readOver(cursor, start, whole)
    : whole;
}

function readGroupOrder(cursor: SqlCursor): SortOrder[] {
  cursor.expectAll("(", "ORDER", "BY");
  const order = readSortOrders(cursor);
  cursor.expect(")");
  return order;
}

function readFilter(cursor: SqlCursor): Expression {
  cursor.expectAll("FILTER", "(", "WHERE");
  const condition = cursor.expression();
  cursor.expect(")");
  return condition;
}
