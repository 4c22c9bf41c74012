/** Writes `events.csv` and `orders.csv` at any scale, and tells what has to be found in them. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { integer, type Random, seeded } from "../common/random.ts";
import { writeLines } from "../common/write-lines.ts";

export interface GenerateOptions {
  /** How many events. */
  readonly events?: number;
  /** The same seed writes the same bytes. */
  readonly seed?: number;
  /** How many damaged lines to spread among the events. */
  readonly damaged?: number;
  readonly signal?: AbortSignal;
}

/** What is known of the events without reading them back. */
export interface PlantedTruth {
  readonly events: number;
  readonly cents: number;
  /** Events in India in February 2025. */
  readonly ranked: number;
  /** Damaged lines by the reason for which they have to be rejected. */
  readonly rejected: ReadonlyMap<string, number>;
}

const DAYS = 30;
const FIRST_DAY = Date.UTC(2025, 1, 1);
const EVENTS_OF_A_USER = 5;

/** Cumulated shares of the countries. */
const COUNTRIES = [
  ["IN", 0.5],
  ["US", 0.7],
  ["DE", 0.9],
  ["GB", 1],
] as const;

/** Lines that no careful job may count or lose, one of each kind; more of them go round. */
const DAMAGED: readonly { readonly reason: string; readonly line: (index: number) => string }[] = [
  { reason: "NEGATIVE_SPEND", line: (index) => `${index + 1},IN,2025-02-03 10:00:00,-12.50` },
  { reason: "MALFORMED", line: (index) => `${index + 1},IN,2025-02-03 10:00:00` },
  { reason: "NULL_KEY", line: () => ",IN,2025-02-03 10:00:00,12.50" },
  { reason: "INVALID_USER", line: (index) => `user-${index},IN,2025-02-03 10:00:00,12.50` },
  { reason: "INVALID_TIME", line: (index) => `${index + 1},IN,2025-02-30 10:00:00,12.50` },
  { reason: "INVALID_SPEND", line: (index) => `${index + 1},IN,2025-02-03 10:00:00,free` },
];

/**
 * Writes the two files into a folder and returns the planted truth, which is counted while the events are made.
 *
 * @param folder - made when it does not exist; files in it are replaced
 * @param options - `events` (10,000), `seed`, `damaged` lines (none)
 * @throws when the folder cannot be written, or the signal's reason
 * @example
 * ```ts
 * const { cents } = await generate("data", { events: 10_000 });
 * ```
 */
export async function generate(folder: string, options: GenerateOptions = {}): Promise<PlantedTruth> {
  const { events = 10_000, seed = 20_250_201, damaged = 0, signal } = options;
  const truth: Counted = { events, cents: 0, ranked: 0, rejected: new Map() };
  await mkdir(folder, { recursive: true });
  await writeLines(join(folder, "events.csv"), eventLines(events, seed, damaged, truth), signal);
  await writeLines(join(folder, "orders.csv"), orderLines(events, seed), signal);
  return truth;
}

interface Counted extends PlantedTruth {
  cents: number;
  ranked: number;
  readonly rejected: Map<string, number>;
}

interface Event {
  readonly user: number;
  readonly country: string;
  readonly day: number;
  readonly second: number;
  readonly cents: number;
}

/** Users, countries and days evenly, amounts from a gamma distribution of shape 2 and scale 40. */
function* makeEvents(count: number, seed: number): Generator<Event> {
  const random = seeded(seed);
  const users = Math.max(1, Math.round(count / EVENTS_OF_A_USER));
  for (let index = 0; index < count; index++) {
    const user = integer(random, 1, users);
    const share = random();
    const country = COUNTRIES.find(([, upTo]) => share < upTo)![0];
    const [day, second] = [integer(random, 0, DAYS - 1), integer(random, 0, 86_399)];
    yield { user, country, day, second, cents: gamma(random) };
  }
}

const gamma = (random: Random): number => Math.round(-4000 * Math.log((1 - random()) * (1 - random())));

const timeOf = ({ day, second }: Event): string =>
  new Date(FIRST_DAY + (day * 86_400 + second) * 1000).toISOString().slice(0, 19).replace("T", " ");

function* eventLines(count: number, seed: number, damaged: number, truth: Counted): Generator<string> {
  yield "user_id,country,event_dt,spend\n";
  let made = 0;
  let index = 0;
  for (const event of makeEvents(count, seed)) {
    truth.cents += event.cents;
    truth.ranked += event.country === "IN" && event.day < 28 ? 1 : 0;
    yield `${event.user},${event.country},${timeOf(event)},${(event.cents / 100).toFixed(2)}\n`;
    for (index++; made < Math.floor((index * damaged) / count); made++) yield damagedLine(made, truth);
  }
}

function damagedLine(index: number, { rejected }: Counted): string {
  const { reason, line } = DAMAGED[index % DAMAGED.length]!;
  rejected.set(reason, (rejected.get(reason) ?? 0) + 1);
  return `${line(index)}\n`;
}

/** One order for each event. */
function* orderLines(count: number, seed: number): Generator<string> {
  yield "user_id,order_id,event_dt\n";
  let id = 1000;
  for (const event of makeEvents(count, seed)) yield `${event.user},${id++},${timeOf(event)}\n`;
}
