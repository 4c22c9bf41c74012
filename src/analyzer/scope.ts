/** The columns that names may mean at one place of a plan. */
import type { OutputColumn } from "../plan/resolved.ts";

export interface ScopeColumn {
  readonly column: OutputColumn;
  /** The relation's name, one part a dot; empty without one. */
  readonly qualifier: readonly string[];
  /** The other side's key of a `using` join: part of the star of its relation. */
  readonly joinKey?: true;
  /** A source's own column, such as `_metadata`, which projections pass on unseen. */
  readonly metadata?: true;
}

export interface Scope {
  /** In order, as a star gives them. */
  readonly columns: readonly ScopeColumn[];
  /** Reachable by name and left out of stars: `_metadata`, the other side's key of a `using` join. */
  readonly hidden: readonly ScopeColumn[];
}

export const emptyScope: Scope = { columns: [], hidden: [] };

/** The scope of columns under one qualifier. */
export function scopeOf(columns: readonly OutputColumn[], qualifier: readonly string[] = []): Scope {
  return { columns: columns.map((column) => ({ column, qualifier })), hidden: [] };
}

/** Both sides' columns, left first. */
export function joinScopes(left: Scope, right: Scope): Scope {
  return { columns: [...left.columns, ...right.columns], hidden: [...left.hidden, ...right.hidden] };
}

export const outputOf = (scope: Scope): readonly OutputColumn[] => scope.columns.map(({ column }) => column);

/** The metadata columns that names may still mean above a projection. */
export const passedOn = (scope: Scope): readonly ScopeColumn[] => scope.hidden.filter(({ metadata }) => metadata);

/** The scope above what ends the reach of metadata columns. */
export const withoutMetadata = (scope: Scope): Scope => ({
  ...scope,
  hidden: scope.hidden.filter(({ metadata }) => metadata !== true),
});

/** How names are compared: without case by default, as in Spark. */
export type NameEquality = (left: string, right: string) => boolean;
export const ignoringCase: NameEquality = (left, right) => left.toLowerCase() === right.toLowerCase();
export const exactCase: NameEquality = (left, right) => left === right;

/** Texts that are equal where names are. */
export const nameKey =
  (same: NameEquality) =>
  (name: string): string =>
    same === exactCase ? name : name.toLowerCase();

/** A column that a name means, and the rest of the name: fields inside it. */
export interface NameMatch {
  readonly column: OutputColumn;
  readonly fields: readonly string[];
}

/**
 * The columns that a name may mean. Longer qualifiers win: in `a.b.c`, column `c` of `a.b`, then column `b` of `a` and its
 * field `c`, then column `a` and its fields.
 */
export function matchName(scope: Scope, name: readonly string[], same: NameEquality): readonly NameMatch[] {
  for (let at = name.length - 1; at >= 0; at--) {
    const qualifier = name.slice(0, at);
    const fits = ({ column, qualifier: own }: ScopeColumn): boolean =>
      same(column.name, name[at]!) && endsWith(own, qualifier, same);
    const found = named(scope.columns, name[at]!).filter(fits);
    const matches = found.length > 0 ? found : named(scope.hidden, name[at]!).filter(fits);
    if (matches.length > 0) return distinct(matches).map((column) => ({ column, fields: name.slice(at + 1) }));
  }
  return [];
}

const indexes = new WeakMap<readonly ScopeColumn[], ReadonlyMap<string, readonly ScopeColumn[]>>();

/** The columns of a name in any case. A query that names each of many columns must not look at all of them for each. */
function named(columns: readonly ScopeColumn[], name: string): readonly ScopeColumn[] {
  const index = indexes.get(columns) ?? Map.groupBy(columns, ({ column }) => column.name.toLowerCase());
  indexes.set(columns, index);
  return index.get(name.toLowerCase()) ?? [];
}

/** The columns of the relation that `target` names, its hidden join keys first as in Spark. */
export function columnsOf(scope: Scope, target: readonly string[], same: NameEquality): readonly ScopeColumn[] {
  return [...scope.hidden.filter(({ joinKey }) => joinKey), ...scope.columns].filter(({ qualifier }) =>
    endsWith(qualifier, target, same),
  );
}

function endsWith(own: readonly string[], wanted: readonly string[], same: NameEquality): boolean {
  const skipped = own.length - wanted.length;
  return skipped >= 0 && wanted.every((part, index) => same(part, own[skipped + index]!));
}

function distinct(matches: readonly ScopeColumn[]): readonly OutputColumn[] {
  const byId = new Map(matches.map(({ column }) => [column.id, column]));
  return [...byId.values()];
}
