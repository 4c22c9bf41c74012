/** What runs on both engines: programs of the DataFrame API, statements of SQL, and Delta tables. */
import type { SparkSession } from "lakewright";
import { comparable, outcomeOf as programOutcome, answersOf as programsOf, scopeOf } from "../../answers/results.ts";
import { outcomeOf as scriptOutcome, answersOf as scriptsOf } from "../../sql/outcome.ts";
import { themes } from "../cases/index.ts";
import { ourOutcome } from "../outcome.ts";
import type { Program } from "../program.ts";
import { deltaCases } from "./delta-cases.ts";

/** One thing that runs on an engine. */
export interface Case {
  readonly name: string;
  /** The time zone of the session. */
  readonly zone: string;
  /** Further settings of the session on Spark. */
  readonly ofSpark?: Readonly<Record<string, string>>;
  /** What it comes to, in a form that is equal where the answers are. */
  readonly run: (spark: SparkSession) => Promise<unknown>;
}

/** Cases about one thing. */
export interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

const inUtc = (name: string, run: Case["run"]): Case => ({ name, zone: "UTC", run });

const themeCase = (program: Program): Case => ({
  name: program.name,
  zone: program.zone ?? "UTC",
  run: (spark) => ourOutcome(program, spark),
});

const scopes = new WeakMap<SparkSession, ReturnType<typeof scopeOf>>();

function scopeIn(spark: SparkSession): ReturnType<typeof scopeOf> {
  const scope = scopes.get(spark) ?? scopeOf(spark);
  scopes.set(spark, scope);
  return scope;
}

const relationTopics = ["aggregates", "windows", "shapes", "subqueries", "table-functions", "statistics"];

const relationCases = (topic: string): readonly Case[] =>
  programsOf(`relations/${topic}`).map((answer) =>
    inUtc(answer.program, async (spark) =>
      comparable(await programOutcome(answer.program, scopeIn(spark)), answer, true),
    ),
  );

const sqlCases = (topic: string): readonly Case[] =>
  scriptsOf(topic).map(([text]) =>
    inUtc(text, async (spark) => {
      const outcome = await scriptOutcome(spark, text);
      if ("condition" in outcome) return outcome;
      const rows = outcome.rows.map((row) => JSON.stringify(row));
      return { columns: outcome.columns, rows: /order by/i.test(text) ? rows : rows.toSorted() };
    }),
  );

/** All suites, in the order of the page. */
export const suites: readonly Suite[] = [
  ...themes.map(({ name, programs }) => ({ name: `DataFrame: ${name}`, cases: programs.map(themeCase) })),
  ...relationTopics.map((topic) => ({ name: `DataFrame: recorded ${topic}`, cases: relationCases(topic) })),
  { name: "SQL: grouping", cases: sqlCases("queries/grouping") },
  { name: "SQL: scripts", cases: sqlCases("scripts/scripts") },
  { name: "Delta tables", cases: deltaCases },
];
