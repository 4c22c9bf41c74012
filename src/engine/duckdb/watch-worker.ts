/** The thread that ends calls which hold the main thread when their action is over. */
import { Session } from "node:inspector/promises";
import { Script } from "node:vm";
import { parentPort, workerData } from "node:worker_threads";
import { sharedClock } from "../../cancellation.ts";
import { type Ended, frameName, type Watched } from "./watch-message.ts";

const beats = workerData as Int32Array;
const watched = new Map<number, Watched>();

/** How often the main thread is looked at, and how long it may be silent before it counts as held, in milliseconds. */
const interval = 50;
const patience = 250;

let beat = -1;
let since = 0;
let timer: NodeJS.Timeout | undefined;

parentPort!.on("message", (action: Watched) => {
  if (action.deadline === undefined) watched.delete(action.number);
  else watched.set(action.number, action);
  clearTimeout(timer);
  since = sharedClock();
  if (watched.size > 0) timer = setTimeout(look, interval);
});

async function look(): Promise<void> {
  const now = Atomics.load(beats, 0);
  if (now !== beat) since = sharedClock();
  beat = now;
  if (sharedClock() - since > patience) await whileHeld();
  if (watched.size > 0) timer = setTimeout(look, interval);
}

async function whileHeld(): Promise<void> {
  const mayBeInterrupted = [...watched.values()].filter(({ interrupts }) => interrupts);
  const heard = mayBeInterrupted.length > 0;
  const interrupted = heard && isInterrupted();
  const isDue = ({ deadline }: Watched): boolean => deadline! < sharedClock();
  const over = interrupted ? mayBeInterrupted : [...watched.values()].filter(isDue);
  if (heard) parentPort!.postMessage({ interrupted } satisfies Ended);
  if (over.length > 0) await end(over);
}

// Ctrl-C ends what a context runs for, in whichever thread.
const listening = new Script("isOver()");

/** Whether Ctrl-C is pressed before the main thread goes on, or before an action is due. */
function isInterrupted(): boolean {
  const until = Math.min(...[...watched.values()].map(({ deadline }) => deadline!));
  const isOver = (): void => {
    while (Atomics.load(beats, 0) === beat && sharedClock() < until) Atomics.wait(pause, 0, 0, interval);
  };
  Object.assign(globalThis, { isOver });
  try {
    listening.runInThisContext({ breakOnSigint: true });
    return false;
  } catch {
    return true;
  }
}

const pause = new Int32Array(new SharedArrayBuffer(4));

/** The names of all frames that the main thread is in, those before an `await` included. */
const frames = `(() => {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = Infinity;
    Error.prepareStackTrace = (_, sites) => sites.map((site) => site.getFunctionName());
    return new Error().stack;
  } finally {
    Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  }
})()`;

/** Ends the call that the main thread is in, where it belongs to one of some actions. */
async function end(actions: readonly Watched[]): Promise<void> {
  const session = new Session();
  session.connectToMainThread();
  try {
    const { result } = await session.post("Runtime.evaluate", { expression: frames, returnByValue: true });
    const names = new Set(result.value as readonly (string | null)[]);
    const found = actions.find(({ number }) => names.has(frameName(number)));
    if (found === undefined) return;
    // Why it ends is told before its end.
    parentPort!.postMessage({ number: found.number } satisfies Ended);
    await session.post("Runtime.terminateExecution");
  } finally {
    session.disconnect();
  }
}
