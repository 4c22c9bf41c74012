/** Writes a shop's `events.jsonl`, `users.jsonl` and `items.jsonl`, at any scale, and tells what has to be found in them. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeLines } from "../common/write-lines.ts";
import { type DamagedLine, damagedLine } from "./generator/damage.ts";
import { type Event, makeEvents } from "./generator/events.ts";
import { makeShop, padded, type Shop } from "./generator/shop.ts";
import { type PlantedTruth, Tally } from "./generator/truth.ts";

export type { PlantedRow, PlantedTruth } from "./generator/truth.ts";

export interface GenerateOptions {
  /** How many events. */
  readonly events?: number;
  /** The same seed writes the same bytes. */
  readonly seed?: number;
  /** How many damaged lines to spread among the events. */
  readonly damaged?: number;
  readonly signal?: AbortSignal;
}

export interface Generated extends PlantedTruth {
  /** The damaged lines in the order of the file, with the reasons for which they have to be rejected. */
  readonly damaged: readonly DamagedLine[];
}

/**
 * Writes the three files into a folder and returns the planted truth, which is counted while the events are made.
 *
 * @param folder - made when it does not exist; files in it are replaced
 * @param options - `events` (50,000), `seed`, `damaged` lines (none)
 * @throws when the folder cannot be written, or the signal's reason
 * @example
 * ```ts
 * const { rows, negative } = await generate("data", { events: 50_000 }); // 2,480 rows, 1,377 negative purchases
 * ```
 */
export async function generate(folder: string, options: GenerateOptions = {}): Promise<Generated> {
  const { events = 50_000, seed = 20_250_731, damaged = 0, signal } = options;
  const shop = makeShop(seed);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "users.jsonl"), jsonLines(shop.users));
  await writeFile(join(folder, "items.jsonl"), jsonLines(shop.items));
  const tally = new Tally(shop);
  const broken: DamagedLine[] = [];
  const lines = eventLines(shop, makeEvents(shop, events, seed + 1), tally, spread(events, damaged), broken);
  await writeLines(join(folder, "events.jsonl"), lines, signal);
  return { ...tally.truth(), damaged: broken };
}

const jsonLines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join("");

/** Whether damaged lines follow an event: as many as asked for, evenly over all events. */
const spread = (events: number, damaged: number) => (index: number) =>
  Math.floor(((index + 1) * damaged) / events) - Math.floor((index * damaged) / events);

function* eventLines(
  shop: Shop,
  events: Iterable<Event>,
  tally: Tally,
  damagedAfter: (index: number) => number,
  broken: DamagedLine[],
): Generator<string> {
  for (const event of events) {
    tally.add(event);
    yield eventLine(shop, event);
    for (let left = damagedAfter(event.index); left > 0; left--) {
      const damaged = damagedLine(broken.length);
      broken.push(damaged);
      yield `${damaged.line}\n`;
    }
  }
}

/** Put together by hand: `JSON.stringify` takes several times as long, and no value needs escaping. */
function eventLine(shop: Shop, event: Event): string {
  const user = shop.users[event.user]!.user_id;
  const item = shop.items[event.item]!.item_id;
  const id = padded(event.index, 8);
  return `{"event_id":"event_${id}","user_id":"${user}","item_id":"${item}","event_type":"${event.type}","ts":${event.second},"props":${props(event)}}\n`;
}

function props({ type, cents, detail }: Event): string {
  if (type === "purchase") return `{"price":${cents / 100}}`;
  if (type === "add_to_cart") return `{"quantity":${detail}}`;
  return type === "view" ? `{"duration":${detail}}` : "{}";
}
