/** Columns and fields that a star leaves out: `* EXCEPT (a, b.c)`. */
import { AnalysisError, UnsupportedError } from "../errors.ts";
import type { Expression } from "../plan/expression.ts";
import type { OutputColumn } from "../plan/resolved.ts";
import { reference } from "../plan/resolved-rewrite.ts";
import type { DataType } from "../types/data-type.ts";
import { stringType } from "../types/data-type.ts";
import type { AnalysisContext } from "./context.ts";
import { ambiguousColumn, quoted, unresolvedColumn } from "./errors.ts";
import { fieldPath } from "./field-access.ts";
import { matchName } from "./scope.ts";

/** One column that a star stands for. */
export interface StarItem {
  /** What it is without exceptions. */
  readonly item: Expression | OutputColumn;
  readonly name: string;
  readonly type: DataType;
  /** The relation's name, one part a dot; empty without one, and for fields of a struct. */
  readonly qualifier: readonly string[];
  /** The name that fields of it begin with. */
  readonly path: readonly string[];
}

/** An excepted name: which of the star's columns it is in, and the fields below. */
interface Excepted {
  readonly at: number;
  readonly fields: readonly string[];
}

/**
 * What is left of a star.
 *
 * @param replacement - what stands in the place of an excepted column
 * @throws AnalysisError when a name means no column or field, or more than one, or when two names overlap
 */
export function withoutExcepted(
  items: readonly StarItem[],
  names: readonly (readonly string[])[],
  replacement: Expression | undefined,
  { sameName }: AnalysisContext,
): readonly (Expression | OutputColumn)[] {
  const excepted = names.map((name) => find(items, name, sameName));
  rejectOverlaps(excepted, names, sameName);
  return items.flatMap((own, at): readonly (Expression | OutputColumn)[] => {
    const paths = excepted.filter((one) => one.at === at).map(({ fields }) => fields);
    if (paths.length === 0) return [own.item];
    if (paths.some((path) => path.length === 0)) return replacement === undefined ? [] : [replacement];
    return [{ kind: "alias", input: remaining(own.path, own.type, paths, sameName), names: [own.name] }];
  });
}

function find(items: readonly StarItem[], name: readonly string[], sameName: AnalysisContext["sameName"]): Excepted {
  const columns = items.map((own, id) => ({
    column: { id, name: own.name, type: own.type, nullable: true },
    qualifier: own.qualifier,
  }));
  const matches = matchName({ columns, hidden: [] }, name, sameName);
  const whole = (own: StarItem): readonly string[] => [...own.qualifier, own.name];
  const [match] = matches;
  if (match === undefined) throw unresolvedColumn(name, items.map(whole));
  if (matches.length > 1)
    throw ambiguousColumn(
      name,
      matches.map(({ column }) => quoted(whole(items[column.id]!))),
    );
  fieldPath(reference(match.column), match.column.name, match.fields, sameName);
  return { at: match.column.id, fields: match.fields };
}

function rejectOverlaps(
  excepted: readonly Excepted[],
  names: readonly (readonly string[])[],
  sameName: AnalysisContext["sameName"],
): void {
  const holds = (outer: Excepted, inner: Excepted): boolean =>
    outer.at === inner.at &&
    outer.fields.length <= inner.fields.length &&
    outer.fields.every((field, index) => sameName(field, inner.fields[index]!));
  if (!excepted.some((outer, at) => excepted.some((inner, other) => at !== other && holds(outer, inner)))) return;
  const columns = names.map((name) => name.join(".")).join(", ");
  throw new AnalysisError(`Columns in an EXCEPT list must be distinct and non-overlapping, but got (${columns})`, {
    condition: "EXCEPT_OVERLAPPING_COLUMNS",
    sqlState: "42702",
    parameters: { columns },
    hint: "Name each column once, and no field of a column that is named itself.",
  });
}

/** A struct of the fields that are left; as in Spark it is not null where the whole struct was. */
function remaining(
  path: readonly string[],
  type: DataType,
  excepted: readonly (readonly string[])[],
  sameName: AnalysisContext["sameName"],
): Expression {
  if (type.kind !== "struct")
    throw new UnsupportedError(`EXCEPT of ${quoted([...path, ...excepted[0]!])}, which is in no struct`);
  const fields = type.fields.flatMap(({ name, type: inner }): readonly Expression[] => {
    const below = excepted.filter((one) => sameName(one[0]!, name)).map((one) => one.slice(1));
    if (below.some((one) => one.length === 0)) return [];
    const whole: Expression = { kind: "attribute", name: [...path, name] };
    const value = below.length === 0 ? whole : remaining([...path, name], inner, below, sameName);
    return [{ kind: "literal", type: stringType, value: name }, value];
  });
  if (fields.length === 0) throw new UnsupportedError(`EXCEPT of all fields of the struct ${quoted(path)}`);
  return { kind: "call", name: ["named_struct"], arguments: fields };
}
