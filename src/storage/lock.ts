/** One process at a time changes a folder. */
import { setTimeout as delay } from "node:timers/promises";
import { ExecutionError } from "../errors.ts";
import { describeOwner, isRunning, ownerOf, signOfLifeEvery } from "./owner.ts";
import { joinPath } from "./path.ts";
import type { Storage } from "./storage.ts";
import { isTicketName, targetOf, ticketName } from "./work-names.ts";

/** How long a change waits for another one by default, in milliseconds. */
export const defaultLockTimeout = 60_000;

/**
 * Does something while no other process changes the target of a work folder.
 *
 * Each process that wants the lock makes a folder with a name of its own, then looks: it has the lock when no other
 * running process has one. If two look at the same time, the one with the smaller name stays and the other steps back.
 * So a dead process's claim can be deleted by anyone at any time, and no step needs to be undone.
 *
 * @param storage - where the work folder lies
 * @param workFolder - the work folder
 * @param timeout - how long to wait for other processes, in milliseconds
 * @param change - what to do
 * @throws ExecutionError when another process holds the lock for longer than `timeout`
 */
export async function withLock<T>(
  storage: Storage,
  workFolder: string,
  timeout: number,
  change: () => Promise<T>,
): Promise<T> {
  const ticket = ticketName();
  const claim = joinPath(workFolder, ticket);
  const alive = setInterval(() => storage.touch(claim).catch(() => undefined), signOfLifeEvery).unref();
  try {
    await acquire(storage, workFolder, ticket, Date.now() + timeout);
    return await change();
  } finally {
    clearInterval(alive);
    // What was done under the lock is done, even if the disk refuses to let the claim go.
    await storage.deleteEmptyFolder(claim).catch(() => abandon(ticket));
  }
}

/** Tickets and stages of this process that it is done with but could not delete. */
const abandoned = new Set<string>();

/** Lets a ticket or stage of this process count as one of a dead process, to be removed by whoever comes next. */
export const abandon = (name: string): void => void abandoned.add(name);

/** The claims of running processes; those of dead ones are removed. */
export async function runningTickets(storage: Storage, workFolder: string): Promise<string[]> {
  const tickets = ((await storage.children(workFolder)) ?? []).map(({ name }) => name).filter(isTicketName);
  const states = await Promise.all(tickets.map((name) => makerState(storage, workFolder, name)));
  const dead = tickets.filter((_, index) => states[index] === "dead");
  await Promise.all(dead.map((name) => storage.deleteEmptyFolder(joinPath(workFolder, name)).catch(() => false)));
  return tickets.filter((_, index) => states[index] === "running");
}

/**
 * Whether the process that made something with a name of ours still runs.
 *
 * Something is `gone` when it was deleted meanwhile. Its maker may run, and may make it again: nobody else may delete it.
 */
export async function makerState(storage: Storage, folder: string, name: string): Promise<"running" | "dead" | "gone"> {
  const owner = abandoned.has(name) ? undefined : ownerOf(name);
  const status = await storage.stat(joinPath(folder, name));
  if (status === undefined) return "gone";
  return owner !== undefined && isRunning(owner, status.modifiedAt) ? "running" : "dead";
}

async function acquire(storage: Storage, workFolder: string, ticket: string, deadline: number): Promise<void> {
  const claim = joinPath(workFolder, ticket);
  while (true) {
    await storage.makeFolder(claim);
    const others = (await runningTickets(storage, workFolder)).filter((other) => other !== ticket);
    if (others.length === 0) return;
    if (Date.now() > deadline) throw stillLocked(workFolder, others[0]!);
    if (others.some((other) => turn(other) < turn(ticket))) await storage.deleteEmptyFolder(claim);
    await delay(5 + Math.random() * 20);
  }
}

/** The random part decides, so that no process is always first. */
const turn = (ticket: string): string => ticket.slice(-36);

function stillLocked(workFolder: string, ticket: string): ExecutionError {
  const owner = ownerOf(ticket)!;
  const target = targetOf(workFolder);
  return new ExecutionError(`${target} is being changed by ${describeOwner(owner)}`, {
    condition: "TASK_WRITE_FAILED",
    sqlState: "58030",
    parameters: { path: target, process: String(owner.process) },
    hint: `Wait until it is done and write again. If it hangs, end it; its lock is ${joinPath(workFolder, ticket)}.`,
  });
}
