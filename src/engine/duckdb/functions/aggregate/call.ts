/** Calls of DuckDB's aggregates. */
import { duckType } from "../../duck-type.ts";
import type { LoweringContext } from "../lowering.ts";

/** What stands around an aggregate's arguments. */
export interface AggregateModifiers {
  readonly distinct: boolean;
  readonly ignoreNulls: boolean;
  readonly filter: string | undefined;
  readonly order: string | undefined;
  /** `OVER (…)`, or empty. */
  readonly over: string;
  readonly below?: Below | undefined;
}

/** Has SQL computed below what is written, and gives the column that it is in there. */
export interface Below {
  /** A call of an aggregate. */
  readonly call: (sql: string) => string;
  /** What is made of such columns. */
  readonly value: (sql: string) => string;
}

/** What is written several times, computed once where that is possible. */
export const once = (sql: string, { below }: AggregateModifiers): string => below?.value(sql) ?? sql;

export type AggregateLowering = (
  args: readonly string[],
  modifiers: AggregateModifiers,
  context: LoweringContext,
) => string;

/** A call of a DuckDB aggregate with its modifiers. */
export function aggregateCall(
  name: string,
  args: readonly string[],
  modifiers: AggregateModifiers,
  only?: string,
): string {
  const { distinct, filter, order, over, below } = modifiers;
  const conditions = [filter, only].filter((condition) => condition !== undefined);
  const where = conditions.length === 0 ? "" : ` FILTER (WHERE ${conditions.join(" AND ")})`;
  const call = `${name}(${distinct ? "DISTINCT " : ""}${args.join(", ")}${order === undefined ? "" : ` ORDER BY ${order}`})${where} ${over}`;
  return below?.call(call) ?? call;
}

/** A DuckDB aggregate of the same meaning. */
export const plain =
  (name: string): AggregateLowering =>
  (args, modifiers) =>
    aggregateCall(name, args, modifiers);

/** The result in the Spark type of the call, where DuckDB's own is another. */
export const typed =
  (lowering: AggregateLowering): AggregateLowering =>
  (args, modifiers, context) =>
    `(${lowering(args, modifiers, context)})::${duckType(context.call.type)}`;
