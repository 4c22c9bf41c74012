/** SQLSTATEs as scripts write them. */
import type { SqlCursor } from "../cursor.ts";
import { readString } from "../expressions/literals.ts";
import { scriptFault } from "./faults.ts";

/** Reads `[VALUE] 'state'` behind SQLSTATE; in capitals. */
export function readState(cursor: SqlCursor): string {
  cursor.accept("VALUE");
  const { start } = cursor.peek();
  const state = readString(cursor);
  if (/^[0-9A-Z]{5}$/i.test(state) && !/^(?:00|01|XX)/i.test(state)) return state.toUpperCase();
  throw scriptFault(
    cursor.origin(start),
    "INVALID_SQLSTATE",
    "428B3",
    `Invalid SQLSTATE value: '${state}'. SQLSTATE must be exactly 5 characters long and contain only A-Z and 0-9, and must not start with '00', '01' or 'XX'`,
    { hint: "Write one such as '22012', of division by zero.", parameters: { sqlState: state } },
  );
}
