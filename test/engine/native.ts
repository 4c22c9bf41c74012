import type { DuckDBConnection, DuckDBResult } from "@duckdb/node-api";
import type duckdb from "@duckdb/node-bindings";

/** The native connection inside the library's, for what the library has no method for. */
export const nativeConnection = (connection: DuckDBConnection): duckdb.Connection =>
  (connection as unknown as { readonly connection: duckdb.Connection }).connection;

/** The native result inside the library's, which is read without the library's value classes. */
export const nativeResult = (result: DuckDBResult): duckdb.Result =>
  (result as unknown as { readonly result: duckdb.Result }).result;
