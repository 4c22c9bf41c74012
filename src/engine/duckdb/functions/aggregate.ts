/** Aggregates and window functions as DuckDB SQL. */
import { InternalError } from "../../../errors.ts";
import { duckType } from "../duck-type.ts";
import type { LoweringContext } from "./lowering.ts";

/** What stands around an aggregate's arguments. */
export interface AggregateModifiers {
  readonly distinct: boolean;
  readonly ignoreNulls: boolean;
  readonly filter: string | undefined;
  readonly order: string | undefined;
  /** `OVER (…)`, or empty. */
  readonly over: string;
}

export type AggregateLowering = (args: readonly string[], modifiers: AggregateModifiers, context: LoweringContext) => string;

/** A call of a DuckDB aggregate with its modifiers. */
export function aggregateCall(name: string, args: readonly string[], modifiers: AggregateModifiers, filter = modifiers.filter): string {
  const order = modifiers.order === undefined ? "" : ` ORDER BY ${modifiers.order}`;
  const where = filter === undefined ? "" : ` FILTER (WHERE ${filter})`;
  return `${name}(${modifiers.distinct ? "DISTINCT " : ""}${args.join(", ")}${order})${where}${modifiers.over}`;
}

const plain = (name: string): AggregateLowering => (args, modifiers) => aggregateCall(name, args, modifiers);
const cast = (name: string): AggregateLowering => (args, modifiers, { call }) =>
  `(${aggregateCall(name, args, modifiers)})::${duckType(call.type)}`;

const count: AggregateLowering = (args, modifiers, { call }) => {
  const [only] = args;
  const rows = call.arguments.length === 1 && call.arguments[0]!.kind === "constant" && !modifiers.distinct;
  if (rows && call.arguments[0]!.nullable === false) return aggregateCall("count", ["*"], modifiers);
  if (args.length === 1) return aggregateCall("count", [only!], modifiers);
  const present = args.map((argument) => `${argument} IS NOT NULL`).join(" AND ");
  return aggregateCall("count", [`CASE WHEN ${present} THEN row(${args.join(", ")}) END`], modifiers);
};

/** By SQL name. */
const lowerings: Readonly<Record<string, AggregateLowering>> = {
  count,
  sum: cast("sum"),
  avg: cast("avg"),
  min: plain("min"),
  max: plain("max"),
  row_number: cast("row_number"),
  rank: cast("rank"),
  dense_rank: cast("dense_rank"),
};

/** The lowering of an aggregate or window function. */
export function aggregateLowerings(name: string): AggregateLowering {
  const lowering = lowerings[name];
  if (lowering === undefined) throw new InternalError(`the aggregate ${name} has no lowering for the embedded engine`);
  return lowering;
}
