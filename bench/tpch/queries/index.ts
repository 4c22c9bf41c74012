/** The 22 queries of TPC-H by their names. */
import type { DataFrame } from "lakewright";
import type { Tables } from "../tables.ts";
import { q01, q02, q03, q04, q05, q06 } from "./q01-q06.ts";
import { q07, q08, q09, q10, q11, q12 } from "./q07-q12.ts";
import { q13, q14, q15, q16, q17 } from "./q13-q17.ts";
import { q18, q19, q20, q21, q22 } from "./q18-q22.ts";

/** A query of the tables at a scale: what query 11 takes for important depends on it. */
export type Query = (tables: Tables, scale?: number) => DataFrame;

export const queries: Readonly<Record<string, Query>> = {
  q01,
  q02,
  q03,
  q04,
  q05,
  q06,
  q07,
  q08,
  q09,
  q10,
  q11,
  q12,
  q13,
  q14,
  q15,
  q16,
  q17,
  q18,
  q19,
  q20,
  q21,
  q22,
};
