/** Writes updates of customers in two deliveries, at any scale, and tells what has to be found in them. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { integer, pick, type Random, seeded, shuffled } from "../common/random.ts";
import { writeLines } from "../common/write-lines.ts";
import { UPDATE_FIELDS } from "./pipeline.ts";

export interface GenerateOptions {
  /** How many updates, as nearly as whole customers allow. */
  readonly updates?: number;
  /** The same seed writes the same bytes. */
  readonly seed?: number;
  /** How many damaged lines to spread among the updates. */
  readonly damaged?: number;
  readonly signal?: AbortSignal;
}

/** What is known of the customers without reading them back. */
export interface PlantedTruth {
  readonly customers: number;
  /** Versions of customers: every update that is no delete begins one. */
  readonly versions: number;
  /** Customers that are not deleted in the end. */
  readonly current: number;
  /** Customers that were there at `NOON`. */
  readonly atNoon: number;
  readonly rejected: ReadonlyMap<string, number>;
}

/** A moment amid the updates. */
export const NOON = "2025-07-01 12:00:00";

const FIRST_DAY = Date.UTC(2025, 0, 1);
const NOON_SECOND = (Date.UTC(2025, 6, 1, 12) - FIRST_DAY) / 1000;
const UPDATES_OF_A_CUSTOMER = 5;
const LATE = 0.2;
const REPEATED = 0.1;
const DELETED = 0.1;

const SEGMENTS = ["Consumer", "Corporate", "Home Office"] as const;

/** Lines that no careful job may count or lose, one of each kind; more of them go round. */
const DAMAGED: readonly { readonly reason: string; readonly line: (index: number) => string }[] = [
  { reason: "MALFORMED", line: (index) => `D${index},Ann` },
  { reason: "NULL_KEY", line: () => ",Ann,,,,Consumer,700,2025-02-03 10:00:00,upsert" },
  { reason: "INVALID_TIME", line: (index) => `D${index},Ann,,,,Consumer,700,2025-02-30 10:00:00,upsert` },
  { reason: "INVALID_SCORE", line: (index) => `D${index},Ann,,,,Consumer,good,2025-02-03 10:00:00,upsert` },
  { reason: "UNKNOWN_OPERATION", line: (index) => `D${index},Ann,,,,Consumer,700,2025-02-03 10:00:00,merge` },
];

/**
 * Writes two deliveries into `customer_updates.csv` of a folder: the second has updates that are older than those of the
 * first, and some of the first again. No two successive updates of a customer are equal.
 *
 * @param folder - made when it does not exist; files in it are replaced
 * @param options - `updates` (10,000), `seed`, `damaged` lines (none)
 * @throws when the folder cannot be written, or the signal's reason
 * @example
 * ```ts
 * const { versions } = await generate("data", { updates: 10_000 });
 * ```
 */
export async function generate(folder: string, options: GenerateOptions = {}): Promise<PlantedTruth> {
  const { updates = 10_000, seed = 20_250_101, damaged = 0, signal } = options;
  const random = seeded(seed);
  const customers = Math.max(1, Math.round(updates / UPDATES_OF_A_CUSTOMER));
  const truth: Counted = { customers, versions: 0, current: 0, atNoon: 0, rejected: new Map() };
  const [first, second]: [string[], string[]] = [[], []];
  for (let customer = 0; customer < customers; customer++) deliver(random, customer, [first, second], truth);
  for (let index = 0; index < damaged; index++) first.push(damagedLine(index, truth));
  const target = join(folder, "customer_updates.csv");
  await mkdir(target, { recursive: true });
  for (const [index, lines] of [first, second].entries())
    await writeLines(join(target, `delivery-${index + 1}.csv`), withHeader(shuffled(random, lines)), signal);
  return truth;
}

function* withHeader(lines: readonly string[]): Generator<string> {
  yield `${UPDATE_FIELDS.join(",")}\n`;
  for (const line of lines) yield `${line}\n`;
}

interface Counted extends PlantedTruth {
  versions: number;
  current: number;
  atNoon: number;
  readonly rejected: Map<string, number>;
}

/** The updates of one customer, in the deliveries that they come with. */
function deliver(random: Random, customer: number, [first, second]: [string[], string[]], truth: Counted): void {
  const seconds = timesOf(random);
  const isDeleted = seconds.length > 1 && random() < DELETED;
  const born = seconds[0]!;
  const gone = isDeleted ? seconds.at(-1)! : Number.POSITIVE_INFINITY;
  for (const [index, at] of seconds.entries()) {
    const line = updateLine(random, customer, index, at, isDeleted && index === seconds.length - 1);
    const isLate = index > 0 && random() < LATE;
    (isLate ? second : first).push(line);
    if (!isLate && random() < REPEATED) second.push(line);
  }
  truth.versions += seconds.length - (isDeleted ? 1 : 0);
  truth.current += isDeleted ? 0 : 1;
  truth.atNoon += born <= NOON_SECOND && gone > NOON_SECOND ? 1 : 0;
}

/** Different seconds of the year, the earliest first. */
const timesOf = (random: Random): readonly number[] => {
  const count = integer(random, 1, 2 * UPDATES_OF_A_CUSTOMER - 1);
  const seconds = Array.from({ length: count }, () => integer(random, 0, 365 * 86_400 - 1));
  return [...new Set(seconds)].toSorted((a, b) => a - b);
};

function updateLine(random: Random, customer: number, index: number, second: number, isDelete: boolean): string {
  const id = `C${String(customer).padStart(6, "0")}`;
  const at = new Date(FIRST_DAY + second * 1000).toISOString().slice(0, 19).replace("T", " ");
  if (isDelete) return [id, "", "", "", "", "", "", at, "delete"].join(",");
  const phone = random() < 0.3 ? "" : `+41 ${integer(random, 100, 999)}`;
  const address = `${index + 1} Main Street`;
  const values = [`Customer ${customer}`, `c${customer}@example.org`, phone, address, pick(random, SEGMENTS)];
  return [id, ...values, integer(random, 300, 850), at, "upsert"].join(",");
}

function damagedLine(index: number, { rejected }: Counted): string {
  const { reason, line } = DAMAGED[index % DAMAGED.length]!;
  rejected.set(reason, (rejected.get(reason) ?? 0) + 1);
  return line(index);
}
