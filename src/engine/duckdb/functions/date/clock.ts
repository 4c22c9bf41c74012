/** What clocks of the session show, as DuckDB SQL. */
import type { DataType } from "../../../../types/data-type.ts";
import { toLocal } from "../../compile/zone.ts";

/** What a clock of the session shows, as a naive timestamp. */
export function clock(value: string, type: DataType | undefined, timeZone: string): string {
  if (type?.kind === "timestamp") return toLocal(value, timeZone);
  return type?.kind === "date" ? `(${value})::TIMESTAMP` : value;
}

/** SQL of a value as INTEGER, where DuckDB makes it a BIGINT. */
export const int = (value: string): string => `(${value})::INTEGER`;
