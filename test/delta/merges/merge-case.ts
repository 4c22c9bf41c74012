/** Merges of every form over small tables: clauses, conditions, nulls and rows that match more than once. */

/** A row of the table or of the source. */
export interface Row {
  readonly k: number | null;
  readonly v: number | null;
  readonly w: string | null;
}

type Value = number | string | null;

/** A condition as SQL and as what it says: true, false or null. */
export interface Condition {
  readonly sql: string;
  readonly holds: (target: Row, source: Row) => boolean | null;
}

/** The values of some columns as SQL and as what they are. */
export interface Values {
  readonly sql: string;
  readonly of: (target: Row, source: Row) => Readonly<Partial<Record<keyof Row, Value>>>;
}

export type Clause =
  | { readonly when: "matched" | "unmatched"; readonly and?: Condition; readonly then: "delete" }
  | { readonly when: "matched" | "unmatched" | "inserted"; readonly and?: Condition; readonly then: Values };

export interface MergeCase {
  readonly target: readonly Row[];
  readonly source: readonly Row[];
  readonly on: Condition;
  readonly clauses: readonly Clause[];
}

const compared =
  (compare: (left: number, right: number) => boolean) =>
  (left: number | null, right: number | null): boolean | null =>
    left === null || right === null ? null : compare(left, right);

const equal = compared((left, right) => left === right);
const more = compared((left, right) => left > right);
const less = compared((left, right) => left < right);

const both = (left: boolean | null, right: boolean | null): boolean | null =>
  left === false || right === false ? false : left === null || right === null ? null : true;

const plus = (left: number | null, right: number): number | null => (left === null ? null : left + right);

const joins: readonly Condition[] = [
  { sql: "t.k = s.k", holds: (t, s) => equal(t.k, s.k) },
  { sql: "t.k = s.k", holds: (t, s) => equal(t.k, s.k) },
  { sql: "t.k <=> s.k", holds: (t, s) => t.k === s.k },
  { sql: "t.k = s.k AND t.v > 1", holds: (t, s) => both(equal(t.k, s.k), more(t.v, 1)) },
  { sql: "t.k = s.k AND s.v < 2", holds: (t, s) => both(equal(t.k, s.k), less(s.v, 2)) },
  { sql: "t.k + 1 = s.k", holds: (t, s) => equal(plus(t.k, 1), s.k) },
  { sql: "false", holds: () => false },
];

const onPairs: readonly Condition[] = [
  { sql: "s.v > t.v", holds: (t, s) => more(s.v, t.v) },
  { sql: "t.v IS NULL", holds: (t) => t.v === null },
  { sql: "s.w = 'a'", holds: (_, s) => (s.w === null ? null : s.w === "a") },
  { sql: "t.v = 1", holds: (t) => equal(t.v, 1) },
];

const onSource: readonly Condition[] = [
  { sql: "s.v > 1", holds: (_, s) => more(s.v, 1) },
  { sql: "s.k IS NULL", holds: (_, s) => s.k === null },
];

const onTarget: readonly Condition[] = [
  { sql: "t.v > 1", holds: (t) => more(t.v, 1) },
  { sql: "t.w IS NULL", holds: (t) => t.w === null },
];

const updates: readonly Values[] = [
  { sql: "UPDATE SET *", of: (_, s) => s },
  { sql: "UPDATE SET v = s.v + 1", of: (_, s) => ({ v: plus(s.v, 1) }) },
  { sql: "UPDATE SET w = 'z', t.v = t.k", of: (t) => ({ w: "z", v: t.k }) },
  { sql: "UPDATE SET v = NULL, k = s.v", of: (_, s) => ({ v: null, k: s.v }) },
];

const targetUpdates: readonly Values[] = [
  { sql: "UPDATE SET v = t.v * 10", of: (t) => ({ v: t.v === null ? null : t.v * 10 }) },
  { sql: "UPDATE SET w = 'gone'", of: () => ({ w: "gone" }) },
];

const inserts: readonly Values[] = [
  { sql: "INSERT *", of: (_, s) => s },
  { sql: "INSERT (k, v) VALUES (s.k, 0)", of: (_, s) => ({ k: s.k, v: 0 }) },
  {
    sql: "INSERT (w, k) VALUES (concat(s.w, '!'), s.v)",
    of: (_, s) => ({ w: s.w === null ? null : `${s.w}!`, k: s.v }),
  },
];

/** Numbers that look random and are the same for a seed (mulberry32). */
export function numbersOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below) | 0;
  };
}

/** The merge of a seed. */
export function mergeCase(seed: number): MergeCase {
  const next = numbersOf(seed * 7919 + 1);
  const oneOf = <Item>(items: readonly Item[]): Item => items[next(items.length)]!;
  const isLikely = (): boolean => next(4) > 0;
  const rows = (count: number, unique: boolean): readonly Row[] =>
    Array.from({ length: count }, (_, index) => ({
      k: next(8) === 0 ? null : unique ? index : next(8),
      v: next(5) === 0 ? null : next(4),
      w: oneOf(["a", "b", null]),
    }));
  const several = <Item>(make: (isLast: boolean) => Item, most: number): readonly Item[] => {
    const count = next(most + 1);
    return Array.from({ length: count }, (_, index) => make(index === count - 1));
  };
  const clause =
    (when: Clause["when"], conditions: readonly Condition[], actions: readonly ("delete" | Values)[]) =>
    (isLast: boolean): Clause => {
      const met = isLast && isLikely() ? {} : { and: oneOf(conditions) };
      return { when, ...met, then: oneOf(actions) } as Clause;
    };
  const target = rows(2 + next(7), isLikely());
  const source = rows(next(7), isLikely());
  const on = oneOf(joins);
  const clauses = [
    ...several(clause("matched", onPairs, [...updates, "delete"]), 2),
    ...several(clause("inserted", onSource, inserts), 2),
    ...several(clause("unmatched", onTarget, [...targetUpdates, "delete"]), 2),
  ];
  const some = clauses.length > 0 ? clauses : [clause("matched", onPairs, updates)(true)];
  return { target, source, on, clauses: some };
}

const shown = (value: Value): string =>
  value === null ? "NULL" : typeof value === "number" ? String(value) : `'${value}'`;

/** Rows as a query. */
export function rowsSql(rows: readonly Row[]): string {
  const typed = "CAST(k AS INT) AS k, CAST(v AS INT) AS v, CAST(w AS STRING) AS w";
  if (rows.length === 0) return `SELECT ${typed} FROM VALUES (0, 0, '') AS r(k, v, w) WHERE false`;
  const values = rows.map(({ k, v, w }) => `(${[k, v, w].map(shown).join(", ")})`).join(", ");
  return `SELECT ${typed} FROM VALUES ${values} AS r(k, v, w)`;
}

const words = { matched: "MATCHED", inserted: "NOT MATCHED", unmatched: "NOT MATCHED BY SOURCE" } as const;

/** @param table - as SQL writes its name */
export function mergeSql(table: string, { source, on, clauses }: MergeCase): string {
  const written = clauses.map(({ when, and, then }) => {
    const condition = and === undefined ? "" : ` AND ${and.sql}`;
    return ` WHEN ${words[when]}${condition} THEN ${then === "delete" ? "DELETE" : then.sql}`;
  });
  return `MERGE INTO ${table} t USING (${rowsSql(source)}) s ON ${on.sql}${written.join("")}`;
}
