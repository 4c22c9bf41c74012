/** The programs of the recorded answers, in the spelling that TypeScript and Python share. */
import { type DataFrame, SparkSession } from "lakewright";
import * as functions from "lakewright/functions";
import { analyze } from "../../src/analyzer/analyze.ts";
import { columnExpression, makeColumn } from "../../src/functions/column.ts";
import { namedExpression } from "../../src/functions/column-name.ts";
import type { Relation } from "../../src/plan/relation.ts";
import type { ResolvedRelation } from "../../src/plan/resolved.ts";
import { parseDdl } from "../../src/types/ddl.ts";
import tables from "../answers/program-tables.json" with { type: "json" };

const spark = SparkSession.create();

/** What programs may use that the API does not have under that name. */
const helpers = {
  call: (name: string, ...args: readonly unknown[]) =>
    makeColumn({ kind: "call", name: [name], arguments: args.map((argument) => columnExpression(argument)) }),
  unpivot: (
    frame: DataFrame,
    ids: readonly string[],
    values: readonly string[] | null,
    variable: string,
    value: string,
  ) => ({
    plan: {
      kind: "unpivot",
      input: frame.plan,
      identifiers: ids.map((name) => namedExpression(name)),
      ...(values === null ? {} : { values: values.map((name) => [namedExpression(name)]) }),
      variableColumn: variable,
      valueColumns: [value],
    },
  }),
  unionWithMissing: (frame: DataFrame, other: DataFrame) => frame.unionByName(other, { allowMissingColumns: true }),
  toSchema: (frame: DataFrame, ddl: string) => ({
    plan: { kind: "to schema", input: frame.plan, schema: parseDdl(ddl) },
  }),
};

const frames = Object.fromEntries(Object.entries(tables).map(([name, ddl]) => [name, spark.createDataFrame([], ddl)]));
const names: Readonly<Record<string, unknown>> = { ...functions, ...helpers, ...frames };

/** The plan that a program makes. */
export function planOf(program: string): Relation {
  // The programs are ours, and their text is what Python runs too.
  const run = new Function(...Object.keys(names), `return (${program}).plan`);
  return run(...Object.values(names)) as Relation;
}

const nothing = { leaves: new Map(), pivotValues: new Map() };

/** The plan that a program makes, analysed. */
export function analysed(program: string, caseSensitive = false): ResolvedRelation {
  return analyze(planOf(program), nothing, { caseSensitive, timeZone: "UTC" });
}

/** Names and types of a plan's columns as the recorded answers write them. */
export const rowType = (
  relation: ResolvedRelation,
  nameOf: (type: ResolvedRelation["output"][number]["type"]) => string,
) => relation.output.map(({ name, type, nullable }) => [name, `${nameOf(type)}${nullable ? "" : " not null"}`]);
