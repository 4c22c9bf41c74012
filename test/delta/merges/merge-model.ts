/** What a merge comes to, row by row: the definition, without any thought of speed. */
import type { Clause, MergeCase, Row } from "./merge-case.ts";

/** The rows of the table afterwards, or that it cannot be said what they are. */
export type MergeOutcome = { readonly rows: readonly Row[] } | { readonly ambiguous: true };

const noRow: Row = { k: null, v: null, w: null };

/** Merges row by row. */
export function mergeModel(merge: MergeCase): MergeOutcome {
  const { target, source, on, clauses } = merge;
  const of = (when: Clause["when"]): readonly Clause[] => clauses.filter((clause) => clause.when === when);
  const matches = target.map((row) => source.filter((other) => on.holds(row, other) === true));
  if (isAmbiguous(merge, matches)) return { ambiguous: true };
  const stay = target.flatMap((row, index) => {
    const [other] = matches[index]!;
    return other === undefined ? after(row, noRow, of("unmatched")) : after(row, other, of("matched"));
  });
  const alone = source.filter((other) => target.every((row) => on.holds(row, other) !== true));
  return { rows: [...stay, ...alone.flatMap((other) => inserted(other, of("inserted")))] };
}

const falling = (row: Row, other: Row, clauses: readonly Clause[]): Clause | undefined =>
  clauses.find(({ and }) => and === undefined || and.holds(row, other) === true);

function after(row: Row, other: Row, clauses: readonly Clause[]): readonly Row[] {
  const clause = falling(row, other, clauses);
  if (clause === undefined) return [row];
  return clause.then === "delete" ? [] : [{ ...row, ...clause.then.of(row, other) } as Row];
}

function inserted(other: Row, clauses: readonly Clause[]): readonly Row[] {
  const clause = falling(noRow, other, clauses);
  return clause === undefined || clause.then === "delete" ? [] : [{ ...noRow, ...clause.then.of(noRow, other) } as Row];
}

// Rows that are only inserted cannot clash. Where rows are only changed, pairs that no clause is for do not count.
function isAmbiguous({ target, clauses }: MergeCase, matches: readonly (readonly Row[])[]): boolean {
  if (clauses.every(({ when }) => when === "inserted")) return false;
  const [first] = clauses.filter(({ when }) => when === "matched");
  if (first?.then === "delete" && first.and === undefined) return false;
  const isMatchedOnly = clauses.every(({ when }) => when === "matched");
  return target.some((row, index) => {
    const pairs = matches[index]!;
    const counted = isMatchedOnly ? pairs.filter((other) => falling(row, other, clauses) !== undefined) : pairs;
    return counted.length > 1;
  });
}
