/** What cancelled actions have in common: their error, and the times at which signals are going to be aborted. */
import { ExecutionError } from "./errors.ts";

/**
 * The error of a cancelled action.
 *
 * @param hint - why it was cancelled, where nobody asked for it
 */
export const operationCanceled = (hint?: string): ExecutionError =>
  new ExecutionError("Operation has been canceled", {
    condition: "OPERATION_CANCELED",
    sqlState: "HY008",
    ...(hint === undefined ? {} : { hint }),
  });

const deadlines = new WeakMap<AbortSignal, number>();

/** The milliseconds of a clock that the threads of a process have in common. */
export const sharedClock = (): number => performance.timeOrigin + performance.now();

/** When a signal is going to be aborted, as far as it is known: never otherwise. */
export const deadlineOf = (signal: AbortSignal | undefined): number =>
  (signal === undefined ? undefined : deadlines.get(signal)) ?? Number.POSITIVE_INFINITY;

/**
 * A signal that is aborted with the first of others.
 *
 * @param signals - the others; those that are undefined never are
 * @param deadline - when one of them is going to be aborted
 */
export function firstOf(
  signals: readonly (AbortSignal | undefined)[],
  deadline = Number.POSITIVE_INFINITY,
): AbortSignal {
  const given = signals.filter((signal) => signal !== undefined);
  const first = given.length === 1 ? given[0]! : AbortSignal.any(given);
  const earliest = Math.min(deadline, ...given.map(deadlineOf));
  if (earliest !== Number.POSITIVE_INFINITY) deadlines.set(first, earliest);
  return first;
}

/**
 * Throws where an action is cancelled, and where it is going to be as soon as its thread has time for it.
 *
 * @throws the reason of the signal, or `OPERATION_CANCELED`
 */
export function throwIfCanceled(signal: AbortSignal | undefined): void {
  signal?.throwIfAborted();
  if (deadlineOf(signal) < sharedClock()) throw operationCanceled("Its timeout is over.");
}
