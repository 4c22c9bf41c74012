/** `ALTER TABLE … ADD | DROP CONSTRAINT`. */
import { AnalysisError, ExecutionError } from "../../errors.ts";
import { sqlParser } from "../../functions/parsers.ts";
import type { Expression } from "../../plan/expression.ts";
import { booleanType } from "../../types/data-type.ts";
import { plainName } from "../tables/store-assignment.ts";
import type { Altering, Changes } from "./alter-table.ts";

const key = (name: string): string => `delta.constraints.${name.toLowerCase()}`;

export const constraintChanges: Changes<"add constraint" | "drop constraint"> = {
  "add constraint": async ({ name, text }, altering) => {
    const { metadata } = altering;
    const old = metadata.configuration?.[key(name)];
    if (old !== undefined) throw exists(name, old);
    await checkRows(text, altering);
    return {
      configuration: { ...metadata.configuration, [key(name)]: text },
      operation: "ADD CONSTRAINT",
      parameters: { name, expr: text },
    };
  },
  "drop constraint": ({ name, ifExists }, { metadata, table }) => {
    const { [key(name)]: old, ...rest } = metadata.configuration ?? {};
    if (old === undefined && ifExists) return undefined;
    if (old === undefined) throw missing(name, plainName(table));
    return { configuration: rest, operation: "DROP CONSTRAINT", parameters: { name, expr: old } };
  },
};

/** The rows that are there have to meet the condition too. */
async function checkRows(text: string, { table, open, context }: Altering): Promise<void> {
  open.transaction.readsAll();
  const condition: Expression = {
    kind: "call",
    name: ["coalesce"],
    arguments: [sqlParser().expression(text), { kind: "literal", type: booleanType, value: false }],
  };
  const broken: Expression = { kind: "call", name: ["not"], arguments: [condition] };
  const rows = { kind: "read", format: "delta", paths: [table.location], options: {}, isStreaming: false } as const;
  const counted = await context.collect({
    kind: "project",
    input: { kind: "filter", input: rows, condition: broken },
    expressions: [sqlParser().expression("count(*)")],
  });
  const count = countIn(counted[0]!.columns[0]!);
  if (count > 0n) throw violated(text, plainName(table), count);
}

const countIn = (vector: { readonly layout: string }): bigint =>
  (vector as unknown as { readonly values: BigInt64Array }).values[0]!;

const exists = (name: string, old: string): AnalysisError =>
  new AnalysisError(
    `Constraint '${name}' already exists. Please delete the old constraint first.\nOld constraint:\n${old}`,
    {
      condition: "DELTA_CONSTRAINT_ALREADY_EXISTS",
      sqlState: "42710",
      parameters: { constraintName: name, oldConstraint: old },
      hint: `Use ALTER TABLE … DROP CONSTRAINT ${name}, or another name.`,
    },
  );

const missing = (name: string, table: string): AnalysisError =>
  new AnalysisError(`Cannot drop nonexistent constraint ${name} from table ${table}`, {
    condition: "DELTA_CONSTRAINT_DOES_NOT_EXIST",
    sqlState: "42704",
    parameters: { constraintName: name, tableName: table },
    hint: "Write DROP CONSTRAINT IF EXISTS to tolerate that.",
  });

const violated = (text: string, table: string, count: bigint): ExecutionError =>
  new ExecutionError(`${count} rows in ${table} violate the new CHECK constraint (${text})`, {
    condition: "DELTA_NEW_CHECK_CONSTRAINT_VIOLATION",
    sqlState: "23512",
    parameters: { numRows: String(count), tableName: table, checkConstraint: text },
    hint: "Correct or delete the rows first.",
  });
