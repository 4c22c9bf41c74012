/** `ALTER COLUMN … SYNC IDENTITY`: the numbers of a column go on behind those that rows have brought themselves. */
import { AnalysisError } from "../../errors.ts";
import { type StructField, structType } from "../../types/data-type.ts";
import { vectorValues } from "../../types/vector-values.ts";
import { fieldJson, fieldOf } from "./alter-columns.ts";
import type { ChangeOf } from "./alter-table.ts";
import { identityOf, reached } from "./identity-columns.ts";
import { call, column, named, project } from "./rows/expressions.ts";
import { NumberedFiles } from "./rows/numbered-files.ts";
import { tableRows } from "./rows/target-rows.ts";

/** @throws AnalysisError `DELTA_IDENTITY_COLUMNS_ALTER_NON_IDENTITY_COLUMN` */
export const syncIdentity: ChangeOf<"sync identity"> = async ({ column: path }, altering) => {
  const { schema } = altering;
  const field = fieldOf(schema, path);
  const identity = identityOf(field);
  if (identity === undefined) throw notIdentity(field);
  altering.open.transaction.readsAll();
  const last = await lastNumber(field, identity.step > 0n ? "max" : "min", altering);
  const synced = last === undefined ? field : reached(field, last);
  return {
    schema: structType(schema.fields.map((each) => (each === field ? synced : each))),
    operation: "CHANGE COLUMN",
    parameters: { column: JSON.stringify(fieldJson(field)) },
    tags: { "delta.identity.schemaUpdate": "true" },
  };
};

/** The number of all rows that is furthest from the first; undefined where there is none. */
async function lastNumber(
  { name }: StructField,
  furthest: "max" | "min",
  { open, context }: Parameters<typeof syncIdentity>[1],
): Promise<bigint | undefined> {
  const files = new NumberedFiles(open.snapshot!, context.delta, "UTC");
  const rows = tableRows(open, files, { name: [], alias: "numbered" }, context);
  const [batch] = await context.collect({
    kind: "aggregate",
    input: project(rows, [named(column(name), "number")]),
    type: "group by",
    grouping: [],
    aggregates: [named(call(furthest, column("number")), "last")],
  });
  const last = vectorValues(batch!.columns[0]!)[0];
  return last === null || last === undefined ? undefined : BigInt(last as bigint | number);
}

const notIdentity = ({ name }: StructField): AnalysisError =>
  new AnalysisError("ALTER TABLE ALTER COLUMN SYNC IDENTITY cannot be called on non IDENTITY columns", {
    condition: "DELTA_IDENTITY_COLUMNS_ALTER_NON_IDENTITY_COLUMN",
    sqlState: "429BQ",
    parameters: { columnName: name },
    hint: `The column ${name} is not GENERATED … AS IDENTITY.`,
  });
