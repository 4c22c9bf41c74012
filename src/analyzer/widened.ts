/** Names that a projection dropped and that a sort or filter right above it still uses, as Spark allows. */
import { LakewrightError } from "../errors.ts";
import type { Filter, Sort } from "../plan/relation.ts";
import { passed } from "../plan/resolved-rewrite.ts";
import type { Analysed } from "./context.ts";
import { unresolvedColumn } from "./errors.ts";
import { projection, qualifiersOf, type RelationContext } from "./relation-context.ts";
import type { ScopeColumn } from "./scope.ts";

/** The input of a sort or filter; a step behind `|>` sees nothing of what a projection dropped. */
export function inputOf({ input, isStep }: Filter | Sort, context: RelationContext): Analysed {
  const { below, ...shown } = context.input(input);
  return below === undefined || isStep === true ? shown : { ...shown, below };
}

/**
 * Builds a relation over `input`; where that fails for a missing column, over the projection's columns and those of the
 * projection's own input, with the additional ones dropped again. An order goes by the projection's input where the
 * projection has several columns of a name, or one without the field, and takes what is not there either for missing.
 */
export function widened(input: Analysed, build: (input: Analysed) => Analysed, kind?: "sort"): Analysed {
  try {
    return keepingBelow(build(input), input);
  } catch (error) {
    const isUnfit = kind === "sort" && isUnfitColumn(error);
    if (!(isMissingColumn(error) || isUnfit)) throw error;
    const wide = wider(input);
    const told = (last: unknown) => (isUnfit ? missing(last, input) : error);
    if (wide === undefined) throw told(error);
    const built = attempt(() => build(isUnfit ? ofBelow(wide, input.below!.input) : wide), told);
    const narrow = projection(built, passed(input.relation.output), qualifiersOf(input.scope));
    return keepingBelow(narrow, input);
  }
}

const keepingBelow = (analysed: Analysed, input: Analysed): Analysed =>
  input.below === undefined ? analysed : { ...analysed, scope: input.scope };

const isMissingColumn = (error: unknown): boolean =>
  error instanceof LakewrightError &&
  (error.condition?.startsWith("UNRESOLVED_COLUMN") === true ||
    error.condition?.startsWith("MISSING_ATTRIBUTES") === true);

/** Whether a name that was found names too much: several columns, or a field that its column lacks. */
export const isUnfitColumn = (error: unknown): boolean =>
  error instanceof LakewrightError && unfit.has(error.condition ?? "");
const unfit: ReadonlySet<string> = new Set([
  "AMBIGUOUS_REFERENCE",
  "FIELD_NOT_FOUND",
  "INVALID_EXTRACT_BASE_FIELD_TYPE",
]);

// The columns of the projection's input alone, as far as they go on to it.
function ofBelow(wide: Analysed, { scope }: Analysed): Analysed {
  const kept = new Set(wide.relation.output.map(({ id }) => id));
  const isKept = ({ column }: ScopeColumn): boolean => kept.has(column.id);
  return { ...wide, scope: { columns: scope.columns.filter(isKept), hidden: scope.hidden.filter(isKept) } };
}

// What is told of a missing column names the columns that the user sees.
function attempt<Result>(run: () => Result, told: (error: unknown) => unknown): Result {
  try {
    return run();
  } catch (error) {
    throw isMissingColumn(error) || isUnfitColumn(error) ? told(error) : error;
  }
}

function missing(error: unknown, { scope }: Analysed): unknown {
  const { objectName, name = objectName } = (error as LakewrightError).parameters ?? {};
  if (name === undefined) return error;
  const columns = scope.columns.map(({ column, qualifier }) => [...qualifier, column.name]);
  return unresolvedColumn(name.slice(1, -1).split("`.`"), columns);
}

function wider(input: Analysed): Analysed | undefined {
  if (input.below === undefined || input.relation.kind !== "project") return undefined;
  const below = input.below.input;
  const kept = new Set(input.relation.output.map(({ id }) => id));
  const existing = new Set(below.relation.output.map(({ id }) => id));
  const named = [...below.scope.columns, ...below.scope.hidden];
  const extra = named.filter(({ column }) => existing.has(column.id) && !kept.has(column.id));
  const columns = [...input.relation.columns, ...passed(extra.map(({ column }) => column))];
  const qualifier = qualifiersOf(input.scope);
  const belowQualifier = qualifiersOf(below.scope);
  const wide = projection(below, columns, (column) =>
    kept.has(column.id) ? qualifier(column) : belowQualifier(column),
  );
  return {
    ...wide,
    scope: { columns: wide.scope.columns.slice(0, kept.size), hidden: wide.scope.columns.slice(kept.size) },
  };
}
