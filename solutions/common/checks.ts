/** Comparing what was read back with what was computed. */

/** One thing that was looked at, twice. */
export interface Check {
  readonly check: string;
  readonly expected: number | string;
  readonly found: number | string;
}

/** Doubles are added up in no fixed order, so sums of them may differ in their last digits. */
export function holds({ expected, found }: Check): boolean {
  if (typeof expected === "string" || typeof found === "string") return expected === found;
  return Math.abs(expected - found) <= 1e-9 * Math.max(Math.abs(expected), Math.abs(found));
}

/**
 * A line for each check.
 *
 * @throws Error when one does not hold
 */
export function reportChecks(checks: readonly Check[], report: (line: string) => void): void {
  report("Read back and compared with what was computed:");
  for (const check of checks) {
    const verdict = holds(check) ? "ok" : `WRONG: ${text(check.expected)} was expected`;
    report(`  ${check.check.padEnd(24)} ${text(check.found).padStart(18)}  ${verdict}`);
  }
  if (!checks.every(holds)) throw new Error("What was read back differs from what was computed; see above.");
}

const text = (value: number | string): string =>
  typeof value === "string" ? value : value.toLocaleString("en", { maximumFractionDigits: 2 });

/** A sum as a number to compare: sums of nothing are null, decimals are objects. */
export const plain = (value: unknown): number => Number(value === null || value === undefined ? 0 : String(value));
