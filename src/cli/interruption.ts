/** Ctrl-C: the first cancels and cleans, the second ends the process. */

/** A signal that Ctrl-C aborts, until it is disposed of. */
export interface Interruption extends Disposable {
  readonly signal: AbortSignal;
}

export function interruption(report: (line: string) => void): Interruption {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(130);
    report(
      "Cancelling: what was not finished is removed, outputs that were complete are kept. Press Ctrl-C again to end at once.",
    );
    controller.abort(new Error("cancelled by Ctrl-C"));
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
    },
  };
}
