import type duckdb from "@duckdb/node-bindings";
import type { Validity } from "../../../types/validity.ts";

/** A vector of the engine that is to be read. */
export interface Source {
  readonly vector: duckdb.Vector;
  readonly rows: number;
  /** Absent when every row has a value. */
  readonly validity: Validity | undefined;
}
