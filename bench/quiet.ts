/** Waits for a machine that is doing nothing else. */
import { cpus } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

const LOOK_MILLISECONDS = 1000;
const QUIET = 0.1;

/**
 * Waits until the processors are idle, or patience is at its end.
 *
 * @param patience - the most seconds to wait
 * @returns the share of the processors that was busy at last
 */
export async function quiet(patience: number): Promise<number> {
  const until = performance.now() + patience * 1000;
  for (;;) {
    const busy = await busyShare();
    if (busy <= QUIET || performance.now() >= until) return busy;
  }
}

async function busyShare(): Promise<number> {
  const before = ticks();
  await sleep(LOOK_MILLISECONDS);
  const after = ticks();
  return 1 - (after.idle - before.idle) / (after.all - before.all);
}

function ticks(): { readonly idle: number; readonly all: number } {
  const times = cpus().map((cpu) => cpu.times);
  const idle = times.reduce((sum, time) => sum + time.idle, 0);
  return {
    idle,
    all: times.reduce((sum, { user, nice, sys, idle: rest, irq }) => sum + user + nice + sys + rest + irq, 0),
  };
}
