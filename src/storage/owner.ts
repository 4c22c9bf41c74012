/** Who made a temporary thing, in its name, so that anyone can tell whether the maker still runs. */
import { createHash, randomUUID } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** A process: the machine it runs on, its number there and when it started, since numbers are used again. */
export interface Owner {
  readonly machine: string;
  readonly process: number;
  /** In ticks since the machine started; 0 where the system does not say. */
  readonly startedAt: string;
}

/** For how long a process of another machine, of which nothing else is known, counts as running after a sign of life. */
const patience = 120_000;

/** How often a process that holds a lock or a staging folder shows that it runs. */
export const signOfLifeEvery = 20_000;

let self: Owner | undefined;

/** This process. */
export const currentOwner = (): Owner =>
  (self ??= { machine: machineName(), process: process.pid, startedAt: processState(process.pid)?.startedAt ?? "0" });

/**
 * A name that no other has and that tells who made it.
 *
 * @param owner - who makes it; this process unless told otherwise
 */
export const ownedName = (owner: Owner = currentOwner()): string =>
  `${owner.machine}-${owner.process}-${owner.startedAt}-${randomUUID()}`;

const owned = /([0-9a-f]{8})-(\d+)-(\d+)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The maker of something with a name that ends in what `ownedName` gave; `undefined` for other names. */
export function ownerOf(name: string): Owner | undefined {
  const match = owned.exec(name);
  return match === null ? undefined : { machine: match[1]!, process: Number(match[2]), startedAt: match[3]! };
}

/**
 * Whether a process still runs. Of a process of another machine only its last sign of life is known.
 *
 * @param owner - the process
 * @param lastSign - when it last showed that it runs, in milliseconds since 1970
 */
export function isRunning(owner: Owner, lastSign: number): boolean {
  if (owner.machine !== currentOwner().machine) return Date.now() - lastSign < patience;
  if (!exists(owner.process)) return false;
  const state = processState(owner.process);
  return state === undefined || owner.startedAt === "0" || (state.startedAt === owner.startedAt && !state.isDead);
}

/** "process 123", with the machine when it is another one. */
export const describeOwner = (owner: Owner): string =>
  owner.machine === currentOwner().machine
    ? `process ${owner.process}`
    : `process ${owner.process} of another machine or container`;

function exists(process_: number): boolean {
  try {
    process.kill(process_, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** What Linux says of a process; `undefined` where there is no such list. */
function processState(process_: number): { readonly startedAt: string; readonly isDead: boolean } | undefined {
  const text = orElse(() => readFileSync(`/proc/${process_}/stat`, "latin1"), undefined);
  // The second field is the program's name in brackets, which may hold anything.
  const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ");
  return fields && { startedAt: fields[19] ?? "0", isDead: "ZX".includes(fields[0] ?? "") };
}

/** Process numbers mean something within one start of one machine, and within one container there. */
function machineName(): string {
  const start = orElse(() => readFileSync("/proc/sys/kernel/random/boot_id", "latin1"), "");
  const container = orElse(() => readlinkSync("/proc/self/ns/pid"), "");
  return createHash("sha256").update(`${hostname()}\n${start}\n${container}`).digest("hex").slice(0, 8);
}

function orElse<T, U>(attempt: () => T, otherwise: U): T | U {
  try {
    return attempt();
  } catch {
    return otherwise;
  }
}
