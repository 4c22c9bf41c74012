/** Functions of a row's place in its window, as DuckDB SQL. */
import type { FunctionNames } from "../../../functions/catalogue.ts";
import { duckType } from "../duck-type.ts";
import type { AggregateLowering } from "./aggregate/call.ts";

const ranked =
  (name: string): AggregateLowering =>
  (args, { over }, { call }) =>
    `(${name}(${args.join(", ")}) ${over})::${duckType(call.type)}`;

const neighbour =
  (name: string): AggregateLowering =>
  (args, { over, ignoreNulls }, { call, constant }) => {
    const ignore = ignoreNulls || constant(3) === true ? " IGNORE NULLS" : "";
    return `(${name}(${args.slice(0, 3).join(", ")}${ignore}) ${over})::${duckType(call.type)}`;
  };

const nth: AggregateLowering = (args, { over, ignoreNulls }, { constant }) => {
  const ignore = ignoreNulls || constant(2) === true ? " IGNORE NULLS" : "";
  return `nth_value(${args.slice(0, 2).join(", ")}${ignore}) ${over}`;
};

export const rankingLowerings = {
  cume_dist: ranked("cume_dist"),
  dense_rank: ranked("dense_rank"),
  lag: neighbour("lag"),
  lead: neighbour("lead"),
  nth_value: nth,
  ntile: ranked("ntile"),
  percent_rank: ranked("percent_rank"),
  rank: ranked("rank"),
  row_number: ranked("row_number"),
} satisfies { readonly [Name in FunctionNames<typeof import("../../../functions/ranking.ts")>]: AggregateLowering };
