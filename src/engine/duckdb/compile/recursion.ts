/** Recursions as DuckDB's recursive common tables, which count their steps and rows. */
import type { Recursion, RecursiveReference } from "../../../plan/resolved.ts";
import { columnName, sqlError } from "../sql-text.ts";
import type { CompileContext } from "./context.ts";

const tableName = (recursion: number): string => `recursion_${recursion}`;

export function compileRecursion(
  { id, anchor, step, output, levels, rows, most }: Recursion,
  context: CompileContext,
): string {
  const table = tableName(id);
  const names = output.map((column) => columnName(column.id));
  const columns = (side: typeof anchor): string => side.output.map((column) => columnName(column.id)).join(", ");
  const first = `SELECT 0 AS level, count(*) OVER () AS so_far, ${columns(anchor)} FROM (${context.compileRelation(anchor)})`;
  const next = `SELECT (SELECT max(level) FROM ${table}) + 1, (SELECT max(so_far) FROM ${table}) + count(*) OVER (), ${columns(step)} FROM (${context.compileRelation(step)})`;
  // What the step reads fails beyond the limits, so that rows are checked before they make others; and so does what is given,
  // since a LIMIT may ask for no step any more.
  const checked = (source: string): string => `FROM ${source} WHERE ${withinLimits(levels, rows)}`;
  const asked = most === undefined ? table : `(FROM ${table} LIMIT ${most})`;
  return `WITH RECURSIVE ${table}(level, so_far, ${names.join(", ")}) AS ((${first}) UNION ALL (WITH ${table}_checked AS NOT MATERIALIZED (SELECT * ${checked(table)}) ${next})) SELECT ${names.join(", ")} ${checked(asked)}`;
}

function withinLimits(levels: number | undefined, rows: number | undefined): string {
  const tooDeep = sqlError("RECURSION_LEVEL_LIMIT_EXCEEDED", { levelLimit: String(levels) });
  const tooMany = sqlError("RECURSION_ROW_LIMIT_EXCEEDED", { rowLimit: String(rows) });
  const checks = [
    ...(levels === undefined ? [] : [`WHEN level >= ${levels} THEN ${tooDeep}::BOOLEAN`]),
    ...(rows === undefined ? [] : [`WHEN so_far >= ${rows} THEN ${tooMany}::BOOLEAN`]),
  ];
  return checks.length === 0 ? "true" : `CASE ${checks.join(" ")} ELSE true END`;
}

export const compileRecursiveReference = ({ recursion, output }: RecursiveReference): string =>
  `SELECT ${output.map((column) => columnName(column.id)).join(", ")} FROM ${tableName(recursion)}_checked`;
