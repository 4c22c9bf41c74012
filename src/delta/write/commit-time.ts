/** The time that a commit says it was made. */
import type { TableMetadata } from "../actions.ts";

/**
 * The time of the next commit, in milliseconds since 1970: that of the clock, but with in-commit timestamps always later
 * than that of the commit before it, so that a clock that goes backwards changes no order.
 */
export function nextCommitTime(
  metadata: TableMetadata | undefined,
  before: { readonly inCommitTimestamp: number | undefined },
  now: number,
): number {
  const isInCommit = metadata?.configuration?.["delta.enableInCommitTimestamps"] === "true";
  return isInCommit && before.inCommitTimestamp !== undefined ? Math.max(now, before.inCommitTimestamp + 1) : now;
}
