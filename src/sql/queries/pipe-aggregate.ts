/** `|> AGGREGATE sum(a) GROUP BY b AS c`. */
import type { Aggregate, Relation } from "../../plan/relation.ts";
import type { SqlCursor } from "../cursor.ts";
import { readGrouping } from "./grouping.ts";
import { readNamedExpressions } from "./select-list.ts";

type Groups = Pick<Aggregate, "type" | "grouping">;

/** Reads the step AGGREGATE: aggregates, groups, or both. */
export function readAggregateStep(cursor: SqlCursor, input: Relation): Relation {
  cursor.take();
  if (endsStep(cursor)) throw empty(cursor);
  const aggregates = cursor.sees("GROUP", "BY") ? [] : readNamedExpressions(cursor);
  const groups: Groups = cursor.sees("GROUP", "BY") ? readGroups(cursor) : { type: "group by", grouping: [] };
  return { kind: "aggregate", input, ...groups, aggregates, isStep: true };
}

function endsStep(cursor: SqlCursor): boolean {
  const { kind, value } = cursor.peek();
  return kind === "end" || (kind === "sign" && (value === "|>" || value === ")" || value === ";"));
}

/** Groups may have names; what makes several groupings has no place here. */
function readGroups(cursor: SqlCursor): Groups {
  const sets = [
    cursor.sees("GROUP", "BY", "ROLLUP", "(") && "GROUP BY ROLLUP",
    cursor.sees("GROUP", "BY", "CUBE", "(") && "GROUP BY CUBE",
    cursor.sees("GROUP", "BY", "GROUPING", "SETS") && "GROUPING SETS",
  ].find((name) => name !== false);
  if (sets) throw unsupportedCase(cursor, sets);
  const { position } = cursor;
  const { type } = readGrouping(cursor)!;
  if (type !== "group by")
    throw unsupportedCase(cursor, type === "grouping sets" ? "GROUPING SETS" : `GROUP BY ${type.toUpperCase()}`);
  cursor.rewind(position);
  cursor.expectAll("GROUP", "BY");
  return { type, grouping: readNamedExpressions(cursor) };
}

const unsupportedCase = (cursor: SqlCursor, what: string): Error =>
  cursor.fault(
    cursor.peek(-1),
    `The feature is not supported: The SQL pipe operator syntax with aggregation (using |> AGGREGATE) does not support ${what}`,
    {
      condition: "UNSUPPORTED_FEATURE.PIPE_OPERATOR_AGGREGATE_UNSUPPORTED_CASE",
      sqlState: "0A000",
      parameters: { case: what },
      hint: "Use SELECT … GROUP BY.",
    },
  );

const empty = (cursor: SqlCursor): Error =>
  cursor.fault(
    cursor.peek(-1),
    "Operation not allowed: The AGGREGATE clause requires a list of aggregate expressions or a list of grouping expressions, or both",
    { condition: "_LEGACY_ERROR_TEMP_0035", hint: "Write |> AGGREGATE count(*), or |> AGGREGATE GROUP BY a." },
  );
