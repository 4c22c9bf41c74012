/** Merges as statements alone, of more forms than a model could follow: two engines say what they come to. */
import { numbersOf } from "../../../delta/merges/merge-case.ts";

/** A table and a merge into it; `{t}` stands for the table. */
export interface GeneratedMerge {
  /** What makes the table. */
  readonly make: readonly string[];
  readonly merge: string;
  /** Whether the table has a change feed. */
  readonly feeds: boolean;
}

/** Chooses what looks random and is the same for a seed. */
class Choice {
  readonly #next: (below: number) => number;

  constructor(seed: number) {
    this.#next = numbersOf(seed * 104_729 + 17);
  }

  below(limit: number): number {
    return this.#next(limit);
  }

  /** True once in so many times. */
  once(inTimes: number): boolean {
    return this.#next(inTimes) === 0;
  }

  of<Item>(items: readonly Item[]): Item {
    return items[this.#next(items.length)]!;
  }

  several<Item>(most: number, make: (isLast: boolean) => Item): readonly Item[] {
    const count = this.#next(most + 1);
    return Array.from({ length: count }, (_, index) => make(index === count - 1));
  }
}

const columns = "k INT, v INT, w STRING, n STRUCT<a: INT, b: STRING>";

/** What a column of the source may be made of, the usual first; those that are left out are `undefined`. */
const forms: Readonly<Record<string, readonly (string | undefined)[]>> = {
  k: ["k", "k", "k", "CAST(k AS BIGINT)", "CAST(k AS SHORT)"],
  v: [
    "v",
    "v",
    "v",
    "CAST(v AS DOUBLE)",
    "CAST(v AS DECIMAL(12, 2))",
    "v + 2147483646L",
    "CAST(v AS STRING)",
    undefined,
  ],
  w: ["w", "w", "w", "w", "CAST(ascii(w) AS INT)", undefined],
  n: [
    "named_struct('a', v, 'b', w)",
    "named_struct('a', v, 'b', w)",
    "named_struct('b', w, 'a', v)",
    "named_struct('a', v, 'b', w, 'c', k)",
    "named_struct('a', v)",
    "IF(v IS NULL, NULL, named_struct('a', v, 'b', w))",
    undefined,
  ],
  x: ["k * 10", undefined, undefined],
};

const joins: readonly string[] = [
  "t.k = s.k",
  "t.k = s.k",
  "t.k = s.k",
  "t.k <=> s.k",
  "t.k = s.k AND t.w = 'a'",
  "t.k = s.k AND t.v IN (1, 2)",
  "t.k = s.k AND s.k > 2",
  "t.k = s.k AND t.k < 5",
  "t.k + 1 = s.k",
  "t.k = s.k OR (t.k IS NULL AND s.k IS NULL)",
  "coalesce(t.k, -1) = coalesce(s.k, -1)",
  "t.k % 4 = s.k AND t.k < 4",
  "t.k BETWEEN s.k AND s.k + 1",
  "false",
  "true",
  "CAST(NULL AS BOOLEAN)",
  "1 = 0",
  "t.k = s.k AND 1 = 1",
  "t.k = s.k AND t.k IN (SELECT 1)",
];

const onPairs: readonly string[] = [
  "t.v IS NULL",
  "t.v = 1",
  "s.k > t.v",
  "NOT (t.v <=> s.k)",
  "coalesce(s.k, 0) + coalesce(t.v, 0) > length(coalesce(t.w, ''))",
  "CASE WHEN t.w = 'a' THEN s.k > 2 ELSE t.v > 1 END",
  "t.n.a > 0 AND s.k IS NOT NULL",
  "true",
  "false",
  "CAST(NULL AS BOOLEAN)",
];

const onSource: readonly string[] = [
  "s.k > 3",
  "s.k IS NULL",
  "s.k IN (1, 5, 6)",
  "coalesce(s.k, 0) % 2 = 0",
  "true",
  "CAST(NULL AS BOOLEAN)",
];

const onTarget: readonly string[] = [
  "t.v > 1",
  "t.w IS NULL",
  "t.n.b = 'b'",
  "t.k BETWEEN 1 AND 5",
  "false",
  "true",
  "CAST(NULL AS BOOLEAN)",
];

const updates: readonly string[] = [
  "UPDATE SET *",
  "UPDATE SET *",
  "UPDATE SET v = s.k + 1",
  "UPDATE SET w = 'z', t.v = t.k",
  "UPDATE SET v = NULL, k = s.k + 100",
  "UPDATE SET w = concat(t.w, coalesce(CAST(s.k AS STRING), '?')), v = CASE WHEN t.v > 1 THEN t.v * 2 ELSE s.k END",
  "UPDATE SET n.a = s.k",
  "UPDATE SET t.n.b = 'n', t.n.a = t.v",
  "UPDATE SET n = named_struct('a', 7, 'b', t.w)",
  "UPDATE SET x = s.k",
  "UPDATE SET v = s.lost",
  "UPDATE SET v = t.v",
];

const targetUpdates: readonly string[] = [
  "UPDATE SET v = t.v * 10",
  "UPDATE SET w = 'gone'",
  "UPDATE SET t.n.a = coalesce(t.v, -1), w = t.n.b",
];

const inserts: readonly string[] = [
  "INSERT *",
  "INSERT *",
  "INSERT (k, v) VALUES (s.k, 0)",
  "INSERT (w, k) VALUES (concat('n', s.k), s.k + 50)",
  "INSERT (k, v, w, n) VALUES (s.k, CASE WHEN s.k > 2 THEN 1 END, NULL, named_struct('a', s.k, 'b', 'i'))",
  "INSERT (k, x) VALUES (s.k, 1)",
];

const words = { matched: "MATCHED", inserted: "NOT MATCHED", unmatched: "NOT MATCHED BY SOURCE" } as const;

/** The merge of a seed. */
export function generatedMerge(seed: number): GeneratedMerge {
  const choice = new Choice(seed);
  const feeds = choice.once(3);
  const merge = `MERGE ${choice.once(2) ? "WITH SCHEMA EVOLUTION " : ""}INTO {t} t USING (${source(choice)}) s ON ${choice.of(joins)}`;
  return { make: makes(choice, feeds), merge: [merge, ...clauses(choice)].join(" "), feeds };
}

function clauses(choice: Choice): readonly string[] {
  const clause =
    (when: keyof typeof words, conditions: readonly string[], actions: readonly string[]) =>
    (isLast: boolean): string => {
      const condition = isLast && !choice.once(3) ? "" : ` AND ${choice.of(conditions)}`;
      return `WHEN ${words[when]}${condition} THEN ${choice.of(actions)}`;
    };
  const all = [
    ...choice.several(2, clause("matched", onPairs, [...updates, "DELETE", "DELETE", "DELETE"])),
    ...choice.several(2, clause("inserted", onSource, inserts)),
    ...choice.several(1 + choice.below(2), clause("unmatched", onTarget, [...targetUpdates, "DELETE"])),
  ];
  return all.length > 0 ? all : [clause("matched", onPairs, updates)(true)];
}

/** Two files with rows, of which some may be gone already. */
function makes(choice: Choice, feeds: boolean): readonly string[] {
  const hasVectors = choice.once(2);
  const properties = `'delta.enableDeletionVectors' = '${hasVectors}', 'delta.enableChangeDataFeed' = '${feeds}'`;
  const partition = choice.of(["", "", "PARTITIONED BY (w)", "PARTITIONED BY (k)"]);
  const unique = !choice.once(4);
  const insert = (first: number): string =>
    `INSERT INTO {t} SELECT k, v, w, IF(v = 3, NULL, named_struct('a', v, 'b', w)) FROM (${rows(choice, 1 + choice.below(5), unique ? first : undefined)})`;
  return [
    `CREATE TABLE {t} (${columns}) USING delta ${partition} TBLPROPERTIES (${properties})`,
    insert(0),
    ...(choice.once(4) ? [] : [insert(4)]),
    ...(choice.once(4) ? [`DELETE FROM {t} WHERE v = ${choice.below(3)}`] : []),
  ];
}

function source(choice: Choice): string {
  const chosen = Object.entries(forms).flatMap(([name, of]) => {
    const form = choice.once(2) ? of[0] : choice.of(of);
    return form === undefined ? [] : [`${form} AS ${name}`];
  });
  const order = choice.once(5) ? chosen.toReversed() : chosen;
  return `SELECT ${order.join(", ")} FROM (${rows(choice, choice.below(7), choice.once(4) ? undefined : choice.below(4))})`;
}

/** @param first - the first of keys that come once; any keys where it is not given */
function rows(choice: Choice, count: number, first: number | undefined): string {
  const typed = "CAST(k AS INT) AS k, CAST(v AS INT) AS v, CAST(w AS STRING) AS w";
  const made = Array.from({ length: Math.max(count, 1) }, (_, index) => {
    const key = choice.once(8) ? "NULL" : String(first === undefined ? choice.below(8) : first + index);
    return `(${key}, ${choice.of(["NULL", "0", "1", "2", "3"])}, ${choice.of(["'a'", "'b'", "'c'", "NULL"])})`;
  });
  return `SELECT ${typed} FROM VALUES ${made.join(", ")} AS r(k, v, w)${count === 0 ? " WHERE false" : ""}`;
}
