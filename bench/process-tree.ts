/** Memory and processor time of a process and its descendants, as Linux tells them in `/proc`. */
import { readFileSync } from "node:fs";

/** Clock ticks a second in `/proc/PID/stat`: fixed for programs on all of Linux's platforms. */
const TICKS = 100;

interface Seen {
  cpuTicks: number;
  peakBytes: number;
}

/** Watches a process tree by samples; what a process did between its last sample and its end is not seen. */
export class ProcessTree {
  readonly #root: number;
  readonly #seen = new Map<number, Seen>();
  #peakOfSum = 0;

  /**
   * @param root - the id of the process that was started
   */
  constructor(root: number) {
    this.#root = root;
  }

  sample(): void {
    let bytes = 0;
    for (const pid of livingTree(this.#root)) bytes += this.#sampleOne(pid);
    this.#peakOfSum = Math.max(this.#peakOfSum, bytes);
  }

  get cpuSeconds(): number {
    if (this.#seen.size === 0) return Number.NaN;
    return [...this.#seen.values()].reduce((sum, { cpuTicks }) => sum + cpuTicks, 0) / TICKS;
  }

  /** The kernel keeps each process's own peak, so that of a single process is exact. */
  get peakBytes(): number {
    if (this.#seen.size === 0) return Number.NaN;
    return Math.max(this.#peakOfSum, ...[...this.#seen.values()].map(({ peakBytes }) => peakBytes));
  }

  #sampleOne(pid: number): number {
    const status = read(`/proc/${pid}/status`);
    const stat = read(`/proc/${pid}/stat`);
    if (status === undefined || stat === undefined) return 0;
    const [, , , , , , , , , , , user, system] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const cpuTicks = Number(user) + Number(system);
    const peakBytes = kilobytes(status, "VmHWM");
    // A process that is ending has no memory left, and must not wipe out what was seen of it.
    if (peakBytes > 0) this.#seen.set(pid, { cpuTicks, peakBytes });
    return kilobytes(status, "VmRSS");
  }
}

function* livingTree(pid: number): Generator<number> {
  yield pid;
  const children = read(`/proc/${pid}/task/${pid}/children`) ?? "";
  for (const child of children.trim().split(" ")) if (child !== "") yield* livingTree(Number(child));
}

function kilobytes(status: string, field: string): number {
  const found = new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(status);
  return found === null ? 0 : Number(found[1]) * 1024;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return undefined;
  }
}
