/** The columns of a view that lasts, which must be there still when its tables have changed. */
import { AnalysisError } from "../../errors.ts";
import { canUpCast } from "../../functions/up-cast.ts";
import type { Project } from "../../plan/relation.ts";
import type { OutputColumn } from "../../plan/resolved.ts";
import type { DataType } from "../../types/data-type.ts";
import type { Analysed, KeptColumns } from "../context.ts";
import { typeText } from "../errors.ts";
import { type RelationContext, visible } from "../relation-context.ts";
import { analyseProject } from "./project.ts";

/**
 * The projection that gives a view its columns, over its query.
 *
 * @throws AnalysisError `INCOMPATIBLE_VIEW_SCHEMA_CHANGE` for a column that is gone or there twice, `CANNOT_UP_CAST_DATATYPE` for one
 *   whose values might be lost
 */
export function analyseKept(plan: Project, kept: KeptColumns, context: RelationContext): Analysed {
  const input = context.input(plan.input);
  const { sameName, settings } = context.analysis;
  const { output } = visible(input).relation;
  for (const [index, name] of kept.columns.entries()) {
    const [found, ...more] = output.filter((column) => sameName(column.name, name));
    if (found === undefined) throw incompatible(name, [], kept);
    if (more.length > 0) throw incompatible(name, [found, ...more], kept);
    const wanted = kept.types?.[index];
    if (wanted !== undefined && !canUpCast(found.type, wanted)) throw loses(found, wanted);
  }
  // Whatever its query was made with, values that do not fit the view are told.
  const strict = { ...settings, ansi: true };
  return context.analysis.under(strict, () => analyseProject(plan, { ...context, input: () => input }));
}

function incompatible(name: string, found: readonly OutputColumn[], { view, remake }: KeptColumns): AnalysisError {
  const actual = `[${found.map((column) => column.name).join(",")}]`;
  return new AnalysisError(
    `The SQL query of view ${view} has an incompatible schema change and column ${name} cannot be resolved. Expected 1 columns named ${name} but got ${actual}`,
    {
      condition: "INCOMPATIBLE_VIEW_SCHEMA_CHANGE",
      sqlState: "51024",
      parameters: { viewName: view, colName: name, expectedNum: "1", actualCols: actual, suggestion: remake },
      hint: `Make the view anew: ${remake}`,
    },
  );
}

function loses({ name, type }: OutputColumn, wanted: DataType): AnalysisError {
  return new AnalysisError(`Cannot up cast ${name} from ${typeText(type)} to ${typeText(wanted)}`, {
    condition: "CANNOT_UP_CAST_DATATYPE",
    sqlState: "42846",
    parameters: { expression: name, sourceType: typeText(type), targetType: typeText(wanted) },
    hint: "Make the view anew, or let it follow the types of its tables: ALTER VIEW … WITH SCHEMA TYPE EVOLUTION.",
  });
}
