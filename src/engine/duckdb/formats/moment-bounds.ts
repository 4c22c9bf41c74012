/**
 * What filters ask of moments, once more in terms of the files: DuckDB skips row groups by the columns of files alone, not
 * by the moments that these are converted to.
 */
import type { LeafFilters } from "../../../plan/leaf-filters.ts";
import type { ResolvedExpression } from "../../../plan/resolved.ts";
import { constantOf } from "../compile/constant-cast.ts";

/** A condition that rows have to satisfy to matter. */
export interface MomentBound {
  /** The name of a column of the scan. */
  readonly column: string;
  readonly operator: string;
  /** Microseconds since 1970. */
  readonly moment: bigint;
}

const turned: Readonly<Record<string, string>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "==": "==" };

/** The bounds that hold for all rows of a scan; none where it is read in several ways. */
export function momentBounds(filters: LeafFilters = [], timeZone: string): readonly MomentBound[] {
  const [filter, ...others] = filters;
  if (filter === undefined || others.length > 0) return [];
  return filter.conditions.flatMap((condition) => boundOf(condition, filter.columns, timeZone) ?? []);
}

function boundOf(
  condition: ResolvedExpression,
  columns: LeafFilters[number]["columns"],
  timeZone: string,
): MomentBound | undefined {
  if (condition.kind !== "call" || turned[condition.name] === undefined) return undefined;
  const { name, arguments: args } = condition;
  const [left, right] = args as [ResolvedExpression, ResolvedExpression];
  return left.kind === "column"
    ? compared(left, name, right, columns, timeZone)
    : compared(right, turned[name]!, left, columns, timeZone);
}

function compared(
  left: ResolvedExpression,
  operator: string,
  right: ResolvedExpression,
  columns: LeafFilters[number]["columns"],
  timeZone: string,
): MomentBound | undefined {
  const column = left.kind === "column" ? columns.get(left.id) : undefined;
  const constant = constantOf(right, timeZone);
  if (column === undefined || left.type.kind !== "timestamp" || constant?.type.kind !== "timestamp") return undefined;
  return typeof constant.value === "bigint" ? { column, operator, moment: constant.value } : undefined;
}

/**
 * The WHERE of bounds.
 *
 * @param stored - SQL of a column as files hold it; undefined where that is no moment with a zone
 */
export function whereMoments(bounds: readonly MomentBound[], stored: (column: string) => string | undefined): string {
  const tests = bounds.flatMap(({ column, operator, moment }) => {
    const value = stored(column);
    return value === undefined ? [] : [`${value} ${operator} make_timestamptz(${moment}::BIGINT)`];
  });
  return tests.length === 0 ? "" : ` WHERE ${tests.join(" AND ")}`;
}
